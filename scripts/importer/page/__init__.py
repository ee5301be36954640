"""The page on which an editor checks a draft against its source: one file, which needs nothing but itself."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2

from scripts.importer import Imported
from scripts.importer.counted import Counts, counted
from scripts.importer.draft import Draft
from scripts.importer.page.cards import (
    Card,
    Fact,
    NewDepartment,
    cards,
    label,
    new_departments,
    policy_facts,
    unknowns,
)
from scripts.importer.page.doubts import Group, Question, groups
from scripts.importer.page.lines import Line, lines
from scripts.importer.page.marks import Mark, marks
from scripts.importer.page.places import Coverage, Place, coverage, places

# What may stand within a measure, in the order of the legend: kind of mark → its name where no schema has one.
MARKS = {
    "number": "",
    "heading": "",
    "clause": "",
    "deadline": "",
    "department": "责任部门",
    "lead": "牵头部门",
    "inner_deadlines": "",
    "targets": "",
    "instruments": "",
}


@dataclass(frozen=True)
class Sample:
    """A line of the legend."""

    kind: str
    name: str
    count: int
    is_mark: bool  # words within a measure; else a part of the document


@dataclass(frozen=True)
class View:
    """All that the page shows; the template only lays it out."""

    id: str
    key: str  # under which a browser keeps what was checked
    title: str
    folder: str  # of the data, as it was named to the import
    path: str  # of the policy's record below it
    term: str  # what a measure is called
    counts: Counts
    coverage: Coverage
    questions: tuple[Group, ...]  # worst first
    asked: Mapping[str, tuple[Question, ...]]  # by the id of the card of the record that holds them
    labels: Mapping[str, str]  # of cards, by id
    lines: tuple[Line, ...]
    legend: tuple[Sample, ...]
    cards: tuple[Card, ...]
    facts: tuple[Fact, ...]
    common: tuple[Fact, ...]  # what measures have no value for, and why
    new_departments: tuple[NewDepartment, ...]
    jurisdictions: tuple[Fact, ...]  # new ones: id, name and level
    files: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(len(group.questions) for group in self.questions)


def as_page(imported: Imported, id: str) -> str:
    """The whole page as HTML."""
    environment = _environment()
    parts = {f"{kind}_hash": _hash(environment.get_template(f"page.{kind}").render()) for kind in ("css", "js")}
    return environment.get_template("page.html.jinja").render(view=view(imported, id), **parts)


def view(imported: Imported, id: str) -> View:
    draft = imported.draft
    script, values = draft.document.script, draft.policy.values
    where, covered = places(draft), coverage(draft)
    found = [mark for place in where for mark in marks(script, place)]
    shown = cards(draft, where)
    departments = new_departments(draft, shown)
    asked = groups(imported, _addresses(draft, shown, departments))
    return View(
        id=id,
        key=sha256(id.encode("utf-8")).hexdigest()[:12],
        title=str(values["title"]),
        folder=imported.data.as_posix(),
        path=draft.policy.path,
        term=str(values["measure_term"]),
        counts=counted(draft),
        coverage=covered,
        questions=asked,
        asked=_by_card(asked),
        labels={card.id: card.label for card in shown},
        lines=tuple(lines(script.source, where, found, covered.missing)),
        legend=(*_legend(where, found),),
        cards=shown,
        facts=policy_facts(draft),
        common=unknowns("measure", values["measure_unknowns"]),
        new_departments=departments,
        jurisdictions=tuple(
            Fact(str(entry["name"]), f"{place}，{entry['level']}")
            for record in draft.others
            if record.kind == "jurisdictions"
            for place, entry in record.values.items()
        ),
        files=tuple(sorted(imported.files)),
    )


def _addresses(draft: Draft, shown: Sequence[Card], departments: Sequence[NewDepartment]) -> dict[str, tuple[str, str]]:
    """Path of each record → the id of its card, and what a reader calls it."""
    return {
        **{record.path: ("jurisdiction", "辖区") for record in draft.others},
        draft.policy.path: ("policy", "文件信息"),
        **{card.path: (card.id, card.label) for card in shown if card.path},
        **{one.path: (one.card, one.name) for one in departments},
    }


def _by_card(asked: Sequence[Group]) -> dict[str, tuple[Question, ...]]:
    found: dict[str, tuple[Question, ...]] = {}
    for question in (question for group in asked for question in group.questions):
        found[question.card] = (*found.get(question.card, ()), question)
    return found


def _legend(where: Sequence[Place], found: Sequence[Mark]) -> Iterator[Sample]:
    parts, inside = Counter(place.kind for place in where), Counter(mark.kind for mark in found)
    yield from (
        Sample(kind, name or label("measure", kind), inside[kind], True) for kind, name in MARKS.items() if inside[kind]
    )
    yield from (Sample(kind, label("policy", kind), parts[kind], False) for kind in parts if kind != "measure")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _hash(text: str) -> str:
    """As a Content Security Policy names an inline style or script (CSP Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
