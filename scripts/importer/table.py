"""A task table: its columns by what their heads say, and its rows."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.importer.received import Grid, Stretch
from scripts.importer.script import Script
from scripts.period import read_period

# What a column holds, by the words of its head; the first that fits.
COLUMNS = (
    ("number", re.compile(r"^(?:序号|编号|项次|序|No\.?)$", re.IGNORECASE)),
    ("person", re.compile(r"领导|责任人|负责人|联系人|联络员|电话")),
    ("lead", re.compile(r"牵头|主办|主责")),
    ("support", re.compile(r"配合|协办|参与|协助")),
    ("departments", re.compile(r"责任|单位|部门|负责|分工")),
    ("deadline", re.compile(r"时限|时间|期限|进度|节点|年度")),
    ("group", re.compile(r"类别|类型|分类|领域|板块|方面")),
    ("note", re.compile(r"备注|说明")),
    ("task", re.compile(r"任务|内容|事项|措施|工作|项目|要点|举措|目标|指标|清单|要求")),
)
DUTIES = ("lead", "support", "departments")
# Who leads the bodies named beside him stands with them in the clause, but is no body.
PART = {
    "number": "number",
    "task": "text",
    "person": "clause",
    **dict.fromkeys(DUTIES, "clause"),
    "deadline": "deadline",
}
HAN_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
NUMBER = re.compile(r"[0-9]{1,3}[.．、]?|[（(][0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、?")
GROUP = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+).{0,40}")
TAB = re.compile("\t")
SPACES = re.compile("[ \u3000]{2,}|\t")
LONGEST_HEAD = 20  # characters of the head of a column
LONGEST_HEADING = 40
HEADS = 3  # rows among which the head of a table stands


@dataclass(frozen=True)
class Head:
    """What a column holds ("" if that is not known), and the words over it."""

    kind: str
    words: Stretch


@dataclass(frozen=True)
class Row:
    """A row. What it does not have is None; `order` has the official parts as they stand."""

    number: Stretch | None
    text: Stretch
    clause: Stretch | None
    deadline: Stretch | None
    duties: tuple[tuple[str, Stretch, str], ...]  # (lead, support or departments; cell; words over the column)
    heading_end: int
    order: tuple[str, ...]
    before: tuple[tuple[str, Stretch], ...]  # groups that begin with this row: (section or subsection, its cell)
    behind: Stretch | None  # a remark
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    start: int
    header: Stretch
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    groups: tuple[Stretch, ...]  # headings that stand across all columns, between the rows

    @property
    def end(self) -> int:
        return max([self.header[1], *(row.end for row in self.rows), *(group[1] for group in self.groups)])

    def head_of(self, column: str) -> Stretch:
        """The words over the first column of this kind; (0, 0) if there is none."""
        return next((head.words for head in self.heads if head.kind == column), (0, 0))


def column_of(head: str) -> str:
    """What a column with this head holds; "" if the head is not a known one."""
    if len(head) > LONGEST_HEAD:
        return ""
    return next((name for name, pattern in COLUMNS if pattern.search(head)), "")


def read_grid(script: Script, grid: Grid) -> Table | None:
    """The table of these rows of cells (positions of the script); None if it is no task table."""
    for place, row in enumerate(grid[:HEADS]):
        heads = [Head(column_of(script.solid[start:end]), (start, end)) for start, end in row]
        body = grid[place + 1 :]
        if body and _is_second_head(script, heads, body[0]):
            heads = [_under(script, head, cell) for head, cell in zip(heads, body[0], strict=False)]
            body = body[1:]
        if not _is_head([head.kind for head in heads]):
            continue
        cells = [cell for line in grid[: len(grid) - len(body)] for cell in line if cell[0] < cell[1]]
        heads = _with_groups(body, heads)
        rows, groups = _grid_rows(script, body, heads)
        if rows:
            start = min(cell[0] for cell in cells)
            return Table(start, (start, max(cell[1] for cell in cells)), tuple(heads), rows, groups)
    return None


def _under(script: Script, head: Head, cell: Stretch) -> Head:
    """The head of a column, or the one below it where there are two rows of them."""
    return Head(column_of(script.solid[slice(*cell)]) or head.kind, cell) if cell[0] < cell[1] else head


def _with_groups(body: Sequence[Sequence[Stretch]], heads: Sequence[Head]) -> list[Head]:
    """A column of tasks that goes over several rows, beside another one, holds the groups of what is in that."""
    tasks = [place for place, head in enumerate(heads) if head.kind == "task"]
    numbers = [place for place, head in enumerate(heads) if head.kind == "number"]
    whole = [row for row in body if all(row[place][0] < row[place][1] for place in (*numbers, tasks[-1]))]
    merged = {place for place in tasks[:-1] for row in whole if row[place][0] == row[place][1]}
    return [Head("group", head.words) if place in merged else head for place, head in enumerate(heads)]


def _is_head(heads: Sequence[str]) -> bool:
    return "task" in heads and bool({*DUTIES} & {*heads})


def _is_second_head(script: Script, heads: Sequence[Head], row: Sequence[Stretch]) -> bool:
    """Does a row go on with the heads above it: 牵头单位 and 配合单位 below 责任单位?"""
    below = [column_of(script.solid[start:end]) for start, end in row]
    filled = [kind for kind, (start, end) in zip(below, row, strict=True) if start < end]
    has_task = any(head.kind == "task" for head in heads)
    return 1 < len(filled) < len(row) and all(kind in (*DUTIES, "deadline") for kind in filled) and has_task


def _grid_rows(script: Script, grid: Grid, heads: Sequence[Head]) -> tuple[tuple[Row, ...], tuple[Stretch, ...]]:
    rows, groups = [], []
    for cells in grid:
        filled = [(head, cell) for head, cell in zip(heads, cells, strict=False) if cell[0] < cell[1]]
        if filled and all(_same(script, head.words, cell) for head, cell in filled):
            groups.append((filled[0][1][0], filled[-1][1][1]))  # the head again, on another page
            continue
        is_group = len(heads) > 1 and _is_group(script, filled)
        if filled and (is_group or not any(head.kind == "task" for head, _ in filled)):
            groups.append((filled[0][1][0], filled[-1][1][1]))
        elif filled:
            rows.append(_row(script, filled, heads))
    return tuple(rows), tuple(sorted(groups))


def _is_group(script: Script, filled: Sequence[tuple[Head, Stretch]]) -> bool:
    """Is a row nothing but the heading of those below it: one cell, or 一 and one cell?"""
    kinds = [head.kind for head, _ in filled]
    has_number = kinds[:1] == ["number"] and bool(HAN_NUMBER.fullmatch(script.solid[slice(*filled[0][1])]))
    return len(filled) == 1 + has_number and _length(filled[-1][1]) <= LONGEST_HEADING


def _same(script: Script, one: Stretch, other: Stretch) -> bool:
    return script.solid[slice(*one)] == script.solid[slice(*other)]


def _length(stretch: Stretch) -> int:
    return stretch[1] - stretch[0]


def _row(script: Script, cells: Sequence[tuple[Head, Stretch]], heads: Sequence[Head]) -> Row:
    """A row of cells in the order of the source. Official parts are whole stretches: what stands between belongs to them."""
    parts: list[tuple[str, int, int]] = []
    groups = [head for head in heads if head.kind in ("group", "")]
    before: list[tuple[str, Stretch]] = []
    behind: Stretch | None = None
    last_official = max(place for place, (head, _) in enumerate(cells) if PART.get(head.kind) and head.kind != "person")
    for place, (head, (start, end)) in enumerate(cells):
        part = PART.get(head.kind, "")
        if place > last_official:
            behind = (behind[0] if behind else start, end)
        elif not part and all(one == "number" for one, _, _ in parts):
            before.append(("subsection" if head in groups[1:] else "section", (start, end)))
        elif parts and (not part or part in {one for one, _, _ in parts}):
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        else:
            parts.append((part, start, end))
    found = {part: (start, end) for part, start, end in parts}
    tasks = [cell for head, cell in cells if head.kind == "task"]
    is_headed = len(tasks) > 1 and _length(tasks[0]) <= LONGEST_HEADING and found["text"][0] == tasks[0][0]
    return Row(
        number=found.get("number"),
        text=found["text"],
        clause=found.get("clause"),
        deadline=found.get("deadline"),
        duties=tuple(
            (head.kind, cell, script.solid[slice(*head.words)]) for head, cell in cells if head.kind in DUTIES
        ),
        heading_end=_without_sign(script, tasks[0]) if is_headed else 0,
        order=tuple(part for part, _, _ in parts),
        before=tuple(before),
        behind=behind,
        start=cells[0][1][0],
        end=cells[-1][1][1],
    )


def _without_sign(script: Script, cell: Stretch) -> int:
    return cell[1] - (script.solid[cell[1] - 1] in "。；：")


def find_table(script: Script, start: int, end: int) -> Table | None:
    """The table that stands in a stretch of plain text; None if there is none.

    Cells are divided by tabs; or are lines, a blank line between rows; or are lines, and rows begin with 1, 2, 3.
    """
    found = (read(script, start, end) for read in (_by_tabs, _by_spaces, _by_blank_lines, _by_numbers))
    return next((table for table in found if table), None)


def _source_lines(script: Script, start: int, end: int, between: re.Pattern[str] = TAB) -> list[list[Stretch]]:
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


def _by_tabs(script: Script, start: int, end: int) -> Table | None:
    return _by_signs(script, _source_lines(script, start, end))


def _by_spaces(script: Script, start: int, end: int) -> Table | None:
    """Columns that several spaces divide. The cell of a group that goes on below leaves nothing but its indentation."""
    return _by_signs(script, _source_lines(script, start, end, SPACES))


def _by_signs(script: Script, lines: Sequence[list[Stretch]]) -> Table | None:
    first = next((place for place, cells in enumerate(lines) if _is_head(_kinds(script, cells))), None)
    if first is None:
        return None
    width = len([cell for cell in lines[first] if cell[0] < cell[1]])
    lines = [_fitted(cells, width) for cells in lines]
    last = max(place for place, cells in enumerate(lines) if len(cells) > 1)
    return read_grid(script, tuple(_padded(cells, width) for cells in lines[first : last + 1] if cells))


def _fitted(cells: Sequence[Stretch], width: int) -> list[Stretch]:
    """A line as wide as the head: without empty cells at its ends that are only indentation."""
    made = list(cells)
    while len(made) > width and made[0][0] == made[0][1]:
        made.pop(0)
    while len(made) > width and made[-1][0] == made[-1][1]:
        made.pop()
    return made


def _padded(cells: Sequence[Stretch], width: int) -> tuple[Stretch, ...]:
    """A row with empty cells at its end, as many as the head has more."""
    return (*cells, *((cells[-1][1],) * 2 for _ in range(width - len(cells))))


def _by_blank_lines(script: Script, start: int, end: int) -> Table | None:
    groups: list[list[Stretch]] = [[]]
    for cells in _source_lines(script, start, end):
        if cells:
            groups[-1].append((cells[0][0], cells[-1][1]))
        else:
            groups.append([])
    groups = [group for group in groups if group]
    first = next((place for place, group in enumerate(groups) if _is_head(_kinds(script, group))), None)
    if first is None:
        return None
    columns = _kinds(script, groups[first])
    fewest = len(columns) - max(1, len(_before_last_task(columns)))
    last = max((place for place, group in enumerate(groups) if len(group) >= fewest), default=first)
    rows = [_as_columns(script, group, columns) if len(group) > 1 else group for group in groups[first + 1 : last + 1]]
    full = [row for row in rows if len(row) == len(columns)]
    if len(full) < 2 or 2 * len(full) < len(rows):
        return None
    return read_grid(script, (tuple(groups[first]), *(_padded(row, len(columns)) for row in rows)))


def _kinds(script: Script, cells: Sequence[Stretch]) -> list[str]:
    return [column_of(script.solid[slice(*cell)]) for cell in cells]


def _by_numbers(script: Script, start: int, end: int) -> Table | None:
    cells = lines(script, start, end)
    heads = _kinds(script, cells)
    for first in range(len(cells)):
        if heads[first] != "number":
            continue
        last = first + 1
        while last < len(cells) and heads[last] and not NUMBER.fullmatch(script.solid[slice(*cells[last])]):
            last += 1
        columns = [Head(*one) for one in zip(heads[first:last], cells[first:last], strict=True)]
        if _is_head([head.kind for head in columns]):
            rows, groups = _line_rows(script, cells[last:], columns)
            if rows:
                return Table(cells[first][0], (cells[first][0], cells[last - 1][1]), tuple(columns), rows, groups)
    return None


def _line_rows(
    script: Script, cells: Sequence[Stretch], heads: Sequence[Head]
) -> tuple[tuple[Row, ...], tuple[Stretch, ...]]:
    starts = _row_starts(script, cells)
    rows: list[Row] = []
    groups: list[Stretch] = list(cells[: starts[0]]) if starts else []
    columns = [head.kind for head in heads]
    for place, start in enumerate(starts):
        is_last = place + 1 == len(starts)
        end = min(len(cells), start + len(heads)) if is_last else starts[place + 1]
        inside = list(cells[start:end])
        while len(inside) > len(heads) and GROUP.fullmatch(script.solid[slice(*inside[-1])]):
            groups.append(inside.pop())
        row = _as_columns(script, inside, columns)
        filled = [(head, cell) for head, cell in zip(heads, row, strict=False) if cell[0] < cell[1]]
        if any(head.kind == "task" for head, _ in filled):
            rows.append(_row(script, filled, heads))
    return tuple(rows), tuple(sorted(groups))


def _as_columns(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[Stretch]:
    """The cells of a row, one for each column: tasks may go over several lines, and empty cells leave no line."""
    more = len(cells) - len(columns)
    over = _before_last_task(columns)
    if 0 < -more <= len(over) and NUMBER.fullmatch(script.solid[slice(*cells[0])]):
        empty = [(cells[0][1],) * 2] * -more  # cells that go over several rows stand in the first of them only
        return [cells[0], *empty, *cells[1:]]
    task = columns.index("task")
    if more > 0:
        joined = (cells[task][0], cells[task + more][1])
        return [*cells[:task], joined, *cells[task + more + 1 :]]
    if more == -1 and "deadline" in columns and "departments" in columns:
        lacking = columns.index("departments") if _is_date(script, cells, columns.index("deadline")) else len(cells)
        return [*cells[:lacking], (cells[lacking - 1][1],) * 2, *cells[lacking:]]
    return list(cells)


def _before_last_task(columns: Sequence[str]) -> list[str]:
    """The columns between the number and the last one with tasks."""
    tasks = [place for place, column in enumerate(columns) if column == "task"]
    return list(columns[1 : tasks[-1]]) if columns[:1] == ["number"] and tasks else []


def _is_date(script: Script, cells: Sequence[Stretch], column: int) -> bool:
    """Does the cell before its column say by when? Then a cell before it is empty."""
    return 0 < column <= len(cells) and read_period(script.solid[slice(*cells[column - 1])]) is not None


def _row_starts(script: Script, cells: Sequence[Stretch]) -> list[int]:
    """The places of the cells that hold the numbers 1, 2, 3 … in a row; of a part of a table, from its first number on."""
    numbers = [
        (place, re.sub(r"\D", "", words))
        for place, words in ((n, script.solid[slice(*cell)]) for n, cell in enumerate(cells))
        if NUMBER.fullmatch(words)
    ]
    digits = {int(number) for _, number in numbers if number}
    first = next((int(number) for _, number in numbers if number and int(number) + 1 in digits), 1)
    found: list[int] = []
    for place, number in numbers:
        if number == str((1 if 1 in digits else first) + len(found)):
            found.append(place)
    return found


def lines(script: Script, start: int, end: int) -> list[Stretch]:
    """The lines of a stretch as stretches: in a text whose table was copied cell by cell, its cells."""
    starts = sorted(place for place in script.line_starts if start <= place < end)
    return [(one, other) for one, other in zip(starts, [*starts, end][1:], strict=True) if other > one]
