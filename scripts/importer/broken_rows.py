"""The cells of a row of a table in plain text, one for each column: where cells are empty or go over several lines."""

import itertools
from collections.abc import Sequence

from scripts.importer.cell_lines import LONGEST_GROUP
from scripts.importer.clause_names import are_bodies
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.table import DUTIES, NUMBER, PART
from scripts.period import read_period


def as_columns(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[Stretch]:
    """The cells of a row, one for each column: tasks may go over several lines, and empty cells leave no line.

    Of the places where cells may be lacking, the likeliest is taken: bodies stand where bodies belong, dates where
    dates do. Where none fits, all that follows the number is the task.
    """
    cells, were_broken = _rejoined(script, cells)
    if row := _spread(script, cells, columns, were_broken):
        return row
    more = len(cells) - len(columns)
    task = columns.index("task")
    if more > 0 and (row := by_bodies(script, cells, columns)):
        return row
    if more > 0:
        joined = (cells[task][0], cells[task + more][1])
        return [*cells[:task], joined, *cells[task + more + 1 :]]
    if more == 0:
        return list(cells)
    fitting = [row for row in _fillings(script, cells, columns) if len(row) + _trailing(columns) >= len(columns)]
    if not fitting:
        return (
            [*cells[:1], *[(cells[0][1],) * 2] * (task - 1), (cells[1][0], cells[-1][1])]
            if len(cells) > 1 and task
            else list(cells)
        )
    return max(fitting, key=lambda row: _likelihood(script, row, columns))


def _rejoined(script: Script, cells: Sequence[Stretch]) -> tuple[list[Stretch], bool]:
    """The cells with those put together that a sign divides at the end of a line: 区市容局、/ 区农业农村委. And if any was."""
    made: list[Stretch] = []
    for cell in cells:
        above = script.solid[slice(*made[-1])] if made else ""
        if above.endswith("、") and are_bodies(above[:-1]) and are_bodies(script.solid[slice(*cell)]):
            made[-1] = (made[-1][0], cell[1])
        else:
            made.append(cell)
    return made, len(made) < len(cells)


def _spread(script: Script, cells: Sequence[Stretch], columns: Sequence[str], were_broken: bool) -> list[Stretch]:
    """A row in which nothing tells where the column of those who lead ends and that of the others begins; else empty.

    All its bodies are one cell in both columns, as a cell is that goes over two. Nothing tells it where a group has no
    cell, so that bodies stand where the task belongs, or where lines of both were put together.
    """
    if columns[:1] != ["number"] or "lead" not in columns or "support" not in columns:
        return []
    duties = [place for place, column in enumerate(columns) if column in DUTIES]
    first, last_task = duties[0], max(place for place, column in enumerate(columns) if column == "task")
    words = [script.solid[slice(*cell)] for cell in cells]
    said = ["。" not in one and are_bodies(one) for one in words]  # 建成避难场所。 is no body's name
    run = [place for place, is_bodies in enumerate(said) if is_bodies]
    if duties != [first, first + 1] or last_task != first - 1 or not run or run != [*range(run[0], run[-1] + 1)]:
        return []
    is_shifted = len(cells) == len(columns) and len(run) == 3 and run[0] == last_task > 1
    is_joined = were_broken and len(run) == 1 and len(cells) == len(columns) - 1 and run[0] == first
    if not (is_shifted or is_joined) or run[-1] + len(columns) - first - 2 != len(cells) - 1:
        return []
    all_bodies = (cells[run[0]][0], cells[run[-1]][1])
    groups = [(cells[0][1],) * 2] * (last_task - 1) if is_shifted else cells[1:last_task]
    return [cells[0], *groups, cells[run[0] - 1], all_bodies, all_bodies, *cells[run[-1] + 1 :]]


def by_bodies(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[Stretch]:
    """The cells of a row whose lines were broken: the lines of bodies are one cell; empty if nothing tells where they are.

    Before them stand the number, one cell of a group at the most, and the task, which begins with the first long line;
    behind them one cell at the most.
    """
    duties = [place for place, column in enumerate(columns) if column in DUTIES]
    if columns[:1] != ["number"] or duties not in ([2], [3]) or len(columns) > duties[0] + 2:
        return []
    words = [script.solid[slice(*cell)] for cell in cells]
    runs = [
        [place for place, _ in run]
        for is_bodies, run in itertools.groupby(enumerate(words), key=lambda one: are_bodies(one[1].rstrip("、，,")))
        if is_bodies
    ]
    first = next((place for place, said in enumerate(words) if place and len(said) > LONGEST_GROUP), 0)
    run = max((one for one in runs if first and one[0] > first), key=len, default=[])
    has_group = duties == [3]
    if not run or has_group != (first > 1):
        return []
    bounds = [0, 1, *([first] if has_group else []), run[0], run[-1] + 1]
    row = [(cells[one][0], cells[other - 1][1]) for one, other in itertools.pairwise(bounds)]
    rest = cells[run[-1] + 1 :]
    return [*row, *([(rest[0][0], rest[-1][1])] if rest and len(columns) > len(row) else [])]


def _fillings(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[list[Stretch]]:
    """The ways to fill a row: with empty cells behind the number (cells that go over several rows), before a date, or behind."""
    lacking = len(columns) - len(cells)
    has_number = bool(NUMBER.fullmatch(script.solid[slice(*cells[0])]))
    over = min(lacking, len(before_last_task(columns))) if has_number else 0
    ways = [[cells[0], *[(cells[0][1],) * 2] * number, *cells[1:]] for number in range(over, -1, -1)]
    if lacking == 1 and "deadline" in columns and "departments" in columns:
        at = columns.index("departments") if _is_date(script, cells, columns.index("deadline")) else len(cells)
        ways.append([*cells[:at], (cells[at - 1][1],) * 2, *cells[at:]])
    return ways


def _trailing(columns: Sequence[str]) -> int:
    """How many columns at the end hold nothing official, and may be empty."""
    last = max(place for place, column in enumerate(columns) if column in PART)
    return len(columns) - last - 1


def _likelihood(script: Script, row: Sequence[Stretch], columns: Sequence[str]) -> int:
    said = [
        (column, script.solid[slice(*cell)]) for column, cell in zip(columns, row, strict=False) if cell[0] < cell[1]
    ]
    bodies = sum(are_bodies(words) - (not are_bodies(words)) for column, words in said if column in DUTIES)
    return bodies + sum(read_period(words) is not None for column, words in said if column == "deadline")


def before_last_task(columns: Sequence[str]) -> list[str]:
    """The columns between the number and the last one with tasks."""
    tasks = [place for place, column in enumerate(columns) if column == "task"]
    return list(columns[1 : tasks[-1]]) if columns[:1] == ["number"] and tasks else []


def _is_date(script: Script, cells: Sequence[Stretch], column: int) -> bool:
    """Does the cell before its column say by when? Then a cell before it is empty."""
    return 0 < column <= len(cells) and read_period(script.solid[slice(*cells[column - 1])]) is not None


def padded(cells: Sequence[Stretch], width: int) -> tuple[Stretch, ...]:
    """A row with empty cells at its end, as many as the head has more."""
    return (*cells, *((cells[-1][1],) * 2 for _ in range(width - len(cells))))
