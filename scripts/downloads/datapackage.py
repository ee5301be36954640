"""Data Package, version 2 (datapackage.org): every table with its columns, keys, size and hash."""

from collections.abc import Sequence

from scripts.downloads.published import published
from scripts.ledger import Ledger
from scripts.made import MEDIA, Made
from scripts.tables import LAYERS, TABLES, Column, Table
from scripts.tables.about import COMPILED, OFFICIAL, Licence, description

TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}  # everything else is a string


def make_datapackage(ledger: Ledger, files: Sequence[Made]) -> dict:
    site, history = ledger.site, ledger.history
    tables = {f"{table.name}.csv": table for table in TABLES}
    titles = {f"sources/{policy.id}.txt": policy.title for policy in ledger.policies}
    known = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "policy-ledger",
        "title": site.name,
        "description": description(ledger),
        "homepage": site.address,
        "version": history.version,
        "created": f"{history.releases[-1].time.replace(' ', 'T')}:00+08:00" if history.releases else "",
        "licenses": [_licence(COMPILED)],
        "contributors": [{"title": site.operator, "roles": ["publisher"]}] if site.operator else [],
        "sources": [_source(title, address) for title, address in _sources(ledger)],
        "resources": [_resource(file, tables.get(file.path), titles.get(file.path, "")) for file in published(files)],
    }
    return {name: value for name, value in known.items() if value}


def _sources(ledger: Ledger) -> list[tuple[str, str]]:
    return [(policy.title, policy.source_address) for policy in ledger.policies]


def _source(title: str, address: str) -> dict:
    return {"title": title, "path": address} if address else {"title": title}


def _licences(file: Made, table: Table | None) -> list[Licence]:
    """The official columns of a table are free; what was compiled stands under the licence of the compilation."""
    if file.path.startswith("sources/"):
        return [OFFICIAL]
    official = table is None or any(column.layer == "official" for column in table.columns)
    return [COMPILED, OFFICIAL] if official else [COMPILED]


def _licence(licence: Licence) -> dict:
    return {"name": licence.name, "title": licence.title, "path": licence.path}


def _resource(file: Made, table: Table | None, title: str) -> dict:
    kind = file.suffix
    shape = {
        "name": table.name if table else file.path.replace("/", "-").replace(".", "-"),
        "path": file.path,
        "title": table.title if table else title,
        "description": f"一行是{table.row}。" if table else "",
        "format": kind,
        "mediatype": MEDIA[kind],
        "encoding": "utf-8" if kind in ("csv", "json") else "",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "licenses": [_licence(licence) for licence in _licences(file, table)],
    }
    known = {name: value for name, value in shape.items() if value or name == "bytes"}
    return known | ({"type": "table", "schema": _schema(table)} if table else {})


def _schema(table: Table) -> dict:
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
        for column, other in table.refers.items()
    ]
    shape = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    return shape | ({"foreignKeys": keys} if keys else {}) | {"missingValues": [""]}


def _field(column: Column) -> dict:
    empty = f"空着表示：{column.empty}。" if column.empty else ""
    field: dict = {
        "name": column.name,
        "type": TYPES.get(column.type, "string"),
        "title": column.meaning,
        "description": f"{LAYERS[column.layer]}。{empty}",
        "layer": column.layer,
    }
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if not column.empty:
        field["constraints"] = {"required": True}
    return field
