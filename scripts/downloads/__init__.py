"""Everything under /data/v1/, as bytes by path, one file after the other. Nothing here touches the disk."""

from collections.abc import Iterator

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
from scripts.made import made
from scripts.tables import TABLES


def make_downloads(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """(path below the site, content) of each file: the tables in every format, the records, what describes them,
    their checksums, and all of it in one archive."""
    archive, files = Archive(), []
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


def _make(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    # Rows are made anew for each format: that costs less than to hold them.
    for table in TABLES:
        yield f"{table.name}.csv", make_csv(table, table.records(ledger))
        content = make_json(table, table.records(ledger))
        yield f"{table.name}.json", content
        yield from make_parquet(table, content)
    yield "ledger.xlsx", make_workbook(ledger)
    yield "ledger.sqlite", make_database(ledger)
    yield from make_records(ledger)
    for department in ledger.departments:
        yield f"departments/{department.id}.docx", make_sheet(department, ledger)
    for policy in ledger.policies:
        yield f"sources/{policy.id}.txt", policy.source_bytes
    yield from make_schemas(ledger)
