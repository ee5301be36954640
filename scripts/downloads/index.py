"""The manifest at /data/v1/index.json: version, dates, counts and where everything is. The entrance of the API."""

from collections.abc import Sequence

from scripts.downloads.terms import COMPILED, OFFICIAL
from scripts.ledger import Ledger
from scripts.made import Made
from scripts.tables import TABLES

FORMATS = ("csv", "json", "parquet")


def make_index(ledger: Ledger, files: Sequence[Made]) -> dict:
    """Addresses are relative to the manifest itself."""
    known = {file.path: file for file in files}
    history = ledger.history
    return {
        "title": ledger.site.name,
        "home": ledger.site.address or None,
        "api": "v1",
        "version": history.version or None,
        "modified": history.changed_on or None,
        "licence": {"compiled": COMPILED.name, "official": OFFICIAL.title},
        "counts": {
            "policies": len(ledger.policies),
            "measures": len(ledger.measures),
            "departments": len(ledger.departments),
            "removed": len(ledger.removed),
        },
        "tables": [
            {
                "name": table.name,
                "title": table.title,
                "row": table.row,
                "rows": sum(1 for _ in table.rows(ledger)),
                "columns": [column.name for column in table.columns],
                "files": {kind: _file(known[path]) for kind in FORMATS if (path := f"{table.name}.{kind}") in known},
            }
            for table in TABLES
        ],
        "whole": {name: _file(known[f"ledger.{name}"]) for name in ("xlsx", "sqlite")},
        "records": {
            "policies": [_record(f"policies/{policy.id}", policy.title) for policy in ledger.policies],
            "measures": [_record(f"measures/{measure.id}", measure.title) for measure in ledger.measures],
            "departments": [_record(f"departments/{body.id}", body.name) for body in ledger.departments],
        },
        "descriptions": {
            "datapackage": "datapackage.json",
            "csvw": "csv-metadata.json",
            "dcat": "dcat.jsonld" if ledger.site.address else None,
            "citation": "CITATION.cff",
            "checksums": "SHA256SUMS",
            "schemas": [path for path in known if path.startswith("schemas/")],
        },
    }


def _file(file: Made) -> dict:
    return {"href": file.path, "bytes": file.size, "sha256": file.sha256}


def _record(path: str, title: str) -> dict:
    return {"id": path.partition("/")[2], "title": title, "href": f"{path}.json"}
