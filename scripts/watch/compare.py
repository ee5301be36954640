"""Find an archived text in a page, white space and layout characters aside, and say where the two differ.

Before and behind the text a page may hold what it likes. Within it, every character must stand, and no other.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from scripts.characters import solid, solid_places

RUN = 12  # equal characters in a row that are no coincidence
SHORT = 4  # fewer equal characters than this between two differences do not part them
CONTEXT = 20  # characters shown before and behind a difference
NEAR = 200  # characters of a page, beyond the length of what is missing, in which the missing words are looked for
COMPARABLE = 40_000_000  # pairs of characters; a larger stretch is told as a whole
FIGURE = set("0123456789.%０１２３４５６７８９．％")

Span = tuple[int, int, int, int]  # start and end in the archived text, start and end in the page


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One stretch that differs, and the words around it. `was` is empty where words came, `now` where they went."""

    before: str
    was: str
    now: str
    after: str


def share(archived: str, page: str) -> float:
    """How much of the archived text stands somewhere in the page, from 0 to 1."""
    mine = set(_runs(solid(archived)))
    return len(mine.intersection(_runs(solid(page)))) / len(mine) if mine else float(solid(archived) in solid(page))


def differences(archived: str, page: str) -> tuple[Difference, ...]:
    """In the order of the text; () if the page holds the archived text whole and in one piece."""
    a, p = solid(archived), solid(page)
    if a in p:
        return ()
    places, places_there = solid_places(archived), solid_places(page)
    spans = (_from_a_line(span, a, p, places, places_there) for span in _spans(a, p))
    return tuple(
        Difference(
            before=_cut(archived, places, max(0, start - CONTEXT), start),
            was=_cut(archived, places, start, end),
            now=_cut(page, places_there, there, there_end),
            after=_cut(archived, places, end, end + CONTEXT),
        )
        for start, end, there, there_end in _joined(_whole_figures(span, a, p, places) for span in spans)
    )


def _runs(text: str) -> Iterator[str]:
    return (text[index : index + RUN] for index in range(len(text) - RUN + 1))


def _cut(text: str, places: list[int], start: int, end: int) -> str:
    stretch = places[start:end]
    return re.sub(r"\s+", " ", text[stretch[0] : stretch[-1] + 1]) if stretch else ""


def _spans(a: str, p: str) -> Iterator[Span]:
    """Every stretch that differs, in order."""
    blocks = list(_blocks(a, p))
    if not blocks:
        spans = _gap(a, p, 0, len(a), 0, len(p))
        yield from (span for span in spans if span[0] < span[1] or 0 < span[0] < len(a))
        return
    start, there, _ = blocks[0]
    yield from _before(a, p, start, there)
    for (x, y, length), (next_x, next_y, _) in pairwise(blocks):
        yield from _gap(a, p, x + length, next_x, y + length, next_y)
    x, y, length = blocks[-1]
    yield from _behind(a, p, x + length, y + length)


def _blocks(a: str, p: str) -> Iterator[tuple[int, int, int]]:
    """Stretches that are equal, in order: start in each, and length. They grow from runs that each text has once."""
    once, once_there = _once(a), _once(p)
    anchors = [run for run in once if run in once_there]
    matcher = SequenceMatcher(None, anchors, [run for run in once_there if run in once], autojunk=False)
    end = end_there = 0
    for first, _, count in matcher.get_matching_blocks():
        for run in anchors[first : first + count]:
            x, y = once[run], once_there[run]
            if x < end or y < end_there:
                continue
            while x > end and y > end_there and a[x - 1] == p[y - 1]:
                x, y = x - 1, y - 1
            length = RUN
            while x + length < len(a) and y + length < len(p) and a[x + length] == p[y + length]:
                length += 1
            end, end_there = x + length, y + length
            yield x, y, length


def _once(text: str) -> dict[str, int]:
    """The runs that stand in a text only once, and where."""
    places: dict[str, int] = {}
    for index, run in enumerate(_runs(text)):
        places[run] = -1 if run in places else index
    return {run: index for run, index in places.items() if index >= 0}


def _gap(a: str, p: str, start: int, end: int, there: int, there_end: int) -> Iterator[Span]:
    """The differences between two stretches that stand for each other."""
    if (end - start) * (there_end - there) > COMPARABLE:
        yield start, end, there, there_end
        return
    # autojunk would ignore frequent characters, and in Chinese text nearly all are
    matcher = SequenceMatcher(None, a[start:end], p[there:there_end], autojunk=False)
    for tag, a1, a2, p1, p2 in matcher.get_opcodes():
        if tag != "equal":
            yield start + a1, start + a2, there + p1, there + p2


def _behind(a: str, p: str, start: int, there: int) -> Iterator[Span]:
    """What is left of the archived text behind the last block; the rest of the page is the page's own."""
    there_end = min(len(p), there + 2 * (len(a) - start) + NEAR)
    # A menu has words of the text too: short ones are no sign that the text goes on there.
    for x, x_end, y, y_end in _joined(_gap(a, p, start, len(a), there, there_end), RUN):
        if x_end < len(a):
            yield x, x_end, y, y_end
        elif x < x_end:
            # A few characters may have become others; a paragraph has not become the page's footer.
            yield x, x_end, y, min(y_end, y + x_end - x) if x_end - x < RUN else y


def _before(a: str, p: str, start: int, there: int) -> list[Span]:
    """What is left before the first block: the same, read backwards."""
    spans = _behind(a[:start][::-1], p[:there][::-1], 0, 0)
    return [(start - x_end, start - x, there - y_end, there - y) for x, x_end, y, y_end in spans][::-1]


def _from_a_line(span: Span, a: str, p: str, places: list[int], places_there: list[int]) -> Span:
    """Words that came or went, told as a line and not from its second character to the first of the next line."""
    start, end, there, there_end = span
    if start < end and there < there_end:
        return span
    text, at, first, last = (a, places, start, end) if start < end else (p, places_there, there, there_end)
    for back in range(last - first):
        if first == back or at[first - back] - at[first - back - 1] > 1:
            return start - back, end - back, there - back, there_end - back
        if min(start, there) == back or not (
            a[start - back - 1] == p[there - back - 1] and text[first - back - 1] == text[last - back - 1]
        ):
            break
    return span


def _whole_figures(span: Span, a: str, p: str, places: list[int]) -> Span:
    """2022.12 became 2023.12: a reader wants to see that, not that 2 became 3."""
    start, end, there, there_end = span
    if not FIGURE.intersection(a[start:end] + p[there:there_end]):
        return span
    # Characters that stand side by side only without white space are of two figures.
    while 0 < start < len(a) and there and a[start - 1] == p[there - 1] and a[start - 1] in FIGURE:
        if places[start] - places[start - 1] > 1:
            break
        start, there = start - 1, there - 1
    while 0 < end < len(a) and there_end < len(p) and a[end] == p[there_end] and a[end] in FIGURE:
        if places[end] - places[end - 1] > 1:
            break
        end, there_end = end + 1, there_end + 1
    return start, end, there, there_end


def _joined(spans: Iterable[Span], apart: int = SHORT) -> Iterator[Span]:
    """Differences with fewer than `apart` characters between them are one."""
    last: Span | None = None
    for span in spans:
        if last and span[0] - last[1] < apart:
            last = (last[0], max(last[1], span[1]), last[2], max(last[3], span[3]))
        else:
            if last:
                yield last
            last = span
    if last:
        yield last
