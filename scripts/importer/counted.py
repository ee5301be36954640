"""What a draft holds, in numbers: said on the command line and at the head of the page that compares it with the source."""

from dataclasses import dataclass

from scripts.importer.draft import Draft

DATED = ("deadline", "inner_deadlines")


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
    named = [name for values in found for name in values.get("departments", ())]
    return Counts(
        measures=len(found),
        with_departments=sum("departments" in values for values in found),
        responsibilities=len(named),
        names=len(set(named)),
        with_lead=sum("lead" in values for values in found),
        dated=sum(any(name in values for name in DATED) for values in found),
        with_targets=sum("targets" in values for values in found),
        new_departments=len(draft.departments),
    )
