"""A document as received: its text, and what its format says beyond the text."""

from dataclasses import dataclass

Stretch = tuple[int, int]  # start, end: 0-based code points of the text, end excluded
# Rows of cells, all of one length. An empty cell is (n, n); one that goes over several rows or columns is the same stretch
# in each.
Grid = tuple[tuple[Stretch, ...], ...]


class Unreadable(Exception):
    """A document from which no text can be had. The message, in Chinese, says what is wrong and what to do."""


@dataclass(frozen=True)
class Received:
    text: str  # what is archived as source.txt, as UTF-8
    bold: tuple[Stretch, ...]  # in order: words in a bold weight or a black face (黑体)
    tables: tuple[Grid, ...]  # in order; a table within a cell is text of that cell
    raw: bytes  # the file, byte for byte
    suffix: str  # its kind: ".docx"
    black: tuple[Stretch, ...] = ()  # of `bold`, the words in a black face
