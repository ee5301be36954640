"""Read a PDF with a text layer: its lines in reading order, bold and black words, ruled tables."""

import io
import logging
from collections.abc import Sequence
from dataclasses import replace

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page

from scripts.importer.read.blocks import Block, Read, set_out
from scripts.importer.read.pdf_lines import gutter_of, text_lines, without_notes
from scripts.importer.read.pdf_pages import PageRead, joined_pages, without_heads
from scripts.importer.read.pdf_signs import INVISIBLE, Modes, Sign, signs
from scripts.importer.read.pdf_tables import find_tables
from scripts.importer.received import Unreadable

END = 4096  # bytes within which a whole file bears the sign of its end
IMAGE = 0.5  # share of a page that an image takes if the page was scanned
TURNED, FEW = 0.3, 20  # share of characters, and number, from which a page is turned
LOST = 0.01  # share of the characters that may lack a meaning
MISSING = "〓"  # the printers' sign for a character that is not at hand
SCAN = "请取得可以复制文字的 PDF 或 .docx；没有的话，请用文字识别软件转成 .docx，逐字校对后再导入。"
# Its remarks on odd files, in English, are nothing that an editor could mend.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read_pdf(raw: bytes) -> Read:
    """The text of a PDF: each line of a page is one of the text, pages are set apart by form feeds. Raises Unreadable.

    Running heads are left out. Footnotes stand behind all pages. A few characters without a meaning (LOST) become MISSING.
    """
    if b"%%EOF" not in raw[-END:]:  # the library would read what there is, and not say that pages are missing
        raise Unreadable("这份 PDF 不完整，可能没有下载完。请重新取得原文。")
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            shown = [signs(page.chars, _modes(page)) for page in document.pages]
            _check(document.pages, shown)
            gutter = gutter_of(shown)
            pages = [_page(page, some, gutter) for page, some in zip(document.pages, shown, strict=True)]
    except Unreadable:
        raise
    except Exception as error:  # a wrong password lies within the library's own error
        if any(isinstance(one, PDFPasswordIncorrect) for one in (error, *error.args)):
            raise Unreadable("这份 PDF 有密码。请去掉密码，另存一份，再导入。") from error
        raise
    blocks = joined_pages(without_heads(pages))
    return set_out([*blocks, *(note for page in pages for note in page.notes)])


def _modes(page: Page) -> list[int]:
    """How each character of a page is drawn (ISO 32000-1, 9.3.6): 2 is filled and outlined, 3 is invisible."""
    device = Modes(page.pdf.rsrcmgr)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    return device.modes


def _check(pages: Sequence[Page], shown: Sequence[Sequence[Sign]]) -> None:
    """Raises Unreadable where the text layer is not that of the document, or is not whole."""
    everything = [sign for some in shown for sign in some if sign.text.strip()]
    if not everything:
        raise Unreadable(f"这份 PDF 没有文字层，是扫描件或图片。{SCAN}")
    if sum(sign.mode == INVISIBLE for sign in everything) * 2 > len(everything):
        raise Unreadable(f"这份 PDF 是扫描件，里面的文字是软件识别出来的，可能有错字。{SCAN}")
    scanned = [page.page_number for page, some in zip(pages, shown, strict=True) if not some and _is_image(page)]
    if scanned:
        raise Unreadable(f"这份 PDF 的第 {'、'.join(map(str, scanned))} 页没有文字层，是扫描的图片。{SCAN}")
    lost = sum(sign.text == "" for some in shown for sign in some)
    if lost > LOST * len(everything):
        raise Unreadable(f"这份 PDF 里有 {lost} 个字只有字形，取不出文字（字体没有带对照表）。{SCAN}")
    for page, some in zip(pages, shown, strict=True):
        turned = sum(not sign.upright for sign in some)
        if turned > max(FEW, TURNED * len(some)):
            raise Unreadable(
                f"这份 PDF 的第 {page.page_number} 页，文字是横放的。请在 PDF 软件里把这一页转正，另存一份，再导入。"
            )


def _is_image(page: Page) -> bool:
    area = float(page.width * page.height)
    return any(image["width"] * image["height"] > IMAGE * area for image in page.images)


def _page(page: Page, shown: Sequence[Sign], gutter: float) -> PageRead:
    """Tables in order, with the lines between them. `gutter`: where the pages are parted into columns."""
    made: list[tuple[float, float, Block]] = []
    left = [replace(sign, text=sign.text or MISSING) for sign in shown]
    height = float(page.height)
    for table in [*find_tables(page, left), None]:
        above = [sign for sign in left if table is None or sign.middle < table.top]
        lines = text_lines(above, gutter)
        lines, notes = without_notes(lines) if table is None else (lines, [])
        for line in lines:
            made.append((line.top / height, line.bottom / height, line.line))
        if table:
            made.append((table.top / height, table.bottom / height, table.table))
        taken = {id(sign) for sign in (*above, *(table.signs if table else ()))}
        left = [sign for sign in left if id(sign) not in taken]
    return PageRead(tuple(made), tuple(note.line for note in notes))
