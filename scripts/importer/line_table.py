"""A task table in plain text, each cell of which is a line, or several."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from scripts.importer.broken_rows import as_columns, before_last_task, by_bodies, padded
from scripts.importer.cell_lines import (
    GROUP,
    LONGEST_GROUP,
    are_heads,
    behind_heads,
    cell_lines,
    kinds,
    source_lines,
)
from scripts.importer.clause_names import are_bodies
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.table import DUTIES, NUMBER, Table, is_head, read_grid
from scripts.period import read_period

NUMBERED = re.compile(r"[0-9]{1,3}[.．、](?![0-9])|[（(][0-9]{1,3}[）)]")
TITLE_ENDS = re.compile("(?:表|清单|方案|分工)$")  # of the line above the heads
LONGEST_ROW = 3  # lines of a cell, on average


def by_blank_lines(script: Script, start: int, end: int) -> Table | None:
    groups: list[list[Stretch]] = [[]]
    for cells in source_lines(script, start, end):
        if cells:
            groups[-1].append((cells[0][0], cells[-1][1]))
        else:
            groups.append([])
    groups = [group for group in groups if group]
    first = next((place for place, group in enumerate(groups) if are_heads(script, group)), None)
    if first is None:
        return None
    columns = kinds(script, groups[first])
    fewest = len(columns) - max(1, len(before_last_task(columns)))
    last = max((place for place, group in enumerate(groups) if len(group) >= fewest), default=first)
    rows = [as_columns(script, group, columns) if len(group) > 1 else group for group in groups[first + 1 : last + 1]]
    full = [row for row in rows if len(row) == len(columns)]
    if len(full) < 2 or 2 * len(full) < len(rows):
        return None
    return read_grid(script, (tuple(groups[first]), *(padded(row, len(columns)) for row in rows)))


def by_numbers(script: Script, start: int, end: int) -> Table | None:
    cells = cell_lines(script, start, end)
    heads = kinds(script, cells)
    for first in range(len(cells)):
        if heads[first] != "number":
            continue
        last = behind_heads(script, cells, first, first + 1)
        has_groups = first > 0 and heads[first - 1] == "group"  # a column before that of the numbers
        if has_groups and not heads[last - 1] and is_head(heads[first : last - 1]):
            last -= 1  # the first group, right above the number 1
        if is_head(heads[first:last]):
            header = [script.solid[slice(*cell)] for cell in cells[first:last]]
            rows = _line_rows(script, cells[last:], heads[first:last], header, has_groups)
            table = read_grid(script, (tuple(cells[first:last]), *rows)) if rows else None
            if table and has_groups:
                start = cells[first - 1][0]
                return replace(table, start=start, header=(start, table.header[1]))
            if table:
                return table
    return None


def by_numbered_tasks(script: Script, start: int, end: int) -> Table | None:
    """Cells are lines; there is no column of numbers, but tasks begin with theirs: 1.推进…"""
    cells = cell_lines(script, start, end)
    heads = kinds(script, cells)
    for first, head in enumerate(heads):
        if head not in ("task", "group") or TITLE_ENDS.search(script.solid[slice(*cells[first])]):
            continue
        last = behind_heads(script, cells, first, first)
        if not is_head(heads[first:last]):
            continue
        columns = heads[first:last]
        task = max(place for place, column in enumerate(columns) if column == "task")
        rows = _task_rows(script, cells[last:], columns[task:])
        blank = (cells[last][0],) * 2 if rows else (0, 0)
        wide = [[*[blank] * (0 if len(row) == 1 else task), *row] for row in rows]
        return read_grid(script, (tuple(cells[first:last]), *(padded(row, len(columns)) for row in wide)))
    return None


def _task_rows(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[list[Stretch]]:
    """Rows that begin with the cell of a numbered task, and the headings between them; none unless most rows are full."""
    numbered = [bool(NUMBERED.match(script.solid, *cell)) for cell in cells]
    groups = [bool(GROUP.fullmatch(script.solid[slice(*cell)])) for cell in cells]
    starts = [place for place in range(len(cells)) if numbered[place] or groups[place]]
    rows = [[*cells[one:other]] for one, other in itertools.pairwise([*starts, len(cells)])]
    if rows and len(rows[-1]) > len(columns):
        del rows[-1][len(columns) :]
    full = [len(row) == len(columns) for row in rows if numbered[cells.index(row[0])]]
    full[-1:] = []  # empty cells at the end of all are no longer there
    return rows if len(full) > 1 and all(full) else []


def _line_rows(
    script: Script, cells: Sequence[Stretch], columns: Sequence[str], header: Sequence[str], has_groups: bool
) -> list[tuple[Stretch, ...]]:
    """Rows of cells, each cell a line; a heading across all columns is a row of one cell.

    `header`: the words over the columns, which each page may repeat; `has_groups`: the first row of a group has its name
    before its number.
    """
    starts = row_starts(script, cells, len(columns))
    has_empty = any(start == end for start, end in cells)
    rows = [[cell] for cell in cells[: starts[0]]] if starts else []
    for place, start in enumerate(starts):
        is_last = place + 1 == len(starts)
        end = _last_end(script, cells, start, columns) if is_last else starts[place + 1]
        inside = list(cells[start:end])
        groups = []
        if [script.solid[slice(*cell)] for cell in inside[-len(header) :]] == [*header]:
            groups = [inside[-len(header) :]]
            del inside[-len(header) :]
        while _ends_in_group(script, inside, columns, has_groups and not is_last, has_empty):
            groups.insert(0, [inside.pop()])
        times = len(inside) // len(columns)
        is_full = times > 1 and len(inside) == times * len(columns)
        if is_full and not by_bodies(script, inside, columns):  # rows without a number
            cuts = range(0, len(inside), len(columns))
            rows += [*(inside[cut : cut + len(columns)] for cut in cuts), *groups]
            continue
        rows += [as_columns(script, inside, columns), *groups]
    return [padded(row, len(columns)) for row in rows]


def _last_end(script: Script, cells: Sequence[Stretch], start: int, columns: Sequence[str]) -> int:
    """Where the last row ends, behind which the document may go on: with as many cells, or behind its broken lines."""
    all_left = len(cells) - start <= LONGEST_ROW * len(columns) and by_bodies(script, cells[start:], columns)
    return len(cells) if all_left else min(len(cells), start + len(columns))


def _ends_in_group(
    script: Script, cells: Sequence[Stretch], columns: Sequence[str], has_groups: bool, has_empty: bool
) -> bool:
    """Does a row end in a cell that names the group of the next one? `has_empty`: an empty cell has a line, too."""
    words = script.solid[slice(*cells[-1])]
    if has_groups and has_empty:
        is_name = 0 < len(words) <= LONGEST_GROUP and not ("。" in words or are_bodies(words) or read_period(words))
        is_short = len(cells) < len(columns) and cells[-2][0] == cells[-2][1]
        return is_name and (is_short or len(cells) == len(columns) + 1)
    if has_groups and columns[-1] in DUTIES:
        is_below = any(GROUP.fullmatch(script.solid[slice(*cell)]) for cell in cells[2:-1])
        has_bodies = any(map(are_bodies, words.split("、")))
        return len(cells) > 2 and len(words) <= LONGEST_GROUP and (is_below or not has_bodies)
    return len(cells) > len(columns) and bool(GROUP.fullmatch(words))


def row_starts(script: Script, cells: Sequence[Stretch], width: int) -> list[int]:
    """The places of the cells that hold the numbers 1, 2, 3 … in a row; of a part of a table, from its first number on.

    A number may be left out between two rows that have all their cells (`width`).
    """
    words = [script.solid[slice(*cell)] for cell in cells]
    numbers = [(place, re.sub(r"\D", "", word)) for place, word in enumerate(words) if NUMBER.fullmatch(word)]
    groups = list(itertools.accumulate(bool(GROUP.fullmatch(word)) for word in words))
    digits = {int(number) for _, number in numbers if number}
    first = 1 if 1 in digits else next((number for number in sorted(digits) if number + 1 in digits), 1)
    if numbers and numbers[0][1] and groups[numbers[0][0]] == numbers[0][0]:  # nothing but headings before it
        first = int(numbers[0][1])
    found: list[int] = []
    last = first - 1
    for place, number in numbers:
        is_next = number == str(last + 1)
        cells = place - groups[place] - (found[-1] - groups[found[-1]]) if found else 0
        if is_next or (found and number and int(number) > last and cells % width == 0):
            found.append(place)
            last = int(number)
    return found
