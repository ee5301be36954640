"""The source as a page shows it: line by line, every character kept, cut where what it stands for changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from scripts.check.source import INVISIBLE
from scripts.importer.page.marks import Mark
from scripts.importer.page.places import Place
from scripts.importer.received import Stretch

NAMED = {"\f": "换页"}  # characters that no font shows, beside those without width


@dataclass(frozen=True)
class Run:
    """Characters that stand for the same."""

    text: str
    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()  # of the annotated words to which they belong
    begins: tuple[str, ...] = ()  # those of them that begin here
    sign: str = ""  # what a reader sees in place of a character that has no shape: U+202E

    @property
    def is_return(self) -> bool:
        """A carriage return, which a page has to write as a reference."""
        return self.text == "\r"


@dataclass(frozen=True)
class Group:
    """What a line has of one part or measure; `place` is None between them."""

    place: Place | None
    begins: bool  # is this the beginning of the part?
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Line:
    number: int  # from 1
    groups: tuple[Group, ...]

    @property
    def is_blank(self) -> bool:
        return not any(run.text.strip() or run.sign for group in self.groups for run in group.runs)


def lines(source: str, places: Sequence[Place], marks: Iterable[Mark], missing: Sequence[Stretch]) -> Iterator[Line]:
    """The lines of a source, as Script.line counts them. Their texts, one behind the other, are the source."""
    cut = _cut(source, places, [*marks, *(Mark(*one, "missing", f"missing-{n}") for n, one in enumerate(missing, 1))])
    for number, line in groupby(cut, key=lambda one: one.line):
        groups = ([*group] for _, group in groupby(line, key=lambda one: one.place.id if one.place else ""))
        yield Line(
            number,
            tuple(
                Group(
                    first.place,
                    bool(first.place) and first.place.start == first.start,
                    (first.run, *(one.run for one in rest)),
                )
                for first, *rest in groups
            ),
        )


@dataclass(frozen=True)
class _Cut:
    line: int
    place: Place | None
    start: int
    run: Run


def _cut(source: str, places: Sequence[Place], marks: Sequence[Mark]) -> Iterator[_Cut]:
    """Runs in order: at each edge a line, a part or a mark begins or ends, or a character without shape stands."""
    odd = {one: _sign(source[one]) for found in INVISIBLE.finditer(source) for one in range(*found.span())}
    odd |= {one: _sign(character) for one, character in enumerate(source) if character in "\r\f"}
    ends = {place + 1 for place, character in enumerate(source) if character == "\n"}
    edges = {0, len(source), *ends, *odd, *(one + 1 for one in odd)}
    edges.update(edge for one in (*places, *marks) for edge in (one.start, one.end))
    waiting, opened = sorted(marks, key=lambda mark: -mark.start), []
    owner, line = _owners(places), 1
    for start, end in pairwise(sorted(edges)):
        line += start in ends
        while waiting and waiting[-1].start <= start:
            opened.append(waiting.pop())
        opened = [mark for mark in opened if mark.end > start]
        kinds, ids = [mark.kind for mark in opened], [mark.id for mark in opened if mark.id]
        begun = [mark.id for mark in opened if mark.id and mark.start == start]
        run = Run(source[start:end], _once(kinds), _once(ids), _once(begun), odd.get(start, ""))
        yield _Cut(line, owner(start), start, run)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _sign(character: str) -> str:
    return "" if character == "\r" else NAMED.get(character, f"U+{ord(character):04X}")


def _owners(places: Sequence[Place]) -> Callable[[int], Place | None]:
    """Which part holds a position, asked from the front to the back; a page number goes before what it stands in."""
    waiting = sorted(places, key=lambda place: -place.start)
    opened: list[Place] = []

    def owner(position: int) -> Place | None:
        while waiting and waiting[-1].start <= position:
            opened.append(waiting.pop())
        while opened and opened[-1].end <= position:
            opened.pop()
        return opened[-1] if opened else None

    return owner
