"""Bytes as the text that was meant: other encodings and foreign line ends; nothing where that is not sure."""

import re
from collections.abc import Callable

from scripts.load.decode import half_read, legacy, utf_16

SEPARATORS = ("\r", "\x85", "\u2028", "\u2029")
# What is told, how it is seen, how it is mended.
MENDS: tuple[tuple[str, Callable[[str], bool], Callable[[str], str]], ...] = (
    ("字节顺序标记（BOM）", lambda text: text.startswith("\ufeff"), lambda text: text.lstrip("\ufeff")),
    ("Windows 换行符", lambda text: "\r\n" in text, lambda text: re.sub("\r+\n", "\n", text)),
    *(
        # Where a file has no other line end, this is one.
        (
            f"换行符 U+{ord(sign):04X}",
            lambda text, sign=sign: sign in text and "\n" not in text,
            lambda text, sign=sign: text.replace(sign, "\n"),
        )
        for sign in SEPARATORS
    ),
)


def read(raw: bytes) -> tuple[str | None, list[str]]:
    """(text, what was mended); None where the bytes cannot be read for certain."""
    text, mended = _decoded(raw)
    if text is None:
        return None, []
    text, ends = mend_ends(text)
    return text, [*mended, *ends]


def mend_ends(text: str) -> tuple[str, list[str]]:
    """(text, what was mended)."""
    mended = []
    for what, is_so, mend in MENDS:
        if is_so(text):
            text = mend(text)
            mended.append(what)
    return text, mended


def _decoded(raw: bytes) -> tuple[str | None, list[str]]:
    try:
        if encoding := utf_16(raw):
            return raw.decode(encoding), ["UTF-16 编码"]
        text = raw.decode("utf-8")
        if not half_read(text, raw):
            return text, []
    except UnicodeDecodeError:
        if utf_16(raw):
            return None, []
    name, text = legacy(raw)
    return (text, [f"{name} 编码"]) if name else (None, [])
