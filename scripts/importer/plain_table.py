"""A task table in plain text, whose cells tabs, spaces, lines or blank lines divide."""

import itertools
import re
from collections.abc import Sequence

from scripts.importer.broken_rows import padded
from scripts.importer.cell_lines import are_heads, kinds, source_lines
from scripts.importer.clause_names import are_bodies
from scripts.importer.line_table import by_blank_lines, by_numbered_tasks, by_numbers
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.table import DUTIES, NUMBER, Table, read_grid
from scripts.importer.wrapped_table import by_wrapped_cells

LONG = re.compile("[^、，,；;：:]{9}")  # longer than most names
MOST_ODD = 0.15  # share of the cells of bodies that hold something else
BLANK = re.compile("[ \u3000\t]+")
SPACES = re.compile("[ \u3000]{2,}|\t")
# The heads of a task table that nothing divides: 序号工作任务责任单位完成时限, 工作任务牵头单位配合单位.
TASK_HEADS = "(?:重点|主要|工作|目标|具体)?(?:任务|内容|事项|要求|措施|举措)"
DUTY_HEADS = "(?:责任|负责|牵头|配合|主办|协办|推进|[/、]){1,3}(?:单位|部门)"
TIME_HEADS = "(?:完成|时间|工作)?(?:时限|进度|时间|期限)(?:要求|安排)?"
ANY_HEAD = "[\u4e00-\u9fff]{0,4}(?:任务|内容|事项|要求|措施|举措|目标|项目|类别|时限|时间|进度|期限|来源|依据|备注)"
GLUED_HEADS = re.compile(
    f"序号(?:{ANY_HEAD}){{1,4}}[\u4e00-\u9fff]{{0,2}}{DUTY_HEADS}|"
    f"序号(?:{TASK_HEADS}){{1,3}}{DUTY_HEADS}|(?:{TASK_HEADS}){{1,3}}{DUTY_HEADS}(?:{DUTY_HEADS}|{TIME_HEADS})"
)


def find_table(script: Script, start: int, end: int) -> Table | None:
    """The table that stands in a stretch of plain text; None if there is none.

    Cells are divided by tabs; or are lines, a blank line between rows; or are several lines each; or are lines, and rows
    begin with 1, 2, 3, in a cell of its own or in that of the task; or each row is a line that begins with its number
    and ends in bodies, single spaces between.
    """
    readers = (_by_tabs, _by_spaces, by_blank_lines, by_wrapped_cells, by_numbers, by_numbered_tasks, _by_single_spaces)
    found = (read(script, start, end) for read in readers)
    return next((table for table in found if table and _names_bodies(script, table)), None)


def _names_bodies(script: Script, table: Table) -> bool:
    """Do the cells of bodies hold names? Where other words stand in many, cells were taken for those of other columns."""
    cells = [script.solid[slice(*cell)] for row in table.rows for _, cell, _ in row.duties]
    odd = sum(bool(LONG.search(words)) and not are_bodies(words) for words in cells)
    return odd <= MOST_ODD * len(cells)


def _by_tabs(script: Script, start: int, end: int) -> Table | None:
    return _by_signs(script, source_lines(script, start, end))


def _by_spaces(script: Script, start: int, end: int) -> Table | None:
    """Columns that several spaces divide. The cell of a group that goes on below leaves nothing but its indentation."""
    return _by_signs(script, source_lines(script, start, end, SPACES))


def _by_signs(script: Script, lines: Sequence[list[Stretch]]) -> Table | None:
    first = next((place for place, cells in enumerate(lines) if are_heads(script, cells)), None)
    if first is None:
        return None
    width = len([cell for cell in lines[first] if cell[0] < cell[1]])
    lines = [_fitted(cells, width) for cells in lines]
    last = max(place for place, cells in enumerate(lines) if len(cells) > 1)
    return read_grid(script, tuple(padded(cells, width) for cells in lines[first : last + 1] if cells))


def _by_single_spaces(script: Script, start: int, end: int) -> Table | None:
    """Rows of a line each: number, task, and behind it a word for each column: bodies, a date."""
    lines = [cells for cells in source_lines(script, start, end, BLANK) if cells]
    for place, line in enumerate(lines):
        heads = _joined_letters(line)
        columns = kinds(script, heads)
        if columns[:2] != ["number", "task"] or not are_heads(script, heads):
            continue
        behind = len(columns) - 2
        rows = [
            _with_task(cells, behind) for cells in itertools.takewhile(lambda cells: len(cells) > 1, lines[place + 1 :])
        ]
        fit = [_fits(script, row, columns) for row in rows]
        if len(rows) > 1 and sum(fit) * 2 > len(rows):
            return read_grid(script, (tuple(heads), *map(tuple, rows)))
    return None


def _joined_letters(cells: Sequence[Stretch]) -> list[Stretch]:
    """Words, with single letters that stand apart put together: 工 作 任 务."""
    made: list[Stretch] = []
    for cell in cells:
        if made and cell[1] - cell[0] == 1 and made[-1][2]:
            made[-1] = (made[-1][0], cell[1], True)
        else:
            made.append((*cell, cell[1] - cell[0] == 1))
    return [(one, other) for one, other, _ in made]


def _with_task(cells: Sequence[Stretch], behind: int) -> list[Stretch]:
    """The words of a line as number, task, and as many cells as stand behind the task."""
    last = max(2, len(cells) - behind)
    rest = list(cells[last:])
    return [
        cells[0],
        (cells[1][0], cells[last - 1][1]),
        *rest,
        *((cells[-1][1],) * 2 for _ in range(behind - len(rest))),
    ]


def _fits(script: Script, row: Sequence[Stretch], columns: Sequence[str]) -> bool:
    """Is the number a number, and do bodies stand where bodies belong?"""
    words = [script.solid[slice(*cell)] for cell in row]
    bodies = [said for said, column in zip(words, columns, strict=True) if column in DUTIES]
    return bool(NUMBER.fullmatch(words[0])) and any(map(are_bodies, bodies))


def _fitted(cells: Sequence[Stretch], width: int) -> list[Stretch]:
    """A line as wide as the head: without empty cells at its ends that are only indentation."""
    made = list(cells)
    while len(made) > width and made[0][0] == made[0][1]:
        made.pop(0)
    while len(made) > width and made[-1][0] == made[-1][1]:
        made.pop()
    return made
