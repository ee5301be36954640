"""A task table in plain text whose cells go over several lines each, as text does that was copied from a page."""

import itertools
import re
from collections.abc import Sequence

from scripts.check.clause import DUE
from scripts.importer.cell_lines import begins_of_names, cell_lines, kinds
from scripts.importer.clause_names import are_bodies
from scripts.importer.line_table import row_starts
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.table import DUTIES, Table, is_head, read_grid
from scripts.period import read_period

FEWEST_ROWS = 3
MOST_LINES = 1.5  # lines for each column, on average: where rows have more, cells go over several
FEWEST_READ = 0.8  # share of the rows in which bodies stand behind the task
NOBODY = re.compile("[—－无/-]+")  # a cell that says so
GROUP_BEGINS = re.compile(r"[0-9]{1,2}[.．、](?![0-9])|[（(]?[一二三四五六七八九十]{1,3}[）)、]")
SHORT = 0.6  # of the longest line, by which a line may be of a narrower column than that of the tasks
MOST_DATE_LINES = 3


def by_wrapped_cells(script: Script, start: int, end: int) -> Table | None:
    """Columns in this order: number, groups, task, bodies, by when. A task ends with its last full stop; groups have numbers.

    Where bodies stand in two columns, the second begins where a name does that no sign divides from the one above; if
    that is not so in just one place, all of them are one cell over both.
    """
    lines = cell_lines(script, start, end)
    columns = kinds(script, lines)
    first = columns.index("number") if "number" in columns else len(lines)
    last = next((place for place in range(first, len(lines)) if not columns[place]), len(lines))
    head, columns, lines = lines[first:last], columns[first:last], lines[last:]
    if not is_head(columns) or not _is_known_order(columns):
        return None
    starts = row_starts(script, lines, len(columns))
    if starts[:1] != [0]:  # there are more heads, or none
        return None
    rows = [list(lines[one:other]) for one, other in zip(starts, [*starts[1:], len(lines)], strict=True)]
    if len(rows) < FEWEST_ROWS or sum(map(len, rows[:-1])) <= MOST_LINES * len(columns) * (len(rows) - 1):
        return None
    header = script.solid[head[0][0] : head[-1][1]]
    has_head = header in script.solid[rows[-1][0][0] : rows[-1][-1][1]]
    del rows[-1][max(map(len, rows[:-1])) + has_head * len(head) :]  # behind the table the document may go on
    widest = max(other - one for row in rows for one, other in row)
    grid = [tuple(head)]
    read = 0
    for row in rows:
        behind = row[-len(head) :]
        heads = behind if script.solid[behind[0][0] : behind[-1][1]] == header else []
        inside = row[: len(row) - len(heads)]
        is_torn = header in script.solid[inside[0][0] : inside[-1][1]]  # by the end of a page
        cells = [] if is_torn else _cells(script, inside, columns, widest)
        grid += [tuple(cells or _whole(inside, columns)), *([tuple(heads)] if heads else [])]
        read += bool(cells)
    return read_grid(script, tuple(grid)) if read >= FEWEST_READ * len(rows) else None


def _is_known_order(columns: Sequence[str]) -> bool:
    task = _task(columns)
    behind = [column for column in columns[task + 1 :] if column not in DUTIES]
    return set(columns[1:task]) <= {"task", "group"} and behind in ([], [columns[-1]]) and set(behind) <= {"deadline"}


def _task(columns: Sequence[str]) -> int:
    return max(place for place, column in enumerate(columns) if column == "task")


def _whole(row: Sequence[Stretch], columns: Sequence[str]) -> tuple[Stretch, ...]:
    """A row of which nothing is told apart: all of it is the task."""
    task, (_, begin), (_, end) = _task(columns), row[0], row[-1]
    return (row[0], *[(begin, begin)] * (task - 1), (begin, end), *[(end, end)] * (len(columns) - task - 1))


def _cells(script: Script, row: Sequence[Stretch], columns: Sequence[str], widest: int) -> list[Stretch]:
    """The cells of a row; none if no bodies stand behind its last full stop."""
    task, end = _task(columns), row[-1][1]
    due = _date(script, row) if columns[-1] == "deadline" else end
    stop = script.solid.rfind("。", row[0][1], due) + 1
    duties = _duties(script, (stop, due), len(columns) - task - 1 - (columns[-1] == "deadline")) if stop else []
    if not duties:
        return []
    begin = row[0][1]
    has_group = task > 1 and bool(GROUP_BEGINS.match(script.solid, begin))
    for one, other in row[1:] if has_group else ():
        if other - one > SHORT * widest or "。" in script.solid[one:other] or other > stop:
            break
        begin = other
    groups = [(row[0][1], begin), *[(begin, begin)] * (task - 2)] if task > 1 else []
    return [row[0], *groups, (begin, stop), *duties, *([(due, end)] if columns[-1] == "deadline" else [])]


def _date(script: Script, row: Sequence[Stretch]) -> int:
    """Where the last lines begin that say by when; the end of the row if none do."""
    end = row[-1][1]
    begins = [one for one, _ in row[-MOST_DATE_LINES:]]
    return next((one for one in begins if _says_when(script.solid[one:end])), end)


def _says_when(words: str) -> bool:
    return bool(read_period(words) or DUE.fullmatch(words))


def _duties(script: Script, cell: Stretch, width: int) -> list[Stretch]:
    """The cells of the columns of bodies; none if other words stand there."""
    words = script.solid[slice(*cell)]
    nobody = [
        place
        for place in script.line_starts
        if cell[0] < place < cell[1] and NOBODY.fullmatch(script.solid, place, cell[1])
    ]
    bounds = [cell[0], *sorted({*begins_of_names(script, cell), *nobody}), cell[1]]
    pieces = list(itertools.pairwise(bounds))
    if not words or not all(_is_filled(script.solid[slice(*one)]) for one in pieces):
        return []
    return pieces if len(pieces) == width else [cell] * width


def _is_filled(words: str) -> bool:
    return bool(NOBODY.fullmatch(words)) or are_bodies(words)
