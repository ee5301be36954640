"""Read a document as received: one module for each format, and what all of their texts must be."""

from contextlib import suppress
from pathlib import Path

from scripts.importer.read.blocks import Read
from scripts.importer.read.docx import read_docx
from scripts.importer.read.html import read_html
from scripts.importer.read.pdf import read_pdf
from scripts.importer.read.txt import read_txt
from scripts.importer.received import Received, Unreadable
from scripts.load.decode import REFUSED_IN_SOURCES, forbidden

# Every format: from the bytes of a file to its text, bold stretches and tables, or Unreadable.
READERS = {
    ".txt": read_txt,
    ".md": read_txt,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
}
SAVE = "请用 WPS 或 Word 打开它，另存为 .docx（或输出为 PDF），再导入。"
OTHER_FORMATS = {
    ".doc": f"这是旧式的 Word 文档（.doc），不能直接读。{SAVE}",
    ".wps": f"这是 WPS 专用格式（.wps），不能直接读。{SAVE}",
    ".wpt": f"这是 WPS 模板（.wpt），不能直接读。{SAVE}",
    ".et": "这是 WPS 表格（.et），不能直接读。请打开它，把内容复制到一份 Word 文档里，存为 .docx，再导入。",
    ".xls": "这是 Excel 表格，不能直接读。请打开它，把内容复制到一份 Word 文档里，存为 .docx，再导入。",
    ".xlsx": "这是 Excel 表格，不能直接读。请打开它，把内容复制到一份 Word 文档里，存为 .docx，再导入。",
    ".rtf": f"这是 RTF 文档（.rtf），不能直接读。{SAVE}",
    ".odt": f"这是 OpenDocument 文档（.odt），不能直接读。{SAVE}",
    ".ofd": "这是 OFD 版式文件（.ofd），不能直接读。请用 OFD 阅读器打开它，导出为 PDF，再导入。",
    ".ceb": "这是方正 CEB 版式文件（.ceb），不能直接读。请用方正 Apabi 阅读器打开它，打印成 PDF，再导入。",
    ".mht": "这是单个文件的网页存档（.mht），不能直接读。请在浏览器里打开网页，另存为“网页，仅 HTML”，再导入。",
    ".mhtml": "这是单个文件的网页存档（.mhtml），不能直接读。请在浏览器里打开网页，另存为“网页，仅 HTML”，再导入。",
}
KINDS = "能导入的是 .txt、.md、.docx、.html 和 .pdf，请先转成其中一种。"
# How the files of other formats begin, which bear a wrong suffix.
BEGINNINGS = (
    (b"%PDF", ".pdf"),
    (b"PK\x03\x04", ".docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"{\\rtf", ".rtf"),
)
MOST = 100 * 2**20  # bytes of a file; a policy document has a hundredth of it
HEAD = 8_192  # bytes at either end of a package that name its parts
AROUND = 12  # characters that show where a fault is
# A text without a lost character is the least that an archive needs.
REFUSED = (*REFUSED_IN_SOURCES, "replacement-character")


def read(path: Path) -> Received:
    """The document in a file, by its suffix. Raises Unreadable, and nothing else, whatever its bytes are."""
    suffix = path.suffix.lower()
    if suffix not in READERS:
        if path.is_file() and (kind := _kind_within(path)):
            raise Unreadable(_wrong(suffix, kind))
        raise Unreadable(OTHER_FORMATS.get(suffix, f"不认识这种文件（{path.name}）。{KINDS}"))
    raw = _bytes(path)
    made = _read(raw, suffix)
    if not made.text.strip("\ufeff \t\r\n\f\v\u3000\u00a0\u200b"):
        raise Unreadable("文件里没有一个字。请检查是不是选错了文件。")
    if fault := _fault(made.text):
        raise Unreadable(fault)
    return Received(made.text, made.bold, made.tables, raw, suffix, made.black)


def _kind_within(path: Path) -> str:
    """The suffix that a file of another one should bear: a PDF, or a Word document by the first part of its package."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(HEAD)
        kind = _kind(head)
        if kind == ".docx":  # or another package
            file.seek(max(0, path.stat().st_size - HEAD))
            return kind if b"word/" in head or b"word/" in file.read() else ""
        return kind if kind in READERS else ""
    return ""


def _kind(raw: bytes) -> str:
    """The suffix that a file's first bytes tell; "" if they tell none."""
    return next((kind for start, kind in BEGINNINGS if raw.startswith(start)), "")


def _wrong(suffix: str, kind: str) -> str:
    help = OTHER_FORMATS.get(kind, f"请把后缀改成 {kind}，再导入。")
    return f"这个文件的后缀是 {suffix}，内容却是 {kind} 文件。{help}"


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST:
            raise Unreadable(f"文件超过 {MOST // 2**20} MB，太大了。请只保留政策文件本身，再导入。")
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"打不开文件“{path.name}”。请检查文件名和权限。") from error
    if not raw:
        raise Unreadable("这是一个空文件。请重新取得原文。")
    return raw


def _read(raw: bytes, suffix: str) -> Read:
    kind = _kind(raw) or suffix
    if kind != suffix and (suffix != ".docx" or kind == ".pdf"):  # its reader knows more of other such files
        raise Unreadable(_wrong(suffix, kind))
    try:
        return READERS[suffix](raw)
    except Unreadable:
        raise
    except Exception as error:  # what libraries raise on a broken file has no common kind
        raise Unreadable(
            f"这个 {suffix} 文件读不了，可能已经损坏。请重新取得原文；它若能打开，请另存一份，再导入。"
        ) from error


def _fault(text: str) -> str:
    """What stands in a text that no archive can hold; "" if nothing does."""
    blanked = text.translate({ord(character): " " for character in "\r\f\v"})
    found = min((offset, message) for offset, message in [*_refused(blanked), (len(text), "")])
    if not found[1]:
        return ""
    line = text.count("\n", 0, found[0]) + 1
    before = text[: found[0]].rpartition("\n")[2].strip()[-AROUND:]
    where = f"第 {line} 行“{before}”之后" if before else f"第 {line} 行开头"
    return f"{where}：{found[1]}原来的字可能已经丢了，或者它不是一份文字。请重新取得原文。"


def _refused(text: str) -> list[tuple[int, str]]:
    return [(offset, message) for offset, rule, message, _ in forbidden(text) if rule in REFUSED]
