"""Tables as CSV (RFC 4180, UTF-8 without BOM, LF line ends) and JSON (a list of objects), exactly as the Ledger has them."""

import csv
import io
import json
from collections.abc import Sequence

from scripts.tables import Table, Value, cell

Rows = Sequence[dict[str, Value]]


def make_csv(table: Table, rows: Rows) -> bytes:
    """One header row; a cell holds the exact text, line breaks included. Nothing is inferred, nothing is guarded."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    for row in rows:
        writer.writerow([cell(value) for value in row.values()])
    return out.getvalue().encode("utf-8")


def make_json(table: Table, rows: Rows) -> bytes:
    """A list of rows. Integers, numbers and truth values have their JSON type; an empty cell is null."""
    return to_json([{column.name: typed(column.type, row[column.name]) for column in table.columns} for row in rows])


def typed(type: str, value: Value) -> object:
    if value == "" or value is None:
        return None
    if type == "number":
        return json.loads(str(value))
    return value


def to_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
