"""Which items of a text are measures, and what the others are: headings of sections, principles, goals."""

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from scripts.check.clause import INNER, LABEL, WITHIN
from scripts.importer.clause_names import Clause, read_names
from scripts.importer.clauses import LABELS_LINE, find_clause
from scripts.importer.doubt import Doubt
from scripts.importer.duty import Duty, are_heading, duty_of, headed_by_bodies, in_prose
from scripts.importer.frame import DAY_ALONE, FURNITURE, LIST_BEGINS, LIST_WITHIN, SIGNED, Part, ends_of
from scripts.importer.numbering import GENERAL, HEADINGS, Item, every, innermost
from scripts.importer.prose import begins
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.shared import behind_heading, heading_and_clause, shared_clauses, without_sentences

# Headings run straight into their text where line breaks are lost.
RUNS_ON = re.compile(f"(?:{GENERAL})(?![和及与])(?=[\u4e00-\u9fff“《0-9])")
NO_DUTIES = re.compile("总体要求|总体目标|总体思路|指导思想|原则|目标|意义|附则")
# A title that says so of its items.
MEASURES = re.compile("措施|举措|任务|要点|清单|实事|分工|(?:[0-9一二三四五六七八九十]|若干)条")
LONGEST_HEADING = 40  # characters
FINAL = re.compile(
    r"制定本(?:措施|意见|方案|办法|细则|规定|文件|政策)|本(?:措施|意见|办法|细则|规定|文件|政策)(?:所称|适用)|依法(?:追究|处理|处罚)"
    r"|本(?:措施|意见|方案|办法|细则|规定|政策|文件|通知|计划|条例|清单)[^。]{0,30}?(?:解释|施行|实施|执行|有效期|生效)|^第.{1,3}条本.{2,6}由.{2,20}解释"
)
CLOSES = re.compile(f"(?:[\u4e00-\u9fff]{{2,4}}[：:])?(?:{FINAL.pattern})")
# The sentences at the end of a text in one line that say from when it holds.
CLOSING_SENTENCES = re.compile(
    "(?<=。)本(?:措施|意见|办法|细则|规定|政策|文件|通知|方案)[^。]{0,40}?(?:解释|施行|实施|执行|有效期|生效)[^。]{0,30}。(?=[^。]{0,80}$|[^。]{2,30}(?:19|20)[0-9]{2}年|相关附件|附件[：:])"
)
SENTENCE = re.compile(r"[^。；]*?[。]")
PARAGRAPH_HEADING = re.compile("(?:“[^”]{1,12}”|[^。；：，、（）]){4,24}。(?!$)")  # how a paragraph begins
CLAUSE_IN_BRACKETS = re.compile(rf"[（(〔](?:{LABEL.pattern})[：:](?:[^（）()〔〕]|{WITHIN})*[）)〕]。?")
COLON_HEADING = re.compile(r"[^。；：，、]{2,20}：")
NUMBERED = re.compile(r"[0-9]{1,3}[.．、](?![0-9])|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[①-⑳]")
NOBODY = "各条没有责任条款：哪些是措施，正文里提到的单位是不是责任部门，请确认。"
NONE_HERE = "从这里起编了号的各项没有责任条款，没有算作措施，请确认。"


@dataclass(frozen=True)
class Measure:
    """A measure as found: its number, its text without the clause, and the clause. Positions of the Script."""

    start: int
    text: int  # where the number ends
    text_end: int
    end: int
    clause: Clause | None
    heading_end: int  # where its heading ends; 0 if it has none
    shared: Clause | None = None  # behind a heading above it, of all that stands below that


def divide(
    script: Script, items: Sequence[Item], rule: str = "", is_alone: bool = True, title: str = ""
) -> tuple[list[Part | Measure], list[Doubt]]:
    """All that the items hold, in order: headings and paragraphs as parts, and the measures.

    Without any clause, `is_alone` tells whether the text is all there is: then what is laid on nobody counts, too; and
    items that hold no others count where the title says that they are measures.
    """
    items, sentences = without_sentences(script, items)
    leaves = [*innermost(items)]
    last = leaves[-1].end
    is_one_each = len(leaves) > 2 and all(len(ends_of(script, one.mark.end, one.end)) == 1 for one in leaves[:-1])
    duties = {item.start: duty_of(script, item, item.end == last, is_one_each) for item in every(items)}
    doubts: list[Doubt] = []
    duties |= {start: Duty(None, True, 0, front=end) for start, end in headed_by_bodies(script, leaves).items()}
    prose = in_prose(script, leaves, duties)
    duties |= {start: Duty((found.start, found.end), False, 0, found) for start, found in prose.items()}
    shared, asked = shared_clauses(script, items, duties, sentences, rule)
    nobody = not (shared or any(duty.is_laid for duty in duties.values()))
    if nobody:
        doubts.append(Doubt(0, NOBODY) if is_alone else Doubt(items[0].start, NONE_HERE, field="parts"))
    if prose:
        where = "责任单位写在各条的句子里，没有单独的条款，按句意读出，请逐条核对。"
        doubts.append(Doubt(0, where))
        doubts += _unread(
            script, [leaf for leaf in leaves if leaf.start not in prose and not duties[leaf.start].is_laid]
        )
    doubts += asked
    made: list[Part | Measure] = []
    split = {leaf.start: rows for leaf in leaves if (rows := _rows_of(script, leaf, leaf.end == last))}
    if sum(len(rows) > 1 for rows in split.values()) < 2:  # one alone may be a measure of several clauses
        sections = {item.start for item in items if not item.inner} if any(item.inner for item in items) else {}
        split = {start: rows for start, rows in split.items() if start in sections and len(rows) > 1}
    lowest = 0 if MEASURES.search(title) and not any(item.inner for item in items) else 1
    for item, level, kind in _judged(
        script, items, duties, {*shared}, {*split}, lowest if nobody and is_alone else None
    ):
        if kind == PART:
            made += _parts(script, item, level)
            continue
        if kind == SHARED:
            made += heading_and_clause(item, level, duties[item.start].clause)
            continue
        if item.start in split:
            made += _split(script, item, level, split[item.start], rule)
            rule = rule or next((one.clause.rule for one in made if isinstance(one, Measure) and one.clause), "")
            made += _behind(script, split[item.start][-1][0][1], item.end, is_last=item.end == last)
            continue
        duty = duties[[*innermost([item])][-1].start] if kind == WHOLE else duties[item.start]
        end = item.end if kind == WHOLE else item.own_end
        if duty.front:
            clause = read_names(script.solid, item.mark.end, duty.front - 1, "", script.spaces)
            clause = replace(clause, end=duty.front)  # with its colon
            made.append(Measure(item.start, duty.front, end, end, clause, 0))
            continue
        clause = duty.prose
        if duty.clause and not clause:
            clause = read_names(script.solid, *duty.clause, rule, script.spaces)
        rule = (clause.rule if clause else "") or rule
        text_end, stop = duty.clause or (duty.heading or _closing(script, item.mark.end, end, last),) * 2
        made.append(Measure(item.start, item.mark.end, text_end, stop, clause, 0, shared.get(item.start)))
        made += _behind(script, stop, end, is_last=end == last)
        made += [Part("paragraph", *sentences[item.start])] if item.start in sentences else []
    return with_headings(script, [*_levelled(made, {item.start for item in every(items)})]), doubts


def _levelled(made: Sequence[Part | Measure], numbered: Set[int]) -> Iterator[Part | Measure]:
    """Where headings without numbers come in pairs, one alone is of the lower level. `numbered`: where items begin."""
    plain = {one.start for one in made if isinstance(one, Part) and one.kind != "paragraph"} - numbered
    pairs = {one.start for one, other in itertools.pairwise(made) if {one.start, other.start} <= plain}
    for one in made:
        is_lower = pairs and one.start in plain - pairs
        yield Part("subsection", one.start, one.end) if is_lower and one.kind == "section" else one


# An item is no measure; its own words are one; with its inner items it is one.
PART, OWN, WHOLE = "part", "own", "whole"
SHARED = "shared"  # a heading with a clause that holds for the items below it


def _unread(script: Script, leaves: Sequence[Item]) -> Iterator[Doubt]:
    for leaf in leaves:
        if (place := begins(script.solid, leaf.mark.end, leaf.own_end)) is not None:
            words = script.solid[place : min(place + 30, leaf.own_end)]
            yield Doubt(
                place,
                f"“{words}……”像是写明了谁来做，未能识别，请核对要不要写进责任部门（departments）、谁牵头（lead）。",
                field="departments",
            )


def headings(script: Script, start: int, end: int) -> Iterator[Part]:
    """Headings without numbers, a paragraph each: a section, and what stands below it."""
    rows = itertools.pairwise([start, *ends_of(script, start, end)])
    for place, (one, other) in enumerate(rows):
        yield Part("subsection" if place else "section", one, other)


def is_heading(script: Script, part: Part) -> bool:
    """Are the words of a part those of a heading: few, and without a sign?"""
    return are_heading(script.solid[part.start : part.end])


def _behind(script: Script, start: int, end: int, is_last: bool) -> Iterator[Part]:
    """What stands between a measure and the next item: a heading without a number, or the end of the document."""
    if start < end and is_last:
        yield Part("behind", start, end)
    elif start < end:
        rows = list(headings(script, start, end))
        are_headings = all(is_heading(script, one) for one in rows)
        yield from rows if are_headings else [Part("paragraph", start, end)]


def _closing(script: Script, start: int, end: int, last: int) -> int:
    """Where, behind the last item of all, the document closes; else the item's end.

    It closes with paragraphs that say from when it holds, a list of attachments, signature and date, or what a page added.
    """
    if end != last:
        return end
    rows = itertools.pairwise([start, *ends_of(script, start, end)])
    ends = (CLOSES.match, LIST_BEGINS.match, DAY_ALONE.fullmatch)
    found = [one for one, other in rows if one > start and any(is_end(script.solid[one:other]) for is_end in ends)]
    if script.is_run_on:
        found += [one.start() for one in CLOSING_SENTENCES.finditer(script.solid, start, end)]
    signs = (pattern.search(script.solid, start, end) for pattern in (FURNITURE, SIGNED, LIST_WITHIN))
    return min([*found, *(one.start() for one in signs if one and one.start() > start), end])


def _rows_of(script: Script, item: Item, is_last: bool) -> list[tuple[Stretch, Stretch]]:
    """The paragraphs below the heading of an item, each with its clause; none unless each has one.

    Behind the heading its text may stand, if each paragraph has a heading of its own. Behind the paragraphs of the last
    item of all the document may close.
    """
    stops = ends_of(script, item.mark.end, item.own_end)
    rows = list(itertools.pairwise([item.mark.end, *(_lost_ends(script, item) or stops)]))
    if item.inner or len(rows) < 2:
        return []
    first, below = rows[0], _with_labels(script, rows[1:])
    heading = script.solid[slice(*first)].removesuffix("。")
    is_heading = len(heading) <= LONGEST_HEADING and not re.search("[。；：]", heading)
    if not is_heading and (
        find_clause(script.solid, *first) or not all(COLON_HEADING.match(script.solid, *row) for row in below)
    ):
        return []
    clauses = [find_clause(script.solid, *row) for row in below]
    while is_last and clauses and not clauses[-1]:
        clauses.pop()
    found = [(row, clause) for row, clause in zip(below, clauses, strict=False) if clause and clause[0] > row[0]]
    return found if len(found) == len(clauses) else []


def _with_labels(script: Script, rows: Sequence[Stretch]) -> list[Stretch]:
    """Paragraphs, each with those behind it that are only labels and what they name: 责任部门：… 完成时限：…."""
    made: list[Stretch] = []
    for row in rows:
        if made and LABELS_LINE.match(script.solid, *row):
            made[-1] = (made[-1][0], row[1])
        else:
            made.append(row)
    return made


def _lost_ends(script: Script, item: Item) -> list[int]:
    """Where the paragraphs of an item ended in a text whose line ends do not tell; empty if nothing else does.

    It can be told where two headings follow each other, that of the item and that of its first paragraph, and a clause
    in brackets ends each paragraph: most of those behind a clause begin with a heading, too.
    """
    words = script.solid[item.mark.end : item.own_end]
    heading = SENTENCE.match(words)
    are_lost = script.is_run_on or script.is_wrapped
    if not (are_lost and heading and PARAGRAPH_HEADING.match(words, heading.end())):
        return []
    clauses = CLAUSE_IN_BRACKETS if script.is_run_on else INNER
    ends = [heading.end(), *(found.end() for found in clauses.finditer(words))]
    begins = [place for place in ends if place < len(words)]
    if script.is_wrapped and not all(item.mark.end + place in script.line_starts for place in begins):
        return []
    with_heading = sum(bool(PARAGRAPH_HEADING.match(words, place)) for place in begins)
    return [item.mark.end + place for place in ends] if with_heading * 2 > len(begins) else []


def _split(
    script: Script, item: Item, level: int, rows: Sequence[tuple[Stretch, Stretch]], rule: str
) -> Iterator[Part | Measure]:
    """An item whose paragraphs are measures of their own: its heading, and they."""
    first = rows[0][0][0]
    heading_end = min(_heading_end(script, item), first)
    yield Part("subsection" if level else "section", item.start, heading_end)
    if heading_end < first:
        yield Part("paragraph", heading_end, first)
    for (start, end), stretch in rows:
        clause = read_names(script.solid, *stretch, rule, script.spaces)
        rule = rule or clause.rule
        yield Measure(start, start, stretch[0], end, clause, 0)


def _judged(script, items, duties, shared, split, lowest, level=0, section=""):
    """(item, level, what it is) of every item that is not a piece of a measure.

    `lowest`: the outermost level of measures where nothing is laid on anybody; None where something is. `shared`: where
    items start that share a clause; `split`: where those start whose paragraphs are measures.
    """
    leaves = [item.start for item in items if not item.inner and item.start not in split]
    here = any(duties[start].is_laid or start in shared for start in leaves)
    laid_within = {item.start: [duties[leaf.start].is_laid for leaf in innermost(item.inner)] for item in items}
    many = [laid for laid in laid_within.values() if len(laid) > 1]
    closed = len(many) > 1 and all(map(_closes_them_all, many))  # so does that of a group of one, then
    for item in items:
        heading = script.solid[item.start : _heading_end(script, item)]
        if item.inner:
            laid = laid_within[item.start]
            has_own = bool(duties[item.start].clause)
            if behind_heading(script, item, duties[item.start]):
                yield item, level, SHARED
                yield from _judged(script, item.inner, duties, shared, split, lowest, level + 1, section)
                continue
            is_group_of_one = len(item.inner) == 1 and bool(item.inner[0].inner)
            closes = (len(laid) > 1 or closed) and _closes_them_all(laid) and not is_group_of_one
            if closes and (here or level) and not has_own:
                yield item, level, WHOLE
                continue
            yield item, level, OWN if has_own else PART
            inner = heading if level == 0 and not has_own else section
            yield from _judged(script, item.inner, duties, shared, split, lowest, level + 1, inner)
        elif lowest is not None:
            is_measure = level >= lowest and not NO_DUTIES.search(heading) and not NO_DUTIES.search(section)
            yield item, level, OWN if is_measure else PART
        else:
            is_final = not duties[item.start].is_laid and bool(FINAL.search(script.solid[item.start : item.end]))
            yield item, level, OWN if item.start in split or (here and not is_final) else PART


def _closes_them_all(laid: Sequence[bool]) -> bool:
    """Does the only clause of several items stand behind the last? `laid`: which of them bear one."""
    return bool(laid) and laid[-1] and not any(laid[:-1])


def _heading_end(script: Script, item: Item) -> int:
    """Where the heading of an item that is no measure ends: at its line's, its first sentence's, or its words' end."""
    end = item.own_end
    line = min((place for place in script.line_starts if item.mark.end < place <= end), default=end)
    words = script.solid[item.mark.end : line]
    if RUNS_ON.match(words) and not are_heading(words):
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
    if kind == "paragraph" or FINAL.search(script.solid[item.mark.end : end]):
        yield Part("paragraph", item.start, item.own_end)
        return
    yield Part(kind, item.start, end)
    if end < item.own_end:
        inner = "subsection" if item.inner and are_heading(script.solid[end : item.own_end]) else "paragraph"
        yield Part(inner, end, item.own_end)


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
    is_line = not script.is_wrapped or stop in script.indented or NUMBERED.match(script.solid, stop)
    return stop if is_heading and is_line else 0
