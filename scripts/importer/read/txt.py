"""Read a text file: its encoding, tables whose cells are set apart by tabs or by a drawn frame, marks of Markdown."""

import itertools
import re
from collections.abc import Iterator, Sequence

from scripts.importer.read.blocks import Read
from scripts.importer.read.txt_frames import unframed
from scripts.importer.read.txt_marks import unmarked
from scripts.importer.received import Grid, Stretch, Unreadable
from scripts.load.decode import legacy, read_source, utf_16

LINE = re.compile("^.*$", re.MULTILINE)
SEPARATOR = "\t"
FEWEST_ROWS = 3
MOST_BETWEEN, LONGEST_BETWEEN = 3, 40  # lines, and characters of each, between the rows of one table
NUMBERED = re.compile(r"[0-9]{1,3}[.．、]? *\t")


def read_txt(raw: bytes) -> Read:
    """The text of a file in UTF-8 (exactly, with its mark), UTF-16, GBK or Big5. Raises Unreadable."""
    text, bold = unmarked(unframed(_decoded(raw)))
    return Read(text, bold, tuple(_tables(text)))


def _decoded(raw: bytes) -> str:
    text, _ = read_source(raw, "")
    if text is not None:
        return text
    if name := utf_16(raw):
        try:
            return raw.decode(name)
        except UnicodeDecodeError as error:
            raise Unreadable("这个文件像是 UTF-16 编码，却有坏掉的字节。请重新取得原文，存为 UTF-8。") from error
    name, text = legacy(raw)
    if not name:
        raise Unreadable(
            "认不出这个文件的编码：不是 UTF-8、UTF-16、GBK，也不是 Big5。"
            "请用记事本打开它，看清没有乱码，再另存为 UTF-8 编码的 .txt。"
        )
    return text


def _tables(text: str) -> Iterator[Grid]:
    """Every table: lines in a row with the same separators; only what clearly is one."""
    rows = [found.span() for found in LINE.finditer(text)]
    for group in _groups(text, rows):
        if len(group) >= FEWEST_ROWS:
            cells = [_cells(text, row) for row in group]
            if all(sum(end > start for start, end in row) >= 2 for row in (cells[0], cells[1])):
                yield _filled(cells)


def _groups(text: str, rows: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Rows that follow each other; a few short lines between are groups, or what a page break left there."""
    kept: list[Stretch] = []
    between: list[Stretch] = []
    for is_table, group in itertools.groupby(rows, key=lambda row: _is_row(text, row)):
        lines = [row for row in group if text[slice(*row)].strip()]
        if not is_table:
            between = lines
            continue
        if kept and not _goes_on(text, kept, between, lines):
            yield kept
            kept, between = [], []
        kept += [*between, *lines] if kept else lines
    yield kept


def _goes_on(text: str, kept: Sequence[Stretch], between: Sequence[Stretch], lines: Sequence[Stretch]) -> bool:
    """Is a row one of the table above: the head again, or as many cells of which the first is a number?"""
    first, head = (text[slice(*row)].strip() for row in (lines[0], kept[0]))
    is_short = len(between) <= MOST_BETWEEN and all(end - start <= LONGEST_BETWEEN for start, end in between)
    as_many = first.count(SEPARATOR) == head.count(SEPARATOR)
    return is_short and (first == head or (as_many and bool(NUMBERED.match(first))))


def _is_row(text: str, row: Stretch) -> bool:
    return SEPARATOR in text[slice(*row)].strip()


def _cells(text: str, row: Stretch) -> list[Stretch]:
    """The cells of a row, without the white space around them."""
    found = [row[0] + place for place, sign in enumerate(text[slice(*row)]) if sign == SEPARATOR]
    starts, ends = [row[0], *(place + 1 for place in found)], [*found, row[1]]
    return [_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)]


def _trimmed(text: str, start: int, end: int) -> Stretch:
    words = text[start:end]
    if not words.strip():
        return start, start
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def _filled(rows: list[list[Stretch]]) -> Grid:
    """Rows made as long as the longest, with empty cells at their ends."""
    length = max(map(len, rows))
    return tuple((*row, *[(row[-1][1], row[-1][1])] * (length - len(row))) for row in rows)
