"""Where the parts and measures of a draft stand in the source, and whether the draft holds every character of it."""

import itertools
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from scripts.characters import solid
from scripts.importer.draft import Draft, Drafted, written_part
from scripts.importer.entry import Entry
from scripts.importer.received import Stretch
from scripts.importer.script import Script

OFFICIAL = ("number", "text", "clause", "deadline")


@dataclass(frozen=True)
class Place:
    """A part or a measure, and its stretch of the source (0-based code points, end excluded)."""

    id: str  # m1, m2 … for measures, p1, p2 … for parts
    kind: str  # measure, or a kind of policy.yml's parts
    text: str  # of a part, as drafted
    start: int
    end: int
    entry: Entry | None = None  # both of a measure
    measure: Drafted | None = None


@dataclass(frozen=True)
class Coverage:
    """How many characters count, how many of them are not in the draft, and where (stretches of the source)."""

    total: int
    missed: int
    missing: tuple[Stretch, ...]
    pages: int  # page numbers, which do not count


def in_source(script: Script, start: int, end: int) -> Stretch:
    """A stretch of the script, which is not empty, as one of the source."""
    return script.places[start], script.places[end - 1] + 1


def places(draft: Draft) -> tuple[Place, ...]:
    """Everything that the draft holds of the source, in its order. A page number may stand within another part."""
    script, found = draft.document.script, []
    measures, parts = itertools.count(1), itertools.count(1)
    for piece in draft.document.pieces:
        start, end = in_source(script, piece.start, piece.end)
        if isinstance(piece, Entry):
            number = next(measures)
            found.append(Place(f"m{number}", "measure", "", start, end, piece, draft.measures[number - 1]))
        else:
            found.append(Place("", piece.kind, written_part(script, piece), start, end))
    found += (Place("", "page_number", script.source[start:end], start, end) for start, end in script.marks)
    found.sort(key=lambda place: place.start)
    return tuple(
        place if place.id else Place(f"p{next(parts)}", place.kind, place.text, place.start, place.end)
        for place in found
    )


def coverage(draft: Draft) -> Coverage:
    """Compare what the records hold with the source, character by character, layout aside."""
    script = draft.document.script
    listed = Counter(next(iter(part.items())) for part in draft.policy.values["parts"])
    held: set[int] = set()
    number = itertools.count()
    for piece in draft.document.pieces:
        if isinstance(piece, Entry):
            measure = draft.measures[next(number)]
            if listed["measure", PurePath(measure.path).stem]:
                for part in OFFICIAL:
                    held |= _held(script, getattr(piece, part), str(measure.values.get(part, "")))
            continue
        written = piece.kind, written_part(script, piece)
        if listed[written]:
            listed[written] -= 1
            held |= _held(script, (piece.start, piece.end), written[1])
    total = len(script.solid)
    rows = [[*row] for is_held, row in itertools.groupby(range(total), key=held.__contains__) if not is_held]
    missing = tuple(in_source(script, row[0], row[-1] + 1) for row in rows)
    return Coverage(total, total - len(held), missing, len(script.marks))


def _held(script: Script, stretch: Stretch | None, text: str) -> set[int]:
    """The places of a stretch of the script, if a record's text says the same."""
    if not stretch or solid(text) != script.solid[slice(*stretch)]:
        return set()
    return set(range(*stretch))
