"""A task table: its columns by what their heads say, and its rows."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.importer.listed import BODY_ENDS
from scripts.importer.received import Grid, Stretch
from scripts.importer.script import Script

# What a column holds, by the words of its head; the first that fits.
COLUMNS = (
    ("number", re.compile(r"^(?:序号|编号|项次|序|No\.?)$", re.IGNORECASE)),
    ("person", re.compile(r"领导|责任人|负责人|联系人|联络员|电话")),
    ("note", re.compile(r"备注|说明|进展|情况|是否")),
    ("lead", re.compile(r"牵头|主办|主责")),
    ("support", re.compile(r"配合|协办|参与|协助")),
    ("departments", re.compile(r"责任|单位|部门|负责|分工")),
    ("deadline", re.compile(r"时限|时间|期限|进度|节点|^(?:(?:完成|实施|建设)?年度)$")),
    ("group", re.compile(r"类别|类型|分类|领域|板块|方面")),
    ("task", re.compile(r"任务|内容|事项|措施|工作|项目|要点|举措|目标|指标|清单|要求")),
)
DUTIES = ("lead", "support", "departments")
PART = {
    "number": "number",
    "task": "text",
    **dict.fromkeys(DUTIES, "clause"),
    "deadline": "deadline",
}
HAN_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
NUMBER = re.compile(r"[0-9]{1,3}[.．、]?|[（(][0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、?")
UNIT = re.compile("(?:计量|计算)?单位")
LONGEST_HEAD = 20  # characters of the head of a column
LONGEST_HEADING = 40
LONGEST_UNIT = 4  # characters of what is counted: 平方公里
REPEATED = 0.3  # share of the rows of a column that say nothing or what the row above says, in a column of groups
NAMED_ONCE = re.compile("指标")  # what a column of groups may be called that names each in the first of its rows
FEW = 2  # rows of which nothing can be told
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
    shared: tuple[tuple[str, Stretch, str], ...]  # the same of cells that begin in a row above
    shared_deadline: Stretch | None  # such a cell
    empty: tuple[tuple[str, str], ...]  # columns without a word here: (clause or deadline, words over it)
    heading_end: int
    order: tuple[str, ...]
    before: tuple[tuple[str, Stretch], ...]  # groups that begin with this row: (section or subsection, its cell)
    notes: tuple[Stretch, ...]  # remarks, and persons
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


def named(head: str) -> str:
    """What the head of a column calls it, without what it says in brackets: 责任单位（排在第一位的为牵头单位）."""
    return re.sub(r"\s*[（(][^（）()]*[）)]$", "", head) or head


def column_of(head: str) -> str:
    """What a column with this head holds; "" if the head is not a known one. What it says in brackets tells nothing."""
    head = named(head)
    if len(head) > LONGEST_HEAD:
        return ""
    return next((name for name, pattern in COLUMNS if pattern.search(head)), "")


def read_grid(script: Script, grid: Grid) -> Table | None:
    """The table of these rows of cells (positions of the script); None if it is no task table."""
    whole, grid = grid, _each_once(grid)
    for place, row in enumerate(grid[:HEADS]):
        heads = _without_units([Head(column_of(script.solid[start:end]), (start, end)) for start, end in row], script)
        body = grid[place + 1 :]
        if body and _is_second_head(script, heads, body[0]):
            heads = [_under(script, head, cell) for head, cell in zip(heads, body[0], strict=False)]
            body = body[1:]
        if not is_head([head.kind for head in heads]):
            continue
        cells = [cell for line in grid[: len(grid) - len(body)] for cell in line if cell[0] < cell[1]]
        with_those_above = whole[len(grid) - len(body) :]
        heads = _with_groups(script, body, with_those_above, heads)
        rows, groups = _grid_rows(script, body, with_those_above, heads)
        if rows and _names_any(script, rows):
            start = min(cell[0] for cell in cells)
            return Table(start, (start, max(cell[1] for cell in cells)), tuple(heads), rows, groups)
    return None


def _names_any(script: Script, rows: Sequence[Row]) -> bool:
    """Does any cell of bodies hold a name, rather than what is counted: 单位 over 公里, 亩? Empty ones tell nothing."""
    cells = [script.solid[slice(*cell)] for row in rows for _, cell, _ in (*row.duties, *row.shared)]
    return not cells or any(BODY_ENDS.search(one) or len(one) > LONGEST_UNIT for one in cells)


def _each_once(grid: Grid) -> Grid:
    """The grid with a cell that goes over several rows or columns in the first of them only."""
    made = []
    for above, row in zip([(), *grid], grid, strict=False):
        seen = {*above}
        kept = []
        for cell in row:
            kept.append((cell[1], cell[1]) if cell in seen else cell)
            seen.add(cell)
        made.append(tuple(kept))
    return tuple(made)


def _without_units(heads: Sequence[Head], script: Script) -> list[Head]:
    """The heads of a table; in one of indicators 单位 is what is counted, not who does it."""
    words = [script.solid[slice(*head.words)] for head in heads]
    if not any("指标" in one for one in words):
        return [*heads]
    return [Head("", head.words) if UNIT.fullmatch(one) else head for head, one in zip(heads, words, strict=True)]


def _under(script: Script, head: Head, cell: Stretch) -> Head:
    """The head of a column, or the one below it where there are two rows of them."""
    return Head(column_of(script.solid[slice(*cell)]) or head.kind, cell) if cell[0] < cell[1] else head


def _with_groups(script: Script, body: Grid, with_those_above: Grid, heads: Sequence[Head]) -> list[Head]:
    """A column of tasks that goes over several rows, or says the same in many, beside another one, holds its groups."""
    tasks = [place for place, head in enumerate(heads) if head.kind == "task"]
    numbers = [place for place, head in enumerate(heads) if head.kind == "number"]
    whole = [row for row in body if all(row[place][0] < row[place][1] for place in (*numbers, tasks[-1]))]
    said = {place: [script.solid[slice(*row[place])] for row in whole] for place in tasks[:-1]}
    has_groups = any(head.kind == "group" for head in heads)
    merged = {
        place
        for place, words in said.items()
        if sum(other in ("", one) for one, other in itertools.pairwise(words))
        > (0 if NAMED_ONCE.search(script.solid[slice(*heads[place].words)]) else REPEATED * len(words))
        or (not has_groups and _goes_over_rows(with_those_above, place, tasks[-1]))
    }
    kinds = {**dict.fromkeys(merged, "group"), **dict.fromkeys(_of_one_row(script, body, heads), "task")}
    return [Head(kinds.get(place, head.kind), head.words) for place, head in enumerate(heads)]


def _goes_over_rows(with_those_above: Grid, column: int, task: int) -> bool:
    """Do several cells of a column go over several rows, each with a task of its own?"""
    over = {
        one[column]
        for one, other in itertools.pairwise(with_those_above)
        if one[column] == other[column] and one[column][0] < one[column][1] and one[task] != other[task]
    }
    return len(over) > 1


def _of_one_row(script: Script, body: Sequence[Sequence[Stretch]], heads: Sequence[Head]) -> list[int]:
    """The column of groups, if it names each row by another name: then it holds the headings of the tasks beside it."""
    kinds = [head.kind for head in heads]
    if kinds[:3] != ["number", "group", "task"]:
        return []
    names = [script.solid[slice(*row[1])] for row in body if row[2][0] < row[2][1]]
    return [1] if len(names) > FEW and all(names) and len({*names}) == len(names) else []


def is_head(heads: Sequence[str]) -> bool:
    return "task" in heads and bool({*DUTIES} & {*heads})


def _is_second_head(script: Script, heads: Sequence[Head], row: Sequence[Stretch]) -> bool:
    """Does a row go on with the heads above it: 牵头单位 and 配合单位 below 责任单位?"""
    below = [column_of(script.solid[start:end]) for start, end in row]
    filled = [kind for kind, (start, end) in zip(below, row, strict=True) if start < end]
    has_task = any(head.kind == "task" for head in heads)
    are_heads = bool({*DUTIES} & {*filled}) and all(kind in (*DUTIES, "person", "deadline", "task") for kind in filled)
    return 1 < len(filled) < len(row) and are_heads and has_task


def _grid_rows(
    script: Script, grid: Grid, whole: Grid, heads: Sequence[Head]
) -> tuple[tuple[Row, ...], tuple[Stretch, ...]]:
    """The rows, and the headings between them. `whole`: the same with the cells that go on from a row above."""
    rows, groups = [], []
    for cells, with_those_above in zip(grid, whole, strict=True):
        filled = [(head, cell) for head, cell in zip(heads, cells, strict=False) if cell[0] < cell[1]]
        if filled and all(_same(script, head.words, cell) for head, cell in filled):
            groups.append((filled[0][1][0], filled[-1][1][1]))  # the head again, on another page
            continue
        is_group = len(heads) > 1 and _is_group(script, filled)
        if filled and (is_group or not any(head.kind == "task" for head, _ in filled)):
            groups.append((filled[0][1][0], filled[-1][1][1]))
        elif filled:
            own = _heads_of_row(heads, with_those_above)
            filled = [(head, cell) for head, cell in zip(own, cells, strict=False) if cell[0] < cell[1]]
            rows.append(_row(script, filled, _from_above(own, with_those_above, cells), heads))
    return tuple(rows), tuple(sorted(groups))


def _from_above(
    heads: Sequence[Head], with_those_above: Sequence[Stretch], cells: Sequence[Stretch]
) -> list[tuple[Head, Stretch]]:
    """The cells of a row that go on from a row above, each once, under the first of its heads."""
    found: dict[Stretch, Head] = {}
    for head, cell in zip(heads, with_those_above, strict=False):
        if cell[0] < cell[1] and cell not in cells:
            found.setdefault(cell, head)
    return [(head, cell) for cell, head in found.items()]


def _heads_of_row(heads: Sequence[Head], cells: Sequence[Stretch]) -> list[Head]:
    """The heads of a row. A cell that goes over the columns of those who lead and of others tells not who leads."""
    kinds: defaultdict[Stretch, set[str]] = defaultdict(set)
    for head, cell in zip(heads, cells, strict=False):
        kinds[cell] |= {head.kind} & {*DUTIES}
    return [
        Head("departments", head.words) if head.kind in kinds[cell] and len(kinds[cell]) > 1 else head
        for head, cell in zip(heads, cells, strict=False)
    ]


def _is_group(script: Script, filled: Sequence[tuple[Head, Stretch]]) -> bool:
    """Is a row nothing but the heading of those below it: one cell, or 一 and one cell, figures of other columns aside?"""
    filled = [one for one in filled if one[0].kind or not script.solid[slice(*one[1])].isdecimal()]
    kinds = [head.kind for head, _ in filled]
    has_number = kinds[:1] == ["number"] and bool(HAN_NUMBER.fullmatch(script.solid[slice(*filled[0][1])]))
    return len(filled) == 1 + has_number and _length(filled[-1][1]) <= LONGEST_HEADING


def _same(script: Script, one: Stretch, other: Stretch) -> bool:
    return script.solid[slice(*one)] == script.solid[slice(*other)]


def _length(stretch: Stretch) -> int:
    return stretch[1] - stretch[0]


def _row(
    script: Script,
    cells: Sequence[tuple[Head, Stretch]],
    over: Sequence[tuple[Head, Stretch]],
    heads: Sequence[Head],
) -> Row:
    """A row of cells in the order of the source. Official parts are whole stretches: what stands between belongs to them.

    `over`: the cells that go on from a row above.
    """
    parts: list[tuple[str, int, int]] = []
    groups = [head for head in heads if head.kind in ("group", "")]
    before: list[tuple[str, Stretch]] = []
    notes: list[Stretch] = []
    last_official = max(place for place, (head, _) in enumerate(cells) if head.kind in PART)
    for place, (head, (start, end)) in enumerate(cells):
        part = PART.get(head.kind, "")
        if place > last_official or head.kind == "person":
            notes.append((start, end))
        elif not part and all(one == "number" for one, _, _ in parts):
            before.append(("subsection" if head in groups[1:] else "section", (start, end)))
        elif parts and (not part or part in {one for one, _, _ in parts}):
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        else:
            parts.append((part, start, end))
    found = {part: (start, end) for part, start, end in parts}
    tasks = [cell for head, cell in cells if head.kind == "task"]
    is_whole = len(tasks) > 1 and _length(tasks[0]) <= LONGEST_HEADING and script.solid[tasks[0][1] - 1] not in "，、"
    is_headed = is_whole and found["text"][0] == tasks[0][0]
    return Row(
        number=found.get("number"),
        text=found["text"],
        clause=found.get("clause"),
        deadline=found.get("deadline"),
        duties=tuple(_duties(script, cells)),
        shared=tuple(_duties(script, over)),
        shared_deadline=next((cell for head, cell in over if head.kind == "deadline"), None),
        empty=tuple(_empty(script, [*cells, *over], heads)),
        heading_end=_without_sign(script, tasks[0]) if is_headed else 0,
        order=tuple(part for part, _, _ in parts),
        before=tuple(before),
        notes=tuple(notes),
        start=cells[0][1][0],
        end=cells[-1][1][1],
    )


def _duties(script: Script, cells: Sequence[tuple[Head, Stretch]]) -> Iterator[tuple[str, Stretch, str]]:
    for head, cell in cells:
        if head.kind in DUTIES:
            yield head.kind, cell, script.solid[slice(*head.words)]


def _empty(script: Script, cells: Sequence[tuple[Head, Stretch]], heads: Sequence[Head]) -> Iterator[tuple[str, str]]:
    """What should be said in every row, and is not in this one: nothing was written, or a cell goes over several rows."""
    for part, kinds in (("clause", DUTIES), ("deadline", ("deadline",))):
        columns = [head.words for head in heads if head.kind in kinds]
        if columns and not any(head.words in columns for head, _ in cells):
            yield part, script.solid[slice(*columns[0])]


def _without_sign(script: Script, cell: Stretch) -> int:
    return cell[1] - (script.solid[cell[1] - 1] in "。；：")
