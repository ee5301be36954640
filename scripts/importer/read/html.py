"""Read a saved web page: the article with its title, bold and black words, tables."""

import codecs
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup

from scripts.importer.read.blocks import Block, GoesOn, Line, Read, Run, Table, joined, set_out, words
from scripts.importer.read.html_article import (
    article,
    document_number,
    is_furniture,
    remove_invisible,
    title,
    whole_body,
)
from scripts.importer.read.html_pieces import END, Piece, flattened, pieces
from scripts.importer.received import Unreadable
from scripts.load.decode import legacy, utf_16

CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
HEAD = 4096  # bytes in which a page declares its encoding
# Pages say gb2312 and hold what only GBK and GB 18030 have.
CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TITLE_WITHIN = 20  # lines of an article in which its title may already stand


def read_html(raw: bytes) -> Read:
    """The text of the article of a page, or of the whole page where no article is clear. Raises Unreadable."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks of the parser on odd pages are nothing that a reader could mend
        page = BeautifulSoup(INVISIBLE.sub("", _decoded(raw)), "lxml")
    body = whole_body(page)
    remove_invisible(body)
    name, number = title(page), document_number(page)
    root = article(body)
    blocks = [block for block in _blocks(pieces(root)) if isinstance(block, Table) or not is_furniture(words(block))]
    above = _squeezed("".join(map(words, blocks[:TITLE_WITHIN])))
    lost = [
        words for words in (number, name) if words and _squeezed(words) not in above
    ]  # they stood beside the article
    blocks[:0] = [(Run(words),) for words in lost]
    return set_out(blocks)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _decoded(raw: bytes) -> str:
    """The text of a page by its mark, by what it declares, else by what it can be."""
    if raw.startswith(codecs.BOM_UTF8):
        return raw.decode("utf-8-sig", "replace")
    if name := utf_16(raw):
        return raw.decode(name, "replace")
    said = CHARSET.search(raw[:HEAD])
    declared = said.group(1).decode("ascii").lower() if said else ""
    for name in filter(None, (CHINESE.get(declared, declared), "utf-8")):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    name, text = legacy(raw)
    if name:
        return text
    try:  # a broken byte in a script is no harm, one in the article is found later
        return raw.decode(CHINESE.get(declared, declared) or "utf-8", "replace")
    except LookupError as error:
        raise Unreadable("认不出这个网页的编码。请在浏览器里打开它，另存为“网页，仅 HTML”，再导入。") from error


def _blocks(found: Iterable[Piece]) -> Iterator[Block]:
    """Pieces put together as lines and tables. Lines without a word are left out."""
    line: list[Run] = []
    for piece in found:
        if isinstance(piece, Run):
            line.append(piece)
            continue
        yield from _line(line)
        line = []
        if piece is not END:
            yield Table(
                tuple(
                    tuple(cell if isinstance(cell, GoesOn) else tuple(_lines(cell)) for cell in row)
                    for row in piece.rows
                )
            )
    yield from _line(line)


def _lines(cell: Iterable[Piece]) -> Iterator[Line]:
    return (block for block in _blocks(flattened(cell)) if not isinstance(block, Table))


def _line(runs: Iterable[Run]) -> Iterator[Line]:
    """A line with its white space as a browser shows it: one space, none between Chinese characters of two lines."""
    signs = [(sign, run) for run in runs for sign in re.sub(r"[ \t\r\n\f]+", _space, run.text)]
    made: list[Run] = []
    for place, (sign, run) in enumerate(signs):
        before = made[-1].text if made else " "
        after = signs[place + 1][0] if place + 1 < len(signs) else " "
        if sign in " \n":
            if before == " " or after in " \n" or (sign == "\n" and _is_wide(before) and _is_wide(after)):
                continue
            sign = " "
        made.append(Run(sign, run.bold, run.black))
    if any(not run.text.isspace() for run in made):
        yield joined(made)


def _space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found.group() else " "


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WFA"
