"""Which stretch of the source is what: parts, the official parts of measures, and the words that were annotated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.characters import solid
from scripts.importer.dates import limits
from scripts.importer.draft import Drafted
from scripts.importer.entry import Entry
from scripts.importer.page.places import OFFICIAL, Place, in_source
from scripts.importer.received import Stretch
from scripts.importer.script import Script

# Annotated words of a measure: field, letter of the ids of its rows, how a row names the words.
QUOTED = (("inner_deadlines", "e", "quote"), ("targets", "t", "quote"), ("instruments", "i", "title"))


@dataclass(frozen=True)
class Mark:
    """A stretch of the source (0-based code points, end excluded) and what it is."""

    start: int
    end: int
    kind: str  # number, heading, clause, deadline, department, lead, inner_deadlines, targets, instruments
    id: str = ""  # of the same words in a card: m3-d1; "" where the card has them as a part


def marks(script: Script, place: Place) -> Iterator[Mark]:
    """The marks within a measure; none in any other part."""
    entry, measure = place.entry, place.measure
    if not entry or not measure:
        return
    for part in OFFICIAL:
        stretch = getattr(entry, part)
        if part != "text" and stretch and stretch[0] < stretch[1]:
            yield Mark(*in_source(script, *stretch), part)
    if entry.heading_end:
        yield Mark(*in_source(script, entry.text[0], entry.heading_end), "heading")
    for stretch, kind, id in (*_departments(script, entry, measure), *_quotes(script, entry, measure)):
        yield Mark(*in_source(script, *stretch), kind, f"{place.id}-{id}")


def _departments(script: Script, entry: Entry, measure: Drafted) -> Iterator[tuple[Stretch, str, str]]:
    """Every place at which a listed department is named; a name that was taken apart holds several."""
    listed: Sequence[str] = measure.values.get("departments", ())
    leads = measure.values.get("lead", {}).get("departments", ())
    words = [solid(name) for name in listed]
    for name in entry.names:
        written = script.solid[name.start : name.end]
        for number, word in enumerate(words):
            offset = written.find(word)
            if offset >= 0 and (written == word or written not in words):
                start = name.start + offset
                kind = "lead" if listed[number] in leads else "department"
                yield (start, start + len(word)), kind, f"d{number + 1}"


def _quotes(script: Script, entry: Entry, measure: Drafted) -> Iterator[tuple[Stretch, str, str]]:
    """The words of time limits, targets and cited documents, each where it stands first."""
    text = script.solid[slice(*entry.text)]
    written = str(measure.values.get("text", ""))
    dates = {
        written[limit.start : limit.end]: len(solid(written[: limit.start])) for limit in reversed([*limits(written)])
    }
    for field, letter, named in QUOTED:
        for number, row in enumerate(measure.values.get(field, {}).values(), 1):
            quote = solid(row[named])
            offset = dates.get(row[named], -1) if field == "inner_deadlines" else text.find(quote)
            if quote and offset >= 0 and text.startswith(quote, offset):
                start = entry.text[0] + offset
                yield (start, start + len(quote)), field, f"{letter}{number}"
