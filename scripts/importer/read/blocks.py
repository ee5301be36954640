"""What every reader makes of a document, lines and tables in reading order, set out as one text with its stretches."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.characters import solid
from scripts.importer.received import Grid, Stretch

PAGE = "\f"  # as a line of its own it begins a page, without a line end behind it
MOST_MARKED = 0.6  # share of the characters above which a face is that of the body and marks nothing


@dataclass(frozen=True)
class Run:
    """Words in one face."""

    text: str
    bold: bool = False  # by weight
    black: bool = False  # by typeface: 黑体


Line = tuple[Run, ...]
Cell = tuple[Line, ...]  # an empty one holds no line


class GoesOn(tuple):
    """A cell that goes on from the row above, or from the column to the left: empty, and known not to be left empty."""


ABOVE: Cell = GoesOn()
LEFT: Cell = GoesOn()


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    goes_on: bool = False  # with the table before it, over the end of a page


Block = Line | Table


@dataclass(frozen=True)
class Read:
    """What a reader returns."""

    text: str
    bold: tuple[Stretch, ...] = ()
    tables: tuple[Grid, ...] = ()
    black: tuple[Stretch, ...] = ()  # of those in bold, the words in a black face


def set_out(blocks: Iterable[Block]) -> Read:
    """The text of blocks: a line each; cells row by row, each in lines of its own; a blank line around a table."""
    blocks = list(blocks)
    weights, faces = _marks_something(blocks, "bold"), _marks_something(blocks, "black")
    pieces: list[str] = []
    bold: list[Stretch] = []
    black: list[Stretch] = []
    grids: list[Grid] = []
    place = 0

    def write(line: Line) -> int:
        """Writes a line; returns where its words end."""
        nonlocal place
        for run in line:
            if run.text.strip() and ((weights and run.bold) or (faces and run.black)):
                _add(bold, _trimmed(run.text, place))
            if run.text.strip() and faces and run.black:
                _add(black, _trimmed(run.text, place))
            pieces.append(run.text)
            place += len(run.text)
        return place

    def end_line() -> None:
        nonlocal place
        pieces.append("\n")
        place += 1

    def write_cell(cell: Cell) -> Stretch:
        start = end = place
        for line in cell:
            end = write(line)
            end_line()
        return start, end

    def write_rows(rows: Iterable[Sequence[Cell]], above: Grid) -> Grid:
        """`above`: the last row of the same table on the page before."""
        made = list(above)
        for row in rows:
            over = made[-1] if made else ()
            here: list[Stretch] = []
            for column, cell in enumerate(row):
                if cell is LEFT and here:
                    here.append(here[-1])
                else:
                    here.append(over[column] if cell is ABOVE and over else write_cell(cell))
            made.append(tuple(here))
        return tuple(made[len(above) :])

    for before, block in zip([None, *blocks], blocks, strict=False):
        if isinstance(block, Table):
            if pieces and not (before == (Run(PAGE),) or isinstance(before, Table)):
                end_line()
            above = grids.pop() if block.goes_on and grids else ()
            grids.append((*above, *write_rows(block.rows, above[-1:])))
            end_line()
        else:
            write(block)
            if block != (Run(PAGE),):
                end_line()
    return Read("".join(pieces), tuple(bold), tuple(grids), tuple(black))


def line(text: str) -> Line:
    return (Run(text),)


def words(block: Block) -> str:
    """The text of a line, or of all cells of a table."""
    if isinstance(block, Table):
        return "\n".join(words(one) for row in block.rows for cell in row for one in cell)
    return "".join(run.text for run in block)


def joined(runs: Iterable[Run]) -> Line:
    """A line whose neighbouring runs in one face are one."""
    groups = itertools.groupby(runs, key=lambda run: (run.bold, run.black))
    return tuple(Run("".join(run.text for run in same), *face) for face, same in groups)


def lines(runs: Iterable[Run]) -> list[Line]:
    """Runs cut into lines at their line ends."""
    made: list[list[Run]] = [[]]
    for run in runs:
        for place, piece in enumerate(run.text.split("\n")):
            if place:
                made.append([])
            if piece:
                made[-1].append(Run(piece, run.bold, run.black))
    return [joined(one) for one in made]


def _marks_something(blocks: Sequence[Block], face: str) -> bool:
    """Does a face stand out, rather than being that of most of the text?"""
    all_runs = list(_runs(blocks))
    marked = sum(len(solid(run.text)) for run in all_runs if getattr(run, face))
    return marked <= MOST_MARKED * sum(len(solid(run.text)) for run in all_runs)


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _runs(line for row in block.rows for cell in row for line in cell)
        else:
            yield from block


def _trimmed(text: str, place: int) -> Stretch:
    start = place + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _add(stretches: list[Stretch], stretch: Stretch) -> None:
    """Adds a stretch, joined to the last one where they touch."""
    if stretches and stretches[-1][1] == stretch[0]:
        stretches[-1] = (stretches[-1][0], stretch[1])
    else:
        stretches.append(stretch)
