"""The Ledger: what the data says, checked, frozen and linked. What can be worked out from it is a method."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from scripts.ledger.evidence import Attachment, Check, Progress, ProgressSearch, Search
from scripts.ledger.facts import (
    Anomaly,
    DataFile,
    Deadline,
    Definition,
    Department,
    Identifier,
    Instrument,
    Jurisdiction,
    Measure,
    Part,
    Policy,
    Relation,
    Reminder,
    Removal,
    Responsibility,
    Review,
    Shared,
    Site,
    Snapshot,
    Synonym,
    Target,
    Term,
    Unknown,
)
from scripts.ledger.history import NOTHING_KNOWN, Change, Dates, History, Release

__all__ = [
    "NOTHING",
    "NOTHING_KNOWN",
    "Anomaly",
    "Attachment",
    "Change",
    "Check",
    "DataFile",
    "Dates",
    "Deadline",
    "Definition",
    "Department",
    "History",
    "Identifier",
    "Instrument",
    "Jurisdiction",
    "Ledger",
    "Link",
    "Measure",
    "Part",
    "Policy",
    "Progress",
    "ProgressSearch",
    "Relation",
    "Release",
    "Reminder",
    "Removal",
    "Responsibility",
    "Review",
    "Search",
    "Shared",
    "Site",
    "Snapshot",
    "Synonym",
    "Target",
    "Term",
    "Unknown",
]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A relation seen from one of its two ends."""

    measure: Measure  # the other end
    relation: Relation


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Everything, in a fixed order: policies, departments by id, measures by policy and place in the document."""

    site: Site
    jurisdictions: tuple[Jurisdiction, ...]
    themes: tuple[Term, ...]
    audiences: tuple[Term, ...]
    glossary: tuple[Definition, ...]
    synonyms: tuple[Synonym, ...]
    removed: tuple[Removal, ...]
    snapshots: tuple[Snapshot, ...]  # the latest first
    policies: tuple[Policy, ...]
    departments: tuple[Department, ...]  # the bodies that carry duties
    measures: tuple[Measure, ...]
    reminders: tuple[Reminder, ...] = ()
    history: History = NOTHING_KNOWN
    files: tuple[DataFile, ...] = ()  # what all of it was read from, by path

    @cached_property
    def measure_by_id(self) -> Mapping[str, Measure]:
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def _of_policy(self) -> Mapping[str, list[Measure]]:
        return _group(self.measures, lambda measure: [measure.policy.id])

    @cached_property
    def _of_department(self) -> Mapping[str, list[Measure]]:
        return _group(self.measures, lambda measure: [department.id for department in measure.departments])

    @cached_property
    def _links(self) -> Mapping[str, list[Link]]:
        links: dict[str, list[Link]] = {}
        for measure in self.measures:
            for relation in measure.relations:
                other = self.measure_by_id[relation.to]
                links.setdefault(measure.id, []).append(Link(measure=other, relation=relation))
                links.setdefault(other.id, []).append(Link(measure=measure, relation=relation))
        return links

    @cached_property
    def span(self) -> tuple[str, str] | None:
        """The day of the oldest document or deadline, and of the last; None where no day is known."""
        issued = [policy.issued_on for policy in self.policies if policy.issued_on]
        ends = [due.period.end for measure in self.measures for due in measure.deadlines if due.period]
        days = [*issued, *ends]
        return (min(days), max(days)) if days else None

    @cached_property
    def _counts(self) -> Mapping[tuple[str, str], int]:
        kinds = ("themes", "audiences")
        return Counter(
            (kind, term.id) for measure in self.measures for kind in kinds for term in getattr(measure, kind)
        )

    def count_of(self, kind: str, id: str) -> int:
        """How many measures belong to a theme (kind "themes") or concern an audience ("audiences")."""
        return self._counts[kind, id]

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files kept as evidence that some entry names, each once, by address."""
        entries = (entry for measure in self.measures for entry in measure.progress)
        found = {entry.evidence_file.address: entry.evidence_file for entry in entries if entry.evidence_file}
        return tuple(found[address] for address in sorted(found))

    def measures_of(self, policy: Policy) -> tuple[Measure, ...]:
        return tuple(self._of_policy.get(policy.id, ()))

    def duties_of(self, department: Department) -> tuple[Measure, ...]:
        return tuple(self._of_department.get(department.id, ()))

    def links_of(self, measure: Measure) -> tuple[Link, ...]:
        return tuple(self._links.get(measure.id, ()))

    def departments_of(self, policy: Policy) -> tuple[Department, ...]:
        named = {department.id for measure in self.measures_of(policy) for department in measure.departments}
        return tuple(department for department in self.departments if department.id in named)

    def policies_of(self, department: Department) -> tuple[Policy, ...]:
        ids = {measure.policy.id for measure in self.duties_of(department)}
        return tuple(policy for policy in self.policies if policy.id in ids)

    def counterparts_of(self, department: Department) -> tuple[Department, ...]:
        """The bodies at another level that were recorded as this one's counterparts, on either side."""
        return tuple(
            other
            for other in self.departments
            if other.id in department.counterparts or department.id in other.counterparts
        )

    def partners_of(self, department: Department) -> tuple[tuple[Department, int], ...]:
        """Whom a department shares duties with, and how many; the most frequent first."""
        counts: dict[str, int] = {}
        for measure in self.duties_of(department):
            for other in measure.departments:
                if other.id != department.id:
                    counts[other.id] = counts.get(other.id, 0) + 1
        shared = ((other, counts[other.id]) for other in self.departments if other.id in counts)
        return tuple(sorted(shared, key=lambda pair: (-pair[1], pair[0].id)))


def _group(measures: Iterable[Measure], keys: Callable[[Measure], Iterable[str]]) -> Mapping[str, list[Measure]]:
    groups: dict[str, list[Measure]] = {}
    for measure in measures:
        for key in keys(measure):
            groups.setdefault(key, []).append(measure)
    return groups


NOTHING = Ledger(
    site=Site(name=""),
    jurisdictions=(),
    themes=(),
    audiences=(),
    glossary=(),
    synonyms=(),
    removed=(),
    snapshots=(),
    policies=(),
    departments=(),
    measures=(),
)
