"""Tables as CSV (RFC 4180, UTF-8 without BOM, LF line ends) and JSON (a list of objects), exactly as the Ledger has them."""

import csv
import io
import json
from collections.abc import Iterable

from scripts.tables import Table, Value, cell

Rows = Iterable[dict[str, Value]]


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
    out = io.BytesIO(b"[")
    out.seek(0, io.SEEK_END)
    separator = b"\n "
    for row in rows:
        shown = {column.name: typed(column.type, row[column.name]) for column in table.columns}
        # No line end can stand within a JSON text, so each one here is of the layout.
        out.write(separator + to_json(shown).rstrip().replace(b"\n", b"\n "))
        separator = b",\n "
    out.write(b"]\n" if separator == b"\n " else b"\n]\n")
    return out.getvalue()


def typed(type: str, value: Value) -> object:
    if value == "" or value is None:
        return None
    if type == "number":
        return json.loads(str(value))
    return value


def to_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
