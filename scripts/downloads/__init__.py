"""Everything under /data/v1/, as bytes by path. Nothing here touches the disk."""

from scripts.downloads.docx import make_sheet
from scripts.downloads.records import make_records
from scripts.downloads.sheets import make_workbook
from scripts.downloads.text import make_csv, make_json
from scripts.ledger import Ledger
from scripts.tables import TABLES

FOLDER = "data/v1"  # 1 is the version of the table layout


def make_downloads(ledger: Ledger) -> dict[str, bytes]:
    """Each table as CSV and JSON, all of them as one workbook, each record as JSON,
    each department's duties as a sheet for Word, each archived source."""
    files: dict[str, bytes] = {}
    tables = [(table, list(table.records(ledger))) for table in TABLES]
    for table, rows in tables:
        files[f"{FOLDER}/{table.name}.csv"] = make_csv(table, rows)
        files[f"{FOLDER}/{table.name}.json"] = make_json(table, rows)
    files[f"{FOLDER}/ledger.xlsx"] = make_workbook(ledger, tables)
    for path, content in make_records(ledger).items():
        files[f"{FOLDER}/{path}"] = content
    for department in ledger.departments:
        files[f"{FOLDER}/departments/{department.id}.docx"] = make_sheet(department, ledger)
    for policy in ledger.policies:
        files[f"{policy.address}source.txt"] = policy.source_bytes
    return files
