"""Read a Word document (.docx, ECMA-376): its text in order with the automatic numbers, bold and black words, tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from scripts.importer.read.blocks import (
    Block,
    Cell,
    GoesOn,
    Line,
    Read,
    Run,
    Table,
    joined,
    lines,
    set_out,
    words,
)
from scripts.importer.read.counting import counted
from scripts.importer.read.docx_changes import accept
from scripts.importer.read.docx_faces import Faces, faces, is_on, value
from scripts.importer.read.docx_lists import Lists, lists
from scripts.importer.read.docx_package import opened, part_root
from scripts.importer.read.docx_tables import cells, name_of, within
from scripts.importer.read.signs import SYMBOLS

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
WITHIN = {  # elements whose content is part of the paragraph's line
    *("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo"),
    *("ruby", "rubyBase", "oMath", "oMathPara"),
}


@dataclass
class Document:
    """What is needed to read the content of a document, and the notes met so far."""

    faces: Faces
    lists: Lists
    notes: dict[str, Element | None]  # roots of footnotes and endnotes
    styles_of_notes: dict[str, str]  # the formats of their numbers
    met: list[tuple[str, str, str]] = field(default_factory=list)  # kind, id, mark


def read_docx(raw: bytes) -> Read:
    """The text of a document; each paragraph is a line. Header, footer and comments are left out. Raises Unreadable."""
    document = opened(raw)
    part = document.part
    body = document.element.body
    styles, numbering, theme = (part_root(part, kind) for kind in (RELATED.STYLES, RELATED.NUMBERING, RELATED.THEME))
    notes = {"footnote": part_root(part, RELATED.FOOTNOTES), "endnote": part_root(part, RELATED.ENDNOTES)}
    marks = {"footnote": "decimal", "endnote": "lowerRoman"}
    for kind in marks:
        for settings in body.iter(qn(f"w:{kind}Pr")):
            marks[kind] = value(settings, "w:numFmt") or marks[kind]
    for tree in (body, *notes.values()):
        if tree is not None:
            accept(tree)
    read = Document(faces(styles, theme), lists(numbering, styles), notes, marks)
    blocks = list(_blocks(body, read))
    return set_out([*blocks, *_notes(read)])


def _blocks(parent: Element, read: Document) -> Iterator[Block]:
    for child in parent:
        match name_of(child):
            case "p":
                yield from _paragraph(child, read)
            case "tbl":
                yield from _table(child, read)
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                yield from _blocks(child, read)


def _paragraph(paragraph: Element, read: Document) -> Iterator[Block]:
    """The lines of a paragraph, then what its text boxes hold."""
    properties = paragraph.find(qn("w:pPr"))
    number, of_number = read.lists.number(properties)
    runs = list(_runs(paragraph, properties, read))
    if number:
        mark = properties.find(qn("w:rPr"))
        bold, black, _ = read.faces.of(mark, properties)
        if of_number is not None and is_on(of_number, "w:b") is not None:
            bold = bool(is_on(of_number, "w:b"))
        runs.insert(0, Run(number, bold, black))
    boxes = list(_boxes(paragraph))
    made = lines(runs)
    if any(map(words, made)) or not boxes:
        yield from made
    for box in boxes:
        yield from _blocks(box, read)


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes of a paragraph, not those within them."""
    for child in element:
        if name_of(child) == "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _runs(parent: Element, paragraph: Element | None, read: Document) -> Iterator[Run]:
    for child in parent:
        if name_of(child) == "r":
            properties = child.find(qn("w:rPr"))
            bold, black, hidden = read.faces.of(properties, paragraph)
            for piece in () if hidden else child:
                if name_of(piece) == "ruby":
                    yield from _runs(piece, paragraph, read)
                elif text := _text(piece, read):
                    yield Run(text, bold, black)
        elif name_of(child) in WITHIN:
            yield from _runs(child, paragraph, read)
        elif child.tag == MATH or (name_of(child) and child.find(f".//{MATH}") is not None):
            yield Run("".join(one.text or "" for one in child.iter(MATH)))


def _text(piece: Element, read: Document) -> str:
    """What a reader sees of one element of a run."""
    match name_of(piece):
        case "t":
            kept = piece.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            text = (piece.text or "").replace("\r", " ").replace("\n", " ")
            return text if kept else text.strip(" ")
        case "br":
            return "\f" if piece.get(qn("w:type")) == "page" else "\n"
        case "sym":
            code = piece.get(qn("w:char"), "")
            sign = chr(int(code, 16)) if code else ""
            return SYMBOLS.get(sign, sign)
        case "footnoteReference" | "endnoteReference":
            return _mark(piece, read)
        case name:
            return SIGNS.get(name, "")


def _mark(reference: Element, read: Document) -> str:
    """The mark of a note, [1], where the document numbers it by itself."""
    kind = name_of(reference).removesuffix("Reference")
    own = reference.get(qn("w:customMarkFollows"), "0") in ("1", "true", "on")
    number = 1 + sum(one == kind and bool(mark) for one, _, mark in read.met)
    sign = counted(number, read.styles_of_notes[kind])
    mark = "" if own else f"[{sign}]" if sign.isascii() else sign
    read.met.append((kind, reference.get(qn("w:id"), ""), mark))
    return mark


def _notes(read: Document) -> Iterator[Line]:
    """The notes that were met, in the order of their marks, footnotes first."""
    for kind, root in read.notes.items():
        by_id = {} if root is None else {note.get(qn("w:id")): note for note in root.findall(qn(f"w:{kind}"))}
        for key, mark in [(key, mark) for one, key, mark in read.met if one == kind]:
            made = [line for line in _lines(_blocks(by_id[key], read)) if words(line).strip()] if key in by_id else []
            for place, line in enumerate(made):
                first = words(line)[:1] if line else ""
                gap = "" if first.isspace() else " "
                yield joined((Run(mark + gap), *line)) if mark and not place else line


def _lines(blocks: Iterator[Block]) -> Iterator[Line]:
    """Blocks within a cell or a note: tables there are flattened."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (line for row in block.rows for cell in row for line in cell)
        else:
            yield block


def _table(table: Element, read: Document) -> Iterator[Block]:
    """A table; one of a single column only frames what stands in it."""
    rows = [list(cells(row)) for row in within(table, "tr")]
    width = max(map(len, rows), default=0)
    if width <= 1:
        for cell in (cell for row in rows for cell in row if not (cell is None or isinstance(cell, GoesOn))):
            yield from _blocks(cell, read)
        return
    made = [[_cell(cell, read) for cell in row] for row in rows]
    yield Table(tuple((*row, *[()] * (width - len(row))) for row in made))


def _cell(cell: Element | GoesOn | None, read: Document) -> Cell:
    """The lines of a cell, without empty ones at its ends."""
    if cell is None or isinstance(cell, GoesOn):
        return () if cell is None else cell
    made = list(_lines(_blocks(cell, read)))
    while made and not words(made[-1]).strip():
        made.pop()
    while made and not words(made[0]).strip():
        made.pop(0)
    return tuple(made)
