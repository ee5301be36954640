"""The tables of a PDF page: cells between ruling lines, with the characters in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pdfplumber.page import Page

from scripts.importer.read.blocks import ABOVE, LEFT, Cell, Table, words
from scripts.importer.read.pdf_lines import text_lines
from scripts.importer.read.pdf_signs import Sign

NEAR = 1.0  # points by which rules are drawn beside each other
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True)
class Found:
    table: Table
    signs: tuple[Sign, ...]  # those in its cells
    top: float
    bottom: float


def find_tables(page: Page, signs: Sequence[Sign]) -> list[Found]:
    """Tables of more than one column with words in it, from top to bottom. Frames around text are none."""
    found: list[Found] = []
    free = list(signs)
    for table in sorted(page.find_tables(), key=lambda one: (one.bbox[1], one.bbox[0])):
        inside = [sign for sign in free if _is_in(sign, table.bbox, page)]
        rows, taken = [], []
        over: dict[int, Box] = {}  # column → the last box that begins in it
        for row in table.rows:
            cells: list[Cell] = []
            for column, box in enumerate(row.cells):
                if not box and column in over and over[column][3] > row.bbox[1] + NEAR:
                    cells.append(ABOVE)
                    continue
                if not box and _spans(row.cells, column, table.bbox[2]):
                    cells.append(LEFT)
                    continue
                over |= {column: box} if box else {}
                here = [sign for sign in inside if box and _is_in(sign, box, page)]
                taken += here
                cells.append(_cell(here))
            rows.append(tuple(cells))
        if max(sum(map(bool, row)) for row in rows) >= 2 and len(rows[0]) >= 2:
            found.append(Found(Table(tuple(rows)), tuple(taken), float(table.bbox[1]), float(table.bbox[3])))
            kept = {id(sign) for sign in taken}
            free = [sign for sign in free if id(sign) not in kept]
    return found


def _spans(boxes: Sequence[Box | None], column: int, right: float) -> bool:
    """Does the box to the left of a column without one go on to the next box, or to the right edge of the table?"""
    before = next(filter(None, reversed(boxes[:column])), None)
    behind = next(filter(None, boxes[column:]), None)
    return before is not None and before[2] >= (behind[0] if behind else right) - NEAR


def _is_in(sign: Sign, box: Box, page: Page) -> bool:
    centre = min(max(sign.centre, 0), float(page.width) - 1)  # a table may run over the edge of the page
    return box[0] <= centre < box[2] and box[1] <= sign.middle < box[3]


def _cell(signs: Sequence[Sign]) -> Cell:
    return tuple(one.line for one in text_lines(signs) if words(one.line).strip())
