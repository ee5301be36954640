"""Where the rows of each table come from, and the values of columns that take some arranging."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scripts.ledger import (
    Change,
    Deadline,
    Department,
    Identifier,
    Ledger,
    Measure,
    Policy,
    Progress,
    Release,
    Responsibility,
    Unknown,
)

UNEXPLAINED = "原因见 unknowns 表"


def period(deadline: Deadline | None) -> str:
    return deadline.period.text if deadline and deadline.period else ""


def end(deadline: Deadline | None) -> str:
    return deadline.period.end if deadline and deadline.period else ""


def kept(entry: Progress, ledger: Ledger) -> str:
    return ledger.site.url(entry.evidence_file.address) if entry.evidence_file else ""


@dataclass(frozen=True)
class _Share:
    measure: Measure
    share: Responsibility


@dataclass(frozen=True)
class _Of:
    """A row that belongs to a policy, and to one of its measures unless it belongs to the policy as a whole."""

    policy: Policy
    measure: Measure | None
    fact: Any

    @property
    def id(self) -> str:
        return f"{self.measure.id if self.measure else self.policy.id}/{self.fact.id}"

    @property
    def measure_id(self) -> str:
        return self.measure.id if self.measure else ""


@dataclass(frozen=True)
class _Named:
    """What a register elsewhere calls a policy or a department."""

    policy_id: str
    department_id: str
    identifier: Identifier

    @property
    def id(self) -> str:
        return f"{self.policy_id or self.department_id}/{self.identifier.scheme}"


@dataclass(frozen=True)
class _Change:
    """One change in its release; numbered in the order of the release, which never changes."""

    release: Release
    number: int
    change: Change

    @property
    def id(self) -> str:
        return f"{self.release.version}/{self.number}"


@dataclass(frozen=True)
class _Gap:
    policy_id: str
    measure_id: str
    department_id: str
    field: str
    unknown: Unknown

    @property
    def id(self) -> str:
        return f"{self.measure_id or self.policy_id or self.department_id}/{self.field}"


def shares(ledger: Ledger) -> Iterator[_Share]:
    return (_Share(measure, share) for measure in ledger.measures for share in measure.responsibilities)


def facts(name: str) -> Callable[[Ledger], Iterator[_Of]]:
    """Rows of the facts that measures, and where they have any policies, carry under a name."""

    def rows(ledger: Ledger) -> Iterator[_Of]:
        for policy in ledger.policies:
            yield from (_Of(policy, None, fact) for fact in getattr(policy, name, ()))
            for measure in ledger.measures_of(policy):
                yield from (_Of(policy, measure, fact) for fact in getattr(measure, name))

    return rows


# A field without a value leaves these columns empty, where they are not named like it.
EMPTY_COLUMNS = {
    "deadline": ("deadline_text", "deadline", "deadline_end"),
    **{field: (f"{field}_text", field) for field in ("issued", "effective", "valid_until")},
}


def unknowns(ledger: Ledger) -> Iterator[_Gap]:
    for policy in ledger.policies:
        for unknown in policy.unknowns:
            yield from (
                _Gap(policy.id, "", "", column, unknown)
                for column in _empty(unknown.field, getattr(policy, unknown.field))
            )
        for measure in ledger.measures_of(policy):
            for unknown in measure.unknowns:
                written = unknown.field == "deadline" and measure.deadline
                yield from (
                    _Gap(policy.id, measure.id, "", column, unknown) for column in _empty(unknown.field, written)
                )
    for department in ledger.departments:
        yield from (_Gap("", "", department.id, unknown.field, unknown) for unknown in department.unknowns)


def _empty(field: str, written: object) -> Iterator[str]:
    """The columns that a field without a value leaves empty. Words that mean no date are a value as written."""
    for column in EMPTY_COLUMNS.get(field, (field,)):
        if not (column.endswith("_text") and written):
            yield column


def names(ledger: Ledger) -> Iterator[tuple[Department, str, str]]:
    for department in ledger.departments:
        yield from ((department, name, "written") for name in department.names)
        yield from ((department, name, "alias") for name in department.aliases)


def identifiers(ledger: Ledger) -> Iterator[_Named]:
    for policy in ledger.policies:
        yield from (_Named(policy.id, "", identifier) for identifier in policy.identifiers)
    for department in ledger.departments:
        yield from (_Named("", department.id, identifier) for identifier in department.identifiers)


def changes(ledger: Ledger) -> Iterator[_Change]:
    for release in ledger.history.releases:
        yield from (_Change(release, number, change) for number, change in enumerate(release.changes, 1))
