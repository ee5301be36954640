"""Read the text out of what a web server sent."""

import re
from html.parser import HTMLParser

from scripts.watch.web import Answer

FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how PDF, .docx and .doc begin, whatever the server calls them
CHARSETS = {  # labels that can be meant in earnest; GB 18030 holds GBK and GB 2312
    "utf-8": "utf-8",
    "utf8": "utf-8",
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
META = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
HEAD = 4096  # bytes in which a page must declare its charset
HIDDEN = ("script", "style", "noscript", "template", "title")
INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "tt", "u", "wbr"),
}


class Words(HTMLParser):
    """The text of a page; elements that are no part of a line end the line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden.append(tag)
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)

    def _end_line(self, tag: str) -> None:
        if tag not in INLINE:
            self.text.append("\n")


def is_text(answer: Answer) -> bool:
    is_said_to_be = not answer.media_type or answer.media_type.startswith("text/")
    return _is_markup(answer) or (is_said_to_be and not answer.body.startswith(FILES))


def read(answer: Answer) -> str:
    """The text of a page as a reader sees it, menus and all; of plain text, the text."""
    text = decode(answer.body, answer.charset)
    if not _is_markup(answer):
        return text
    words = Words()
    words.feed(text.replace("<![", "<! ["))  # a comment to browsers; the parser fails on it
    words.close()
    return "".join(words.text)


def decode(body: bytes, charset: str = "") -> str:
    """By its byte order mark; as UTF-8, if it is; by what server or page declare, or GB 18030, whatever fits best."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        # Chinese in another charset is never valid UTF-8 by chance, and what servers and pages declare is often wrong.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = META.search(body[:HEAD])
    labels = (charset, declared[1].decode("ascii") if declared else "", "utf-8", "gb18030")
    names = dict.fromkeys(CHARSETS[label.lower()] for label in labels if label.lower() in CHARSETS)
    # The first of those with the fewest characters that cannot be read: a broken byte alone decides nothing.
    return min((body.decode(name, "replace") for name in names), key=lambda text: text.count("\ufffd"))


def _is_markup(answer: Answer) -> bool:
    if answer.body.startswith(FILES):
        return False
    return "html" in answer.media_type or (not answer.media_type and answer.body.lstrip().startswith(b"<"))
