"""Which items of a text are measures, and what the others are: headings of sections, principles, goals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.importer.clauses import Clause, find_clause, read_names
from scripts.importer.frame import Part, ends_of
from scripts.importer.numbering import HEADINGS, Item
from scripts.importer.script import Script

# Headings under which nothing is laid on a body, and which run straight into their text where line breaks are lost.
GENERAL = (
    "总体要求|总体目标|总体思路|指导思想|基本原则|工作原则|主要原则|目标任务|主要目标|发展目标|工作目标|预期目标|重点任务|主要任务|工作任务"
    "|工作措施|主要措施|重点工作|保障措施|组织保障|组织实施|组织领导|工作要求|有关要求|实施步骤|实施保障|监督考核|附则|其他"
)
RUNS_ON = re.compile(f"(?:{GENERAL})(?=[\u4e00-\u9fff“《0-9])")
NO_DUTIES = re.compile("总体要求|总体目标|总体思路|指导思想|原则|目标|意义|附则")
LONGEST_HEADING = 40  # characters
FINAL = re.compile(
    r"本(?:措施|意见|方案|办法|细则|规定|政策|文件|通知|计划|条例|清单)[^。]{0,30}?(?:解释|施行|实施|执行|有效期|生效)|^第.{1,3}条本.{2,6}由.{2,20}解释"
)
SENTENCE = re.compile(r"[^。；]*?[。]")
COLON_HEADING = re.compile(r"[^。；：，、]{2,20}：")


@dataclass(frozen=True)
class Measure:
    """A measure as found: its number, its text without the clause, and the clause. Positions of the Script."""

    start: int
    text: int  # where the number ends
    text_end: int
    end: int
    clause: Clause | None
    heading_end: int  # where its heading ends; 0 if it has none
    section: str
    subsection: str


@dataclass(frozen=True)
class Doubt:
    """Something that a person has to decide: where, what, and between what."""

    at: int
    what: str
    choices: tuple[str, ...] = ()
    field: str = ""  # of the record


def divide(script: Script, items: Sequence[Item], rule: str = "") -> tuple[list[Part | Measure], list[Doubt]]:
    """All that the items hold, in order: headings and paragraphs as parts, and the measures."""
    last = max((leaf.end for leaf in _leaves(items)), default=0)
    clauses = {leaf.start: _clause(script, leaf, leaf.end == last) for leaf in _leaves(items)}
    doubts: list[Doubt] = []
    nobody = not any(clauses.values())
    if nobody:
        doubts.append(Doubt(items[0].start, "没有一条写明责任单位，哪些是措施要由人确认。"))
    made: list[Part | Measure] = []
    for item, level, is_measure, section, subsection in _judged(script, items, clauses, nobody):
        if not is_measure:
            made += _parts(script, item, level)
            continue
        found = clauses.get(item.start) or _last_clause(item, clauses)
        clause = read_names(script.solid, *found, rule, script.spaces) if found else None
        rule = (clause.rule if clause else "") or rule
        text_end = found[0] if found else item.end
        end = found[1] if found else item.end
        made.append(Measure(item.start, item.mark.end, text_end, end, clause, 0, section, subsection))
        if end < item.end:
            made.append(Part("behind", end, item.end))
    return with_headings(script, made), doubts


def _clause(script: Script, leaf: Item, is_last: bool) -> tuple[int, int] | None:
    """The clause of an item: at its end, or with nothing but a heading without a number behind it."""
    start, end = leaf.mark.end, leaf.end
    stops = ends_of(script, start, end)
    found = find_clause(script.solid, start, end, is_last, stops)
    if found or is_last:
        return found
    before = find_clause(script.solid, start, end, True, stops)
    is_near = before and end - before[1] <= LONGEST_HEADING and before[1] in stops
    return before if is_near and "。" not in script.solid[before[1] : end] else None


def _leaves(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if item.inner:
            yield from _leaves(item.inner)
        else:
            yield item


def _judged(script, items, clauses, nobody, level=0, section="", subsection=""):
    """(item, level, is it a measure, headings above it) of every item that is not a piece of a measure."""
    here = [item for item in items if not item.inner and clauses.get(item.start)]
    for item in items:
        heading = script.solid[item.start : _heading_end(script, item)]
        if item.inner:
            with_clause = [bool(clauses.get(leaf.start)) for leaf in _leaves(item.inner)]
            if len(with_clause) > 1 and with_clause[-1] and not any(with_clause[:-1]) and (here or level):
                yield item, level, True, section, subsection
                continue
            yield item, level, False, section, subsection
            inner = (heading, "") if level == 0 else (section, heading)
            yield from _judged(script, item.inner, clauses, nobody, level + 1, *inner)
        elif nobody:
            yield (
                item,
                level,
                not NO_DUTIES.search(heading) and not NO_DUTIES.search(section) and level > 0,
                section,
                subsection,
            )
        else:
            is_final = not clauses.get(item.start) and bool(FINAL.search(script.solid[item.start : item.end]))
            yield item, level, bool(here) and not is_final, section, subsection


def _last_clause(item: Item, clauses: dict) -> tuple[int, int] | None:
    return clauses.get([*_leaves(item.inner)][-1].start) if item.inner else None


def _heading_end(script: Script, item: Item) -> int:
    """Where the heading of an item that is no measure ends: at its line's, its first sentence's, or its words' end."""
    end = item.own_end
    line = min((place for place in script.line_starts if item.mark.end < place <= end), default=end)
    words = script.solid[item.mark.end : line]
    if RUNS_ON.match(words):
        return item.mark.end + RUNS_ON.match(words).end()
    sentence = SENTENCE.match(words)
    if sentence and len(sentence.group()) <= LONGEST_HEADING:
        return item.mark.end + sentence.end()
    return line if line - item.mark.end <= LONGEST_HEADING else item.mark.end


def _parts(script: Script, item: Item, level: int) -> Iterator[Part]:
    """Heading and text of an item that is no measure."""
    end = _heading_end(script, item)
    is_heading = bool(item.inner) or level == 0 or end == item.own_end
    if not item.inner and item.mark.style not in HEADINGS:
        is_heading = is_heading and not script.solid[item.start : end].endswith("。")
    kind = ("section" if level == 0 else "subsection") if is_heading and end > item.mark.end else "paragraph"
    if kind == "paragraph":
        yield Part("paragraph", item.start, item.own_end)
        return
    yield Part(kind, item.start, end)
    if end < item.own_end:
        yield Part("paragraph", end, item.own_end)


def with_headings(script: Script, made: Sequence[Part | Measure]) -> list[Part | Measure]:
    """A short first sentence is a heading where most measures begin with one."""
    ends = {}
    for one in made:
        if isinstance(one, Measure):
            words = script.solid[one.text : one.text_end]
            if line := _heading_line(script, one):
                ends[one.start] = line
                continue
            sentence = COLON_HEADING.match(words) or SENTENCE.match(words)
            is_short = (
                sentence and len(sentence.group()) <= LONGEST_HEADING and one.text + sentence.end() < one.text_end
            )
            ends[one.start] = one.text + sentence.end() - 1 if is_short else 0
    many = sum(map(bool, ends.values())) * 2 > len(ends)
    return [replace(one, heading_end=ends[one.start]) if isinstance(one, Measure) and many else one for one in made]


def _heading_line(script: Script, measure: Measure) -> int:
    """Where the first line of a measure ends, if it is a heading by itself; 0 if it is not."""
    stop = min((place for place in script.line_starts if measure.text < place < measure.text_end), default=0)
    words = script.solid[measure.text : stop]
    is_heading = 0 < len(words) <= LONGEST_HEADING and not re.search("[。；：，]", words)
    return stop if is_heading and (not script.is_wrapped or stop in script.indented) else 0
