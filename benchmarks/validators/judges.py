"""Validators that are programs, and what they found. Each is a function of the folder of a whole site."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from validators import atom, foreign

DATA = "data/v1"  # the downloads below the site
HEADING = "Schema validation errors were encountered.\n"  # of check-jsonschema, above the errors
OFFICE = ("soffice", "libreoffice-calc-nogui")  # program, package
# As CSV: comma, quote, UTF-8, from line 1, values as they are shown, no formulas, every sheet into a file of its own.
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Found:
    files: int = 0
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: str = ""  # why it could not run


Judge = Callable[[Path], Found]


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    said: str  # on the side, as programs do with warnings

    @property
    def words(self) -> str:
        return (self.out + self.said).strip()


def run(command: list, folder: Path) -> Run:
    """A program in a folder. The path of the folder is taken out of what it says."""
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, env=environment, timeout=600)
    out, said = (text.decode("utf-8", "replace").replace(f"{folder}/", "") for text in (made.stdout, made.stderr))
    return Run(made.returncode, out, said)


def counted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{text} ({count} times)" if count > 1 else text for text, count in Counter(texts).items())


def command(files: str, *words: object) -> Judge:
    """A program that is given all files of a pattern and exits with 0 where they are valid."""

    def judge(site: Path) -> Found:
        data = site / DATA
        paths = sorted(data.glob(files))
        made = run([*words, *paths], data)
        return Found(len(paths), tuple(made.words.removeprefix(HEADING).splitlines()) if made.status else ())

    return judge


def helper(inside: str, *words: object, more: tuple = ()) -> Judge:
    """A check of by_python.py or by_node.mjs, of a folder of the site; `more` goes behind the folder."""

    def judge(site: Path) -> Found:
        made = run([*words, site / inside, *more], site)
        if made.status:
            return Found(errors=(made.words[-1000:],))
        told = json.loads(made.out.splitlines()[-1])
        return Found(told["files"], tuple(told["errors"]), tuple(told["warnings"]))

    return judge


def redocly(node: Path) -> Judge:
    """The linter's rules of the specification are errors, those that it only recommends are warnings."""

    def lint(site: Path, rules: str) -> tuple[str, ...]:
        linter = node / "node_modules/@redocly/cli/bin/cli.js"
        options = ["--format", "json", "--max-problems", "1000", "--extends", rules]
        made = run(["node", linter, "lint", "openapi.json", *options], site / DATA)
        problems = json.JSONDecoder().raw_decode(made.out[made.out.index("{") :])[0]["problems"]
        return counted(": ".join(one[key] for key in ("ruleId", "message")) for one in problems)

    def judge(site: Path) -> Found:
        errors = lint(site, "spec")
        return Found(1, errors, tuple(one for one in lint(site, "recommended") if one not in errors))

    return judge


def feeds(site: Path) -> Found:
    paths = sorted((site / "feeds").glob("*.atom"))
    errors = [text for path in paths for text in atom.broken(path)]
    return Found(len(paths), (*errors, *(() if errors else atom.twice(paths))))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def office(site: Path) -> Found:
    """LibreOffice opens the workbook and writes it back, as a workbook and as one CSV a sheet: all cells as in our CSV."""
    program, data = foreign.program(*OFFICE), site / DATA
    if not program:
        return Found(missing="LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in (SHEETS, "xlsx"):
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            run(
                [program, profile, "--headless", "--convert-to", kind, "--outdir", folder, data / "ledger.xlsx"], folder
            )
        if not (folder / "ledger.xlsx").is_file():
            return Found(1, ("LibreOffice did not write the workbook back",))
        ours, back = load_workbook(data / "ledger.xlsx"), load_workbook(folder / "ledger.xlsx")
        errors = [
            f"not text: {cell.coordinate}" for book in (ours, back) for cell in cells(book) if cell.data_type != "s"
        ]
        for path in sorted(data.glob("*.csv")):
            table, rows = path.stem, rows_of(path)
            errors += [f"{table} as sheet: {text}" for text in differences(rows, sheet_rows(back[table]))]
            errors += [f"{table} as CSV: {text}" for text in differences(rows, rows_of(folder / f"ledger-{table}.csv"))]
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
    pragmas = "PRAGMA integrity_check; PRAGMA foreign_key_check;"
    made = run([program, "-readonly", "ledger.sqlite", pragmas], site / DATA)
    return Found(1, tuple(line for line in made.words.splitlines() if line != "ok"))


def checksums(site: Path) -> Found:
    """All files of the folder stand in the list but the list itself and the archive, which holds the list."""
    data = site / DATA
    made = run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], data)
    listed = {line.partition("  ")[2] for line in (data / "SHA256SUMS").read_text("utf-8").splitlines()}
    others = files_of(data) - {"SHA256SUMS", "ledger.zip"}
    return Found(len(listed), (*(made.words.splitlines() if made.status else ()), *sorted(listed ^ others)))


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def archive(site: Path) -> Found:
    program, data = foreign.program("unzip", "unzip"), site / DATA
    if not program:
        return Found(missing="unzip is not installed")
    made = run([program, "-tq", "ledger.zip"], data)
    if made.status:
        return Found(1, tuple(made.words.splitlines()))
    with zipfile.ZipFile(data / "ledger.zip") as file:
        names = [name.removeprefix("ledger/") for name in file.namelist()]
        wrong = [name for name in names if file.read(f"ledger/{name}") != (data / name).read_bytes()]
    return Found(len(names), (*wrong, *sorted((files_of(data) - {"ledger.zip"}) ^ set(names))))


def csvkit(programs: Path) -> Judge:
    """The commands that journalists use, without type inference: every cell comes out as it went in."""

    def judge(site: Path) -> Found:
        data = site / DATA
        paths = sorted(data.glob("*.csv"))
        errors, said = [], []

        def use(name: str, *words: object) -> Run:
            made = run([programs / name, "-I", *words], data)
            if made.status:
                errors.append(f"{name}: {made.words[-300:]}")
            said.extend(f"{name}: {line.partition(': ')[2]}" for line in made.said.splitlines() if "Warning:" in line)
            return made

        for path in paths:
            use("csvstat", path)
            for words in ((path,), ("--sheet", path.stem, "ledger.xlsx")):
                made = use("in2csv", "--blanks", *words)
                errors += [f"in2csv {words[-1]}: {text}" for text in differences(rows_of(path), parsed(made.out))]
        filled = [path for path in paths if len(rows_of(path)) > 1]  # of an empty one csvsql makes no table
        with tempfile.TemporaryDirectory() as name:
            target = Path(name) / "kit.sqlite"
            if not use("csvsql", "--blanks", "--db", f"sqlite:///{target}", "--insert", *filled).status:
                errors += [
                    f"csvsql {text}"
                    for path in filled
                    for text in differences(rows_of(path), stored(target, path.stem))
                ]
        return Found(len(paths), tuple(errors), counted(said))

    return judge


def guessed(programs: Path, site: Path) -> int:
    """How many cells csvkit changes where it is left to guess types."""
    paths = sorted((site / DATA).glob("*.csv"))
    return sum(len(differences(rows_of(path), parsed(run([programs / "in2csv", path], site).out))) for path in paths)


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def stored(database: Path, table: str) -> list[list[str]]:
    with sqlite3.connect(database) as connection:
        found = connection.execute(f'SELECT * FROM "{table}"')
        return [[one[0] for one in found.description], *map(list, found)]
