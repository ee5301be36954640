"""An official text as its characters that count, and how any stretch of it is written in a record."""

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from scripts.characters import INVISIBLE, joint, solid_places, width
from scripts.check.clause import LABEL
from scripts.check.source import LINE_END, PARAGRAPH, line_starts

# A page number on a line of its own: between dashes, in words, or bare where a page ends or begins.
PAGE = re.compile(
    "(?:^|(?<=[\n\r\f\v\u2028\u2029]))[^\\S\n\f]*"
    "([-—–－_·•]+[^\\S\n\f]*[0-9]{1,4}[^\\S\n\f]*[-—–－_·•]+|第[^\\S\n\f]*[0-9]{1,4}[^\\S\n\f]*页(?:[^\\S\n\f]*[，,/]?[^\\S\n\f]*共[^\\S\n\f]*[0-9]{1,4}[^\\S\n\f]*页)?"
    "|[#=*—–-]*[^\\S\n\f]*[Pp]age[^\\S\n\f]*[0-9]{1,4}(?:[^\\S\n\f]*(?:of|/)[^\\S\n\f]*[0-9]{1,4})?[^\\S\n\f]*[:：]?[^\\S\n\f]*[#=*—–-]*"
    "|[0-9]{1,4}(?=[^\\S\n\f]*\n?\f)|(?<=\f)[0-9]{1,4})"
    "(?=[^\\S\n\f]*(?:[\n\r\f\v\u2028\u2029]|$))"
)
# One within a line, where the line ends were lost: such numbers follow each other.
PAGE_WITHIN = re.compile(r"(?<![A-Za-z])[-—–－] ?([0-9]{1,3}) ?[-—–－](?:(?<= [—－])|(?![0-9A-Za-z]))")
LABEL_BEGINS = re.compile(rf"(?:{LABEL.pattern})[：:]")  # of a line of a clause: 配合单位：…
INDENT = re.compile("^(?:[ \t]{2,}|[ \t]*\u3000+)(?=\\S)", re.MULTILINE)
FEW, MANY = 0.02, 0.7
WIDE = "WFA"  # classes of characters that a page sets at full width
WRAPPED = 0.45  # share of the lines that end within a sentence that are full, in a text that was wrapped by a machine
FEWEST = 0.15  # share of the lines that are full then, and that end within a sentence
PAGE_WIDTH = 120  # columns; longer lines are paragraphs
FULL = 0.85  # of the longest lines, by which a line is full
ONE_LINE = 3  # lines, or fewer, of a text whose line ends were lost
NO_PARAGRAPH = 1_500  # characters: a line that has more is a page whose line ends were lost
LONG, MOST_OF_ALL = 400, 0.7  # as is a shorter one that holds this share of all
FILLED, ALL, FEWEST_LINES = 0.9, 0.95, 20  # of the longest, of the lines, lines: where no line end is a paragraph's
FEW_LONG = 8  # lines that are not short, below which nothing is known of a width
SHORT = 4  # characters, or fewer, on which no judgement of a wrap is based


@dataclass(frozen=True)
class Script:
    """Positions in `solid` (0-based) are what all stages of the import count by; `places` leads back to the source."""

    source: str
    bold: tuple[tuple[int, int], ...] = ()  # stretches of the source that bear a bold or black face
    is_of_pages: bool = False  # are its lines those of printed pages?
    black: tuple[tuple[int, int], ...] = ()  # of `bold`, those that bear a black face
    marks: tuple[tuple[int, int], ...] = field(init=False)  # page numbers on lines of their own, of the source
    places: tuple[int, ...] = field(init=False)
    solid: str = field(init=False)

    def __post_init__(self) -> None:
        marks = tuple(found.span(1) for found in PAGE.finditer(self.source)) or _pages_within(self.source)
        object.__setattr__(self, "marks", marks)
        within = {place for start, end in marks for place in range(start, end)}
        places = tuple(place for place in solid_places(self.source) if place not in within)
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "solid", "".join(self.source[place] for place in places))

    @cached_property
    def is_run_on(self) -> bool:
        """Were the line ends lost, so that the text, or all of it but a head, stands in a line or two?"""
        return bool(self._pages_in_a_line)

    @cached_property
    def _own_starts(self) -> frozenset[int]:
        """Positions behind a line end of the source; where all lines were filled, behind those that are not full."""
        starts = line_starts(self.source, self.places)
        ordered = sorted({*starts, len(self.solid)})
        bounds = itertools.pairwise(ordered)
        lines = [self.source[self.places[one] : self.places[other - 1] + 1] for one, other in bounds]
        for lengths in ([width(line, WIDE) for line in lines], [*map(len, lines)]):
            filled = [length >= max(lengths) * FILLED for length in lengths]
            if len(lines) >= FEWEST_LINES and max(lengths) <= PAGE_WIDTH and sum(filled) >= ALL * len(filled):
                ends = (place for place, is_full in zip(ordered[1:], filled, strict=True) if not is_full)
                return frozenset([0, *ends])
        return starts

    @cached_property
    def _pages_in_a_line(self) -> list[tuple[int, int]]:
        """Lines that hold what were many, as stretches."""
        lines = list(itertools.pairwise(sorted({*self._own_starts, len(self.solid)})))
        most = MOST_OF_ALL * len(self.solid)
        if len(self._own_starts) <= ONE_LINE:
            return lines
        return [(one, other) for one, other in lines if other - one > (LONG if other - one > most else NO_PARAGRAPH)]

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """Positions at which a line of the source begins."""
        starts = self._own_starts
        for start, end in self._pages_in_a_line:  # which have spaces where lines ended
            starts |= {place for place in self.spaces if start < place < end and self._begins_line(place)}
        return starts

    def _begins_line(self, place: int) -> bool:
        """Is a space one that stands for a line end: several, or one that is not beside a digit or between letters?"""
        around = self.solid[place - 1 : place + 1]
        many = self.places[place] - self.places[place - 1] > 2
        if re.fullmatch("[（(第一二三四五六七八九十][一二三四五六七八九十）)、]", around):
            return False  # （十 一）
        return many or not (around.isascii() or re.search("[0-9]", around))

    @cached_property
    def spaces(self) -> frozenset[int]:
        """Positions before which a line of the source has a space."""
        behind_marks = {bisect_left(self.places, end) for _, end in self.marks}
        return frozenset(
            place
            for place, (one, other) in enumerate(itertools.pairwise(self.places), 1)
            if other > one + 1 and place not in behind_marks and not LINE_END.search(self.source, one, other)
        )

    @cached_property
    def indented(self) -> frozenset[int]:
        """Positions at which a line begins that is indented; none where nearly all lines are, or hardly any."""
        found = [bisect_left(self.places, match.end()) for match in INDENT.finditer(self.source)]
        share = len(found) / max(1, len(self.line_starts))
        return frozenset(found) if FEW <= share <= MANY else frozenset()

    @cached_property
    def page_width(self) -> int:
        """Columns of the longest lines, a few apart; 0 where there are hardly any."""
        lengths = sorted(width(line, WIDE) for line in self._long_lines)
        return lengths[-max(1, len(lengths) // 20)] if len(lengths) >= FEW_LONG else 0

    @cached_property
    def _long_lines(self) -> list[str]:
        return [line for line in map(str.strip, self.source.splitlines()) if len(line) > SHORT]

    @cached_property
    def is_wrapped(self) -> bool:
        """Were lines broken at a width, wherever that fell, rather than at paragraphs?"""
        if self.is_of_pages:
            return True
        lines, widest = self._long_lines, self.page_width
        if not widest:
            return False
        full = [line for line in lines if width(line, WIDE) >= widest * FULL]
        broken = [line for line in lines if not PARAGRAPH.search(line)]
        by_machine = sum(width(line, WIDE) >= widest * FULL or line.endswith(("，", "、")) for line in broken)
        return (
            widest <= PAGE_WIDTH
            and len(full) >= FEWEST * len(lines)
            and by_machine >= WRAPPED * len(broken)
            and len(broken) >= FEWEST * len(lines)
        )

    def line(self, position: int) -> int:
        """The line of the source (from 1) on which a position stands."""
        place = self.places[min(position, len(self.places) - 1)] if self.places else 0
        return self.source.count("\n", 0, place) + 1

    def written(self, start: int, end: int, heading_end: int = 0) -> str:
        """A stretch as a record has it: wraps joined, paragraphs kept, spaces within lines as they are.

        A heading that a line end divides from its text stays a line of its own.
        """
        if start < heading_end < end and LINE_END.search(
            self.source, self.places[heading_end - 1], self.places[heading_end]
        ):
            return f"{self.written(start, heading_end)}\n{self.written(heading_end, end)}"
        if start >= end:
            return ""
        first, last = self.places[start], self.places[end - 1] + 1
        source = self.source[first:last]
        for one, other in reversed(self.marks):
            if first <= one and other <= last:
                source = f"{source[: one - first]}\n{source[other - first :]}"
        rows = [line.strip() for line in INVISIBLE.sub("", source).splitlines()]
        made = ""
        for row in filter(None, rows):
            made += f"{self._joint(made, row) if made else ''}{row}"
        return made

    def _joint(self, before: str, after: str) -> str:
        """What stands between two lines of a stretch in a record."""
        if PARAGRAPH.search(before) and not self.is_wrapped:
            return "\n"
        return " " if LABEL_BEGINS.match(after) else joint(before, after)


def _pages_within(source: str) -> tuple[tuple[int, int], ...]:
    """The page numbers of a text whose line ends were lost: two or more that count on by one from the first."""
    found: list[re.Match] = []
    for one in PAGE_WITHIN.finditer(source):
        if not found or int(one[1]) == int(found[-1][1]) + 1:
            found.append(one)
    return tuple(one.span() for one in found) if len(found) > 1 else ()
