"""A Word document as it reads with all tracked changes accepted, and without what it keeps but never shows."""

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def accept(root: Element) -> None:
    """Changes a tree in place: deletions go, of alternatives one stays, and of fields only the results."""
    for choice in list(root.iter(ALTERNATIVES)):
        for other in list(choice)[1:]:  # the first is what Word shows, the others are for older programs
            choice.remove(other)
    for deleted in [*root.iter(qn("w:del")), *root.iter(qn("w:moveFrom"))]:
        parent = deleted.getparent()
        if parent is None:
            continue
        if parent.tag == qn("w:trPr"):
            _remove(parent.getparent())
        elif parent.tag != qn("w:rPr"):  # there it is the mark of a paragraph
            _remove(deleted)
    for mark in list(root.iter(qn("w:p"))):
        _join(mark)
    for hidden in _instructions(root):
        _remove(hidden)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _join(paragraph: Element) -> None:
    """A paragraph whose end was deleted becomes the beginning of the next."""
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if properties is None or (properties.find(qn("w:del")) is None and properties.find(qn("w:moveFrom")) is None):
        return
    content = [child for child in paragraph if child.tag != qn("w:pPr")]
    following = paragraph.getnext()
    if following is None or following.tag != qn("w:p"):
        if not any(child.iter(qn("w:t")) for child in content):
            _remove(paragraph)
        return
    after = 1 if following.find(qn("w:pPr")) is not None else 0
    for place, child in enumerate(content):
        following.insert(after + place, child)
    _remove(paragraph)


def _instructions(root: Element) -> list[Element]:
    """What stands between the beginning of a field and its result: other fields may lie there, with text."""
    open_fields: list[bool] = []  # is the result reached?
    hidden = []
    for run in root.iter(qn("w:r")):
        for child in run:
            kind = child.get(qn("w:fldCharType")) if child.tag == qn("w:fldChar") else ""
            if kind == "begin":
                open_fields.append(False)
            elif kind == "separate" and open_fields:
                open_fields[-1] = True
            elif kind == "end" and open_fields:
                open_fields.pop()
            elif child.tag in (qn("w:t"), qn("w:tab"), qn("w:br")) and not all(open_fields):
                hidden.append(child)
    return hidden if not open_fields else []  # a field without an end would hide the rest of the document
