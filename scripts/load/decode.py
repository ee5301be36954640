"""Bytes to text: UTF-8 only, and no character that a reader could not see or that a machine would misread."""

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator

from scripts.problem import At, Problem

LAST_OF_PLANES = "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
# What may not stand in any text: pattern, rule, what it is. One table for files and for values made by escapes.
FORBIDDEN = (
    (re.compile("[\ud800-\udfff]"), "broken-character", "半个字符（代理码位）"),
    (re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"), "control-character", "控制字符"),
    (re.compile("[\r\u0080-\u009f\u2028\u2029]"), "line-separator", "少见的换行符或控制符"),
    (re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"), "bidi-mark", "改变文字方向的隐形字符"),
    (
        re.compile("[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\U000e0000-\U000e007f]"),
        "zero-width",
        "零宽的隐形字符",
    ),
    (re.compile(f"[\ufdd0-\ufdef{LAST_OF_PLANES}]"), "noncharacter", "不是字符的码位"),
    (re.compile("\ufffd"), "replacement-character", "乱码替换符“\ufffd”"),
    (re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"), "private-use", "自造字符"),
    (re.compile("[\u2e80-\u2fdf]"), "compatibility-character", "部首，不是汉字"),
)
MEND = {
    "replacement-character": "原来的字已经丢了，请对照原文重新输入。",
    "private-use": "别人的电脑上没有这个字符，请换成通用的字；原文就是这样的，不用管。",
    "compatibility-character": "它看起来像汉字，查找时却对不上，请用输入法重新输入这个字；原文就是这样的，不用管。",
}
REMOVE = "请删掉它；看不见时，把光标移到这一列再删。"
SAVE_AS = "请用编辑器“另存为”UTF-8 编码，再提交。"
# An archived text is kept as received; only what no page or file could hold is refused.
REFUSED_IN_SOURCES = ("broken-character", "control-character", "noncharacter")
# 930 characters of GB 2312 have GBK bytes that are also valid UTF-8; read so, they become letters up to U+07FF.
HALF_READ = re.compile("[\u0080-\u07ff]")
LINE_END = re.compile("\n")
COMMON = 0.9  # share of common characters by which an encoding is known
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def places(text: str, file: str) -> Callable[[int], At]:
    """Where the characters of a file's text stand, by their offsets."""
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]

    def at(offset: int) -> At:
        line = bisect_right(starts, offset)
        return At(file, line, offset - starts[line - 1] + 1)

    return at


def forbidden(text: str) -> Iterator[tuple[int, str, str, str]]:
    """(offset, rule, message, help) of every character that may not stand in a text."""
    for pattern, rule, what in FORBIDDEN:
        for found in pattern.finditer(text):
            message = f"这里有{what}（U+{ord(found.group()):04X}）。"
            yield found.start(), rule, message, MEND.get(rule, REMOVE)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file without its byte order mark, or None with the reason. Line ends stay as they are."""
    if utf_16(raw):
        return None, [Problem(At(file), "not-utf-8", "这个文件是 UTF-16 编码，不是 UTF-8。", SAVE_AS)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        start = before.rfind(b"\n") + 1
        at = At(file, before.count(b"\n") + 1, len(before[start:].decode("utf-8", "replace")) + 1)
        name, _ = legacy(raw)
        message = f"这个文件不是 UTF-8 编码{f'，像是 {name}' if name else ''}。"
        return None, [Problem(at, "not-utf-8", message, SAVE_AS)]
    if strange := half_read(text, raw):
        at = places(text, file)(strange.start())
        message = f"这个文件里没有一个汉字，却有“{strange.group()}”这样的字母，像是 GBK 文件当成了 UTF-8。"
        return None, [Problem(at, "mojibake", message, SAVE_AS)]
    return text, []


def utf_16(raw: bytes) -> str:
    """The name of the encoding where bytes are UTF-16, with or without its mark; else "" """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    low, high = raw[1:4:2], raw[0:4:2]  # of ASCII, with which our files begin, one byte in two is empty
    return "utf-16-le" if low == b"\0\0" else "utf-16-be" if high == b"\0\0" else ""


def legacy(raw: bytes) -> tuple[str, str]:
    """(name, text) of the older Chinese encoding that these bytes are in; two empty strings if they are in none.

    In the right one, nearly all characters are of the common set: GB 2312, or the first level of Big5 with its signs.
    """
    found = []
    for name, encoding, common in (("GBK", "gb18030", _in_gb2312), ("Big5", "big5", _in_big5_level_1)):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text if character > "\x7f"]
        share = sum(map(common, foreign)) / max(1, len(foreign))
        found.append((share, name, text))
    share, name, text = max(found, key=lambda one: one[0], default=(0, "", ""))
    return (name, text) if share > COMMON else ("", "")


def _in_gb2312(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


def _in_big5_level_1(character: str) -> bool:
    return b"\xa1" <= character.encode("big5", "ignore")[:1] <= b"\xc6"


def half_read(text: str, raw: bytes) -> re.Match | None:
    """Where a text begins to be GBK that happens to be valid UTF-8."""
    found = HALF_READ.search(text)
    return found if found and not HAN.search(text) and legacy(raw)[0] else None


def garbled(text: str, file: str) -> Iterator[Problem]:
    """Where words were saved after they had been opened in a wrong encoding."""
    at = places(text, file)
    for pattern, is_garbled, what in GARBLED:
        for found in pattern.finditer(text):
            if is_garbled(found.group()):
                message = f"“{found.group()}”{what}。"
                yield Problem(at(found.start()), "mojibake", message, RETYPE)


def _read_again(words: str, written: str, read: str) -> str:
    """What words become when their bytes in one encoding are read in another; "" if they cannot."""
    try:
        return words.encode(written).decode(read)
    except UnicodeError:
        return ""


def _was_utf_8_read_as_latin(words: str) -> bool:
    return any(bool(HAN.search(_read_again(words, encoding, "utf-8"))) for encoding in ("cp1252", "latin-1"))


def _was_utf_8_read_as_gbk(words: str) -> bool:
    # Words of rare characters only, which GB 2312 has not, and which are all Chinese when read in the other way.
    read = _read_again(words, "gb18030", "utf-8")
    return bool(read) and all(map(HAN.match, read)) and not all(map(_in_gb2312, words))


def _was_gbk_read_as_utf_8(words: str) -> bool:
    read = _read_again(words, "utf-8", "gb2312")
    return bool(read) and all(map(HAN.match, read))


LATIN, SIGN = "\u0100-\u024f", "\u00a1-\u00b6\u00b8-\u00bf"
RETYPE = "文字已经成了乱码，请按正确的编码（UTF-8 或 GBK）重新打开原来的文件再保存，或对照原文重新输入。"
GARBLED: tuple[tuple[re.Pattern[str], Callable[[str], bool], str], ...] = (
    (re.compile("锟斤拷"), bool, "是乱码：原来的字在换编码时丢了"),
    (
        re.compile("[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{3,}"),
        _was_utf_8_read_as_latin,
        "像是 UTF-8 文件当成了西欧编码",
    ),
    (re.compile(f"{HAN.pattern}{{3,}}"), _was_utf_8_read_as_gbk, "像是 UTF-8 文件当成了 GBK"),
    (re.compile(f"[{LATIN}][{SIGN}]|[{SIGN}][{LATIN}]"), _was_gbk_read_as_utf_8, "像是 GBK 文件当成了 UTF-8"),
)


def not_composed(text: str, file: str) -> Iterator[Problem]:
    """A reminder where the text is not in Unicode's composed form (NFC): it looks the same and searches otherwise."""
    if unicodedata.is_normalized("NFC", text):
        return
    at = places(text, file)
    for offset, character in enumerate(text):
        after = text[offset + 1 : offset + 2]
        alone = unicodedata.normalize("NFC", character) != character
        joined = unicodedata.normalize("NFC", character + after) != character + unicodedata.normalize("NFC", after)
        if alone or joined:
            yield Problem(
                at(offset),
                "not-nfc",
                "这个字符有更通行的写法（Unicode NFC）。",
                "看起来一样，查找时却对不上；如与原文无关，请重新输入这个字。",
            )


def read_text(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of one YAML file with LF line ends."""
    text, problems = decode(raw, file)
    if text is None:
        return None, problems
    text = text.replace("\r\n", "\n")
    at = places(text, file)
    found = [Problem(at(offset), *said) for offset, *said in forbidden(text)]
    if "\n" not in text:  # then all its lines end in another way, and one message says so
        ends = [problem for problem in found if problem.rule == "line-separator"]
        found = [problem for problem in found if problem not in ends[1:]]
    return text, [*found, *garbled(text, file), *not_composed(text, file)]


def read_source(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """An archived text exactly as it is, byte order mark and line ends included: offsets count every character."""
    text, problems = decode(raw, file)
    if text is None:
        return None, problems
    text = raw.decode("utf-8")
    blanked = text.translate({ord(character): " " for character in "\r\f\v"})
    at = places(text, file)
    return text, [
        Problem(at(offset), rule, message, "原文应是可读的文字，请重新取得原文。")
        for offset, rule, message, _ in forbidden(blanked)
        if rule in REFUSED_IN_SOURCES
    ]
