"""What changed, arranged for the pages: by release, by record, and the corrections alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.ledger import Change, Ledger, Release
from scripts.wording import (
    Piece,
    address_of,
    by_record,
    excerpt,
    field_of,
    name_of,
    summary,
    values_of,
    verb_of,
    visible,
)

SHOWN = 100  # releases on the page; all of them are in the table of changes
FOLDED = 8  # records that only came or went; more are folded


@dataclass(frozen=True)
class Difference:
    """One field of a record, and how it differs; no pieces for a whole record."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """What one release did to one record."""

    verb: str
    name: str
    address: str  # "" if no page shows it
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Told:
    """One release: what happened in one line, then record by record."""

    release: Release
    summary: str
    entries: tuple[Entry, ...]

    @property
    def whole(self) -> tuple[Entry, ...]:
        """The records that came or went as a whole."""
        return tuple(entry for entry in self.entries if not entry.differences)

    @property
    def changed(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.differences)


def releases(ledger: Ledger) -> list[Told]:
    """The latest releases, newest first."""
    return [_told(release, release.changes, ledger) for release in reversed(ledger.history.releases[-SHOWN:])]


def corrections(ledger: Ledger) -> list[Told]:
    """The releases that replaced or withdrew something since the site is public, newest first, with that alone."""
    newest = reversed(ledger.history.since(ledger.site.published))
    found = ((release, [change for change in release.changes if change.is_correction]) for release in newest)
    return [_told(release, changes, ledger) for release, changes in found if changes]


def of_record(address: str, ledger: Ledger) -> list[Told]:
    """What happened to one record, newest first."""
    grouped: dict[str, tuple[Release, list[Change]]] = {}
    for release, change in reversed(ledger.history.of(address)):
        grouped.setdefault(release.version, (release, []))[1].append(change)
    return [_told(release, changes[::-1], ledger) for release, changes in grouped.values()]


def _told(release: Release, changes: Sequence[Change], ledger: Ledger) -> Told:
    entries = (
        Entry(
            verb=verb_of(group),
            name=name_of(group[0], ledger),
            address=address_of(group[0], ledger),
            differences=tuple(
                Difference(field_of(change), excerpt(*map(visible, values_of(change, ledger))))
                for change in group
                if change.field
            ),
        )
        for group in by_record(changes).values()
    )
    return Told(release, summary(changes, ledger), tuple(entries))
