"""The draft as a page shows it: a card for each part and measure, the facts of the document, and what is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.check.world import DEADLINES
from scripts.importer.draft import Draft, Drafted
from scripts.importer.page.marks import QUOTED
from scripts.importer.page.places import OFFICIAL, Place
from scripts.importer.script import Script
from scripts.period import read_period
from scripts.schemas import titles

CHECKSUMS = ("source_sha256", "original_sha256")  # what no eye can check
ROLES = {"lead": "牵头", "support": "配合"}
RELATIONS = {"basis": "依据", "promised": "要求出台", "cited": "提到"}


@dataclass(frozen=True)
class Fact:
    """A value with the name that editors know its field by. `state` says why there is none: 未载明, 未规定, 不适用."""

    label: str
    value: str
    state: str = ""


@dataclass(frozen=True)
class Part:
    kind: str  # text, clause, deadline
    label: str
    text: str
    heading: str = ""  # the words at its beginning that are a heading; `text` goes on behind them
    meaning: str = ""  # of a deadline: 2020年6月，最后一天 2020-06-30


@dataclass(frozen=True)
class Department:
    id: str  # m3-d1
    name: str
    role: str  # 牵头, 配合; "" where the document does not tell


@dataclass(frozen=True)
class Quote:
    id: str  # m3-t1
    words: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Quotes:
    kind: str
    label: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Card:
    """A part of the document; a measure where it has a path."""

    id: str
    kind: str
    label: str
    line: int  # of the source, from 1
    last_line: int
    text: str = ""  # of a part
    path: str = ""
    number: str = ""  # as written
    title: str = ""  # drafted, where the source has no heading
    parts: tuple[Part, ...] = ()
    departments: tuple[Department, ...] = ()
    is_open: bool = False
    evidence: str = ""
    quotes: tuple[Quotes, ...] = ()
    empty: tuple[Fact, ...] = ()

    @property
    def file(self) -> str:
        """measures/06.yml"""
        return "/".join(self.path.split("/")[2:])


@dataclass(frozen=True)
class NewDepartment:
    card: str
    id: str
    name: str
    path: str
    kind: Fact
    measures: tuple[Card, ...]  # that name it


def label(kind: str, field: str) -> str:
    """The name by which editors know a field of a record, or a part of a document."""
    return (titles(kind, field) or titles("policy", f"parts.0.{field}") or (field,))[-1]


def cards(draft: Draft, places: Sequence[Place]) -> tuple[Card, ...]:
    term = str(draft.policy.values["measure_term"])
    return tuple(_card(draft.document.script, place, term) for place in places)


def _card(script: Script, place: Place, term: str) -> Card:
    line = script.source.count("\n", 0, place.start) + 1
    last = line + script.source.count("\n", place.start, place.end)
    if not place.entry or not place.measure:
        return Card(place.id, place.kind, label("policy", f"parts.0.{place.kind}"), line, last, text=place.text)
    values = place.measure.values
    leads = values.get("lead", {})
    roles = {name: word for field, word in ROLES.items() for name in values.get(field, {}).get("departments", ())}
    return Card(
        place.id,
        "measure",
        f"{term} {place.id[1:]}",
        line,
        last,
        path=place.measure.path,
        number=str(values.get("number", "")),
        title=str(values.get("title", "")),
        parts=tuple(_parts(values, place.entry.order)),
        departments=tuple(
            Department(f"{place.id}-d{number}", name, roles.get(name, ""))
            for number, name in enumerate(values.get("departments", ()), 1)
        ),
        is_open="open_list" in values,
        evidence=leads.get("evidence", ""),
        quotes=tuple(_quotes(place.id, values)),
        empty=unknowns("measure", values.get("unknowns", {})),
    )


def _parts(values: Mapping, order: Sequence[str]) -> Iterator[Part]:
    for kind in (*order, *(kind for kind in (*OFFICIAL, "shared_clause", "shared_deadline") if kind not in order)):
        if kind in values and kind != "number":
            heading = str(values.get("heading", "")) if kind == "text" else ""
            heading = heading if values[kind].startswith(heading) else ""
            period = read_period(values[kind]) if kind in DEADLINES else None
            meaning = f"{period.name}，最后一天 {period.end}" if period else ""
            yield Part(kind, label("measure", kind), values[kind][len(heading) :], heading, meaning)


def _quotes(id: str, values: Mapping) -> Iterator[Quotes]:
    for field, letter, named in QUOTED:
        rows = values.get(field, {}).values()
        made = [
            Quote(f"{id}-{letter}{number}", row[named], tuple(_facts(field, named, row)))
            for number, row in enumerate(rows, 1)
        ]
        if made:
            yield Quotes(field, label("measure", field), tuple(made))


def _facts(field: str, named: str, row: Mapping) -> Iterator[Fact]:
    if field == "inner_deadlines" and (period := read_period(row[named])):
        yield Fact("最后一天", period.end)
    for name, value in row.items():
        if name != named:
            yield Fact(label("measure", f"{field}.x1.{name}"), RELATIONS[value] if name == "relation" else value)


def policy_facts(draft: Draft) -> tuple[Fact, ...]:
    """What the draft says of the document, and for what it says nothing, why."""
    told = (
        Fact(label("policy", name), value)
        for name, value in draft.policy.values.items()
        if isinstance(value, str) and name not in CHECKSUMS
    )
    cited = (
        Fact("提到的文件", f"《{row['title']}》{row.get('number', '')}（{RELATIONS[row['relation']]}）")
        for row in draft.policy.values.get("instruments", {}).values()
    )
    return (*told, *cited, *unknowns("policy", draft.policy.values["unknowns"]))


def unknowns(kind: str, rows: Mapping[str, Mapping[str, str]]) -> tuple[Fact, ...]:
    return tuple(Fact(label(kind, name), row["reason"], row["state"]) for name, row in rows.items())


def new_departments(draft: Draft, shown: Sequence[Card]) -> tuple[NewDepartment, ...]:
    """Departments that the register did not have, in the order in which the source names them."""
    return tuple(_department(record, shown) for record in draft.departments)


def _department(record: Drafted, shown: Sequence[Card]) -> NewDepartment:
    name, id = str(record.values["name"]), record.path.removeprefix("departments/").removesuffix(".yml")
    unknown = unknowns("department", record.values.get("unknowns", {}))
    kind = Fact("类别", str(record.values["kind"])) if "kind" in record.values else unknown[0]
    naming = (card for card in shown if any(one.name == name for one in card.departments))
    return NewDepartment(f"d-{id}", id, name, record.path, kind, tuple(naming))
