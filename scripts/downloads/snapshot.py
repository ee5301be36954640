"""A dated copy of the data that never changes: every table as CSV, the sources, and what describes them."""

from collections.abc import Iterator

from scripts.downloads.cite import make_citation
from scripts.downloads.datapackage import make_datapackage
from scripts.downloads.describe import checksums
from scripts.downloads.readme import make_readme
from scripts.downloads.text import make_csv, to_json
from scripts.ledger import Ledger
from scripts.made import made
from scripts.tables import TABLES


def make_snapshot(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """(path within the copy, content) of each file."""
    files = []
    for path, content in _make(ledger):
        files.append(made(path, content))
        yield path, content
    package = to_json(make_datapackage(ledger, files))
    yield "datapackage.json", package
    yield "SHA256SUMS", checksums([*files, made("datapackage.json", package)])


def _make(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    for table in TABLES:
        yield f"{table.name}.csv", b"".join(make_csv(table, table.records(ledger)))
    for policy in ledger.policies:
        yield f"sources/{policy.id}.txt", policy.source_bytes
    yield "CITATION.cff", make_citation(ledger)
    yield "README.txt", make_readme(ledger)
