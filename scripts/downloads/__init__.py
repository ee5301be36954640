"""Everything under /data/v1/, one file after the other. Tables and what holds them all stand in files until they are taken."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.api import FOLDER
from scripts.downloads.archive import Archive
from scripts.downloads.describe import make_descriptions
from scripts.downloads.docx import make_sheet
from scripts.downloads.parquet import make_parquet
from scripts.downloads.records import make_records
from scripts.downloads.schemas import make_schemas
from scripts.downloads.sheets import make_workbook
from scripts.downloads.sqlite import make_database
from scripts.downloads.text import make_csv, make_json
from scripts.ledger import Ledger
from scripts.made import made, put
from scripts.tables import TABLES


def make_downloads(ledger: Ledger) -> Iterator[tuple[str, bytes | Path]]:
    """(path below the site, content) of each file: the tables in every format, the records, what describes them,
    their checksums, and all of it in one archive."""
    with TemporaryDirectory() as room:
        archive, files = Archive(Path(room, "ledger.zip")), []
        for path, content in _make(ledger):
            archive.add(path, content)
            files.append(made(path, content))
            yield f"{FOLDER}/{path}", content
        for path, content in make_descriptions(ledger, files):
            archive.add(path, content)
            yield f"{FOLDER}/{path}", content
        yield f"{FOLDER}/ledger.zip", archive.close()
    for policy in ledger.policies:
        yield f"{policy.address}source.txt", policy.source_bytes


def _make(ledger: Ledger) -> Iterator[tuple[str, bytes | Path]]:
    # Rows are made anew for each format: that costs less than to hold them.
    with TemporaryDirectory() as name:
        room = Path(name)
        for table in TABLES:
            yield f"{table.name}.csv", put(room / "rows.csv", make_csv(table, table.records(ledger)))
            rows = put(room / "rows.json", make_json(table, table.records(ledger)))
            yield f"{table.name}.json", rows
            if parquet := make_parquet(table, rows):
                yield f"{table.name}.parquet", parquet
        yield "ledger.xlsx", make_workbook(ledger, room / "ledger.xlsx")
        yield "ledger.sqlite", make_database(ledger, room / "ledger.sqlite")
    yield from make_records(ledger)
    for department in ledger.departments:
        yield f"departments/{department.id}.docx", make_sheet(department, ledger)
    for policy in ledger.policies:
        yield f"sources/{policy.id}.txt", policy.source_bytes
    yield from make_schemas(ledger)
