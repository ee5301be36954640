"""Geometry of the charts: where each mark of an inline SVG stands. Templates draw; nothing here knows HTML."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.ledger import Department, Ledger
from scripts.pages.views import Due, month_name
from scripts.period import Period


@dataclass(frozen=True)
class Bar:
    """One column of the timeline, in units of its view box: 100 high, `width` a month."""

    name: str  # of the month
    count: int  # of measures
    x: float
    height: float


@dataclass(frozen=True)
class Timeline:
    """Months from the first to the last deadline; a period that is a year or quarter stands at its last month."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, float], ...]  # (year, where it begins)
    width: float


MONTH = 14.0  # units


def timeline(groups: Sequence[tuple[Period, Sequence[Due]]]) -> Timeline:
    """A column for each month in which something is due, as high as the number of measures."""
    due: dict[str, set[str]] = {}
    for period, dues in groups:
        due.setdefault(period.end[:7], set()).update(one.measure.id for one in dues)
    if not due:
        return Timeline((), (), 0)
    months = sorted(due)
    first, last = int(months[0][:4]), int(months[-1][:4])
    most = max(map(len, due.values()))
    bars = []
    for month, measures in due.items():
        x = ((int(month[:4]) - first) * 12 + int(month[5:]) - 1) * MONTH
        bars.append(Bar(month_name(month), len(measures), x, 100 * len(measures) / most))
    years = tuple((year, (year - first) * 12 * MONTH) for year in range(first, last + 1))
    return Timeline(tuple(bars), years, (last - first + 1) * 12 * MONTH)


@dataclass(frozen=True)
class Spot:
    """A department on the circle."""

    department: Department
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    turn: float  # degrees by which the label is turned to read outwards
    ends: bool  # the label ends at its place instead of beginning there


@dataclass(frozen=True)
class Tie:
    """Two departments and the number of duties that they share; `width` in units of the view box."""

    one: Spot
    other: Spot
    count: int
    width: float


@dataclass(frozen=True)
class Network:
    """Spots and ties in a square view box of `size` units, wide enough for the longest name."""

    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    size: float


RING = 240.0  # radius of the circle
LETTER = 24.0  # height and width of a Chinese character in a label


def network(ledger: Ledger, departments: Sequence[Department]) -> Network:
    """Departments on a circle in the given order; lines between those that share duties."""
    most = max((len(ledger.duties_of(department)) for department in departments), default=1)
    longest = max((len(department.name) for department in departments), default=0)
    centre = RING + 40 + LETTER * longest
    spots = {}
    for number, department in enumerate(departments):
        angle = 2 * math.pi * number / len(departments) - math.pi / 2
        cosine, sine = math.cos(angle), math.sin(angle)
        radius = 6 + 18 * math.sqrt(len(ledger.duties_of(department)) / most)
        out = RING + radius + 10
        left = cosine < -1e-9
        spots[department.id] = Spot(
            department,
            *_point(centre, RING, cosine, sine),
            round(radius, 1),
            *_point(centre, out, cosine, sine),
            round(math.degrees(angle) + (180 if left else 0), 1),
            left,
        )
    ties = [
        (spots[department.id], spots[other.id], count)
        for department in departments
        for other, count in ledger.partners_of(department)
        if department.id < other.id and other.id in spots
    ]
    strongest = max((count for *_, count in ties), default=1)
    if any(tie[2] > 1 for tie in ties):  # lines of one shared duty would hide the rest
        ties = [tie for tie in ties if tie[2] > 1]
    drawn = sorted(ties, key=lambda tie: (tie[2], tie[0].department.id, tie[1].department.id))
    return Network(
        tuple(spots.values()), tuple(Tie(*tie, round(0.5 + 7 * tie[2] / strongest, 1)) for tie in drawn), 2 * centre
    )


def _point(centre: float, distance: float, cosine: float, sine: float) -> tuple[float, float]:
    return round(centre + distance * cosine, 1), round(centre + distance * sine, 1)
