"""The dates in a measure's text that are time limits, as written."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.period import read_period

YEAR = r"(?:19|20)\s{0,3}[0-9]{2}"
# A date as running text writes it. White space within it is kept: a quote is verbatim.
CORE = (
    rf"{YEAR}\s{{0,3}}年(?:\s{{0,3}}[0-9]{{1,2}}\s{{0,3}}月(?:\s{{0,3}}[0-9]{{1,2}}\s{{0,3}}日|[上中下]旬)?"
    r"|[上下]半年|\s{0,3}第?[1-4一二三四]\s{0,3}季度)?"
)
CLOSE = r"\s{0,3}(?:年底|年末|月底|月末|底|末)?\s{0,3}(?:之前|以前|前|止)?"
DATE = re.compile(
    rf"(?P<before>(?<!截)[到至]\s{{0,3}})?(?P<core>{CORE})(?P<close>{CLOSE})(?!\s{{0,3}}[份上中下]|\s{{0,3}}[0-9])"
)
CELL = re.compile(  # a table writes dates in more ways than a sentence
    rf"(?<![0-9])(?:[到至]\s{{0,3}})?(?:{CORE}|{YEAR}(?:[-./][0-9]{{1,2}}){{1,2}}(?![0-9]))(?P<close>{CLOSE})"
)
# A month or a quarter whose year is named elsewhere; in a sentence only where it says by when.
YEARLESS = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}\s{0,3}月(?:[上中下]旬)?|[上下]半年|第?[1-4一二三四]\s{0,3}季度|(?<!每)年(?=[底末]))(?:底|末)?(?:之?前|以前)?"
)
MONTH = re.compile(
    r"(?<![0-9年度每—－～至到-])(?:[0-9]{1,2}\s{0,3}月(?:底|末|[上中下]旬)?|[上下]半年|第?[1-4一二三四]\s{0,3}季度末?|年[底末])(?:之前|以前|前)"
)
RANGE = re.compile(r"[0-9年月日旬度]\s{0,3}起?\s{0,3}(?:至|到|—+|[–~～－-])\s{0,3}[0-9第上下]")  # 2026年7月至9月
STAGE = re.compile("[，,；;]")
ANY_YEAR = re.compile(rf"(?<![0-9]){YEAR}(?![0-9])")
QUOTED = re.compile(r"《[^《》]*+》|〈[^〈〉]*+〉|〔[^〔〕]*+〕|“[^“”]{1,20}”")  # names, not words about time
SENTENCE = re.compile(r"[。！？!?；;\n]")
CLAUSE = re.compile(r"[，,。！？!?；;\n：:（）()]")
# What a date behind these words is: a beginning, a point of comparison, something that was.
START_BEFORE = re.compile(r"(?:自|从|截至|截止|截止到|比|较|与|同|以|原|按|延长)\s{0,3}$")
RANGE_BEFORE = re.compile(
    rf"(?:{YEAR}\s{{0,3}}(?:年(?:\s{{0,3}}[0-9]{{1,2}}\s{{0,3}}月)?)?|[0-9]\s{{0,3}}月)\s{{0,3}}[-—–~～－]*\s{{0,3}}$"
)
AFTER_NOT = re.compile(
    r"\s{0,3}(?:[-—–~～－]|[至到]\s{0,3}(?:19|20)?[0-9]|起|开始|以来|版|度|以后|之后|后|印发|发布|颁布|制定的|出台的|修订|修正|的?基础上|相比|水平"
    r"|同期|第[0-9一二三四]|全?国(?:家|务)|[0-9]|公告|及以前|以降|启动)"
)
# A bare date is a limit where something is to stand by then.
DUE = re.compile(
    r"\s{0,3}(?:内|中)?(?:[，,]?\s{0,3}(?:要|将|力争|争取|确保|努力|基本|全面|全部|初步|率先|完成|实现|建成|达到|达标|投入使用|投用|竣工|出台|形成|取得))"
)
OCCASION = re.compile(r"[\u4e00-\u9fff]{2,5}(?:之?前|期间|以前)")  # 2009年春节前 is no year
PAST = re.compile(r"以来|近年|去年|上年|目前|截至|同比|已(?:经|有|达|建|完|实|形|印|出|发)|[成到长高现升降]了|全年共")
DUE_BEFORE = re.compile(r"(?:力争|争取|确保|完成时限|完成时间|时限|期限|[:：])[：:]?\s{0,3}(?:在|于)?\s{0,3}$")
CLOSED = re.compile(r"[底末前止]")
NEAR = 24  # characters on either side that say what a date is


@dataclass(frozen=True)
class Limit:
    """A time limit: positions in the text that was read."""

    start: int
    end: int


def limits(text: str, year: str = "") -> Iterator[Limit]:
    """The time limits of a text, in order; each is readable as a period. `year`: of months that name none."""
    found = [*_limits(text)]
    sentences = [0, *(one.end() for one in SENTENCE.finditer(text)), len(text)]
    for begin, end in itertools.pairwise(sentences) if year else ():
        if not ANY_YEAR.search(text, begin, end):
            months = (month for month in MONTH.finditer(text, begin, end) if read_period(month.group(), year))
            found += [Limit(*month.span()) for month in months]
    yield from sorted(found, key=lambda one: one.start)


def _limits(text: str) -> Iterator[Limit]:
    names = [found.span() for found in QUOTED.finditer(text)]
    sentences = [0, *(found.end() for found in SENTENCE.finditer(text)), len(text)]
    place = name = 0
    last: Limit | None = None
    for found in DATE.finditer(text):
        start, end = found.span()
        while name < len(names) and names[name][1] <= start:
            name += 1
        while place + 1 < len(sentences) - 1 and sentences[place + 1] <= start:
            place += 1
        end -= len(found.group()) - len(found.group().rstrip())
        if name < len(names) and names[name][0] <= start:
            continue
        begin = sentences[place]
        before = text[max(begin, start - NEAR) : start]
        after = SENTENCE.split(text[found.end() : found.end() + 3 * NEAR])[0]
        begins = not text[max(begin, start - NEAR) : start].strip() and start - begin <= NEAR
        follows = last is not None and text[last.end : start].strip() in ("、", "和", "及")
        if _is_limit(found, before, after, begins, follows) and read_period(text[start:end]):
            last = Limit(start, end)
            yield last


def _is_limit(found: re.Match, before: str, after: str, begins: bool, follows: bool) -> bool:
    if START_BEFORE.search(before) or AFTER_NOT.match(after) or OCCASION.match(after) or RANGE_BEFORE.search(before):
        return False
    own = CLAUSE.split(before)[-1] + CLAUSE.split(after.lstrip("，,"))[0]
    if found["before"] or CLOSED.search(found["close"]):
        return not PAST.search(CLAUSE.split(before)[-1])
    due = DUE.match(after) or (begins and re.match(r"\s{0,3}[，,]", after)) or DUE_BEFORE.search(before)
    return bool(due or follows) and not PAST.search(own) and not (begins and PAST.search(after))


def find_deadlines(text: str, year: str = "") -> list[str]:
    """The dates in a text that are time limits, verbatim, in order, each once. `year`: of months that name none."""
    return list(dict.fromkeys(text[limit.start : limit.end] for limit in limits(text, year)))


def cell_deadline(words: str, year: str = "") -> str:
    """The one time limit that a table cell names, verbatim; "" if it names none, several, or only a beginning.

    `year`: of words that name none.
    """
    if RANGE.search(words) and not STAGE.search(words) and read_period(words, year):
        return words.strip()
    if year and not ANY_YEAR.search(words) and (months := YEARLESS.findall(words)):
        return months[0] if len(months) == 1 and read_period(months[0], year) else ""
    found = CELL.search(words)
    if not found or len(ANY_YEAR.findall(words)) != 1:
        return ""
    before, after = words[: found.start()], words[found.end() :]
    is_open = re.match(
        r"\s{0,3}(?:[0-9]{1,2}\s{0,3})?[-—–~～－至到起开以版度]|\s{0,3}(?:启动|印发)", after
    ) and not CLOSED.search(found["close"])
    stretch = found.group().rstrip()
    is_other = START_BEFORE.search(before) or OCCASION.match(after)
    return "" if is_open or is_other or not read_period(stretch) else stretch
