"""Tables as CSV (RFC 4180, UTF-8 without BOM, LF line ends) and JSON (a list of objects), exactly as the Ledger has them."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain

from scripts.tables import Table, Value, cell

Rows = Iterable[dict[str, Value]]


def make_csv(table: Table, rows: Rows) -> Iterator[bytes]:
    """Row by row, the header first; a cell holds the exact text, line breaks included. Nothing is inferred or guarded."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for cells in chain([[column.name for column in table.columns]], (map(cell, row.values()) for row in rows)):
        writer.writerow(cells)
        yield out.getvalue().encode("utf-8")
        out.seek(0)
        out.truncate()


def make_json(table: Table, rows: Rows) -> Iterator[bytes]:
    """A list, row by row. Integers, numbers and truth values have their JSON type; an empty cell is null."""
    separator = b"[\n "
    for row in rows:
        shown = {column.name: typed(column.type, row[column.name]) for column in table.columns}
        # No line end can stand within a JSON text, so each one here is of the layout.
        yield separator + to_json(shown).rstrip().replace(b"\n", b"\n ")
        separator = b",\n "
    yield b"[]\n" if separator.startswith(b"[") else b"\n]\n"


def typed(type: str, value: Value) -> object:
    if value == "" or value is None:
        return None
    if type == "number":
        return json.loads(str(value))
    return value


def to_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
