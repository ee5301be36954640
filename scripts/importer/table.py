"""A task table in a text: its columns by what their heads say, and its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.importer.script import Script

Stretch = tuple[int, int]  # start and end, as positions of a Script
# What a column holds, by the words of its head; the first that fits.
COLUMNS = (
    ("number", re.compile(r"^(?:序号|编号|项次|No\.?)$", re.IGNORECASE)),
    ("lead", re.compile(r"牵头|主办|主责")),
    ("support", re.compile(r"配合|协办|参与|协助")),
    ("departments", re.compile(r"责任|单位|部门|负责|分工")),
    ("deadline", re.compile(r"时限|时间|期限|进度|节点")),
    ("task", re.compile(r"任务|内容|事项|措施|工作|项目|要点|举措|目标")),
    ("note", re.compile(r"备注|说明")),
)
NUMBER = re.compile(r"[0-9]{1,3}[.．、]?|[（(][0-9]{1,3}[）)]")
LONGEST_HEAD = 12  # characters of the head of a column


@dataclass(frozen=True)
class Row:
    """The cells of a row by what their columns hold."""

    cells: dict[str, Stretch]
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    header: Stretch
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    groups: tuple[Stretch, ...]  # headings that stand across all columns, between the rows

    @property
    def end(self) -> int:
        return self.rows[-1].end


def column_of(head: str) -> str:
    words = re.sub(r"\s", "", head)
    return next((name for name, pattern in COLUMNS if pattern.search(words)), "")


def find_table(script: Script, cells: Sequence[Stretch]) -> Table | None:
    """The table that these stretches (cells or lines of the source, in order) hold; None if they hold none.

    A cell that is empty leaves no stretch: rows are told apart by the numbers of their first column.
    """
    heads = [column_of(script.solid[start:end]) if end - start <= LONGEST_HEAD else "" for start, end in cells]
    for first in range(len(cells)):
        if heads[first] != "number":
            continue
        last = first + 1
        while last < len(cells) and heads[last] and heads[last] not in heads[first:last]:
            last += 1
        columns = tuple(heads[first:last])
        if "task" in columns and {"departments", "lead"} & set(columns):
            rows, groups = _rows(script, cells[last:], columns)
            if rows:
                return Table((cells[first][0], cells[last - 1][1]), columns, rows, groups)
    return None


def _rows(
    script: Script, cells: Sequence[Stretch], columns: tuple[str, ...]
) -> tuple[tuple[Row, ...], tuple[Stretch, ...]]:
    starts = _row_starts(script, cells)
    rows, groups = [], []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else min(len(cells), start + len(columns))
        inside = list(cells[start:end])
        while len(inside) > len(columns):
            groups.append(inside.pop())  # what is too much stands between this row and the next
        rows.append(Row(dict(zip(columns, inside, strict=False)), inside[0][0], inside[-1][1]))
    return tuple(rows), tuple(sorted(groups))


def _row_starts(script: Script, cells: Sequence[Stretch]) -> list[int]:
    """The places of the cells that hold the numbers 1, 2, 3 … in a row."""
    found, wanted = [], 1
    for place, (start, end) in enumerate(cells):
        words = script.solid[start:end]
        if NUMBER.fullmatch(words) and int(re.sub(r"\D", "", words)) == wanted:
            found.append(place)
            wanted += 1
    return found


def lines(script: Script, start: int, end: int) -> list[Stretch]:
    """The lines of a stretch as stretches: in a text whose table was copied cell by cell, its cells."""
    starts = sorted(place for place in script.line_starts if start <= place < end)
    return [(one, other) for one, other in zip(starts, [*starts, end][1:], strict=True) if other > one]
