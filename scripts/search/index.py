"""The index: the facts that are searched and shown in results, as written. Folding them is the browser's part alone."""

import re
from collections.abc import Iterator, Mapping

import yaml

from scripts.ledger import Ledger, Measure, Policy

FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
HEADING = re.compile(r"^## (.+)$|<h2[^>]*>([^<{]+)</h2>", re.MULTILINE)
RECORD = re.compile(r"(policies|departments|themes|audiences)/.")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def make_index(ledger: Ledger, pages: Mapping[str, str]) -> dict[str, object]:
    """Lists of lists in a fixed order; a number is a place in the list that it names. See `open` in search-engine.js."""
    policies = {policy.id: place for place, policy in enumerate(ledger.policies)}
    departments = {department.id: place for place, department in enumerate(ledger.departments)}
    themes = {theme.id: place for place, theme in enumerate(ledger.themes)}
    written = [
        (share.name_as_written, share.department.id)
        for measure in ledger.measures
        for share in measure.responsibilities
    ]
    names = {name: place for place, name in enumerate(dict.fromkeys(written))}

    def measure_row(measure: Measure) -> list[object]:
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
        ]

    return {
        "names": [[name, departments[id]] for name, id in names],
        "departments": [
            [it.id, it.name, it.other_names, it.aliases, it.jurisdiction.name] for it in ledger.departments
        ],
        "policies": [[it.id, it.title, it.short_title, it.measure_term] for it in ledger.policies],
        "themes": [[theme.id, theme.name] for theme in ledger.themes],
        "rows": [
            *(measure_row(measure) for measure in ledger.measures),
            *(["policy", place, _text_of(policy)] for place, policy in enumerate(ledger.policies)),
            *_instruments(ledger, policies),
            *_terms(ledger),
            *_pages(pages),
        ],
    }


def _text_of(policy: Policy) -> str:
    """What a document says outside its measures."""
    return "\n".join(part.text for part in policy.parts if not part.measure and part.text != policy.title)


# Rows of other kinds: kind, id, address, title, text, place of the policy or -1.


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
            address = f"{kind}/{term.id}/"
            yield ["page", f"pages/{address.rstrip('/')}", address, term.name, term.description, -1]
    for entry in ledger.glossary:
        yield ["page", f"pages/glossary/{entry.id}", "glossary/", entry.term, entry.definition, -1]


def _pages(pages: Mapping[str, str]) -> Iterator[list[object]]:
    """The pages that are no record's, by title, description and headings."""
    for path, text in sorted(pages.items()):
        front = FRONT.match(text)
        address = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md")).rstrip("/")
        if not front or not address or address == "search" or RECORD.match(address):
            continue
        facts = yaml.load(front.group(1), Loader)
        headings = HEADING.findall(text[front.end() :])
        words = [facts.get("description", ""), *(one or other for one, other in headings)]
        yield ["page", f"pages/{address}", f"{address}/", facts["title"], "\n".join(words), -1]
