"""The lines of a stretch of plain text as cells, and which of them are the heads of columns."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from scripts.importer.clause_names import LONGEST_BODY
from scripts.importer.listed import BODY_ENDS
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.table import LONGEST_HEAD, NUMBER, column_of, is_head, named

GROUP = re.compile(
    r"(?:(?:行动|任务|工程|专项)[一二三四五六七八九十]+[：:]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+).{0,40}"
)
TAB = re.compile("\t")
MOST_COLUMNS = 14
LONGEST_GROUP = 40  # characters of the name of a group
# How the name of a body begins.
A_NAME = re.compile("[市县区省州各][\u4e00-\u9fff][\u4e00-\u9fff（(]|人民银行|国网|中国")


def lines(script: Script, start: int, end: int) -> list[Stretch]:
    """The lines of a stretch as stretches: in a text whose table was copied cell by cell, its cells."""
    starts = sorted(place for place in script.line_starts if start <= place < end)
    return [(one, other) for one, other in zip(starts, [*starts, end][1:], strict=True) if other > one]


def cell_lines(script: Script, start: int, end: int) -> list[Stretch]:
    """The lines of a stretch; where cells are indented by a tab, a line of nothing else is an empty cell."""
    found = lines(script, start, end)
    first, last = script.places[start], script.places[end - 1] + 1
    place = first
    for line in script.source[first:last].splitlines(keepends=True):
        if line.strip() == "" and "\t" in line:
            at = bisect_left(script.places, place)
            found.insert(bisect_left(found, (at, at)), (at, at))
        place += len(line)
    return found


def source_lines(script: Script, start: int, end: int, between: re.Pattern[str] = TAB) -> list[list[Stretch]]:
    """The lines of the source in a stretch, each as its cells; an empty list for a blank line."""
    first, last = script.places[start], script.places[end - 1] + 1
    found: list[list[Stretch]] = []
    place = first
    for line in script.source[first:last].splitlines(keepends=True):
        bounds = [0, *(bound for found in between.finditer(line) for bound in found.span()), len(line)]
        cells = [
            (bisect_left(script.places, place + one), bisect_left(script.places, place + other))
            for one, other in zip(bounds[::2], bounds[1::2], strict=True)
        ]
        filled = [one < other for one, other in cells]
        found.append(cells if any(filled) else [])
        place += len(line)
    return found


def begins_of_names(script: Script, cell: Stretch) -> list[int]:
    """Where a line within a cell begins with the name of a body, and the line above it ends with one."""
    return [
        place
        for place in sorted(script.line_starts.intersection(range(cell[0] + 1, cell[1])))
        if A_NAME.match(script.solid, place, cell[1])
        and BODY_ENDS.search(script.solid, max(cell[0], place - LONGEST_BODY), place)
    ]


def kinds(script: Script, cells: Sequence[Stretch]) -> list[str]:
    return [column_of(script.solid[slice(*cell)]) for cell in cells]


def are_heads(script: Script, cells: Sequence[Stretch]) -> bool:
    """Are these the heads of columns: what a task table has, and each of them short?"""
    return is_head(kinds(script, cells)) and all(is_head_of_column(script, cell) for cell in cells)


def is_head_of_column(script: Script, cell: Stretch) -> bool:
    words = named(script.solid[slice(*cell)])
    is_row = NUMBER.fullmatch(words) or GROUP.fullmatch(words)
    return len(words) <= LONGEST_HEAD and not is_row and not re.search("[。；：]", words)


def behind_heads(script: Script, cells: Sequence[Stretch], first: int, place: int) -> int:
    """Where, from `place` on, the heads of columns end that begin with the first cell."""
    while place < min(len(cells), first + MOST_COLUMNS) and is_head_of_column(script, cells[place]):
        place += 1
    return place
