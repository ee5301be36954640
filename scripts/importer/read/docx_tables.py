"""The rows and cells of a table of a Word document, merged cells among them (ECMA-376, 17.4)."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from scripts.importer.read.blocks import ABOVE, LEFT, GoesOn
from scripts.importer.read.docx_faces import value

MOST_COLUMNS = 100  # that one cell may take


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also where other elements lie around them."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from within(child, name)


def cells(row: Element) -> Iterator[Element | GoesOn | None]:
    """The cells of a row by columns; ABOVE and LEFT where another one goes on, None where nothing is."""
    settings = row.find(qn("w:trPr"))
    yield from [None] * _number(settings, "w:gridBefore", 0)
    for cell in within(row, "tc"):
        properties = cell.find(qn("w:tcPr"))
        yield ABOVE if _goes_on(properties, "w:vMerge") else LEFT if _goes_on(properties, "w:hMerge") else cell
        yield from [LEFT] * (_number(properties, "w:gridSpan", 1) - 1)
    yield from [None] * _number(settings, "w:gridAfter", 0)


def _goes_on(properties: Element | None, name: str) -> bool:
    merged = None if properties is None else properties.find(qn(name))
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _number(parent: Element | None, name: str, default: int) -> int:
    written = value(parent, name)
    return min(int(written), MOST_COLUMNS) if written.isdecimal() else default
