"""What changed in the data, when, and why, as far as its history is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Dates:
    """First and last change of a file (YYYY-MM-DD hh:mm, time in China)."""

    first: str
    last: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of one record. A field is a dotted path as in the YAML (targets.t1.value); a whole record has none."""

    record: str  # its address without the last slash: policies/x/20, departments/x, themes
    action: str  # added, changed, removed
    field: str = ""
    before: str = ""
    after: str = ""
    only_more: bool = False  # a list that only got longer

    @property
    def is_correction(self) -> bool:
        """Was something that had been said replaced or withdrawn? What is only added corrects nothing."""
        return self.action != "added" and not self.only_more


@dataclass(frozen=True, kw_only=True)
class Release:
    """What one commit changed in the data."""

    version: str  # of the data after it; see scripts.history
    time: str  # YYYY-MM-DD hh:mm, time in China
    commit: str
    reason: str  # as the editor gave it, or ""
    changes: tuple[Change, ...]

    @property
    def on(self) -> str:
        return self.time[:10]

    def counts(self) -> Mapping[str, int]:
        """How many whole records were added and removed, and how many were changed."""
        found: dict[str, set[str]] = {"added": set(), "changed": set(), "removed": set()}
        for change in self.changes:
            found["changed" if change.field else change.action].add(change.record)
        return {action: len(records) for action, records in found.items()}


@dataclass(frozen=True, kw_only=True)
class History:
    """All releases, oldest first, and the dates of each data file by its path below the data folder."""

    releases: tuple[Release, ...] = ()
    dates: Mapping[str, Dates] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Of the data as it is now; "" where the history is not known."""
        return self.releases[-1].version if self.releases else ""

    @property
    def changed_on(self) -> str:
        """The day of the last change (YYYY-MM-DD), or ""."""
        return self.releases[-1].on if self.releases else ""

    @cached_property
    def _by_record(self) -> Mapping[str, list[tuple[Release, Change]]]:
        found: dict[str, list[tuple[Release, Change]]] = {}
        for release in self.releases:
            for change in release.changes:
                found.setdefault(change.record, []).append((release, change))
        return found

    def of(self, record: str) -> tuple[tuple[Release, Change], ...]:
        """What changed in one record, oldest first."""
        return tuple(self._by_record.get(record.strip("/"), ()))

    def records_since(self, day: str) -> tuple[str, ...]:
        """Every record that was there on a day or has come since, also if it went again. Archived texts are no records."""
        there: dict[str, None] = {}
        for release in self.releases:
            for change in release.changes:
                if change.action == "added" and not change.field and not change.record.endswith("/source"):
                    there[change.record] = None
                elif change.action == "removed" and not change.field and release.on < day:
                    there.pop(change.record, None)
        return tuple(there)

    def since(self, day: str) -> tuple[Release, ...]:
        """The releases from a day (YYYY-MM-DD) on; all of them if the day is not known."""
        return tuple(release for release in self.releases if release.on >= day)


NOTHING_KNOWN = History()
