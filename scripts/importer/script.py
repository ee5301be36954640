"""An official text as its characters that count, and how any stretch of it is written in a record."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from scripts.characters import solid_places, width
from scripts.check.source import PARAGRAPH

WIDE = "WFA"  # classes of characters that a page sets at full width
WRAPPED = 0.6  # share of the lines that are full, in a text that was wrapped by a machine
FULL = 0.85  # of the longest lines, by which a line is full
SHORT = 4  # characters, or fewer, on which no judgement of a wrap is based


@dataclass(frozen=True)
class Script:
    """Positions in `solid` (0-based) are what all stages of the import count by; `places` leads back to the source."""

    source: str
    bold: tuple[tuple[int, int], ...] = ()  # stretches of the source that bear a bold or black face
    places: tuple[int, ...] = field(init=False)
    solid: str = field(init=False)

    def __post_init__(self) -> None:
        places = tuple(solid_places(self.source))
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "solid", "".join(self.source[place] for place in places))

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """Positions at which a line of the source begins."""
        starts = {0}
        for found in re.finditer("[\n\r\f\v\x85\u2028\u2029]", self.source):
            starts.add(bisect_left(self.places, found.end()))
        return frozenset(starts)

    @cached_property
    def is_wrapped(self) -> bool:
        """Were lines broken at a width, wherever that fell, rather than at paragraphs?"""
        lengths = sorted(width(line.strip(), WIDE) for line in self.source.splitlines() if len(line.strip()) > SHORT)
        if len(lengths) < 8:
            return False
        widest = lengths[-max(1, len(lengths) // 20)]
        full = [length for length in lengths if length >= widest * FULL]
        return len(full) >= WRAPPED * len(lengths)

    def line(self, position: int) -> int:
        """The line of the source (from 1) on which a position stands."""
        place = self.places[min(position, len(self.places) - 1)] if self.places else 0
        return self.source.count("\n", 0, place) + 1

    def written(self, start: int, end: int) -> str:
        """A stretch as a record has it: wraps joined, paragraphs kept, spaces within lines as they are."""
        if start >= end:
            return ""
        lines = self.source[self.places[start] : self.places[end - 1] + 1].splitlines()
        rows = [line.strip() for line in lines]
        made = ""
        for row in filter(None, rows):
            made += f"{self._joint(made, row) if made else ''}{row}"
        return made

    def _joint(self, before: str, after: str) -> str:
        """What stands between two lines of a stretch in a record."""
        if PARAGRAPH.search(before) and not self.is_wrapped:
            return "\n"
        latin = before[-1].isascii() and after[0].isascii() and before[-1].isalnum() and after[0].isalnum()
        return " " if latin else ""
