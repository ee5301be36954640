"""A measure as found in the document: in running text, or in a row of a table."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.check.clause import INNER
from scripts.check.source import LINE_END
from scripts.importer.cell_lines import begins_of_names
from scripts.importer.clause_names import Clause, Name, are_bodies, read_names
from scripts.importer.frame import Part
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.structure import Measure
from scripts.importer.table import Row, Table


@dataclass(frozen=True)
class Entry:
    """A measure as found. Stretches are positions of the Script; None is what the document does not have."""

    number: Stretch | None
    text: Stretch
    clause: Stretch | None
    deadline: Stretch | None
    shared: tuple[Stretch, ...]  # clauses that stand elsewhere, and hold for this measure, too
    shared_deadline: Stretch | None
    heading_end: int  # 0 where it has no heading
    empty: tuple[tuple[str, str], ...]  # columns of its row without a word: (clause or deadline, words over it)
    cells: tuple[Stretch, ...]  # those of a table that the clause is of; empty where it is running text
    names: tuple[Name, ...]
    is_open: bool
    dates: tuple[Stretch, ...]  # in its clauses
    order: tuple[str, ...]  # the official parts in the order in which they stand
    start: int
    end: int


def written_clause(script: Script, entry: Entry) -> str:
    """The clause as a record has it; "" where there is none. Cells that stand on lines of their own are words apart."""
    if not entry.clause:
        return ""
    if len(entry.cells) < 2:
        return script.written(*entry.clause)
    starts = [entry.clause[0], *(start for start, _ in entry.cells[1:])]
    pieces = [script.written(*one) for one in itertools.pairwise([*starts, entry.clause[1]])]
    between = (script.source[script.places[start - 1] + 1 : script.places[start]] for start in starts[1:])
    joints = [" " if LINE_END.search(gap) else gap for gap in between]
    return "".join(itertools.chain.from_iterable(zip(pieces, [*joints, ""], strict=True)))


def written_shared(script: Script, entry: Entry) -> str:
    """The clauses that it shares with others as a record has them, a line each; ""."""
    return "\n".join(script.written(*one).replace("\n", " ") for one in entry.shared)


def of_measure(script: Script, measure: Measure, rule: str) -> Entry:
    """`rule`: the stated rule for the lead; it holds for the clauses within the text, too."""
    clause = measure.clause
    inner = [
        read_names(script.solid, *found.span(), rule, script.spaces)
        for found in INNER.finditer(script.solid, measure.text, measure.text_end)
    ]
    clauses = [*inner, *filter(None, (measure.shared, clause))]
    names = tuple(name for one in clauses for name in one.names)
    begin = min(measure.text, clause.start) if clause else measure.text
    return Entry(
        number=(measure.start, begin) if measure.start < begin else None,
        text=(measure.text, measure.text_end),
        clause=(clause.start, clause.end) if clause else None,
        deadline=None,
        shared=((measure.shared.start, measure.shared.end),) if measure.shared else (),
        shared_deadline=measure.shared.dates[0] if measure.shared and measure.shared.dates else None,
        heading_end=measure.heading_end,
        empty=(),
        cells=(),
        names=names,
        is_open=any(one.is_open for one in clauses),
        dates=tuple(date for one in clauses if one is not measure.shared for date in one.dates),
        order=("number", "clause", "text") if begin < measure.text else ("number", "text", "clause"),
        start=measure.start,
        end=measure.end,
    )


def of_table(script: Script, table: Table, rule: str) -> Iterator[Part | Entry]:
    """The pieces of a table: its head, and for each row what it holds."""
    yield Part("table_header", *table.header)
    place = table.header[1]
    for row in table.rows:
        for group in (one for one in table.groups if place <= one[0] < row.start):
            is_head = script.solid[slice(*group)] == script.solid[slice(*table.header)]
            yield Part("table_header" if is_head else "section", *group)
        yield from (Part(kind, *cell) for kind, cell in row.before)
        yield _of_row(script, row, rule)
        yield from (Part("note", *cell) for cell in row.notes)
        place = row.end
    yield from (Part("section", *one) for one in table.groups if one[0] >= place)


def _between_lines(script: Script, cell: Stretch) -> Iterator[int]:
    """Where a line of a cell begins with a name, and the line above it ends with one: a name a line, without signs.

    Lines of a page may be broken anywhere: there, only a name that begins with its level tells.
    """
    starts = [cell[0], *sorted(script.line_starts.intersection(range(cell[0] + 1, cell[1])))]
    rows = [script.solid[one:other] for one, other in itertools.pairwise([*starts, cell[1]])]
    if not script.is_of_pages and all(are_bodies(row) and not row.endswith("、") for row in rows):
        yield from starts[1:]
        return
    yield from begins_of_names(script, cell)


def _of_row(script: Script, row: Row, rule: str) -> Entry:
    names: list[Name] = []
    clauses: list[Clause] = []
    cells = (*row.shared, *row.duties)
    has_lead = any(kind == "lead" for kind, *_ in cells)
    for kind, cell, over in cells:
        spaces = script.spaces | set(_between_lines(script, cell))
        clause = read_names(script.solid, *cell, rule if kind == "departments" else "", spaces)
        clauses.append(clause)
        for name in clause.names:
            leads = kind == "lead" if has_lead else False if kind == "support" else name.leads
            label = name.label or (over if kind in ("lead", "support") else "")
            names.append(Name(name.start, name.end, label, leads))
    return Entry(
        number=row.number,
        text=row.text,
        clause=row.clause,
        deadline=row.deadline,
        shared=tuple(cell for _, cell, _ in row.shared),
        shared_deadline=None if row.deadline else row.shared_deadline,
        heading_end=row.heading_end,
        empty=row.empty,
        cells=tuple(cell for _, cell, _ in row.duties),
        names=tuple(names),
        is_open=any(clause.is_open for clause in clauses),
        dates=(),
        order=row.order,
        start=min(part[0] for part in (row.number, row.text, row.clause, row.deadline) if part),
        end=max(part[1] for part in (row.number, row.text, row.clause, row.deadline) if part),
    )
