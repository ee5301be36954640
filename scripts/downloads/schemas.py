"""JSON Schemas (2020-12) of the data files, of every table's JSON and of the JSON of single records."""

from collections.abc import Iterator

from scripts.downloads.record_schemas import record_schemas
from scripts.downloads.text import to_json, typed
from scripts.ledger import Ledger
from scripts.schemas import schemas
from scripts.tables import LAYERS, TABLES, Column, Table

TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}  # everything else is a string
LAYOUT = "tables"


def make_schemas(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each; the tables' with an example of each column from the data."""
    for kind, schema in (schemas() | {LAYOUT: table_schema(ledger)} | record_schemas(ledger)).items():
        yield f"schemas/{kind}.schema.json", to_json(_standard(schema))


def _standard(schema: object) -> object:
    """A schema with what its values mean in JSON Schema's own words; `enumDescriptions` is one that editors know."""
    if isinstance(schema, list):
        return [_standard(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _standard(one) for name, one in schema.items() if name != "enumDescriptions"}
    if meanings := schema.get("enumDescriptions"):
        values = made.pop("enum")
        made["oneOf"] = [
            {"const": value, "description": meaning} for value, meaning in zip(values, meanings, strict=True)
        ]
    return made


def table_schema(ledger: Ledger | None = None) -> dict:
    """The tables and their columns. Without a ledger it is the layout alone, kept in data/schemas/, so that the history
    tells when a column came or went."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "tables.schema.json",
        "title": "下载文件里的各张表",
        "description": "每张表是一个列表，一行一个对象；空着的内容是 null。",
        "$defs": {table.name: _rows(table, ledger) for table in TABLES},
    }


def _rows(table: Table, ledger: Ledger | None) -> dict:
    first = next(table.records(ledger), {}) if ledger else {}
    return {
        "title": table.title,
        "description": f"一行是{table.row}。",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [column.name for column in table.columns],
            "properties": {column.name: _value(column, first.get(column.name)) for column in table.columns},
        },
    }


def _value(column: Column, example: object) -> dict:
    kind = TYPES.get(column.type, "string")
    shape: dict = {
        "title": column.meaning,
        "description": f"{LAYERS[column.layer]}。{f'空着表示：{column.empty}。' if column.empty else ''}",
        "type": [kind, "null"] if column.empty else kind,
    }
    if column.type == "date":
        shape["format"] = "date"
    if example not in (None, ""):
        shape["examples"] = [typed(column.type, example)]
    return shape
