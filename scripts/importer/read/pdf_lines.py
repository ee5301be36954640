"""Lines of text from the characters of a PDF page, in reading order, of two columns one after the other."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.importer.read.blocks import Line, Run, joined
from scripts.importer.read.pdf_signs import Sign

OVERLAP = 0.5  # of the smaller height, by which two characters stand on one line
LATIN_GAP, HAN_GAP = 0.2, 0.6  # of the height: a wider gap between two characters is a space
PLACES = [share / 100 for share in range(35, 66)]  # of the width, at which two columns may be parted
GUTTER = 1.0  # the least distance of two columns, in heights of a line
FEWEST_LINES = 4  # in each column
NARROWEST = 8  # heights of a line that a column is wide
FAR = 3  # heights of a line: what stands further apart is another block
PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?[-—–－·\s]*")
RAISED = 0.75  # of the height of most of a line, by which a digit is small; its other share, by which it is raised
SMALL = 0.8  # of the height of the other lines, by which a line is of a footnote
NOTE_MARK = re.compile(
    r"[0-9]{1,2}(?=(?:19|20)[0-9]{2}年)|[0-9]{1,2}(?![0-9.．、年月])|[①-⑳*＊※]|[\[［〔][0-9]{1,2}[\]］〕]|注[0-9]?[：:]"
)
FULL, SHARE_FULL = 3, 0.6  # a line is full that ends so many heights before the column does; this share of them is


@dataclass(frozen=True)
class TextLine:
    line: Line
    top: float
    bottom: float
    height: float  # of most of its characters


def text_lines(signs: Iterable[Sign], gutter: float = 0.0) -> list[TextLine]:
    """The lines of a part of a page. `gutter`: where other pages are parted into two columns, in points; 0 if none is."""
    return [line for row in _in_order(_rows(signs), gutter) if any((line := _line(row)).line)]


def gutter_of(pages: Iterable[Iterable[Sign]]) -> float:
    """Where most of the pages that have two columns are parted, in points from the left; 0 if none has."""
    found = [place for signs in pages if (place := _columns(_rows(signs))[2])]
    return statistics.median(found) if found else 0.0


def _in_order(rows: Sequence[list[Sign]], gutter: float) -> list[list[Sign]]:
    """Rows as they are read: where there are two columns, all of the left one come first."""
    start, end, place = _columns(rows)
    if start == end and gutter:
        start, end, place = _columns(rows, gutter)
    if start == end:
        return list(rows)
    made = list(rows[:start])
    for is_right in (False, True):
        made += _rows(sign for row in rows[start:end] for sign in row if (sign.centre > place) == is_right)
    return made + _in_order(rows[end:], gutter)


def _rows(signs: Iterable[Sign]) -> list[list[Sign]]:
    """Characters by lines from top to bottom, each from left to right."""
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda one: (one.middle, one.x0)):
        if rows and _on_one_line(rows[-1][-1], sign):
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _on_one_line(one: Sign, other: Sign) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= OVERLAP * min(one.height, other.height)


def _line(row: Sequence[Sign]) -> TextLine:
    runs: list[Run] = []
    before: Sign | None = None
    raised = _raised(row)
    for place, sign in enumerate(row):
        if before and _is_gap(before, sign):
            runs.append(Run(" ", before.bold and sign.bold, before.black and sign.black))
        opens = "[" if place in raised and place - 1 not in raised else ""
        closes = "]" if place in raised and place + 1 not in raised else ""
        runs.append(Run(f"{opens}{sign.text}{closes}", sign.bold, sign.black))
        before = sign
    while runs and not runs[-1].text.strip():
        runs.pop()
    height = statistics.median(sign.height for sign in row)
    return TextLine(joined(runs), min(sign.top for sign in row), max(sign.bottom for sign in row), height)


def _raised(row: Sequence[Sign]) -> set[int]:
    """The places of the digits that lead to a footnote: small and raised, behind a Chinese character or first; no m²."""
    height = statistics.median(sign.height for sign in row)
    bottom = statistics.median(sign.bottom for sign in row)
    found: set[int] = set()
    for place, sign in enumerate(row):
        is_raised = sign.height <= RAISED * height and bottom - sign.bottom >= (1 - RAISED) * height
        begins = place == 0 or place - 1 in found or not row[place - 1].text.isascii()
        if is_raised and sign.text.isdecimal() and begins:
            found.add(place)
    return found


def without_notes(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of a page, and those of the footnotes below them: smaller, the first with a mark, above the page number."""
    body = statistics.median(line.height for line in lines) if lines else 0.0
    end = len(lines)
    while end and PAGE_NUMBER.fullmatch(_words(lines[end - 1])):
        end -= 1
    start = end
    while start and lines[start - 1].height <= SMALL * body:
        start -= 1
    while start < end and not NOTE_MARK.match(_words(lines[start])):
        start += 1
    return [*lines[:start], *lines[end:]], list(lines[start:end])


def _words(line: TextLine) -> str:
    return "".join(run.text for run in line.line).strip()


def _is_gap(before: Sign, after: Sign) -> bool:
    if before.text.isspace() or after.text.isspace():
        return False
    latin = before.text.isascii() and after.text.isascii()
    return after.x0 - before.x1 > (LATIN_GAP if latin else HAN_GAP) * min(before.height, after.height)


def _columns(rows: Sequence[Sequence[Sign]], gutter: float = 0.0) -> tuple[int, int, float]:
    """(first row, row behind the last, where they are parted) of two columns; (0, 0, 0) where none are clear.

    `gutter`: where they are parted on other pages, by which the right one may be short on this one.
    """
    inked = [[sign for sign in row if sign.text.strip()] for row in rows]
    if sum(map(bool, inked)) < FEWEST_LINES:
        return 0, 0, 0
    left = min(sign.x0 for row in inked for sign in row)
    right = max(sign.x1 for row in inked for sign in row)
    best = (0, 0, 0.0)
    for place in [gutter] if gutter else [left + (right - left) * share for share in PLACES]:
        start = 0
        for at in range(len(inked) + 1):
            ends = at == len(inked) or any(_crosses(sign, place) for sign in inked[at])
            if ends or (at > start and _is_apart(inked[at - 1], inked[at])):
                if at - start > best[1] - best[0] and _are_columns(inked[start:at], place, bool(gutter)):
                    best = (start, at, place)
                start = at + 1 if ends else at
    return best


def _is_apart(row: Sequence[Sign], following: Sequence[Sign]) -> bool:
    """Does a row below begin something else: a page number, or what stands far from the row above?"""
    if not (row and following):
        return False
    far = following[0].top - row[0].bottom > FAR * row[0].height
    return far or bool(PAGE_NUMBER.fullmatch("".join(sign.text for sign in following)))


def _crosses(sign: Sign, place: float) -> bool:
    half = sign.height * GUTTER / 2
    return sign.x0 < place + half and sign.x1 > place - half


def _are_columns(rows: Sequence[Sequence[Sign]], place: float, is_known: bool) -> bool:
    """Do rows hold two columns of running text? Most lines of both are full, unlike those of a list with values.

    `is_known`: other pages have them; then the right one may be as short as it is.
    """
    if is_known and not any(sign.centre > place for row in rows for sign in row):
        return False
    for is_right in (False,) if is_known else (False, True):
        halves = [[sign for sign in row if (sign.centre > place) == is_right] for row in rows]
        ends = [(half[0].x0, half[-1].x1, half[0].height) for half in halves if half]
        if len(ends) < FEWEST_LINES:
            return False
        left, right = min(one[0] for one in ends), max(one[1] for one in ends)
        full = sum(right - end <= FULL * height for _, end, height in ends)
        if full < SHARE_FULL * len(ends) or right - left < NARROWEST * ends[0][2]:
            return False
    return True
