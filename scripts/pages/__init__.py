"""Write the Markdown of every generated page, as text. Nothing here touches the disk."""

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import jinja2
import yaml

from scripts.ledger import Department, Ledger, Measure
from scripts.made import Made
from scripts.pages import charts, guide, log, views
from scripts.pages.address import address, link
from scripts.pages.cite import ACCESSED, HERE, citations, dataset_citations
from scripts.pages.escape import as_html
from scripts.pages.plan import DESCRIBED, DESCRIPTIONS, WHOLE, Page, plan
from scripts.pages.share import make_pictures
from scripts.rules import LEVELS, MENDED
from scripts.tables import LAYERS, TABLES, TYPES, cell
from scripts.tables.about import citation

TEMPLATES = Path(__file__).parents[1] / "templates"
PICTURES = {kind: kind for kind in ("home", "policy", "measure", "department")}  # for link previews; the rest are lists
RECORDS = {"policy": "policies", "measure": "measures", "department": "departments"}  # folder of the same as JSON
ARTICLES = ("policy", "measure")  # pages that show one document's text
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def make_pages(ledger: Ledger, downloads: Sequence[Made]) -> dict[str, str | bytes]:
    """Every generated page as Markdown with front matter, by its path below the docs folder."""
    pages = {page.path: _render(page, ledger) for page in plan(ledger, downloads)}
    return pages | dict(_cards(ledger)) | make_pictures()


def _cards(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Cards of measures and departments for other people's pages: whole HTML pages without head and foot."""

    def card(kind: str, record: Measure | Department, title: str, description: str) -> tuple[str, str]:
        path = f"embed/{kind}s/{record.id}.html"
        facts = {kind: record, "title": title, "description": description, "address": record.address}
        to = partial(link, f"{path.rsplit('/', 1)[0]}/")
        template = _environment().get_template(f"embed/{kind}.html.jinja")
        return path, template.render(ledger=ledger, site=ledger.site, to=to, **facts)

    for measure in ledger.measures:
        yield card("measure", measure, measure.title, measure.text[:DESCRIBED])
    for department in ledger.departments:
        yield card("department", department, department.name, f"{department.name}承担的措施")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=as_html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        views=views,
        charts=charts,
        guide=guide,
        log=log,
        WHOLE=WHOLE,
        DESCRIPTIONS=DESCRIPTIONS,
        TABLES=TABLES,
        LAYERS=LAYERS,
        LEVELS=LEVELS,
        MENDED=MENDED,
        TYPES=TYPES,
        cell=cell,
        citations=citations,
        citation=citation,
        dataset_citations=dataset_citations,
        ACCESSED=ACCESSED,
        HERE=HERE,
    )
    return environment


def _render(page: Page, ledger: Ledger) -> str:
    facts = {"title": page.title, "description": page.description, "source": page.source}
    record = page.facts.get("measure")
    if page.template == "query":
        facts["query"] = True  # its scripts, its styles, WebAssembly
    if page.template == "edit":
        facts["edit"] = True  # its scripts and styles
    facts["picture"] = f"assets/share/{PICTURES.get(page.template, 'list')}.png"
    if page.template in ARTICLES:
        facts["article"] = (record.policy if record else page.facts["policy"]).issuer
    terms = (*record.themes, *record.audiences) if record else (*ledger.themes, *ledger.audiences)
    facts["keywords"] = ",".join(term.name for term in terms)
    if when := ledger.history.dates.get(page.source.removeprefix("data/")):
        facts |= {"published": when.first, "changed": when.last[:10]}
    if page.template in RECORDS:
        facts["record"] = f"data/v1/{RECORDS[page.template]}/{page.facts[page.template].id}.json"
    if page.linked:
        # In a script element nothing but its end is special.
        facts["linked"] = json.dumps(page.linked, ensure_ascii=False).replace("<", "\\u003c")
    front = yaml.dump(facts, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    body = (
        _environment()
        .get_template(f"{page.template}.md.jinja")
        .render(ledger=ledger, site=ledger.site, to=partial(link, address(page.path)), **page.facts)
    )
    return f"---\n{front}---\n\n{body}"
