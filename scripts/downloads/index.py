"""The manifest at /data/v1/index.json: version, dates, counts and where everything is. The entrance of the API.

It stays small however many measures there are: they are listed by the JSON of their policy, and by the tables.
"""

from collections.abc import Sequence

from scripts.address import link
from scripts.api import FOLDER, path_of
from scripts.ledger import Ledger
from scripts.made import Made
from scripts.tables import TABLES
from scripts.tables.about import COMPILED, OFFICIAL

FORMATS = ("csv", "json", "parquet")
# The pages that belong to the data. The files of pages are named, for on a disk no server finds a folder's page.
PAGES = {
    "html": "data/index.html",
    "documentation": "data/api/index.html",
    "dictionary": "data/dictionary/index.html",
    "changelog": "data/changelog/index.html",
}
TEMPLATES = {
    "policies": "policies/{policy}.json",
    "measures": "measures/{policy}/{nn}.json",
    "departments": "departments/{department}.json",
    "sources": "sources/{policy}.txt",
}
SCHEMAS = {
    "policies": "schemas/policy-record.schema.json",
    "measures": "schemas/measure-record.schema.json",
    "departments": "schemas/department-record.schema.json",
    "removed": "schemas/removed-record.schema.json",
    "tables": "schemas/tables.schema.json",
}


def make_index(ledger: Ledger, files: Sequence[Made]) -> dict:
    """Addresses are relative to the manifest itself. A file that was not made is null."""
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
                "files": {kind: _file(known.get(f"{table.name}.{kind}")) for kind in FORMATS},
            }
            for table in TABLES
        ],
        "whole": {name: _file(known.get(f"ledger.{name}")) for name in ("xlsx", "sqlite")},
        "records": {
            "policies": [
                {
                    "id": policy.id,
                    "title": policy.title,
                    "measures": len(ledger.measures_of(policy)),
                    "href": path_of(policy),
                }
                for policy in ledger.policies
            ],
            "departments": [
                {"id": body.id, "title": body.name, "measures": len(ledger.duties_of(body)), "href": path_of(body)}
                for body in ledger.departments
            ],
        },
        "templates": TEMPLATES,
        "descriptions": {
            "datapackage": "datapackage.json",
            "csvw": "csv-metadata.json",
            "dcat": "dcat.jsonld" if ledger.site.address else None,
            "citation": "CITATION.cff",
            "checksums": "SHA256SUMS",
            "openapi": "openapi.json",
            "schemas": [path for path in known if path.startswith("schemas/")],
            "record_schemas": SCHEMAS,
        },
        "links": {
            "self": "index.json",
            **{name: link(f"{FOLDER}/index.json", path) for name, path in PAGES.items()},
            "schema": "schemas/index.schema.json",
        },
    }


def _file(file: Made | None) -> dict | None:
    return {"href": file.path, "bytes": file.size, "sha256": file.sha256} if file else None
