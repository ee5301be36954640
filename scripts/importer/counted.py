"""What a draft holds, in numbers: said on the command line and at the head of the page that compares it with the source."""

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.check.world import DEADLINES
from scripts.importer.draft import Draft
from scripts.period import read_period


@dataclass(frozen=True)
class Counts:
    """Measures, and how many of them name departments, say who leads, have a time limit, a target."""

    measures: int
    with_departments: int
    responsibilities: int
    names: int  # different ones
    with_lead: int
    dated: int
    with_targets: int
    new_departments: int


def counted(draft: Draft) -> Counts:
    found = [measure.values for measure in draft.measures]
    year = str(draft.policy.values.get("deadline_year", ""))
    named = [name for values in found for name in values.get("departments", ())]
    return Counts(
        measures=len(found),
        with_departments=sum("departments" in values for values in found),
        responsibilities=len(named),
        names=len(set(named)),
        with_lead=sum("lead" in values for values in found),
        dated=sum(_is_dated(values, year) for values in found),
        with_targets=sum("targets" in values for values in found),
        new_departments=len(draft.departments),
    )


def _is_dated(values: Mapping, year: str) -> bool:
    """Is a day said by which something is to be done? 持续推进 says none."""
    said = (read_period(str(values.get(name, "")), year) for name in DEADLINES)
    return "inner_deadlines" in values or any(said)
