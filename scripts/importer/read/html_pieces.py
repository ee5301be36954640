"""The visible content of a part of a web page, in order: words in their faces, ends of lines, tables."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bs4 import Comment, NavigableString, Tag
from bs4.element import PreformattedString

from scripts.importer.read.blocks import ABOVE, LEFT, Run
from scripts.importer.read.faces import is_black
from scripts.importer.read.html_lists import NUMBERED, numbers_of

INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"),
    *("kbd", "label", "mark", "nobr", "output", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong"),
    *("sub", "sup", "time", "tt", "u", "var", "wbr"),
}
BOLD = {"b", "strong"}
NOT_SHOWN = {"rt", "rp"}  # what stands over a word
WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
FAMILY = re.compile(r"font-family\s*:\s*[\"'&quot;]*([^;,\"']+)", re.IGNORECASE)
SHORT_FONT = re.compile(r"(?<![\w-])font\s*:\s*([^;]+)", re.IGNORECASE)
MOST_SPAN = 100  # columns or rows that a cell may take
LAYOUT = 0.8  # share of its table's characters by which a cell holds an article rather than a value
LONGEST_CELL = 300


class End:
    """The end of a line."""


END = End()


@dataclass(frozen=True)
class Face:
    bold: bool = False
    black: bool = False


@dataclass(frozen=True)
class Rows:
    """A table whose cells are pieces, as wide in every row; a merged cell goes on as ABOVE and LEFT."""

    rows: tuple[tuple[tuple["Piece", ...], ...], ...]


Piece = Run | End | Rows


def pieces(root: Tag, face: Face | None = None) -> Iterator[Piece]:
    """The pieces of an element, itself included."""
    face = _face(root, face or Face())
    if root.name in NOT_SHOWN:
        return
    if root.name == "br":
        yield END
    elif root.name == "table" and not _is_layout(root):
        yield from _table(root, face)
    elif root.name in INLINE:
        yield from _children(root, face)
    else:
        yield END
        yield from _children(root, face)
        yield END


def flattened(found: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces without tables: their cells are lines."""
    for piece in found:
        if isinstance(piece, Rows):
            for cell in (cell for row in piece.rows for cell in row):
                yield END
                yield from flattened(cell)
            yield END
        else:
            yield piece


def _children(parent: Tag, face: Face) -> Iterator[Piece]:
    numbers = numbers_of(parent)
    for child in parent.children:
        if isinstance(child, Tag):
            if child.name == "li" and (number := next(numbers, "")) and not NUMBERED.match(child.get_text()):
                yield from (END, Run(number, face.bold, face.black), *_without_first_end(pieces(child, face)))
            else:
                yield from pieces(child, face)
        elif isinstance(child, NavigableString) and not isinstance(child, Comment | PreformattedString):
            if parent.name == "pre" or parent.find_parent("pre"):
                for place, line in enumerate(child.split("\n")):
                    yield from (END,) if place else ()
                    yield Run(line, face.bold, face.black)
            else:
                yield Run(str(child), face.bold, face.black)


def _without_first_end(found: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces of a list item, whose first line begins behind its number."""
    begun = False
    for piece in found:
        if begun or (isinstance(piece, Run) and piece.text.strip()) or isinstance(piece, Rows):
            begun = True
            yield piece


def _face(tag: Tag, face: Face) -> Face:
    """The face of an element's words: by its name, then by its style."""
    style = str(tag.get("style") or "")
    family = str(tag.get("face") or "").split(",")[0] if tag.name == "font" else ""
    if tag.name in BOLD:
        face = replace(face, bold=True)
    if short := SHORT_FONT.search(style):
        face = replace(face, bold="bold" in short.group(1).lower())
        family = short.group(1).split(",")[0]
    if weight := WEIGHT.search(style):
        face = replace(face, bold=_is_heavy(weight.group(1).lower(), face.bold))
    if found := FAMILY.search(style):
        family = found.group(1)
    return replace(face, black=is_black(family)) if family else face


def _is_heavy(weight: str, inherited: bool) -> bool:
    if weight.isdecimal():
        return int(weight[:5]) >= 600
    return inherited if weight in ("inherit", "unset") else weight in ("bold", "bolder")


def _own_rows(table: Tag) -> list[Tag]:
    parts = table.find_all(["thead", "tbody", "tfoot", "tr"], recursive=False)
    return [row for part in parts for row in ([part] if part.name == "tr" else part.find_all("tr", recursive=False))]


def _own_cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _is_layout(table: Tag) -> bool:
    """Does a table only place things on the page: a single column, other tables, or a whole article in one cell?"""
    rows = [_own_cells(row) for row in _own_rows(table)]
    if table.get("role") == "presentation" or max(map(len, rows), default=0) <= 1:
        return True
    whole = len(table.get_text())
    inner = sum(len(one.get_text()) for one in table.find_all("table") if one.find_parent("table") is table)
    largest = max(len(cell.get_text()) for row in rows for cell in row)
    return inner * 2 > whole or (largest > LONGEST_CELL and largest > LAYOUT * whole)


def _table(table: Tag, face: Face) -> Iterator[Piece]:
    yield END
    for caption in table.find_all("caption", recursive=False):
        yield from pieces(caption, face)
    rows = _own_rows(table)
    placed: dict[tuple[int, int], tuple[Piece, ...]] = {}
    for line, row in enumerate(rows):
        column = 0
        for cell in _own_cells(row):
            while (line, column) in placed:
                column += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - line)
            for down in range(high):
                for across in range(wide):
                    placed.setdefault((line + down, column + across), ABOVE if down else LEFT)
            placed[line, column] = tuple(pieces(cell, _face(row, face)))
    width = max((column for _, column in placed), default=-1) + 1
    yield Rows(tuple(tuple(placed.get((line, column), ()) for column in range(width)) for line in range(len(rows))))


def _span(cell: Tag, name: str) -> int:
    written = str(cell.get(name) or "1").strip()
    if not written.isdecimal() or len(written) > 5:
        return 1
    return min(max(int(written), 1), MOST_SPAN) if written != "0" or name == "colspan" else MOST_SPAN
