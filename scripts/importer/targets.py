"""Quantitative targets of a measure's text: the numbers that it commits to, with what they count and by when."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.check.numbers import numbers
from scripts.importer.dates import limits
from scripts.importer.phrases import BY, HEAD, SCOPE
from scripts.importer.quantities import quantities
from scripts.importer.readings import Reading, read

OPENING = re.compile(
    rf"[，,、\s]{{0,3}}(?:{HEAD.pattern}|{SCOPE.pattern}){{0,3}}"
)  # what may stand between a time and a number
SENTENCE = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True)
class Target:
    """A number that a text promises, in the words and with the meaning of `targets` in a measure; "" where there is none.

    `value` and `value_max` are digits (三十 is 30) without the multiple that belongs to the unit (15万人次: 15, 万人次).
    """

    quote: str
    subject: str
    comparator: str
    value: str
    value_max: str
    unit: str
    scope: str
    by_text: str


def find_targets(text: str) -> list[Target]:
    """The targets of a text, in order, each once."""
    found = list(quantities(text))
    by = _times(text)
    starts = [0, *(mark.end() for mark in SENTENCE.finditer(text))]
    made: dict[Target, None] = {}
    used: tuple[int, int] | None = None
    for reading in read(text, found):
        begin = starts[bisect_right(starts, reading.quantity.start) - 1]
        time = _latest(by, begin, reading.quantity.start)
        target = _target(text, reading, time, time != used)
        used = time
        if target:
            made.setdefault(target)
    return list(made)


def _times(text: str) -> list[tuple[int, int]]:
    """Where a time is named by which something is due."""
    dates = [(limit.start, limit.end) for limit in limits(text)]
    loose = [found.span() for found in BY.finditer(text)]
    return sorted({*dates, *(one for one in loose if not any(date[0] <= one[0] < date[1] for date in dates))})


def _latest(by: Sequence[tuple[int, int]], begin: int, end: int) -> tuple[int, int] | None:
    place = bisect_right(by, (end, 0)) - 1
    return by[place] if place >= 0 and by[place][0] >= begin and by[place][1] <= end else None


def _target(text: str, reading: Reading, time: tuple[int, int] | None, is_first: bool) -> Target | None:
    start, end = reading.start, reading.end
    # The first number behind 到2022年 is quoted with it, the others are not.
    if time and is_first and time[1] <= start and OPENING.fullmatch(text, time[1], start):
        start = time[0]
    quantity, quote = reading.quantity, text[start:end]
    subject, values = text[slice(*reading.subject)], {quantity.low, quantity.high} - {""}
    words_are_quoted = all(word in quote for word in (subject, quantity.unit, reading.comparator))
    if not subject.strip() or not words_are_quoted or not values <= numbers(quote):
        return None  # the checker would refuse it
    return Target(
        quote=quote,
        subject=subject,
        comparator=reading.comparator,
        value=quantity.low,
        value_max=quantity.high,
        unit=quantity.unit,
        scope=text[slice(*reading.scope)],
        by_text=text[slice(*time)] if time else "",
    )
