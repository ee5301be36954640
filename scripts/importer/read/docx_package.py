"""Open the package of a Word document (ISO/IEC 29500-2) and find its parts."""

import io
import zipfile

import docx
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml.etree import _Element as Element

from scripts.importer.received import Unreadable

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .doc files begin, and encrypted .docx files, too
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LARGEST = 500 * 2**20  # bytes unpacked; more is an attack, not a document
SAVE = "请用 WPS 或 Word 打开它，另存为 .docx，再导入。"


def opened(raw: bytes) -> docx.document.Document:
    if raw.startswith(OLD):
        if ENCRYPTED in raw:
            raise Unreadable("这份文档有密码。请用 WPS 或 Word 打开它，去掉密码，另存为 .docx，再导入。")
        raise Unreadable(f"这个文件的后缀是 .docx，内容却是旧式的 Word 文档（.doc）。{SAVE}")
    if not raw.startswith(b"PK"):
        raise Unreadable(f"这个文件的后缀是 .docx，内容却不是 Word 文档。{SAVE}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = package.namelist()
            size = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable("这份 Word 文档不完整，可能没有下载完。请重新取得原文。") from error
    if size > LARGEST:
        raise Unreadable("这份 Word 文档解开后太大了。请去掉里面的图片，另存一份，再导入。")
    if "[Content_Types].xml" not in names:
        raise Unreadable(f"这个文件是压缩包，不是 Word 文档。如果是 .ofd 或 .odt 改了后缀，{SAVE}")
    return docx.Document(io.BytesIO(raw))


def part_root(part: Part, kind: str) -> Element | None:
    """The content of a related part: styles, numbering, theme, notes."""
    found = next((one for one in part.rels.values() if one.reltype == kind and not one.is_external), None)
    return None if found is None else parse_xml(found.target_part.blob)
