"""Dates as official documents write them, read as periods that never get more precise than the words."""

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone

DATES_READ = "2020.6、2020年6月、2025年12月底前、2022年、到2020年底、2024年四季度、2023年9月1日、2026年7月至9月"  # examples, for messages
CHINA = timezone(timedelta(hours=8))  # in which all days and times of the ledger are
QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_BEFORE = r"(?:到|至|截至|截止到|于|在|自)?"
_AFTER = r"(?:底|末|年底|年末|月底|月末)?(?:前|以前|之前|止)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
# How a period may be written, the most precise form first. White space is gone and widths are folded by then.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_BEFORE}{_YEAR}(?:年|[-./])(?P<month>[0-9]{{1,2}})(?:月|[-./])(?P<day>[0-9]{{1,2}})日?(?:前|以前|之前|止)?",
        rf"{_BEFORE}{_YEAR}年?(?:第?(?P<quarter>[1-4一二三四])季度|Q(?P<q>[1-4])){_AFTER}",
        rf"{_BEFORE}{_YEAR}年(?P<month>[0-9]{{1,2}})月(?P<third>[上中下])旬(?P<after>{_AFTER})",
        rf"{_BEFORE}{_YEAR}年?(?P<half>[上下])半年(?P<after>{_AFTER})",
        rf"{_BEFORE}{_YEAR}(?:年(?P<month>[0-9]{{1,2}})月|[-./](?P<m>[0-9]{{1,2}}))(?P<after>{_AFTER})",
        rf"{_BEFORE}{_YEAR}(?:年全年|年?(?P<after>{_AFTER}))",
    )
)
# A month, a quarter or the end of a year that is named elsewhere.
YEARLESS = re.compile(
    rf"({_BEFORE})((?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|[上中下]旬)?|[上下]半年|第?[1-4一二三四]季度|年(?=[底末])){_AFTER})"
)
DAY = re.compile(r"(?:19|20)[0-9]{2}(?:年|[-./])[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?(?![0-9])")
# What is to be done by then, behind the date in a column of deadlines: 2017年6月底前出台实施意见.
ACTION = re.compile(
    "(?:(?<=[年月日前底末度])"
    "(?:完成|出台|建成|印发|制定|实现|达到|取得|投入|上线|建立|形成|发布|报|基本|全面|全部|启动|落实|开工|动工|竣工|投产|投用|交付|通车|开放|运营|验收)"
    "|(?<=[底末]前))"
    r"[^0-9，,；;。、]*(?:[0-9]+(?:\.[0-9]+)?(?:%|(?![年月日季])[\u4e00-\u9fff]{1,4})?)?$"
)
WHOSE = re.compile(r"\([^()0-9]{1,10}\)$")  # 2025.3（市级），2025.6（县级）
# What stands between them: 6月底前建立台账，12月底前完成清偿. A range is two: 2026年7月至9月, 2025—2027年.
_TO = "(?:至|到|—+|–|~|-)"
STAGES = re.compile(
    rf"[，,；;]|、(?=[0-9]{{1,2}}月|(?:19|20)[0-9]{{2}}[年.])|(?<=[年月日旬度])起?{_TO}(?=[0-9第上下])|(?<=[12][0-9]{{3}}){_TO}(?=(?:19|20)[0-9]{{2}}年)"
)
FIRST_MONTH = re.compile(rf"(?<=年)[0-9]{{1,2}}{_TO}(?=[0-9]{{1,2}}月)")  # 2026年1-6月
HAN = "〇○零一二三四五六七八九"
HAN_YEAR = re.compile(f"[{HAN}]{{4}}(?=年)")
HAN_DAY = re.compile("([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])([月日])")
AMBIGUOUS = re.compile(r"^(?:前|以前|之前)$")  # 2021年前: the end of 2020, or of 2021? The words do not tell.


@dataclass(frozen=True)
class Period:
    """A stretch of the calendar: `text` is YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD (ISO 8601 but for the quarter)."""

    text: str
    precision: str  # year, quarter, month, day
    end: str  # its last day, YYYY-MM-DD

    @property
    def name(self) -> str:
        """The period in Chinese: 2020年6月."""
        year, *rest = self.text.split("-")
        if self.precision == "quarter":
            return f"{year}年{'一二三四'[int(rest[0][1]) - 1]}季度"
        return f"{year}年" + "".join(f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False))

    @property
    def within(self) -> str:
        """As a heading: a year alone would read as all that is due in it."""
        return f"{self.name}内" if self.precision == "year" else self.name


def _folded(written: str) -> str:
    """Words without white space, at one width, dates in Arabic numerals: 二〇二四年六月十八日 is 2024年6月18日."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", written))
    folded = HAN_YEAR.sub(lambda found: "".join(str(max(0, HAN.index(one) - 2)) for one in found.group()), folded)
    return HAN_DAY.sub(lambda found: f"{_of_han(found.group(1))}{found.group(2)}", folded)


def _of_han(numeral: str) -> int:
    """一 to 三十一 as a number."""
    tens, ten, ones = numeral.rpartition("十")
    return (HAN.index(tens) - 2 if tens else 1 if ten else 0) * 10 + (HAN.index(ones) - 2 if ones else 0)


def read_period(written: str, year: str = "") -> Period | None:
    """The period that words such as 2020.6, 2025年12月底前, 到2022年 or 2014年4季度 mean; None if they mean none.

    Of several stages, and of a range, that which ends last, by when all is done. `year` (YYYY) is that of words which name none
    themselves: 6月底前, 三季度, 年底前; a stage that names none is of the year of the stage before it.
    """
    found: list[Period] = []
    for stage in STAGES.split(FIRST_MONTH.sub("", _folded(written))):
        period = _stage(stage, found[-1].text[:4] if found else year)
        if not period:
            return None
        found.append(period)
    return max(found, key=lambda period: period.end)


def _stage(folded: str, year: str) -> Period | None:
    folded = ACTION.sub("", WHOSE.sub("", folded))
    if year and (found := YEARLESS.fullmatch(folded)):
        folded = f"{found.group(1)}{year}{'' if found.group(2).startswith('年') else '年'}{found.group(2)}"
    for form in FORMS:
        if found := form.fullmatch(folded):
            parts = found.groupdict()
            if AMBIGUOUS.match(parts.get("after") or ""):
                return None
            quarter, month = parts.get("quarter") or parts.get("q"), parts.get("month") or parts.get("m")
            period = _period(int(parts["year"]), QUARTERS[quarter] if quarter else 0, month, parts.get("day"))
            return period and _within(period, parts.get("half") or "", parts.get("third") or "")
    return None


def day_in(words: str) -> str:
    """The one day (YYYY-MM-DD) that words such as 自2024年7月1日起施行 name; "" if they name none, or several."""
    folded = _folded(words)
    days = {period.text for found in DAY.finditer(folded) if (period := read_period(found.group()))}
    return days.pop() if len(days) == 1 else ""


def _within(period: Period, half: str, third: str) -> Period:
    """The period with the end of its half or third: 上半年 ends in June, 中旬 on the 20th."""
    end = {"上": "06-30", "下": "12-31"}[half] if half else {"上": "10", "中": "20", "下": ""}.get(third, "")
    return replace(period, end=f"{period.text}-{end}") if end else period


def _period(year: int, quarter: int, month: str | None, day: str | None) -> Period | None:
    if quarter:
        return Period(f"{year}-Q{quarter}", "quarter", _last_day(year, 3 * quarter))
    if month is None:
        return Period(f"{year}", "year", _last_day(year, 12))
    try:
        written = date(year, int(month), int(day or 1)).isoformat()
    except ValueError:
        return None
    if day is None:
        return Period(written[:7], "month", _last_day(year, int(month)))
    return Period(written, "day", written)


def _last_day(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
