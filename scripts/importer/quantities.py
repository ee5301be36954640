"""The numbers with units in a text, without those that nobody commits to by their form alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scripts.check.numbers import chinese_number
from scripts.importer.dates import CORE, YEAR
from scripts.importer.units import COUNT, RATIO, TIME, UNIT, UNITS
from scripts.schemas import schemas

DIGIT = "[0-9０-９]"
# Possessive (++), so that a long row of digits is read once. Not within codes, sums and numbers with separators.
ARABIC = (
    rf"(?<![0-9０-９.．A-Za-z×✕+＋第])(?<![A-Za-z0-9][-—–－])(?<![0-9][,，]){DIGIT}++(?:[.．]{DIGIT}++)?+(?![+＋×✕])"
)
HAN_DIGITS = "零〇一二两三四五六七八九十百千万亿"
HAN = rf"(?<![{HAN_DIGITS}第几数上])[{HAN_DIGITS}]++(?![几余多数])"
RANGE = r"\s{0,3}(?:[-－—–~～]{1,2}|至|到)\s{0,3}"
MULTIPLE = "[十百千万亿]{0,2}[余多]?"
TIMES = "次(?![数要级生品年月日])"  # 800家次
QUANTITY = re.compile(
    rf"(?P<low>{ARABIC}|{HAN})(?:\s{{0,3}}(?:{MULTIPLE}(?:{UNIT}))?{RANGE}(?P<high>{DIGIT}++(?:[.．]{DIGIT}++)?+|[{HAN_DIGITS}]++))?"
    rf"\s{{0,3}}(?P<unit>{MULTIPLE}(?:{UNIT})(?:{TIMES}|[/／](?:{UNIT}))?)|(?P<hundredths>百分之)(?P<share>[{HAN_DIGITS}]++)"
)
KINDS = {kind: re.compile(rf"{MULTIPLE}(?:{words})") for kind, words in UNITS.items()}
# Stretches of which no number is read: titles, document numbers, dates and ranges of years, ordinals, short names in quotes.
BLOCKED = re.compile(
    rf"《[^《》]*+》|〔[^〔〕]*+〕|“[^“”]{{1,12}}”|{YEAR}\s{{0,3}}年?\s{{0,3}}[-—–~～－至]+\s{{0,3}}{CORE}|{CORE}|第\s{{0,3}}[0-9{HAN_DIGITS}]++"
)
BEHIND = ("以上", "以下", "以内", "左右", "内")  # comparators that stand behind value and unit
AFTER = re.compile(
    rf"\s{{0,3}}(?:及|或)?(?P<word>{'|'.join(BEHIND)})(?<!内(?=[设部容地外资陆河科需涵核生控]))"
)  # no 内设机构
# Chinese numerals stand in many fixed phrases (一批, 三项制度); they count only behind such a verb, or where something bounds them.
BUILT = re.compile(
    r"(?:建设|建成|新建|改建|扩建|改造|创建|打造|培育|培养|引进|新增|举办|开展|组织|设立|选树|评选|认定|配备|轮训|培训)\s{0,3}$"
)
ASPECT = re.compile(r"\s{0,3}(?:方面|层面|维度|环节|阶段|步骤|层次|等级|类别|重点方向|原则)")
# Words before a stretch of time by which it describes somebody, or goes back.
ONGOING = re.compile(r"(?:具有|具备|连续|从事|已满|满|近|最近|过去|前|后|每隔|任期|聘期|有效期[为：]?|试行|每)\s{0,3}$")
BOUND = re.compile(r"(?:不少于|不低于|至少|不超过|不高于|不得少于|不得超过|不得低于)\s{0,3}$")
CHANGED = re.compile(r"(?:压缩|缩短|压减|减少|减|降|控制|延长|提高|增加|提前|达)(?:为|至|到|在)?\s{0,3}$")
PER = re.compile(r"(?:每|平均每)\s{0,3}$")  # 每500户: what is counted by, no count
PER_PERIOD = re.compile(r"每(?:半|季|个|两|三)?[年度月周季天日][^，。；]{0,12}$|每个?[\u4e00-\u9fff（）]{1,12}$")
NEAR = 16  # characters before a number that say what it is


@dataclass(frozen=True)
class Quantity:
    """A number and its unit; positions in the text. `high` is "" where there is no range, `behind` the comparator that follows."""

    start: int
    unit_end: int  # in 3个、1个工作日, where the second has it
    end: int  # with the comparator behind
    low: str  # digits
    high: str
    unit: str
    kind: str
    behind: str


@cache
def comparators() -> tuple[str, ...]:
    """The comparators that a record may have, the longest first."""
    targets = schemas()["measure"]["properties"]["targets"]
    enum = targets["additionalProperties"]["properties"]["comparator"]["enum"]
    return tuple(sorted(enum, key=len, reverse=True))


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers with units of a text, in order."""
    blocked = [found.span() for found in BLOCKED.finditer(text)]
    place = 0
    for found in QUANTITY.finditer(text):
        while place < len(blocked) and blocked[place][1] <= found.start():
            place += 1
        if place < len(blocked) and blocked[place][0] < found.end():
            continue
        made = _read(text, found)
        if made and _is_meant(text, made, _is_arabic(found["low"] or "1")):
            yield made


def _is_arabic(number: str) -> bool:
    return number[0] not in HAN_DIGITS


def _digits(number: str) -> str:
    """A number as the checker reads it: ３０ and 三十 are 30; "" where it is not one number (三五, 007)."""
    if _is_arabic(number):
        plain = "".join(str(int(sign)) if sign.isdigit() else "." for sign in number)
        return "" if re.match("0[0-9]", plain) else plain
    if re.search(f"[{HAN_DIGITS[:11]}]{{2}}", number.replace("零", "")) or number[0] in "百千万亿零":
        return ""  # 三五个: about so many; 百家, 千户: names
    return str(chinese_number(number))


def _read(text: str, found: re.Match) -> Quantity | None:
    low, high = _digits(found["share"] or found["low"]), _digits(found["high"]) if found["high"] else ""
    if not low or (found["high"] and not high) or (high and float(high) < float(low)):
        return None
    unit = found["hundredths"] or found["unit"]
    kind = RATIO if found["hundredths"] else next(kind for kind, words in KINDS.items() if words.match(unit))
    after = AFTER.match(text, found.end())
    return Quantity(
        found.start(),
        found.end(),
        after.end() if after else found.end(),
        low,
        high,
        unit,
        kind,
        after["word"] if after else "",
    )


def _is_meant(text: str, found: Quantity, is_arabic: bool) -> bool:
    """Is it a count or a measure, by its unit and what stands next to it?"""
    before = text[max(0, found.start - NEAR) : found.start]
    if PER.search(before) or ASPECT.match(text, found.end):
        return False
    bounded = bool(found.behind or BOUND.search(before))
    if found.kind == TIME:
        return not ONGOING.search(before) and _is_limit(found, before)
    if found.kind == COUNT and not is_arabic:
        return bounded or bool(BUILT.search(before) and found.low != "1") or bool(PER_PERIOD.search(before))
    return True


def _is_limit(found: Quantity, before: str) -> bool:
    """Is a stretch of time a limit or a least amount? Years within which something is due are dates, not targets."""
    if found.unit == "年":
        return bool(BOUND.search(before))
    if found.behind in ("内", "以内") or BOUND.search(before) or CHANGED.search(before):
        return True
    return bool(found.behind) and found.unit in ("天", "小时")
