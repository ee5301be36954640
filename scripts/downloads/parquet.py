"""Tables as Parquet, written by DuckDB. DuckDB belongs to publishing: without it everything else is made all the same."""

from functools import cache
from pathlib import Path

from scripts.tables import Table

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}  # everything else is VARCHAR
GROUP = 10_240  # rows that are held at a time, a multiple of 2,048
LEAST = 1 << 24  # bytes that a row may have at least, as DuckDB has it


def make_parquet(table: Table, rows: Path) -> Path | None:
    """One table, beside its JSON, which says exactly what is empty and what is not; None where there is no DuckDB."""
    connection = _connect()
    if connection is None:
        return None
    shape = ", ".join(f"\"{column.name}\": '{TYPES.get(column.type, 'VARCHAR')}'" for column in table.columns)
    target = rows.with_suffix(".parquet")
    connection.execute(
        f"COPY (SELECT * FROM read_json('{rows}', format = 'array', columns = {{{shape}}}, "
        f"maximum_object_size = {max(_longest(rows), LEAST)})) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})"
    )
    return target


def _longest(rows: Path) -> int:
    """How many bytes the longest row has. Each begins on a line of its own."""
    longest = row = 0
    with rows.open("rb") as lines:
        for line in lines:
            row = len(line) if line.startswith(b" {") else row + len(line)
            longest = max(longest, row)
    return longest


@cache
def _connect():
    """A database in memory with one thread, so that the same rows give the same bytes; None where there is no DuckDB."""
    try:
        import duckdb
    except ImportError:
        return None
    return duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
