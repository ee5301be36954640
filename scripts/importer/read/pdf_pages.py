"""The pages of a PDF put together: without running heads, and with the rows that the end of a page cut in two."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scripts.importer.read.blocks import PAGE, Block, Cell, Line, Run, Table, words

MARGIN = 0.12  # share of a page's height in which only running heads and page numbers stand
NUMBER = re.compile(r"[0-9]{1,3}[.．、]?|[一二三四五六七八九十]{1,3}、?")  # of a row
SMALL, FEW = 0.92, 8  # of the height of most lines, by which a head is small; lines of which that can be told
MOST_BEFORE = 3  # columns that may stand before that of the numbers


@dataclass(frozen=True)
class PageRead:
    """The blocks of a page with the heights (as shares of the page's) at which they begin and end."""

    blocks: tuple[tuple[float, float, Block], ...]
    notes: tuple[Line, ...] = ()  # below a rule at its end


def without_heads(pages: Sequence[PageRead]) -> list[PageRead]:
    """The pages without the lines that stand in the margin of several, as heads or feet do; the first page keeps its own.

    Figures do not tell lines apart: they number pages. What only one page has is a head if it is small and stands apart.
    """
    seen = Counter(head for page in pages for head in {_plain(block) for _, _, block in _in_margin(page)})
    made = list(pages[:1])
    for page in pages[1:]:
        margin = _in_margin(page)
        heads = [one for one in margin if seen[_plain(one[2])] > 1 and re.search(r"[^\W\d]", _plain(one[2]))]
        heads += [one for one in margin if one == page.blocks[0] and _stands_apart(page)]
        made.append(replace(page, blocks=tuple(one for one in page.blocks if one not in heads)))
    return made


def _stands_apart(page: PageRead) -> bool:
    """Is the first line of a page smaller than most, and further from the next one than lines are high?"""
    lines = [one for one in page.blocks if not isinstance(one[2], Table)]
    if len(lines) < FEW or isinstance(page.blocks[1][2], Table):
        return False
    (top, bottom, line), following = page.blocks[0], page.blocks[1]
    height = statistics.median(below - above for above, below, _ in lines)
    is_annex = words(line).strip().startswith("附")
    return bottom - top <= SMALL * height and following[0] - bottom > height and not is_annex


def _in_margin(page: PageRead) -> list[tuple[float, float, Block]]:
    return [
        one
        for one in page.blocks
        if not isinstance(one[2], Table) and (one[1] <= MARGIN or one[0] >= 1 - MARGIN) and words(one[2]).strip()
    ]


def _plain(line: Line) -> str:
    return re.sub("[0-9]+", "0", "".join(words(line).split()))


def joined_pages(pages: Sequence[PageRead]) -> list[Block]:
    """The blocks of all pages. A row that the end of a page cuts is put together above it."""
    made: list[Block] = []
    before: PageRead | None = None
    last = -1  # place of the last table, or of the part of one on its last page
    first = Table(())  # it, as it begins
    for page in pages:
        if before is not None:
            made.append((Run(PAGE),))
        goes_on = _first_table(page) if before is not None and _goes_on(before, page) else None
        for _, _, block in page.blocks:
            if isinstance(block, Table) and block is goes_on:
                made[last], block = _mended(first, made[last], replace(block, goes_on=True))
            elif isinstance(block, Table):
                first = block
            last = len(made) if isinstance(block, Table) and block.rows else last  # a row may go over several pages
            made.append(block)
        before = page
    return made


def _mended(first: Table, above: Table, below: Table) -> tuple[Table, Table]:
    """Two parts of a table, the second without the head that each page repeats; a row cut in two is put together.

    `first`: its part on its first page.
    """
    head = 0
    while head < min(len(first.rows), len(below.rows)) and _texts(first.rows[head]) == _texts(below.rows[head]):
        head += 1
    rows = below.rows[head:]
    if rows and _is_cut(above, rows[0]):
        cut = zip(above.rows[-1], rows[0], strict=True)
        whole = tuple((*one, *other) if other else one for one, other in cut)  # one that goes on from above still does
        above, rows = replace(above, rows=(*above.rows[:-1], whole)), rows[1:]
    return above, replace(below, rows=rows)


def _texts(row: Sequence[Cell]) -> list[str]:
    return ["".join(map(words, cell)).strip() for cell in row]


def _is_cut(above: Table, below: Sequence[Cell]) -> bool:
    """Does a row without a number go on with the one above, whose longest cell ends in a full line and no sentence?"""
    last, texts = _texts(above.rows[-1]), _texts(below)
    column = next((place for place, text in enumerate(last[:MOST_BEFORE]) if NUMBER.fullmatch(text)), 0)
    if any(texts[: column + 1]) or not last[column]:
        return False
    longest = max(
        (cell for cell, text in zip(above.rows[-1], texts, strict=True) if text), key=lambda cell: len(cell), default=()
    )
    lines = [words(line).strip() for line in longest]
    return bool(lines) and not re.search("[。；！]$", lines[-1]) and len(lines[-1]) + 1 >= max(map(len, lines))


def _first_table(page: PageRead) -> Table | None:
    return next((block for _, _, block in page.blocks if isinstance(block, Table)), None)


def _goes_on(before: PageRead, page: PageRead) -> bool:
    """Does a page begin with a table as wide as the one that ends the page before? Margins do not count."""
    last = [block for top, _, block in before.blocks if isinstance(block, Table) or top < 1 - MARGIN]
    first = [block for _, bottom, block in page.blocks if isinstance(block, Table) or bottom > MARGIN]
    last, first = [[one for one in some if words(one).strip()] for some in (last, first)]
    if not (last and first and isinstance(last[-1], Table) and isinstance(first[0], Table)):
        return False
    return len(last[-1].rows[0]) == len(first[0].rows[0])
