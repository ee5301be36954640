"""The programs on the page about the API, as a reader copies them, and what they must answer."""

import csv
import io
import os
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from scripts.ledger import Ledger
from scripts.pages.examples import year

NAMES = {"department_id", "measure_id", "gap", "field"}  # the first of a row of column names
WITH = {"bash": ["bash"], "python": [sys.executable], "r": ["Rscript", "--vanilla"]}
ENDINGS = {"bash": "sh", "python": "py", "r": "R"}


class _Codes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self._id = ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "code" and (given.get("id") or "").startswith("example-"):
            self._id = given["id"].removeprefix("example-")
            self.found[self._id] = (given["class"].removeprefix("language-"), "")

    def handle_endtag(self, tag):
        if tag == "code":
            self._id = ""

    def handle_data(self, data):
        if self._id:
            language, code = self.found[self._id]
            self.found[self._id] = (language, code + data)


def written(page: str) -> dict[str, tuple[str, str]]:
    """(language, code) of every example of a page, by its name, as a browser shows it."""
    codes = _Codes()
    codes.feed(page)
    codes.close()
    return codes.found


def run_example(language: str, code: str, folder: Path) -> str:
    """What a program prints that runs in a folder of its own."""
    program = folder / f"example.{ENDINGS[language]}"
    program.write_text(code + "\n", "utf-8")
    here = {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [*WITH[language], program.name], cwd=folder, capture_output=True, encoding="utf-8", env={**os.environ, **here}
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def rows(printed: str, delimiter: str = ",") -> list[tuple[str, ...]]:
    """The rows that a program printed, without those of column names."""
    found = csv.reader(io.StringIO(printed.replace("\r\n", "\n"), newline=""), delimiter=delimiter)
    return [tuple(row) for row in found if row and row[0] not in NAMES]


def load(ledger: Ledger) -> Counter:
    return Counter(
        (department.id, department.name, str(len(ledger.duties_of(department)))) for department in ledger.departments
    )


def due(ledger: Ledger) -> Counter:
    return Counter(
        (measure.id, deadline.quote, deadline.period.end)
        for measure in ledger.measures
        for deadline in measure.deadlines
        if deadline.period and deadline.period.end <= f"{year(ledger)}-12-31"
    )


def gaps(ledger: Ledger) -> Counter:
    """How many gaps of each kind there are; one that leaves several columns empty is one."""
    records = (*ledger.policies, *ledger.measures, *ledger.departments)
    counts = Counter((unknown.field, unknown.state) for record in records for unknown in record.unknowns)
    return Counter((*key, str(count)) for key, count in counts.items())


def answers(ledger: Ledger) -> Counter:
    """All rows that a program in Python, R or SQL prints."""
    return load(ledger) + due(ledger) + gaps(ledger)


def formula_answers(ledger: Ledger) -> dict[str, int]:
    """What each formula must give."""
    return {
        "excel-load": len(ledger.duties_of(ledger.departments[0])),
        "excel-due": due(ledger).total(),
        "excel-gaps": sum(int(count) for field, state, count in gaps(ledger) if (field, state) == ("lead", "未载明")),
    }
