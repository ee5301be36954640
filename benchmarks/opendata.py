"""Is the published open data valid? Independent validators over the downloads, feeds and calendars of both ledgers, the
real one and the small one with hostile texts; writes benchmarks/opendata.md. Each validator is also shown to find a fault
that was planted for it, for one that finds nothing proves nothing.

Run by `make measure`. Needs npm, LibreOffice, sqlite3 and unzip; the rest is installed into a scratch folder.
"""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import atom
import foreign
from openpyxl import load_workbook
from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.calendars import make_calendars
from scripts.check import check
from scripts.downloads import FOLDER, make_downloads
from scripts.feeds import make_feeds
from scripts.history import read_history
from scripts.load import load

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
HEADING = "Schema validation errors were encountered.\n"  # of check-jsonschema, above the errors
MOST = 20  # findings of one check that the report lists
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Found:
    files: int = 0
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: str = ""  # why it could not run


@dataclass(frozen=True)
class Check:
    artefact: str
    validator: str
    run: Callable[[Path], Found]  # of the folder of a whole site
    faults: tuple[Callable[[Path], object], ...]  # each plants in such a folder what the check must find


def build(data: Path, site: Path) -> None:
    """Downloads, feeds and calendars as a site with an address has them."""
    ledger = check(load(data)).ledger
    assert ledger, "make check first"
    own = replace(ledger.site, address=ledger.site.address or ADDRESS)
    ledger = replace(ledger, site=own, history=read_history(data))
    for path, content in chain(make_downloads(ledger), make_feeds(ledger), make_calendars(ledger)):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def run(command: list, folder: Path) -> tuple[int, str]:
    """Exit status and everything printed."""
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": environment, "timeout": 600}
    made = subprocess.run(list(map(str, command)), cwd=folder, **options)
    return made.returncode, made.stdout.decode("utf-8", "replace")


def command(files: str, *words: object) -> Callable[[Path], Found]:
    """A program that is given all files of a pattern and exits with 0 where they are valid."""

    def check(site: Path) -> Found:
        data = site / FOLDER
        paths = sorted(data.glob(files))
        status, said = run([*words, *paths], data)
        return Found(len(paths), tuple(said.strip().removeprefix(HEADING).splitlines()) if status else ())

    return check


def helper(inside: str, *words: object, more: tuple = ()) -> Callable[[Path], Found]:
    """A check of opendata_python.py or opendata_node.mjs, of a folder of the site; `more` goes behind the folder."""

    def check(site: Path) -> Found:
        status, said = run([*words, site / inside, *more], site)
        if status:
            return Found(errors=(said.strip()[-2000:],))
        told = json.loads(said.splitlines()[-1])
        return Found(told["files"], tuple(told["errors"]), tuple(told["warnings"]))

    return check


def redocly(node: Path) -> Callable[[Path], Found]:
    """The linter's rules of the specification are errors, those that it only recommends are warnings."""

    def lint(site: Path, rules: str) -> list[str]:
        linter = node / "node_modules/@redocly/cli/bin/cli.js"
        options = ["--format", "json", "--max-problems", "1000", "--extends", rules]
        _, said = run(["node", linter, "lint", "openapi.json", *options], site / FOLDER)
        problems, _ = json.JSONDecoder().raw_decode(said[said.index("{\n") :])
        return [
            f"{one['ruleId']}: {one['message']} {one['location'][0].get('pointer', '')}" for one in problems["problems"]
        ]

    def check(site: Path) -> Found:
        errors = lint(site, "spec")
        return Found(1, tuple(errors), tuple(one for one in lint(site, "recommended") if one not in errors))

    return check


def feeds(site: Path) -> Found:
    paths = sorted((site / "feeds").glob("*.atom"))
    errors = [text for path in paths for text in atom.broken(path)]
    return Found(len(paths), (*errors, *(() if errors else atom.twice(paths))))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def office(site: Path) -> Found:
    """LibreOffice opens the workbook and writes it back, as a workbook and as one CSV a sheet: all cells as in our CSV."""
    program = foreign.program("soffice", "libreoffice-calc-nogui")
    if not program:
        return Found(missing="LibreOffice is not installed")
    data = site / FOLDER
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Comma, quote, UTF-8, from line 1, values as shown, no formulas, all sheets.
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        for kind in (form, "xlsx"):
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            run(
                [program, profile, "--headless", "--convert-to", kind, "--outdir", folder, data / "ledger.xlsx"], folder
            )
        if not (folder / "ledger.xlsx").is_file():
            return Found(1, ("LibreOffice did not write the workbook back",))
        books = {
            kind: load_workbook(path)
            for kind, path in (("ours", data / "ledger.xlsx"), ("back", folder / "ledger.xlsx"))
        }
        errors = [
            f"formula in {kind}: {cell.coordinate}"
            for kind, book in books.items()
            for cell in cells(book)
            if cell.data_type != "s"
        ]
        for path in sorted(data.glob("*.csv")):
            ours = rows_of(path)
            for kind, rows in (
                ("workbook", sheet_rows(books["back"][path.stem])),
                ("CSV", rows_of(folder / f"ledger-{path.stem}.csv")),
            ):
                errors += [f"{path.stem} as {kind}: {text}" for text in differences(ours, rows)]
        return Found(2, tuple(errors))


def cells(book) -> Iterator:
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def sheet_rows(sheet) -> list[list[str]]:
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def differences(ours: list[list[str]], theirs: list[list[str]]) -> list[str]:
    if len(ours) != len(theirs):
        return [f"{len(theirs)} rows instead of {len(ours)}"]
    return [
        f"row {number}: {other!r:.80} instead of {one!r:.80}"
        for number, (here, there) in enumerate(zip(ours, theirs, strict=True), 1)
        for one, other in zip(here, there, strict=False)
        if one != other
    ]


def database(site: Path) -> Found:
    program = foreign.program("sqlite3", "sqlite3")
    if not program:
        return Found(missing="sqlite3 is not installed")
    _, said = run(
        [program, "-readonly", "ledger.sqlite", "PRAGMA integrity_check; PRAGMA foreign_key_check;"], site / FOLDER
    )
    return Found(1, tuple(line for line in said.splitlines() if line != "ok"))


def checksums(site: Path) -> Found:
    """All files of the folder stand in the list but the list itself and the archive, which holds the list."""
    data = site / FOLDER
    status, said = run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], data)
    listed = {line.partition("  ")[2] for line in (data / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()} - {
        "SHA256SUMS",
        "ledger.zip",
    }
    return Found(len(listed), (*(said.splitlines() if status else ()), *sorted(listed ^ there)))


def archive(site: Path) -> Found:
    program, data = foreign.program("unzip", "unzip"), site / FOLDER
    if not program:
        return Found(missing="unzip is not installed")
    status, said = run([program, "-tq", "ledger.zip"], data)
    if status:
        return Found(1, tuple(said.splitlines()))
    with zipfile.ZipFile(data / "ledger.zip") as file:
        names = [name.removeprefix("ledger/") for name in file.namelist()]
        wrong = [name for name in names if file.read(f"ledger/{name}") != (data / name).read_bytes()]
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()} - {"ledger.zip"}
    return Found(len(names), (*wrong, *sorted(there ^ set(names))))


def csvkit(programs: Path) -> Callable[[Path], Found]:
    """The commands that journalists use, without type inference: every cell comes out as it went in."""

    def check(site: Path) -> Found:
        data = site / FOLDER
        paths, errors = sorted(data.glob("*.csv")), []
        for path in paths:
            ours = rows_of(path)
            status, said = run([programs / "csvstat", "-I", path], data)
            errors += [f"csvstat {path.name}: {said[-300:]}"] if status else []
            status, said = run([programs / "in2csv", "-I", "--blanks", path], data)
            errors += [
                f"in2csv {path.name}: {text}"
                for text in differences(ours, list(csv.reader(io.StringIO(said, newline=""))))
            ]
            status, said = run([programs / "in2csv", "-I", "--blanks", "--sheet", path.stem, "ledger.xlsx"], data)
            errors += [
                f"in2csv {path.stem} of the XLSX: {text}"
                for text in differences(ours, list(csv.reader(io.StringIO(said, newline=""))))
            ]
        with tempfile.TemporaryDirectory() as name:
            target = Path(name) / "kit.sqlite"
            filled = [path for path in paths if len(rows_of(path)) > 1]  # of an empty one csvsql makes no table
            status, said = run(
                [programs / "csvsql", "-I", "--blanks", "--db", f"sqlite:///{target}", "--insert", *filled], data
            )
            errors += [f"csvsql: {said[-300:]}"] if status else []
            with sqlite3.connect(target) as kit:
                for path in filled if not status else ():
                    rows = [list(row) for row in kit.execute(f'SELECT * FROM "{path.stem}"')]
                    errors += [f"csvsql {path.name}: {text}" for text in differences(rows_of(path)[1:], rows)]
        return Found(len(paths), tuple(errors))

    return check


def inferred(programs: Path, data: Path) -> int:
    """How many cells csvkit changes where it is left to guess types."""
    count = 0
    for path in sorted(data.glob("*.csv")):
        _, said = run([programs / "in2csv", path], data)
        count += len(differences(rows_of(path), list(csv.reader(io.StringIO(said, newline="")))))
    return count


def edit(pattern: str, old: str, new: str) -> Callable[[Path], None]:
    """A fault: the first match of a pattern in a file, replaced."""

    def plant(site: Path) -> None:
        path = next(iter(sorted(site.glob(pattern))))
        text, count = re.subn(old, new, path.read_bytes().decode("utf-8"), count=1)
        assert count, f"{pattern} has no {old}"
        path.write_bytes(text.encode("utf-8"))

    return plant


def damaged(name: str, change: Callable[[list[list[str]]], object]) -> Callable[[Path], None]:
    """A fault: the rows of a table changed, with the size and hash of the file as it is then."""

    def plant(site: Path) -> None:
        data, out = site / FOLDER, io.StringIO()
        rows = rows_of(data / name)
        change(rows)
        csv.writer(out, lineterminator="\n").writerows(rows)
        content = out.getvalue().encode("utf-8")
        (data / name).write_bytes(content)
        package = json.loads((data / "datapackage.json").read_text("utf-8"))
        for resource in package["resources"]:
            if resource["path"] == name:
                resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        (data / "datapackage.json").write_text(json.dumps(package), "utf-8")

    return plant


def put(column: str, value: str) -> Callable[[list[list[str]]], None]:
    """A value put into the first row."""

    def change(rows: list[list[str]]) -> None:
        rows[1][rows[0].index(column)] = value

    return change


# What the descriptions of the tables forbid.
TABLES = (
    damaged("responsibilities.csv", put("department_id", "nobody")),  # foreign key
    damaged("measures.csv", lambda rows: rows.append(rows[1])),  # primary key
    damaged("measures.csv", put("text", "")),  # required
    damaged("deadlines.csv", put("end", "2020-13-01")),  # datatype
    damaged("measures.csv", put("open_list", "TRUE")),
    damaged("policies.csv", put("measure_count", "one")),
)


def unreferenced(site: Path) -> None:
    with sqlite3.connect(site / FOLDER / "ledger.sqlite") as database:
        database.execute("DELETE FROM departments WHERE id = 'qingchuan-water'")
    database.close()


def flipped(site: Path) -> None:
    path = site / FOLDER / "ledger.zip"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)


def checks() -> Iterator[Check]:
    programs, node = foreign.python(PYTHON), foreign.npm(NPM)
    with zipfile.ZipFile(foreign.wheel(*PROFILE)) as wheel:
        profile = Path(wheel.extract("check_datapackage/schemas/data-package-2-0.json", foreign.SCRATCH / "wheels"))
    here, schemas = Path(__file__).parent, programs / "check-jsonschema"

    def version(name: str) -> str:
        return f"{name} {(PYTHON | NPM)[name]}"

    def python(name: str, *more: object, inside: str = FOLDER) -> Callable[[Path], Found]:
        return helper(inside, programs / "python", here / "opendata_python.py", name, more=more)

    def script(name: str, inside: str = FOLDER) -> Callable[[Path], Found]:
        return helper(inside, "node", here / "opendata_node.mjs", node / "node_modules", name)

    yield Check("Data Package", f"frictionless {PYTHON['frictionless[parquet]']}", python("frictionless"), TABLES)
    yield Check(
        "Data Package 2.0",
        f"its official schema, {version('check-jsonschema')}",
        command("datapackage.json", schemas, "--schemafile", profile),
        (edit(f"{FOLDER}/datapackage.json", '"path": "ledger.csv"', '"road": "ledger.csv"'),),
    )
    yield Check("CSVW", version("csvw"), python("csvw"), TABLES)
    yield Check(
        "DCAT-AP 3.0.1",
        f"{version('pyshacl')}, official shapes",
        python("shacl", SHAPES) if SHAPES.is_dir() else lambda site: Found(missing="the shapes are not here"),
        (edit(f"{FOLDER}/dcat.jsonld", '"dct:title"', '"dct:name"'),),
    )
    answers = edit(f"{FOLDER}/openapi.json", '"responses": {\n', '"answers": {\n')
    lost = edit(f"{FOLDER}/openapi.json", "#/components/parameters/", "#/components/nothing/")
    for name, judge in (
        ("openapi-spec-validator", command("openapi.json", programs / "openapi-spec-validator")),
        ("@apidevtools/swagger-parser", script("swagger")),
        ("@redocly/cli", redocly(node)),
    ):
        yield Check("OpenAPI 3.1", version(name), judge, (answers, lost))
    yield Check(
        "JSON Schemas, by their metaschema",
        version("check-jsonschema"),
        command("schemas/*.json", schemas, "--check-metaschema"),
        (edit(f"{FOLDER}/schemas/*.json", '"type": "object"', '"type": "objekt"'),),
    )
    yield Check(
        "JSON, by its JSON Schema",
        f"{version('ajv')}, strict",
        script("ajv"),
        (
            edit(f"{FOLDER}/measures.json", '"open_list": false', '"open_list": "no"'),
            edit(f"{FOLDER}/measures/*/*.json", '"official"', '"offical"'),
            edit(f"{FOLDER}/schemas/measure-record.schema.json", '"required"', '"requierd"'),
        ),
    )
    yield Check(
        "CITATION.cff 1.2.0",
        f"{version('check-jsonschema')}, its CFF schema",
        command("CITATION.cff", schemas, "--builtin-schema", "vendor.citation-file-format"),
        (edit(f"{FOLDER}/CITATION.cff", "title:", "name:"),),
    )
    yield Check(
        "Atom: well-formed, RFC 4287",
        f"lxml, {len(atom.RULES)} rules of our own",
        feeds,
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
    october = edit(f"{FOLDER}/measures.csv", r"2020\.10", "2020.1")
    yield Check("XLSX", f"{office_version()}, openpyxl", office, (october,))
    yield Check(
        "Parquet", version("pyarrow"), python("parquet"), (edit(f"{FOLDER}/measures.json", r"2020\.10", "2020.1"),)
    )
    yield Check("SQLite", "sqlite3, integrity_check and foreign_key_check", database, (unreferenced,))
    yield Check("SHA256SUMS", "sha256sum --check --strict", checksums, (october,))
    yield Check("ZIP", "unzip -t", archive, (flipped, october))
    yield Check("CSV", f"{version('csvkit')}: csvstat, in2csv, csvsql, each -I", csvkit(programs), (october,))


def office_version() -> str:
    program = foreign.program("soffice", "libreoffice-calc-nogui")
    return " ".join(run([program, "--version"], ROOT)[1].split()[:2]) if program else "LibreOffice"


def finds(check: Check, whole: Path, known: Found) -> int:
    """How many of the faults a check finds, each planted in a copy of a site of which it is known what the check says."""
    count = 0
    for fault in check.faults:
        broken = whole.with_name("broken")
        shutil.copytree(whole, broken)
        fault(broken)
        count += bool(set(check.run(broken).errors) - set(known.errors))
        shutil.rmtree(broken)
    return count


def report(rows: list[tuple[Check, dict[str, Found], int]], guessed: dict[str, int]) -> list[str]:
    lines = [
        "# Open data",
        "",
        "Independent validators over the downloads, feeds and calendars of the real ledger (zibo) and of the small one with "
        "hostile texts (city). *Faults found*: of those that were planted in copies, to see that the validator sees.",
        "",
        "| artefact | validator | files | errors | warnings | faults found |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    details: list[str] = []
    for check, found, proven in rows:
        if missing := next((one.missing for one in found.values() if one.missing), ""):
            lines.append(f"| {check.artefact} | {check.validator} | not run: {missing} | | | |")
            continue
        sums = [
            sum(count)
            for count in zip(*((one.files, len(one.errors), len(one.warnings)) for one in found.values()), strict=True)
        ]
        lines.append(
            f"| {check.artefact} | {check.validator} | {sums[0]} | {sums[1]} | {sums[2]} | {proven} of {len(check.faults)} |"
        )
        for kind in ("errors", "warnings"):
            told = [f"{name}: {text}" for name, one in found.items() for text in getattr(one, kind)]
            if told:
                details += ["", f"### {check.artefact}, {check.validator}: {kind}", ""]
                details += [f"- {' '.join(text.split())}" for text in told[:MOST]]
                details += [f"- and {len(told) - MOST} more"] if len(told) > MOST else []
    return [
        *lines,
        "",
        *NOTES,
        "",
        f"With type inference, csvkit would change {' and '.join(f'{count} cells of {name}' for name, count in guessed.items())}.",
        *details,
    ]


NOTES = (
    "What a warning is: what a validator only recommends (redocly's *recommended* beyond *spec*; shapes_recommended of DCAT-AP), "
    "what frictionless guesses of files that the package does not call tables, and what csvw refuses beyond the standard.",
    "",
    "What could not be had: a RELAX NG grammar of Atom (no package ships it), the W3C feed validator, the reference "
    "validators of CSVW (Ruby), and the shapes of DCAT-AP for controlled vocabularies, which need the tables of the EU's "
    "Publications Office. check-datapackage asks for a newer Python, so only its schema is used.",
)


def main() -> None:
    rows, unclean = [], False
    with tempfile.TemporaryDirectory() as name:
        sites = {ledger: Path(name) / ledger for ledger in LEDGERS}
        for ledger, data in LEDGERS.items():
            build(data, sites[ledger])
        for check in checks():
            found = {ledger: check.run(site) for ledger, site in sites.items()}
            ran = not any(one.missing for one in found.values())
            proven = finds(check, sites["city"], found["city"]) if ran else 0
            rows.append((check, found, proven))
            unclean |= any(one.errors for one in found.values()) or (ran and proven < len(check.faults))
            print(
                check.artefact,
                check.validator,
                {ledger: (one.files, len(one.errors), len(one.warnings)) for ledger, one in found.items()},
                proven,
                flush=True,
            )
        guessed = {ledger: inferred(foreign.python(PYTHON), site / FOLDER) for ledger, site in sites.items()}
    lines = report(rows, guessed)
    (ROOT / "benchmarks/opendata.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    sys.exit(unclean)


if __name__ == "__main__":
    main()
