"""Read a text file: its encoding, and tables whose cells are set apart by tabs or bars."""

import itertools
import re
from collections.abc import Iterator, Sequence

from scripts.importer.read.blocks import Read
from scripts.importer.received import Grid, Stretch, Unreadable
from scripts.load.decode import legacy, read_source, utf_16

LINE = re.compile("^.*$", re.MULTILINE)
SEPARATORS = (re.compile("\t"), re.compile("[|｜│]"))
RULE = re.compile(r"[\s|｜│:：+\-—─┼├┤]*[\-—─┼]{2}[\s|｜│:：+\-—─┼├┤]*")  # a line that only draws the frame
FEWEST_ROWS, FEWEST_SEPARATORS = 3, 2
MOST_BETWEEN, LONGEST_BETWEEN = 3, 40  # lines, and characters of each, between the rows of one table
NUMBERED = re.compile(r"[|｜│\s]*[0-9]{1,3}[.．、]?\s*[\t|｜│]")


def read_txt(raw: bytes) -> Read:
    """The text of a file in UTF-8 (exactly, with its mark), UTF-16, GBK or Big5. Raises Unreadable."""
    text = _decoded(raw)
    return Read(text, tables=tuple(_tables(text)))


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
    for separator in SEPARATORS:
        for group in _groups(text, rows, separator):
            inside = [row for row in group if not RULE.fullmatch(text, *row)]
            if len(inside) >= FEWEST_ROWS:
                cells = [_cells(text, row, separator) for row in inside]
                if all(sum(end > start for start, end in row) >= 2 for row in (cells[0], cells[1])):
                    yield _filled(cells)


def _groups(text: str, rows: Sequence[Stretch], separator: re.Pattern[str]) -> Iterator[list[Stretch]]:
    """Rows that follow each other; a few short lines between are groups, or what a page break left there."""
    kept: list[Stretch] = []
    between: list[Stretch] = []
    for is_table, group in itertools.groupby(rows, key=lambda row: _is_row(text, row, separator)):
        lines = [row for row in group if text[slice(*row)].strip()]
        if not is_table:
            between = lines
            continue
        if kept and not _goes_on(text, kept, between, lines, separator):
            yield kept
            kept, between = [], []
        kept += [*between, *lines] if kept else lines
    yield kept


def _goes_on(
    text: str, kept: Sequence[Stretch], between: Sequence[Stretch], lines: Sequence[Stretch], separator: re.Pattern[str]
) -> bool:
    """Is a row one of the table above: the head again, or as many cells of which the first is a number?"""
    first, head = (text[slice(*row)].strip() for row in (lines[0], kept[0]))
    is_short = len(between) <= MOST_BETWEEN and all(end - start <= LONGEST_BETWEEN for start, end in between)
    as_many = len(separator.findall(first)) == len(separator.findall(head))
    return is_short and (first == head or (as_many and bool(NUMBERED.match(first))))


def _is_row(text: str, row: Stretch, separator: re.Pattern[str]) -> bool:
    return len(separator.findall(text, *row)) >= FEWEST_SEPARATORS or bool(RULE.fullmatch(text, *row))


def _cells(text: str, row: Stretch, separator: re.Pattern[str]) -> list[Stretch]:
    """The cells of a row, without the white space around them and the bars at both of its ends."""
    found = list(separator.finditer(text, *row))
    starts, ends = [row[0], *(one.end() for one in found)], [*(one.start() for one in found), row[1]]
    cells = [_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)]
    framed = bool(found) and "\t" not in found[0].group()
    if framed and cells[0][0] == cells[0][1]:
        del cells[0]
    if framed and cells[-1][0] == cells[-1][1]:
        del cells[-1]
    return cells


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
