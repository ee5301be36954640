"""Is the published open data valid? Independent validators over the downloads, feeds and calendars of both ledgers, the
real one and the small one with hostile texts; writes benchmarks/opendata.md. Each validator is also shown to find a fault
that was planted for it, for one that finds nothing proves nothing.

Run by `make measure`. Needs npm, LibreOffice, sqlite3 and unzip; the rest is installed into a scratch folder.
"""

import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from tools import ROOT
from validators import atom, faults, foreign, judges
from validators.faults import Fault, edit
from validators.judges import DATA, Found, Judge

sys.path.insert(0, str(ROOT))

from scripts.calendars import make_calendars
from scripts.check import check
from scripts.downloads import make_downloads
from scripts.feeds import make_feeds
from scripts.history import read_history
from scripts.load import load
from scripts.write import write_tree

LEDGERS = {"zibo": ROOT / "data", "city": ROOT / "tests/city/data"}
ADDRESS = "https://example.org/ledger/"  # of a ledger that has none: without it there is no DCAT
SHAPES = ROOT.parent / "shared/validators/dcat-ap-3.0.1"
PYTHON = {
    "check-jsonschema": "0.39.0",
    "csvkit": "2.2.0",
    "csvw": "4.1.1",
    "feedparser": "6.0.14",
    "frictionless[parquet]": "5.21.0",
    "ics": "0.7.3",
    "openapi-spec-validator": "0.9.0",
    "pandas": "3.1.1",  # with which frictionless reads Parquet
    "pyarrow": "26.0.1",
    "pyshacl": "0.40.1",
    "vobject": "0.9.9",
}
NPM = {
    "@apidevtools/swagger-parser": "13.1.0",
    "@redocly/cli": "2.77.0",
    "ajv": "8.20.0",
    "ajv-formats": "3.0.1",
    "ical.js": "2.2.1",
}
PROFILE = ("check-datapackage", "0.37.0")  # its wheel holds the official schema of Data Package 2.0
MOST = 20  # findings of one check that the report lists


@dataclass(frozen=True)
class Check:
    artefact: str
    validator: str
    judge: Judge
    faults: tuple[Fault, ...]  # each plants what the judge must find


def build(data: Path, site: Path) -> None:
    """Downloads, feeds and calendars as a site with an address has them."""
    ledger = check(load(data)).ledger
    assert ledger, "make check first"
    own = replace(ledger.site, address=ledger.site.address or ADDRESS)
    ledger = replace(ledger, site=own, history=read_history(data))
    write_tree(site, chain(make_downloads(ledger), make_feeds(ledger), make_calendars(ledger)))


def checks() -> Iterator[Check]:
    programs, node = foreign.python(PYTHON), foreign.npm(NPM)
    with zipfile.ZipFile(foreign.wheel(*PROFILE)) as wheel:
        profile = Path(wheel.extract("check_datapackage/schemas/data-package-2-0.json", foreign.SCRATCH / "wheels"))
    here, schemas = ROOT / "benchmarks/validators", programs / "check-jsonschema"

    def version(name: str) -> str:
        return f"{name} {(PYTHON | NPM)[name]}"

    def python(name: str, *more: object, inside: str = DATA) -> Judge:
        return judges.helper(inside, programs / "python", here / "by_python.py", name, more=more)

    def script(name: str, inside: str = DATA) -> Judge:
        return judges.helper(inside, "node", here / "by_node.mjs", node / "node_modules", name)

    yield Check(
        "Data Package", f"frictionless {PYTHON['frictionless[parquet]']}", python("frictionless"), faults.TABLES
    )
    yield Check(
        "Data Package 2.0",
        f"its official schema, {version('check-jsonschema')}",
        judges.command("datapackage.json", schemas, "--schemafile", profile),
        (edit(f"{DATA}/datapackage.json", '"path": "ledger.csv"', '"road": "ledger.csv"'),),
    )
    yield Check("CSVW", version("csvw"), python("csvw"), faults.TABLES)
    yield Check(
        "DCAT-AP 3.0.1",
        f"{version('pyshacl')}, official shapes",
        python("shacl", SHAPES) if SHAPES.is_dir() else lambda site: Found(missing="the shapes are not here"),
        (edit(f"{DATA}/dcat.jsonld", '"dct:title"', '"dct:name"'),),
    )
    answers = edit(f"{DATA}/openapi.json", '"responses": {\n', '"answers": {\n')
    lost = edit(f"{DATA}/openapi.json", "#/components/parameters/", "#/components/nothing/")
    for name, judge in (
        ("openapi-spec-validator", judges.command("openapi.json", programs / "openapi-spec-validator")),
        ("@apidevtools/swagger-parser", script("swagger")),
        ("@redocly/cli", judges.redocly(node)),
    ):
        yield Check("OpenAPI 3.1", version(name), judge, (answers, lost))
    yield Check(
        "JSON Schemas, by their metaschema",
        version("check-jsonschema"),
        judges.command("schemas/*.json", schemas, "--check-metaschema"),
        (edit(f"{DATA}/schemas/*.json", '"type": "object"', '"type": "objekt"'),),
    )
    yield Check(
        "JSON, by its JSON Schema",
        f"{version('ajv')}, strict",
        script("ajv"),
        (
            edit(f"{DATA}/measures.json", '"open_list": false', '"open_list": "no"'),
            edit(f"{DATA}/measures/*/*.json", '"official"', '"offical"'),
            edit(f"{DATA}/schemas/measure-record.schema.json", '"required"', '"requierd"'),
        ),
    )
    yield Check(
        "CITATION.cff 1.2.0",
        f"{version('check-jsonschema')}, its CFF schema",
        judges.command("CITATION.cff", schemas, "--builtin-schema", "vendor.citation-file-format"),
        (edit(f"{DATA}/CITATION.cff", "title:", "name:"),),
    )
    yield Check(
        "Atom: well-formed, RFC 4287",
        f"lxml, {len(atom.RULES)} rules of our own",
        judges.feeds,
        (
            edit("feeds/all.atom", "<id>.*?</id>", ""),
            edit("feeds/all.atom", "T", "t"),
            edit("feeds/all.atom", "<author>.*?</author>", ""),
            edit("feeds/all.atom", "</feed>", ""),
        ),
    )
    yield Check(
        "Atom", version("feedparser"), python("feedparser", inside=""), (edit("feeds/all.atom", "</feed>", ""),)
    )
    start, uid, end = r"DTSTART;VALUE=DATE:\d+", "UID:.*\r\n", "END:VEVENT\r\n"
    yield Check(
        "iCalendar",
        f"{version('ical.js')}, strict",
        script("ical", inside=""),
        (edit("calendars/all.ics", start, "DTSTART;VALUE=DATE:soon"), edit("calendars/all.ics", uid, "")),
    )
    yield Check("iCalendar", version("vobject"), python("vobject", inside=""), (edit("calendars/all.ics", uid, ""),))
    yield Check("iCalendar", version("ics"), python("ics", inside=""), (edit("calendars/all.ics", end, ""),))
    october = edit(f"{DATA}/measures.csv", r"2020\.10", "2020.1")
    yield Check("XLSX", f"{office_version()}, openpyxl", judges.office, (october,))
    yield Check(
        "Parquet", version("pyarrow"), python("parquet"), (edit(f"{DATA}/measures.json", r"2020\.10", "2020.1"),)
    )
    yield Check("SQLite", "sqlite3, integrity_check and foreign_key_check", judges.database, (faults.unreferenced,))
    yield Check("SHA256SUMS", "sha256sum --check --strict", judges.checksums, (october,))
    yield Check("ZIP", "unzip -t", judges.archive, (faults.flipped, october))
    yield Check("CSV", f"{version('csvkit')}: csvstat, in2csv, csvsql, each -I", judges.csvkit(programs), (october,))


def office_version() -> str:
    program = foreign.program(*judges.OFFICE)
    return " ".join(judges.run([program, "--version"], ROOT).out.split()[:2]) if program else "LibreOffice"


def finds(one: Check, whole: Path, known: Found) -> int:
    """How many of the faults are found, each planted in a copy of a site of which it is known what the judge says."""
    count = 0
    for fault in one.faults:
        broken = whole.with_name("broken")
        shutil.copytree(whole, broken)
        fault(broken)
        count += bool(set(one.judge(broken).errors) - set(known.errors))
        shutil.rmtree(broken)
    return count


def report(results: list[tuple[Check, dict[str, Found], int]], guessed: dict[str, int]) -> list[str]:
    lines = [
        "# Open data",
        "",
        "Independent validators over the downloads, feeds and calendars of the real ledger (zibo) and of the small one with "
        "hostile texts (city). *Faults found*: of those that were planted in copies, to see that the validator sees.",
        "",
        "| artefact | validator | files | errors | warnings | faults found |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    details: list[str] = []
    for one, found, proven in results:
        if missing := next((result.missing for result in found.values() if result.missing), ""):
            lines.append(f"| {one.artefact} | {one.validator} | not run: {missing} | | | |")
            continue
        numbers = ((len(result.errors), len(result.warnings)) for result in found.values())
        errors, warnings = map(sum, zip(*numbers, strict=True))
        files = sum(result.files for result in found.values())
        lines.append(
            f"| {one.artefact} | {one.validator} | {files} | {errors} | {warnings} | {proven} of {len(one.faults)} |"
        )
        for kind in ("errors", "warnings"):
            if told := list(listed({name: getattr(result, kind) for name, result in found.items()})):
                details += ["", f"### {one.artefact}, {one.validator}: {kind}", "", *told[:MOST]]
                details += [f"- and {len(told) - MOST} more"] if len(told) > MOST else []
    changed = " and ".join(f"{count} cells of {name}" for name, count in guessed.items())
    return [*lines, "", *NOTES, "", f"With type inference, csvkit would change {changed}.", *details]


def listed(found: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Every finding once, with the ledgers that have it."""
    for text in dict.fromkeys(chain.from_iterable(found.values())):
        names = ", ".join(name for name, texts in found.items() if text in texts)
        yield f"- {names}: {' '.join(text.split())}"


NOTES = (
    "A warning is what a validator only recommends (redocly's rules beyond those of the specification, the recommended "
    "shapes of DCAT-AP), what frictionless guesses of files that the package does not call tables, what csvw refuses beyond "
    "the standard, and what csvkit says on the side. The same finding of many places is counted once.",
    "",
    "What could not be had: a RELAX NG grammar of Atom (no package ships it), the W3C's feed validator, the validators of "
    "CSVW that are written in Ruby, and the shapes of DCAT-AP for controlled vocabularies, which need the tables of the EU's "
    "Publications Office. check-datapackage asks for a newer Python, so only the schema in it is used.",
)


def main() -> None:
    results, unclean = [], False
    with tempfile.TemporaryDirectory() as name:
        sites = {ledger: Path(name) / ledger for ledger in LEDGERS}
        for ledger, data in LEDGERS.items():
            build(data, sites[ledger])
        for one in checks():
            found = {ledger: one.judge(site) for ledger, site in sites.items()}
            ran = not any(result.missing for result in found.values())
            proven = finds(one, sites["city"], found["city"]) if ran else 0
            results.append((one, found, proven))
            unclean |= any(result.errors for result in found.values()) or (ran and proven < len(one.faults))
        guessed = {ledger: judges.guessed(foreign.python(PYTHON), site) for ledger, site in sites.items()}
    lines = report(results, guessed)
    (ROOT / "benchmarks/opendata.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    sys.exit(unclean)


if __name__ == "__main__":
    main()
