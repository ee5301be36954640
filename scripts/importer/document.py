"""A whole document: its parts and its measures in the order of the source, every character in exactly one of them."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.characters import solid
from scripts.importer.clause_names import Name, read_names
from scripts.importer.clauses import find_clause
from scripts.importer.doubt import Doubt
from scripts.importer.entry import Entry, of_measure, of_table
from scripts.importer.frame import SIGNED, Part, attachments, head, paragraphs, tail
from scripts.importer.lead_rule import FACE, RULE, rule_kind
from scripts.importer.numbering import Item, items, slips
from scripts.importer.plain_table import find_table
from scripts.importer.received import Grid, Stretch
from scripts.importer.script import Script
from scripts.importer.structure import Measure, divide, headings, is_heading, with_headings
from scripts.importer.table import DUTIES, Table, named, read_grid
from scripts.importer.unlisted import unlisted

BEGINS = re.compile("(?<=[。：）])一、")  # a row of items
FOOTNOTES = re.compile("[—－_─-]{4,}")  # a line above them
ANNEX = re.compile(r"附件[0-9一二三四五六七八九十]{0,3}[：:.．]?")  # a line of its own: another text begins
# What a notice carries several of: 陕西省规范中介服务专项行动方案, with a first and a second section each.
ANOTHER_TITLE = re.compile(
    "[^。；：，！？]{8,60}(?:方案|意见|办法|细则|规定|计划|预案|清单|制度)(?:（[^（）]{2,20}）)?"
)
FIRST, SECOND = re.compile("一、|第一[章条]"), re.compile("二、|第二[章条]")
SLIP = "序号从“{}”到了“{}”，请对照原件：原件如此的，照录即可；是漏录、错录的，请改正。"
ALL_BOLD = "这一条的各家都加粗了，按原文的说明都是牵头，请核对。"
TORN = "这一行被换页切成了两半，表头夹在中间，责任单位没有分出来，请对照原文逐栏填写。"
SPREAD = "这一行的单位同在“{}”两栏里，分不清谁牵头，没有写 lead，请对照原件核对。"
BLACK = "黑体"
BOLD = 0.6  # share of a name in a bold face by which the name is bold


@dataclass(frozen=True)
class Document:
    script: Script
    pieces: tuple[Part | Entry, ...]
    rule: str  # the sentence that says how the lead is marked; ""
    clause_label: str  # head of the column of departments; ""
    doubts: tuple[Doubt, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Entry))


def read_document(script: Script, grids: Sequence[Grid] = ()) -> Document:
    """Every character that counts, in a part or in a measure. Empty of measures where none could be told."""
    pieces: list[Part | Entry] = []
    doubts: list[Doubt] = []
    rule, label = "", ""
    tables = sorted(
        (table for grid in grids if (table := read_grid(script, _solid(script, grid)))), key=lambda one: one.header
    )
    segments = list(_segments(script, tables))
    is_alone = sum(not _is_footnotes(script, *segment) for segment in segments) == 1
    for start, end in segments:
        if _is_footnotes(script, start, end):
            pieces += [Part("note", *paragraph) for paragraph in paragraphs(script, start, end)]
            continue
        inside = [table for table in tables if start <= table.header[0] < end]
        if not inside and (table := find_table(script, start, end)):
            inside = [table]
        found, said, questions = _segment(script, start, end, inside, rule, is_alone)
        pieces += found
        rule = rule or said
        doubts += questions
        label = label or next((named(script.written(*table.head_of("departments"))) for table in inside), "")
    with_faces = list(_with_faces(script, pieces, rule) if rule_kind(rule) == FACE and script.bold else pieces)
    changed = (new for old, new in zip(pieces, with_faces, strict=True) if new != old)
    doubts += [Doubt(one.start, ALL_BOLD, field="lead") for one in changed if _all_lead(one)]
    whole = _with_rule(script, list(_whole(script, with_faces)), rule)
    doubts += unlisted(script, whole)
    return Document(script, tuple(whole), _as_written(script, rule), label, tuple(doubts))


def _with_rule(script: Script, pieces: Sequence[Part | Entry], rule: str) -> list[Part | Entry]:
    """The pieces, with those parts put together over which the sentence about the lead goes."""
    start = script.solid.find(solid(rule)) if rule else -1
    end = start + len(solid(rule))
    cut = [one for one in pieces if start >= 0 and one.start < end and one.end > start]
    if len(cut) < 2 or not all(isinstance(one, Part) for one in cut):
        return list(pieces)
    first = pieces.index(cut[0])
    return [*pieces[:first], Part("paragraph", cut[0].start, cut[-1].end), *pieces[first + len(cut) :]]


def _as_written(script: Script, rule: str) -> str:
    """A rule with the spaces that the source has within it."""
    start = script.solid.find(solid(rule)) if rule else -1
    return script.written(start, start + len(solid(rule))) if start >= 0 else rule


def _solid(script: Script, grid: Grid) -> Grid:
    """The cells of a grid as positions of the script."""
    return tuple(
        tuple((bisect_left(script.places, start), bisect_left(script.places, end)) for start, end in row)
        for row in grid
    )


def _segments(script: Script, tables: Sequence[Table]) -> Iterator[Stretch]:
    """The texts that follow each other in one file: a notice, what it carries, its annexes."""
    rows = paragraphs(script, 0, len(script.solid))
    starts = [0, *_signed_within(script), *_titled_within(script, rows)]
    for one, other in rows:
        within = any(table.header[0] <= one < table.end for table in tables)
        words = script.solid[one:other]
        if one and not within and (ANNEX.fullmatch(words) or FOOTNOTES.fullmatch(words)):
            starts.append(one)
    yield from itertools.pairwise([*sorted(starts), len(script.solid)])


def _signed_within(script: Script) -> Iterator[int]:
    """Where, in a text that lost its line ends, a notice with items of its own is signed and another text begins."""
    if not script.is_run_on:
        return
    begins = [found.start() for found in BEGINS.finditer(script.solid)]
    for signed in SIGNED.finditer(script.solid):
        if any(one < signed.start() for one in begins) and any(one > signed.end() for one in begins):
            yield signed.end()


def _titled_within(script: Script, rows: Sequence[Stretch]) -> Iterator[int]:
    """Where a line is the title of another text: behind the items of one, and numbers begin again below it."""
    has_items = False  # since the last title
    waiting = -1
    for one, other in rows:
        if FIRST.match(script.solid, one, other):
            if waiting >= 0:
                yield waiting
            has_items, waiting = False, -1
        elif SECOND.match(script.solid, one, other):
            has_items, waiting = True, -1
        elif has_items and ANOTHER_TITLE.fullmatch(script.solid, one, other):
            waiting = one


def _is_footnotes(script: Script, start: int, end: int) -> bool:
    one, other = paragraphs(script, start, end)[0]
    return bool(FOOTNOTES.fullmatch(script.solid[one:other]))


def _segment(
    script: Script, start: int, end: int, tables: Sequence[Table], rule: str, is_alone: bool
) -> tuple[list[Part | Entry], str, list[Doubt]]:
    """The pieces of one text, the rule for the lead that it states, and what is doubtful."""
    body_end = tables[0].start if tables else end
    pieces, said, doubts = _body(script, start, body_end, rule, bool(tables), is_alone)
    place = body_end
    for table in tables:
        pieces += tail(script, place, table.start)
        said = said or rule or _stated(script, table, end)
        rows = list(of_table(script, table, said))
        doubts += _jumps(script, [row for row in rows if isinstance(row, Entry)])
        doubts += _of_both(script, table)
        doubts += _torn(script, table)
        pieces += rows
        place = table.end
    if tables:
        pieces += tail(script, place, end)
    return pieces, said, doubts


def _jumps(script: Script, rows: Sequence[Entry]) -> Iterator[Doubt]:
    """Rows of a table whose number does not follow that of the row before."""
    numbered = [(row, script.solid[slice(*row.number)]) for row in rows if row.number]
    for (_, before), (row, number) in itertools.pairwise(numbered):
        digits = [re.sub("[^0-9]", "", words) for words in (before, number)]
        if all(digits) and int(digits[1]) not in (int(digits[0]) + 1, 1):
            yield Doubt(row.start, SLIP.format(before, number), field="number")


def _torn(script: Script, table: Table) -> Iterator[Doubt]:
    """Rows within whose text the heads of the columns stand, which a page repeats."""
    heads = script.solid[slice(*table.header)]
    for row in table.rows:
        if heads in script.solid[slice(*row.text)]:
            yield Doubt(row.start, TORN, field="departments")


def _of_both(script: Script, table: Table) -> Iterator[Doubt]:
    """Rows whose bodies stand in the columns of those who lead and of the others at once."""
    words = {script.solid[slice(*head.words)] for head in table.heads if head.kind in ("lead", "support")}
    for row in table.rows:
        if any(kind == "departments" and label in words for kind, _, label in row.duties):
            over = "”“".join(named(script.written(*head.words)) for head in table.heads if head.kind in DUTIES)
            yield Doubt(row.start, SPREAD.format(over), field="lead")


def _body(
    script: Script, start: int, end: int, rule: str, has_table: bool, is_alone: bool
) -> tuple[list[Part | Entry], str, list[Doubt]]:
    """The pieces of running text: what stands before the items, the items, what stands behind."""
    found = items(script, start, end, attachments(script, start, end))
    with_clause = any(find_clause(script.solid, one, other) for one, other in paragraphs(script, start, end))
    if not found or (has_table and not with_clause):
        if has_table or not with_clause:
            return list(head(script, start, end)), _rule_in(script, start, end), []
        return _unnumbered(script, start, end, rule)
    before = _headed(script, head(script, start, found[0].start))
    said = rule or _rule_in(script, start, found[0].start)
    title = "".join(script.solid[part.start : part.end] for part in before if part.kind == "title")
    divided, doubts = divide(script, found, said, is_alone, title)
    in_clauses = any(isinstance(one, Measure) and one.clause and one.clause.rule for one in divided)
    if not (said or in_clauses) and (said := _rule_in(script, found[0].start, end)):
        divided, doubts = divide(script, found, said, is_alone, title)  # it stands behind what it is about
    doubts += [
        Doubt(item.start, SLIP.format(_mark(script, before), _mark(script, item)), field="number")
        for before, item in slips(found)
    ]
    pieces: list[Part | Entry] = [*before]
    for piece in divided:
        if not isinstance(piece, Measure):
            pieces += tail(script, piece.start, piece.end) if piece.kind == "behind" else [piece]
            continue
        said = said or (piece.clause.rule if piece.clause else "")
        has_text = piece.text < piece.text_end
        pieces.append(of_measure(script, piece, said) if has_text else Part("paragraph", piece.start, piece.end))
    final = pieces[-1]
    if isinstance(final, Part) and final.kind == "paragraph":
        pieces[-1:] = _closed(script, final)
    return [*pieces, *tail(script, final.end, end)], said, doubts


def _headed(script: Script, parts: Sequence[Part]) -> list[Part]:
    """What stands before the items; headings without numbers right above them are headings."""
    first = len(parts)
    while first and parts[first - 1].kind == "paragraph" and is_heading(script, parts[first - 1]):
        first -= 1
    made = list(parts[:first])
    return [*made, *headings(script, parts[first].start, parts[-1].end)] if first < len(parts) else made


def _mark(script: Script, item: Item) -> str:
    return script.solid[item.mark.start : item.mark.end]


def _closed(script: Script, part: Part) -> Iterator[Part]:
    """The last paragraph of the last item, and what stands behind it: signature, date, what a web page added."""
    first, *rest = tail(script, part.start, part.end)
    yield Part("paragraph", first.start, first.end)
    yield from rest


def _unnumbered(script: Script, start: int, end: int, rule: str) -> tuple[list[Part | Entry], str, list[Doubt]]:
    """Paragraphs without numbers, of which those that end in a clause are measures."""
    pieces: list[Part | Measure] = []
    rows = list(_with_clauses(script, paragraphs(script, start, end)))
    ends = [find_clause(script.solid, one, other) for one, other in rows]
    first = next(place for place, found in enumerate(ends) if found)
    last = max(place for place, found in enumerate(ends) if found)
    pieces += head(script, start, rows[first][0])
    rule = rule or _rule_in(script, start, rows[first][0])
    for (one, other), found in zip(rows[first : last + 1], ends[first : last + 1], strict=True):
        if not found:
            is_heading = not script.solid[one:other].endswith("。")
            pieces.append(Part("section" if is_heading else "paragraph", one, other))
            continue
        clause = read_names(script.solid, *found, rule, script.spaces)
        rule = rule or clause.rule
        pieces.append(Measure(one, one, found[0], found[1], clause, 0))
        if found[1] < other:
            pieces.append(Part("paragraph", found[1], other))
    pieces += tail(script, rows[last][1], end)
    made = [
        one
        if isinstance(one, Part)
        else of_measure(script, one, rule)
        if one.text < one.text_end
        else Part("paragraph", one.start, one.end)
        for one in with_headings(script, pieces)
    ]
    return made, rule, [Doubt(rows[first][0], "各条没有编号，按段落分成了条，请核对。")]


def _with_clauses(script: Script, rows: Sequence[Stretch]) -> Iterator[Stretch]:
    """Paragraphs, each put together with the clause that follows as one of its own, and the heading right above."""
    waiting: list[Stretch] = []
    for row in rows:
        if not waiting or find_clause(script.solid, *row) != row:
            waiting.append(row)
            continue
        above = 2 if len(waiting) > 1 and is_heading(script, Part("", *waiting[-2])) else 1
        whole = waiting[-above][0], row[1]
        yield from (*waiting[:-above], whole) if find_clause(script.solid, *whole) else (*waiting, row)
        waiting = []
    yield from waiting


def _stated(script: Script, table: Table, end: int) -> str:
    """The rule that the head of a table, a remark in it, or a note below it, states."""
    remarks = (note for row in table.rows for note in row.notes)
    notes = ((part.start, part.end) for part in tail(script, table.end, end))
    return next((rule for one in [table.header, *remarks, *notes] if (rule := _rule_in(script, *one))), "")


def _rule_in(script: Script, start: int, end: int) -> str:
    """The sentence of a stretch that says how the lead is marked, as written; ""."""
    found = RULE.search(script.solid, start, end)
    if not found:
        return ""
    words = found["inside"] or found["behind"]
    begin = script.solid.index(words, found.start())
    paragraph = next(one for one, other in paragraphs(script, start, end) if begin < other)
    before = re.search(r"[^。；;：:（(]*$", script.solid[max(paragraph, begin - 40) : begin])
    return script.written(begin - len(before.group() if before else ""), begin + len(words))


def _with_faces(script: Script, pieces: Sequence[Part | Entry], rule: str) -> Iterator[Part | Entry]:
    """Names in a bold face lead where the document says so. Where it says 黑体 and sets names in it, a bold weight tells nothing.

    Where all names of a measure are bold, each leads only if faces tell the names of other measures apart: a document
    may set whole clauses in bold.
    """
    entries = [piece for piece in pieces if isinstance(piece, Entry)]
    bold = _marked(script, entries, script.black) if BLACK in rule else {}
    if not any(map(any, bold.values())):
        bold = _marked(script, entries, script.bold)
    is_telling = any(any(faces) and not all(faces) for faces in bold.values())
    for piece in pieces:
        faces = bold.get(piece, [])
        if any(faces) and (is_telling or not all(faces) or len(faces) == 1):
            names = (Name(n.start, n.end, n.label, is_bold) for n, is_bold in zip(piece.names, faces, strict=True))
            yield replace(piece, names=tuple(names))
        else:
            yield piece


def _all_lead(piece: Part | Entry) -> bool:
    return isinstance(piece, Entry) and len(piece.names) > 1 and all(name.leads for name in piece.names)


def _marked(script: Script, entries: Sequence[Entry], stretches: Sequence[Stretch]) -> dict[Entry, list[bool]]:
    """Of each name of each measure, whether it lies in some stretches of the source."""
    return {entry: [_share(script, name, stretches) >= BOLD for name in entry.names] for entry in entries}


def _share(script: Script, name: Name, stretches: Sequence[Stretch]) -> float:
    """How much of a name lies in some stretches of the source."""
    marked = sum(
        any(one <= place < other for one, other in stretches) for place in script.places[name.start : name.end]
    )
    return marked / max(1, name.end - name.start)


def _whole(script: Script, pieces: Sequence[Part | Entry]) -> Iterator[Part | Entry]:
    """The pieces in order, and a paragraph for each stretch that belongs to none: nothing vanishes.

    A group that a row of a table names behind its number comes before that row, notes within a row behind it.
    """
    place = 0
    entries = [piece for piece in pieces if isinstance(piece, Entry)]
    within = {
        one: entry.start
        for one in pieces
        for entry in entries
        if isinstance(one, Part) and entry.start < one.start < entry.end
    }
    order = {"section": 0, "subsection": 0, "note": 2}
    for piece in sorted(pieces, key=lambda one: (within.get(one, one.start), order[one.kind] if one in within else 1)):
        begin = within.get(piece, piece.start)
        if begin > place:
            yield Part("paragraph", place, begin)
            place = begin
        if piece.end > piece.start:
            yield piece
        place = max(place, piece.end)
    if place < len(script.solid):
        yield Part("paragraph", place, len(script.solid))
