"""The numbered items of a text: which marks are numbers of items, and how items lie within each other."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.check.numbers import chinese_number
from scripts.importer.script import Script

HAN = "一二三四五六七八九十百零〇"
# Every style of numbering: name → pattern; group 1 is the number. The order is that of the usual depth.
STYLES = {
    "part": re.compile(f"第([{HAN}]+)(?:编|部分)"),
    "chapter": re.compile(f"第([{HAN}]+)章"),
    "clause": re.compile(f"第([{HAN}]+)节"),
    "article": re.compile(f"第([{HAN}]+)条"),
    "han": re.compile(f"([{HAN}]+)、"),
    "han-in-brackets": re.compile(f"[（(]([{HAN}]+)[）)]"),
    "plain": re.compile(r"([0-9]{1,2})(?=[\u4e00-\u9fff])"),  # 2 主要任务, above 2.1
    "decimal": re.compile(r"[0-9]{1,2}[.．]([0-9]{1,2})(?![0-9.．%％])"),
    "digits": re.compile(r"([0-9]{1,3})[.．﹒、]"),
    "digits-in-brackets": re.compile(r"[（(]([0-9]{1,3})[）)]"),
    "circled": re.compile("([①-⑳])"),
    "counter": re.compile("(0[1-9]|[1-9][0-9])"),  # 01 on a line of its own
}
# The end of a clause that no sign ends.
CLAUSE_ENDS = re.compile(
    "(?:单位|部门|时限|时间|进度|期限)[：:][^。]{2,80}$|由[^。；]{3,60}(?:负责(?:落实)?|牵头(?:负责|落实)?|组织实施|配合|落实)$"
)
BEFORE = re.compile(r"[。；：！？…）〕】”》.;:!?)\]]$")  # after what a mark may stand within a line
HEADING = 40  # characters: what is longer, or holds a full stop, is no heading
LARGEST_JUMP = 3
FEWEST_COUNTERS = 3  # numbers on lines of their own, from 01 on
HEADINGS = ("part", "chapter", "han", "plain")  # styles that sections are numbered in
GLUED = re.compile(r"[0-9.．第〔\[（(－—-]$")  # before digits that are the end of another number
NUMBERED_TITLE = re.compile("([0-9]{1,3}[.．、])[^。；：]{0,40}(?:印发|关于)")  # 1.某省政府关于…, in a collection
OF_COLLECTION = re.compile("[0-9]{1,3}[.．、][\u4e00-\u9fff]{4,30}(?:印发|关于)")  # with its issuer
FEW_BEFORE = 16  # characters that may stand above a title with a number: （一）陕西
FIGURE = re.compile(r"([0-9]{1,4}[.．])[0-9]+")
AMOUNT = re.compile("[%％万亿倍个元公平米吨度人年月日]|[^\u4e00-\u9fff]")  # behind a number that counts something
CITED = re.compile(r"(?:第|本|上述|前款|按照|依照|根据|见|附件)$")  # before a mark that only refers to an item

# Headings of sections that most documents have.
GENERAL = (
    "总体要求|总体目标|总体思路|指导思想|基本原则|工作原则|主要原则|目标任务|主要目标|发展目标|工作目标|预期目标|重点任务|主要任务|工作任务"
    "|工作措施|主要措施|重点工作|保障措施|组织保障|组织实施|组织领导|工作要求|有关要求|实施步骤|实施保障|监督考核|附则|其他"
)


@dataclass(frozen=True)
class Mark:
    """A number of an item. `end` is behind the mark."""

    start: int
    end: int
    style: str
    number: int


@dataclass(frozen=True)
class Item:
    """A numbered item with all that belongs to it; `inner` are the items within it."""

    mark: Mark
    start: int
    end: int
    depth: int
    inner: tuple["Item", ...] = ()

    @property
    def own_end(self) -> int:
        """Where its own words end: before its first inner item."""
        return self.inner[0].start if self.inner else self.end


def items(script: Script, start: int, end: int, without: Sequence[tuple[int, int]] = ()) -> tuple[Item, ...]:
    """The items of a stretch, outermost first; empty where nothing is numbered. `without`: stretches that hold none."""
    return _nested(list(_accepted(script, start, end, without)), end, 0)


def slips(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Items that follow each other with numbers that do not, (the one before, the one that jumps or repeats).

    A row may run on below another heading, or begin again with 1.
    """
    last: dict[tuple[int, str], Item] = {}
    for item in every(items):
        before = last.get((item.depth, item.mark.style))
        if before and item.mark.number not in (1, before.mark.number + 1):
            yield before, item
        last[item.depth, item.mark.style] = item


def every(items: Sequence[Item]) -> Iterator[Item]:
    """All items with those within them, in order."""
    for item in items:
        yield item
        yield from every(item.inner)


def innermost(items: Sequence[Item]) -> Iterator[Item]:
    """The items that hold no others, in order."""
    return (item for item in every(items) if not item.inner)


def _candidates(script: Script, start: int, end: int) -> Iterator[Mark]:
    lines = sorted({start, *(place for place in script.line_starts if start < place < end)})
    found = [
        Mark(match.start(), match.end(), style, _number(match.group(1)))
        for style, pattern in STYLES.items()
        for one, other in itertools.pairwise([*lines, end])
        for match in pattern.finditer(script.solid, one, other)
        if _may_be(script, match, style)
    ]
    if not any(mark.style == "decimal" for mark in found):
        found = [mark for mark in found if mark.style != "plain"]
    counters = [mark.number for mark in found if mark.style == "counter"]
    if counters[:FEWEST_COUNTERS] != [*range(1, FEWEST_COUNTERS + 1)]:
        found = [mark for mark in found if mark.style != "counter"]
    taken = start
    for mark in sorted(found, key=lambda one: (one.start, -one.end)):
        if mark.start >= taken:
            taken = mark.end
            yield mark


def _may_be(script: Script, match: re.Match[str], style: str) -> bool:
    """May a mark be the number of an item, by what stands around it?"""
    before = script.solid[max(0, match.start() - 4) : match.start()]
    begins = match.start() in script.line_starts
    if style == "circled":  # else it leads to a footnote
        return begins or before[-1:] in "。；：:;"
    if style == "counter":
        return begins and match.end() in script.line_starts
    if style == "plain":
        return begins and match.end() in script.spaces
    if match.start() == 0 and NUMBERED_TITLE.match(script.solid):
        return False
    above = range(match.start(), FEW_BEFORE + 1)
    if any(OF_COLLECTION.match(script.solid, one) for one in above if not one or one in script.line_starts):
        return False  # it counts the documents of a collection, or their groups
    if _is_figure(script, match.start()):
        return False
    if style == "decimal" or _is_decimal(script, match.end()):
        if style != "decimal" and before[-1:] in (*"）)〕",) and (script.is_run_on or script.is_wrapped):
            return True  # …负责）11.121人才: an item if 12. follows
        inside = script.is_run_on and style == "decimal" and before[-1:] in (*"。）)；",)
        return (begins or (inside and not AMOUNT.match(script.solid, match.end()))) and (
            style == "decimal" or not script.is_wrapped
        )
    if style == "digits" and not begins and GLUED.search(before):
        return False
    return begins or not CITED.search(before)


def _is_figure(script: Script, start: int) -> bool:
    """Is what looks like a mark part of a figure: 0.35, or 1.5 on a line of its own, as in the cells of a table?"""
    figure = FIGURE.match(script.solid, start) if start in script.line_starts else None
    if not figure:
        return False
    ends = range(figure.end(1) + 1, figure.end() + 1)  # where the line may end
    return figure.group().startswith("0") or not script.line_starts.isdisjoint(ends)


def _number(text: str) -> int:
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    return int(text) if text.isascii() else chinese_number(text)


def _accepted(
    script: Script, start: int, end: int, without: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[Mark, int]]:
    """(mark, depth) of each mark that goes on with a row of numbers, or begins one."""
    candidates = [
        mark for mark in _candidates(script, start, end) if not any(one <= mark.start < other for one, other in without)
    ]
    levels: list[Mark] = []  # the open items, outermost first
    latest: dict[str, int] = {}  # the last number of a style, wherever: rows may run on across sections
    last: dict[tuple[str, ...], int] = {}  # the last number of a style below other styles: rows may run on
    for place, mark in enumerate(candidates):
        clear = (
            mark.start in script.line_starts
            or mark.start == start
            or bool(BEFORE.search(script.solid[: mark.start][-1:]))
            or _behind_clause(script, levels, mark)
            or _is_general(script, levels, mark)
        )
        is_first = not levels and mark.number == 1 and mark.style == "article"  # behind a title that no line ends
        begins = clear or (bool(levels) and _behind_heading(script, levels[-1], mark))
        if not (begins or is_first):
            continue
        after = candidates[place + 1 :]
        styles = [one.style for one in levels]
        if mark.style in styles:
            depth = styles.index(mark.style)
            is_decimal = _is_decimal(script, mark.end)
            if is_decimal and any(other.number == mark.number for other in _row(after, mark)):
                continue  # 3.5万元 begins a line, and 3. comes
            if is_decimal and mark.start not in script.line_starts and not _has_next(after, mark):
                continue
            is_slip = _is_slip(script, levels[depth], mark) or _resumes(script, levels[depth].number, mark, after)
            if mark.number != levels[depth].number + 1 and not is_slip:
                continue
        elif _is_outer(mark, levels, latest, after) and mark.start in script.line_starts:
            depth = 0
        else:
            depth = len(levels)
            is_line = mark.start in script.line_starts and mark.style == "digits"  # 四、 （十七） 55.
            is_fragment = (
                all(one.number > 1 for one in levels) and (len(levels) == 1 or is_line) if levels else not last
            )
            begins_within = is_fragment and mark.style not in latest and mark.number > 1 and begins
            begins_within = begins_within and (_goes_on(after, mark) or _is_heading_line(script, mark, end, after))
            before = latest.get(mark.style, mark.number)
            resumes = _resumes(script, before, mark, after) or _skips(script, levels, before, mark)
            runs_on = (
                begins_within or resumes or mark.number - 1 in (last.get((*styles, mark.style)), latest.get(mark.style))
            )
            is_start = mark.number == 1 and (
                _has_second(after, mark, levels)
                or _runs_across(script, after, mark)
                or _is_heading_line(script, mark, end, after)
                or ((*styles, mark.style) in last and _begins(script, mark))
            )
            if not (runs_on or is_start):
                continue
        del levels[depth:]
        levels.append(mark)
        last[tuple(one.style for one in levels)] = mark.number
        latest[mark.style] = mark.number
        yield mark, depth


def _is_slip(script: Script, before: Mark, mark: Mark) -> bool:
    """Does a number jump, or come twice, as it does where a document was changed in haste: at the beginning of a line?"""
    jump = mark.number - before.number
    return _stands_first(script, mark) and 0 <= jump <= LARGEST_JUMP and mark.number > 1


def _is_outer(mark: Mark, levels: Sequence[Mark], latest: Mapping[str, int], after: Sequence[Mark]) -> bool:
    """Is this the first section of a fragment that begins in the middle of one: …（十） 四、 （十一）… 五、?"""
    is_heading = mark.style in HEADINGS and mark.style not in latest
    return is_heading and len(levels) == 1 and mark.number > 1 and levels[0].number > 1 and _goes_on(after, mark)


def _resumes(script: Script, last: int, mark: Mark, after: Sequence[Mark]) -> bool:
    """Does a row go on at the beginning of a line after numbers that were left out: 8. 23. 24.?"""
    return _stands_first(script, mark) and mark.number > last + 1 and _goes_on(after, mark)


def _stands_first(script: Script, mark: Mark) -> bool:
    """Does a mark stand where an item begins: at the beginning of a line, or behind a clause where line ends were lost?

    Where lines were broken at a width, at the beginning of one and behind a sign that ends a sentence.
    """
    begins, before = mark.start in script.line_starts, script.solid[: mark.start][-1:]
    if _is_decimal(script, mark.end):
        return False
    if script.is_wrapped and not script.is_run_on:
        return begins and before in (*"。）)〕】",)
    is_apart = script.is_run_on or mark.start in script.spaces
    return begins or (is_apart and before in (*"）)〕】",))


def _skips(script: Script, levels: Sequence[Mark], last: int, mark: Mark) -> bool:
    """Does a row leave out a few numbers where it runs on below the next heading: （六） 三、 （八）?"""
    if not levels or levels[-1].style not in HEADINGS or script.is_wrapped:
        return False
    return mark.start == _next_line(script, levels[-1], 0) and 1 < mark.number - last <= LARGEST_JUMP


def _runs_across(script: Script, after: Sequence[Mark], mark: Mark) -> bool:
    """Is a first item alone below its heading, and does the row go on below the next one?"""
    place = next((place for place, other in enumerate(after) if other.style == mark.style), 0)
    begin = bool(after) and after[place].style == mark.style
    begin = begin and (script.is_run_on or {mark.start, after[place].start} <= script.line_starts)
    return begin and (
        after[place].number == 2 or (after[place].number > 2 and _goes_on(after[place + 1 :], after[place]))
    )


def _row(after: Sequence[Mark], mark: Mark) -> Iterator[Mark]:
    """The marks of the same style up to the one with the next number."""
    same = (other for other in after if other.style == mark.style)
    return itertools.takewhile(lambda other: other.number != mark.number + 1, same)


def _is_decimal(script: Script, end: int) -> bool:
    """Does a digit follow a mark? 11.121 may be item 11 or a number: it is an item only where a line begins."""
    return script.solid[end : end + 1].isdigit()


def _behind_clause(script: Script, levels: Sequence[Mark], mark: Mark) -> bool:
    """Does the next item begin right behind the names of a clause, in a text whose line ends were lost?"""
    words = script.solid[levels[-1].end : mark.start] if levels else ""
    return _is_next(levels, mark) and bool(CLAUSE_ENDS.search(words))


def _is_general(script: Script, levels: Sequence[Mark], mark: Mark) -> bool:
    """Does the next section begin with a heading that most documents have, whatever stands before it: 三、重点任务?"""
    is_section = mark.style in HEADINGS and _is_next(levels, mark)
    return is_section and bool(re.match(GENERAL, script.solid[mark.end : mark.end + HEADING]))


def _is_next(levels: Sequence[Mark], mark: Mark) -> bool:
    """Does a mark bear the number behind that of an open item of its style?"""
    return any(one.style == mark.style and mark.number == one.number + 1 for one in levels)


def _behind_heading(script: Script, before: Mark, mark: Mark) -> bool:
    """Does a mark stand right behind the heading of the item before it, without a sign between?"""
    words = script.solid[before.end : mark.start]
    return 0 < len(words) <= HEADING and not re.search("[。；]", words)


def _is_heading_line(script: Script, mark: Mark, end: int, after: Sequence[Mark]) -> bool:
    """Is 一、 the only one of its kind, but the heading of what follows: a short line of its own? （一） if 1. follows."""
    if mark.start not in script.line_starts:
        return False
    stop = _next_line(script, mark, end)
    if mark.style not in HEADINGS:
        begins = bool(after) and after[0].start == stop and after[0].number == 1 and after[0].style != mark.style
        return begins and mark.style == "han-in-brackets" and stop - mark.end <= HEADING
    return 0 < stop - mark.end <= HEADING and stop < end and not re.search("[。；：]", script.solid[mark.end : stop])


def _next_line(script: Script, mark: Mark, end: int) -> int:
    """Where the line behind that of a mark begins; `end` if there is none."""
    return min((place for place in script.line_starts if mark.end < place), default=end)


def _begins(script: Script, mark: Mark) -> bool:
    """Does a row of one begin as others of its kind did: on a line of its own, or behind a colon?"""
    return mark.start in script.line_starts or script.solid[: mark.start].endswith("：")


def _goes_on(after: Sequence[Mark], mark: Mark) -> bool:
    """Does the next mark of the same style bear the next number? Then a fragment begins with this one."""
    return next((other.number == mark.number + 1 for other in after if other.style == mark.style), False)


def _has_next(after: Sequence[Mark], mark: Mark) -> bool:
    return any(other.style == mark.style and other.number == mark.number + 1 for other in after)


def _has_second(after: Sequence[Mark], mark: Mark, levels: Sequence[Mark]) -> bool:
    """Does a row that begins with 1 have a second item before an open one goes on? Rows of one are no rows."""
    for other in after:
        if other.style == mark.style:
            return other.number == 2
        if any(other.style == one.style and other.number == one.number + 1 for one in levels):
            return False
    return False


def _nested(marks: Sequence[tuple[Mark, int]], end: int, depth: int) -> tuple[Item, ...]:
    found: list[Item] = []
    tops = [place for place, (_, level) in enumerate(marks) if level == depth]
    for place, following in zip(tops, [*tops, len(marks)][1:], strict=True):
        mark, _ = marks[place]
        stop = marks[following][0].start if following < len(marks) else end
        inner = _nested(marks[place + 1 : following], stop, depth + 1)
        found.append(Item(mark, mark.start, stop, depth, inner))
    return tuple(found)
