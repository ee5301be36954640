"""The index: the facts that are searched and shown in results, as written. Folding them is the browser's part alone."""

import re
from collections.abc import Iterator, Mapping

import yaml

from scripts.ledger import Department, Jurisdiction, Ledger, Measure, Policy

FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
RECORD = re.compile(r"(policies|departments|themes|audiences|data/snapshots)/.")
PLACE = "省市区县州盟旗"  # the last character of a place's name, by which its bodies are often called: 市教育局
# Words that no match may cut, as 实习 would cut 落实习近平: a browser's segmenter gets them wrong.
UNCUT = ("习近平", "毛泽东", "邓小平", "江泽民", "胡锦涛", "人民政府", "高中学生")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def make_index(ledger: Ledger, pages: Mapping[str, str]) -> dict[str, object]:
    """Lists of lists in a fixed order; a number is a place in the list that it names. See `open` in search-engine.js."""
    policies = {policy.id: place for place, policy in enumerate(ledger.policies)}
    departments = {department.id: place for place, department in enumerate(ledger.departments)}
    places = {place.id: number for number, place in enumerate(ledger.jurisdictions)}
    themes = {theme.id: place for place, theme in enumerate(ledger.themes)}
    written = [
        (share.name_as_written, share.department.id)
        for measure in ledger.measures
        for share in measure.responsibilities
    ]
    names = {name: place for place, name in enumerate(dict.fromkeys(written))}

    def measure_row(measure: Measure) -> list[object]:
        leads = [
            names[share.name_as_written, share.department.id]
            for share in measure.responsibilities
            if share.role == "lead"
        ]
        return [
            "measure",
            policies[measure.policy.id],
            measure.nn,
            measure.number,
            measure.title,
            measure.text,
            [names[share.name_as_written, share.department.id] for share in measure.responsibilities],
            [
                [due.quote, due.period.text if due.period else "", int(due.scope == "inner")]
                for due in measure.deadlines
            ],
            [themes[theme.id] for theme in measure.themes],
            int(bool(measure.targets)),
            int(bool(measure.heading)),
            *([leads] if leads else []),
        ]

    return {
        # A department, if it is written by its name; else with how it is written.
        "names": [
            departments[id] if name == ledger.departments[departments[id]].name else [departments[id], name]
            for name, id in names
        ],
        "departments": [
            [
                it.id,
                it.name,
                it.other_names,
                _untold(it),
                places[it.jurisdiction.id],
                *([1] if it.is_collective else []),
            ]
            for it in ledger.departments
        ],
        "places": [place_names(place) for place in ledger.jurisdictions],
        "uncut": [word for word in UNCUT if any(word in text for text in _texts(ledger))],
        "policies": [[it.id, it.title, it.short_title, it.measure_term, it.issued_on] for it in ledger.policies],
        "themes": [[theme.id, theme.name] for theme in ledger.themes],
        "rows": [
            *(measure_row(measure) for measure in ledger.measures),
            *(["policy", place, _text_of(policy)] for place, policy in enumerate(ledger.policies)),
            *_instruments(ledger, policies),
            *_terms(ledger),
            *_pages(pages),
        ],
    }


def place_names(place: Jurisdiction) -> list[str]:
    """What may stand for a place in front of a body's name, its own name first: 某某市, 某某, 市."""

    def own(it: Jurisdiction) -> list[str]:
        return [name for name in (it.name, it.short_name) if name]

    def short(name: str) -> list[str]:
        return [name[:-1]] if len(name) > 2 and name[-1] in PLACE else []

    above = [form for name in own(place.parent) for form in (name, *short(name))] if place.parent else []
    within = [form + place.short_name for form in above if place.short_name]
    bare = [] if place.short_name else [form for name in own(place) for form in short(name)]
    mark = [place.name[-1]] if place.name[-1] in PLACE else []
    return list(dict.fromkeys([*own(place), *bare, *within, *mark]))


def _untold(body: Department) -> list[str]:
    """The aliases that the browser does not know by itself: it leaves out places and 和, and 委员会 is 委; see `bodiesOf`."""
    places = sorted(place_names(body.jurisdiction), key=len, reverse=True)

    def core(name: str) -> str:
        place = next((place for place in places if name.startswith(place) and len(name) > len(place) + 1), "")
        return re.sub("[和与及]", "", name.removeprefix(place)).replace("委员会", "委")

    own = {core(name) for name in body.names}
    plain = [alias for alias in body.aliases if core(alias) == alias and alias not in own]
    return [*plain, *(alias for alias in body.aliases if core(alias) not in {alias, *own, *plain})]


def _texts(ledger: Ledger) -> Iterator[str]:
    yield from (measure.text for measure in ledger.measures)
    yield from (part.text for policy in ledger.policies for part in policy.parts)


def _text_of(policy: Policy) -> str:
    """What a document says outside its measures."""
    return "\n".join(part.text for part in policy.parts if not part.measure and part.text != policy.title)


# Rows of other kinds: kind, id, address, title, text, place of the policy; of a page: kind, path, title, text, and its
# address if that is not the path.


def _instruments(ledger: Ledger, policies: Mapping[str, int]) -> Iterator[list[object]]:
    for record in (*ledger.policies, *ledger.measures):
        policy = record if isinstance(record, Policy) else record.policy
        for instrument in record.instruments:
            id = f"instruments/{record.id}/{instrument.id}"
            title = f"《{instrument.title}》"
            yield ["instrument", id, record.address, title, instrument.number, policies[policy.id]]


def _terms(ledger: Ledger) -> Iterator[list[object]]:
    for kind in ("themes", "audiences"):
        for term in getattr(ledger, kind):
            yield ["page", f"{kind}/{term.id}", term.name, term.description]
    for entry in ledger.glossary:
        yield ["page", f"glossary/{entry.id}", entry.term, entry.definition, "glossary/"]


def _pages(pages: Mapping[str, str]) -> Iterator[list[object]]:
    """The pages that are no record's, by title and description."""
    for path, text in sorted(pages.items()):
        front = FRONT.match(text)
        address = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md")).rstrip("/")
        if not front or not address or address == "search" or RECORD.match(address):
            continue
        facts = yaml.load(front.group(1), Loader)
        yield ["page", address, facts["title"], facts.get("description", "")]
