"""What making the downloads costs as the ledger grows: seconds, and the most memory above what the ledger itself takes. Each
format in a fresh process, its files written one by one as the build writes them. Writes benchmarks/downloads.md.

Run by `make measure`. The ledgers are made up, as in search.py; their history is empty.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from search import grown
from tools import ROOT

from scripts.check import check
from scripts.downloads import FOLDER, make_downloads
from scripts.downloads.archive import Archive
from scripts.downloads.docx import make_sheet
from scripts.downloads.parquet import make_parquet
from scripts.downloads.records import make_records
from scripts.downloads.schemas import make_schemas
from scripts.downloads.sheets import make_workbook
from scripts.downloads.sqlite import make_database
from scripts.downloads.text import make_csv, make_json
from scripts.ledger import Ledger
from scripts.load import load
from scripts.made import put
from scripts.tables import TABLES
from scripts.write import write_content

SIZES = (100, 1_000, 5_000, 10_000)  # measures
Files = Iterator[tuple[str, bytes | Path]]


def only_rows(ledger: Ledger, folder: Path) -> Files:
    """The rows of all tables, one table after the other; no file."""
    for table in TABLES:
        for _ in table.records(ledger):
            pass
    yield from ()


def as_csv(ledger: Ledger, folder: Path) -> Files:
    yield from (
        (f"{table.name}.csv", put(folder / "rows.csv", make_csv(table, table.records(ledger)))) for table in TABLES
    )


def as_json(ledger: Ledger, folder: Path) -> Files:
    yield from (
        (f"{table.name}.json", put(folder / "rows.json", make_json(table, table.records(ledger)))) for table in TABLES
    )


def as_parquet(ledger: Ledger, folder: Path) -> Files:
    for table in TABLES:
        if made := make_parquet(table, folder / FOLDER / f"{table.name}.json"):
            yield f"{table.name}.parquet", made


def as_workbook(ledger: Ledger, folder: Path) -> Files:
    yield "ledger.xlsx", make_workbook(ledger, folder / "made.xlsx")


def as_database(ledger: Ledger, folder: Path) -> Files:
    yield "ledger.sqlite", make_database(ledger, folder / "made.sqlite")


def as_records(ledger: Ledger, folder: Path) -> Files:
    return make_records(ledger)


def as_documents(ledger: Ledger, folder: Path) -> Files:
    yield from ((f"{body.id}.docx", make_sheet(body, ledger)) for body in ledger.departments)


def as_schemas(ledger: Ledger, folder: Path) -> Files:
    return make_schemas(ledger)


def as_archive(ledger: Ledger, folder: Path) -> Files:
    """Of the files that the whole run wrote."""
    archive, data = Archive(folder / "made.zip"), folder / FOLDER
    for path in sorted(data.rglob("*")):
        if path.is_file() and path.name != "ledger.zip":
            archive.add(path.relative_to(data).as_posix(), path)
    yield "ledger.zip", archive.close()


def whole(ledger: Ledger, folder: Path) -> Files:
    return make_downloads(ledger)


MAKERS: dict[str, Callable[[Ledger, Path], Files]] = {
    "whole": whole,  # first, for others read what it writes
    "rows alone": only_rows,
    "csv": as_csv,
    "json": as_json,
    "parquet": as_parquet,
    "xlsx": as_workbook,
    "sqlite": as_database,
    "records": as_records,
    "docx": as_documents,
    "schemas": as_schemas,
    "zip": as_archive,
}


def made_up(ledger: Ledger, count: int) -> Ledger:
    """A ledger of so many measures, whose facts are under numbers of their own and point to measures that exist."""
    larger = grown(ledger, count)
    parts = {policy.id: tuple(part for part in policy.parts if not part.measure) for policy in larger.policies}
    policies = {policy.id: replace(policy, parts=parts[policy.id]) for policy in larger.policies}
    measures = []
    for measure in larger.measures:
        dates = [replace(one, id=f"{measure.id}/t{number}") for number, one in enumerate(measure.deadlines, 1)]
        first = f"{measure.policy.id}/01"
        own = {
            "policy": policies[measure.policy.id],
            "deadline": dates[0] if measure.deadline else None,
            "inner_deadlines": tuple(dates[1:] if measure.deadline else dates),
            "relations": tuple(replace(one, to=first) for one in measure.relations if measure.id != first),
        }
        measures.append(replace(measure, **own))
    return replace(larger, policies=tuple(policies.values()), measures=tuple(measures))


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def forget_peak() -> None:
    """Count the most memory from now on, where the system can (Linux): reading the data has a peak of its own."""
    control = Path("/proc/self/clear_refs")
    if control.exists():
        control.write_text("5")


def measure(name: str, count: int, folder: Path) -> dict[str, float]:
    """One maker on a ledger of so many measures, in this process."""
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    small = replace(ledger, measures=ledger.measures[:1])
    make_parquet(
        TABLES[0], put(folder / "one.json", make_json(TABLES[0], TABLES[0].records(small)))
    )  # libraries are loaded once
    ledger = made_up(ledger, count)
    out = folder if name == "whole" else folder / "one" / name.replace(" ", "-")
    forget_peak()
    before, start = peak(), time.perf_counter()
    size = largest = 0
    for path, content in MAKERS[name](ledger, folder):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        write_content(out / path, content)
        length = (out / path).stat().st_size
        size, largest = size + length, max(largest, length)
    return {
        "seconds": time.perf_counter() - start,
        "memory": peak() - before,
        "ledger": before,
        "size": size,
        "largest": largest,
    }


def fresh(name: str, count: int, folder: str) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, name, str(count), folder]
    made = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(made.stdout.splitlines()[-1])


def main() -> None:
    results: dict[int, dict[str, dict[str, float]]] = {}
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            results[count] = {name: fresh(name, count, folder) for name in MAKERS}
            for name, found in results[count].items():
                print(count, name, found, flush=True)

    def table(title: str, key: str, form: Callable[[float], str]) -> list[str]:
        return [
            f"| {title} | {' | '.join(f'{count:,}' for count in SIZES)} |",
            f"| --- |{' ---: |' * len(SIZES)}",
            *(f"| {name} | {' | '.join(form(results[count][name][key]) for count in SIZES)} |" for name in MAKERS),
            "",
        ]

    def megabytes(size: float) -> str:
        return f"{size / 1e6:.1f}"

    ledgers = ", ".join(f"{megabytes(results[count]['whole']['ledger'])} MB at {count:,}" for count in SIZES)
    lines = [
        "# Making the downloads",
        "",
        f"Fresh processes, files written one by one; Python {sys.version.split()[0]}. Memory is the most above what the process "
        f"has with its ledger and libraries ({ledgers} measures). Compare the figures with each other only.",
        "",
        *table("memory, MB, by measures", "memory", megabytes),
        *table("seconds", "seconds", lambda seconds: f"{seconds:.2f}"),
        *table("all files, MB", "size", megabytes),
        *table("largest file, MB", "largest", megabytes),
    ]
    (ROOT / "benchmarks/downloads.md").write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
