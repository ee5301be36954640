"""A department's duties as one sheet for Word, laid out as official documents are (GB/T 9704—2012: A4, margins, type sizes).

The format is Office Open XML (ECMA-376), as far as one heading, a few paragraphs and tables need it.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from scripts.ledger import Department, Ledger, Measure

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
# Twentieths of a point: A4, and the margins of GB/T 9704 (top 37 mm, left 28 mm, bottom 35 mm, right 26 mm).
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
WIDTHS = (900, 4300, 1500, 2144)  # of the columns, together the width of the text
FIXED = (1980, 1, 1, 0, 0, 0)  # the same data must give the same bytes on any day


def make_sheet(department: Department, ledger: Ledger) -> bytes:
    """The sheet of one department: its duties by document, each with deadline and the bodies that share it."""
    parts: dict[str, Iterable[str]] = {
        "[Content_Types].xml": [CONTENT_TYPES],
        "_rels/.rels": [RELATIONS],
        "word/document.xml": _document(department, ledger),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, FIXED)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            with book.open(part, "w") as file:
                file.writelines(piece.encode("utf-8") for piece in content)
    return out.getvalue()


def _document(department: Department, ledger: Ledger) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}"><w:body>'
    yield from _body(department, ledger)
    yield f"{PAGE}</w:body></w:document>"


def _body(department: Department, ledger: Ledger) -> Iterator[str]:
    yield _paragraph(f"{department.name}承担措施清单", size=44, font="宋体", bold=True, align="center")
    for policy in ledger.policies_of(department):
        measures = [measure for measure in ledger.duties_of(department) if measure.policy.id == policy.id]
        yield _paragraph(policy.named, size=32, font="黑体")
        yield from _table(department, measures)
    yield _paragraph(f"依据{ledger.site.name}整理，正文照录原文，以原文为准。", size=24)
    yield _paragraph("未标明牵头、配合的，是原文没有写明或存档文本无法辨认；排列次序不说明牵头。", size=24)


def _table(department: Department, measures: Sequence[Measure]) -> Iterator[str]:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    yield _row(("序号", "措施", "完成时限", "共同责任部门"), "黑体", repeats=True)
    for measure in measures:
        deadlines = "\n".join(
            deadline.quote if deadline.scope == "row" else f"正文：{deadline.quote}" for deadline in measure.deadlines
        )
        others = "、".join(
            f"{share.name_as_written}{ROLES[share.role]}"
            for share in measure.responsibilities
            if share.department.id != department.id
        )
        yield _row((measure.number, measure.text, deadlines or _gap(measure), others or "无"), "仿宋")
    yield "</w:tbl>"


ROLES = {"lead": "（牵头）", "support": "（配合）", "unmarked": ""}


def _gap(measure: Measure) -> str:
    """Why a measure has no deadline."""
    unknown = measure.unknown("deadline")
    return unknown.state if unknown else ""


def _row(cells: Sequence[str], font: str, repeats: bool = False) -> str:
    header = "<w:tblHeader/>" if repeats else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, size=24, font=font)}</w:tc>'
        for width, cell in zip(WIDTHS, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{made}</w:tr>"


def _paragraph(text: str, size: int, font: str = "仿宋", bold: bool = False, align: str = "left") -> str:
    """One paragraph; `size` in half points. Line breaks and tabs of the text stay."""
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    runs = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(words)}</w:t>' for words in line.split("\t"))
        for line in text.split("\n")
    )
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>{runs}</w:r></w:p>'
