"""Validators that are programs, and what they found. Each is a function of the folder of a whole site."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from validators import atom, foreign

DATA = "data/v1"  # the downloads below the site
HEADING = "Schema validation errors were encountered.\n"  # of check-jsonschema, above the errors
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Found:
    files: int = 0
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: str = ""  # why it could not run


Judge = Callable[[Path], Found]


def run(command: list, folder: Path) -> tuple[int, str]:
    """Exit status and everything printed."""
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": environment, "timeout": 600}
    made = subprocess.run(list(map(str, command)), cwd=folder, **options)
    return made.returncode, made.stdout.decode("utf-8", "replace")


def command(files: str, *words: object) -> Callable[[Path], Found]:
    """A program that is given all files of a pattern and exits with 0 where they are valid."""

    def check(site: Path) -> Found:
        data = site / DATA
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
        _, said = run(["node", linter, "lint", "openapi.json", *options], site / DATA)
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
    data = site / DATA
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
        [program, "-readonly", "ledger.sqlite", "PRAGMA integrity_check; PRAGMA foreign_key_check;"], site / DATA
    )
    return Found(1, tuple(line for line in said.splitlines() if line != "ok"))


def checksums(site: Path) -> Found:
    """All files of the folder stand in the list but the list itself and the archive, which holds the list."""
    data = site / DATA
    status, said = run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], data)
    listed = {line.partition("  ")[2] for line in (data / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()} - {
        "SHA256SUMS",
        "ledger.zip",
    }
    return Found(len(listed), (*(said.splitlines() if status else ()), *sorted(listed ^ there)))


def archive(site: Path) -> Found:
    program, data = foreign.program("unzip", "unzip"), site / DATA
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
        data = site / DATA
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
