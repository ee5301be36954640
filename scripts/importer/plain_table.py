"""A task table in plain text, whose cells tabs, spaces, lines or blank lines divide."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from scripts.importer.clauses import are_bodies
from scripts.importer.received import Stretch
from scripts.importer.script import Script
from scripts.importer.table import DUTIES, LONGEST_HEAD, NUMBER, PART, Table, column_of, is_head, named, read_grid
from scripts.period import read_period

GROUP = re.compile(
    r"(?:(?:行动|任务|工程|专项)[一二三四五六七八九十]+[：:]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+).{0,40}"
)
NUMBERED = re.compile(r"[0-9]{1,3}[.．、](?![0-9])|[（(][0-9]{1,3}[）)]")
TITLE_ENDS = re.compile("(?:表|清单|方案|分工)$")  # of the line above the heads
TAB = re.compile("\t")
BLANK = re.compile("[ \u3000\t]+")
SPACES = re.compile("[ \u3000]{2,}|\t")
MOST_COLUMNS = 14
LONGEST_ROW = 3  # lines of a cell, on average
LONGEST_GROUP = 40  # characters of the name of a group
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

    Cells are divided by tabs; or are lines, a blank line between rows; or are lines, and rows begin with 1, 2, 3, in a
    cell of its own or in that of the task; or each row is a line that begins with its number and ends in bodies, single
    spaces between.
    """
    readers = (_by_tabs, _by_spaces, _by_blank_lines, _by_numbers, _by_numbered_tasks, _by_single_spaces)
    found = (read(script, start, end) for read in readers)
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
    first = next((place for place, cells in enumerate(lines) if _are_heads(script, cells)), None)
    if first is None:
        return None
    width = len([cell for cell in lines[first] if cell[0] < cell[1]])
    lines = [_fitted(cells, width) for cells in lines]
    last = max(place for place, cells in enumerate(lines) if len(cells) > 1)
    return read_grid(script, tuple(_padded(cells, width) for cells in lines[first : last + 1] if cells))


def _by_single_spaces(script: Script, start: int, end: int) -> Table | None:
    """Rows of a line each: number, task, and behind it a word for each column: bodies, a date."""
    lines = [cells for cells in _source_lines(script, start, end, BLANK) if cells]
    for place, line in enumerate(lines):
        heads = _joined_letters(line)
        columns = _kinds(script, heads)
        if columns[:2] != ["number", "task"] or not _are_heads(script, heads):
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
    first = next((place for place, group in enumerate(groups) if _are_heads(script, group)), None)
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


def _are_heads(script: Script, cells: Sequence[Stretch]) -> bool:
    """Are these the heads of columns: what a task table has, and each of them short?"""
    return is_head(_kinds(script, cells)) and all(_is_head_of_column(script, cell) for cell in cells)


def _kinds(script: Script, cells: Sequence[Stretch]) -> list[str]:
    return [column_of(script.solid[slice(*cell)]) for cell in cells]


def _by_numbers(script: Script, start: int, end: int) -> Table | None:
    cells = _cell_lines(script, start, end)
    heads = _kinds(script, cells)
    for first in range(len(cells)):
        if heads[first] != "number":
            continue
        last = _behind_heads(script, cells, first, first + 1)
        if is_head(heads[first:last]):
            has_groups = first > 0 and heads[first - 1] == "group"  # a column before that of the numbers
            header = [script.solid[slice(*cell)] for cell in cells[first:last]]
            rows = _line_rows(script, cells[last:], heads[first:last], header, has_groups)
            table = read_grid(script, (tuple(cells[first:last]), *rows)) if rows else None
            if table and has_groups:
                start = cells[first - 1][0]
                return replace(table, start=start, header=(start, table.header[1]))
            if table:
                return table
    return None


def _by_numbered_tasks(script: Script, start: int, end: int) -> Table | None:
    """Cells are lines; there is no column of numbers, but tasks begin with theirs: 1.推进…"""
    cells = _cell_lines(script, start, end)
    heads = _kinds(script, cells)
    for first, head in enumerate(heads):
        if head not in ("task", "group") or TITLE_ENDS.search(script.solid[slice(*cells[first])]):
            continue
        last = _behind_heads(script, cells, first, first)
        if not is_head(heads[first:last]):
            continue
        columns = heads[first:last]
        task = max(place for place, column in enumerate(columns) if column == "task")
        rows = _task_rows(script, cells[last:], columns[task:])
        blank = (cells[last][0],) * 2 if rows else (0, 0)
        wide = [[*[blank] * (0 if len(row) == 1 else task), *row] for row in rows]
        return read_grid(script, (tuple(cells[first:last]), *(_padded(row, len(columns)) for row in wide)))
    return None


def _behind_heads(script: Script, cells: Sequence[Stretch], first: int, place: int) -> int:
    """Where, from `place` on, the heads of columns end that begin with the first cell."""
    while place < min(len(cells), first + MOST_COLUMNS) and _is_head_of_column(script, cells[place]):
        place += 1
    return place


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


def _cell_lines(script: Script, start: int, end: int) -> list[Stretch]:
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


def _is_head_of_column(script: Script, cell: Stretch) -> bool:
    words = named(script.solid[slice(*cell)])
    is_row = NUMBER.fullmatch(words) or GROUP.fullmatch(words)
    return len(words) <= LONGEST_HEAD and not is_row and not re.search("[。；：]", words)


def _line_rows(
    script: Script, cells: Sequence[Stretch], columns: Sequence[str], header: Sequence[str], has_groups: bool
) -> list[tuple[Stretch, ...]]:
    """Rows of cells, each cell a line; a heading across all columns is a row of one cell.

    `header`: the words over the columns, which each page may repeat; `has_groups`: the first row of a group has its name
    before its number.
    """
    starts = _row_starts(script, cells, len(columns))
    rows = [[cell] for cell in cells[: starts[0]]] if starts else []
    for place, start in enumerate(starts):
        is_last = place + 1 == len(starts)
        end = _last_end(script, cells, start, columns) if is_last else starts[place + 1]
        inside = list(cells[start:end])
        groups = []
        if [script.solid[slice(*cell)] for cell in inside[-len(header) :]] == [*header]:
            groups = [inside[-len(header) :]]
            del inside[-len(header) :]
        while _ends_in_group(script, inside, columns, has_groups and not is_last):
            groups.insert(0, [inside.pop()])
        times = len(inside) // len(columns)
        is_full = times > 1 and len(inside) == times * len(columns)
        if is_full and not _by_bodies(script, inside, columns):  # rows without a number
            cuts = range(0, len(inside), len(columns))
            rows += [*(inside[cut : cut + len(columns)] for cut in cuts), *groups]
            continue
        rows += [_as_columns(script, inside, columns), *groups]
    return [_padded(row, len(columns)) for row in rows]


def _last_end(script: Script, cells: Sequence[Stretch], start: int, columns: Sequence[str]) -> int:
    """Where the last row ends, behind which the document may go on: with as many cells, or behind its broken lines."""
    all_left = len(cells) - start <= LONGEST_ROW * len(columns) and _by_bodies(script, cells[start:], columns)
    return len(cells) if all_left else min(len(cells), start + len(columns))


def _ends_in_group(script: Script, cells: Sequence[Stretch], columns: Sequence[str], has_groups: bool) -> bool:
    """Does a row end in a cell that names the group of the next one?"""
    words = script.solid[slice(*cells[-1])]
    if has_groups and columns[-1] in DUTIES:
        is_below = any(GROUP.fullmatch(script.solid[slice(*cell)]) for cell in cells[2:-1])
        has_bodies = any(map(are_bodies, words.split("、")))
        return len(cells) > 2 and len(words) <= LONGEST_GROUP and (is_below or not has_bodies)
    return len(cells) > len(columns) and bool(GROUP.fullmatch(words))


def _as_columns(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[Stretch]:
    """The cells of a row, one for each column: tasks may go over several lines, and empty cells leave no line.

    Of the places where cells may be lacking, the likeliest is taken: bodies stand where bodies belong, dates where
    dates do. Where none fits, all that follows the number is the task.
    """
    more = len(cells) - len(columns)
    task = columns.index("task")
    if more > 0 and (row := _by_bodies(script, cells, columns)):
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


def _by_bodies(script: Script, cells: Sequence[Stretch], columns: Sequence[str]) -> list[Stretch]:
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
    over = min(lacking, len(_before_last_task(columns))) if has_number else 0
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


def _before_last_task(columns: Sequence[str]) -> list[str]:
    """The columns between the number and the last one with tasks."""
    tasks = [place for place, column in enumerate(columns) if column == "task"]
    return list(columns[1 : tasks[-1]]) if columns[:1] == ["number"] and tasks else []


def _is_date(script: Script, cells: Sequence[Stretch], column: int) -> bool:
    """Does the cell before its column say by when? Then a cell before it is empty."""
    return 0 < column <= len(cells) and read_period(script.solid[slice(*cells[column - 1])]) is not None


def _row_starts(script: Script, cells: Sequence[Stretch], width: int) -> list[int]:
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


def lines(script: Script, start: int, end: int) -> list[Stretch]:
    """The lines of a stretch as stretches: in a text whose table was copied cell by cell, its cells."""
    starts = sorted(place for place in script.line_starts if start <= place < end)
    return [(one, other) for one, other in zip(starts, [*starts, end][1:], strict=True) if other > one]
