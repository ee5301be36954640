"""Tables as Parquet, written by DuckDB. DuckDB belongs to publishing: without it everything else is made all the same."""

from functools import cache
from pathlib import Path

from scripts.tables import Table

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}  # everything else is VARCHAR


def make_parquet(table: Table, rows: Path) -> Path | None:
    """One table, beside its JSON, which says exactly what is empty and what is not; None where there is no DuckDB."""
    connection = _connect()
    if connection is None:
        return None
    shape = ", ".join(f"\"{column.name}\": '{TYPES.get(column.type, 'VARCHAR')}'" for column in table.columns)
    target = rows.with_suffix(".parquet")
    connection.execute(
        f"COPY (SELECT * FROM read_json('{rows}', format = 'array', columns = {{{shape}}}, "
        f"maximum_object_size = {max(rows.stat().st_size, 1 << 24)})) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )
    return target


@cache
def _connect():
    """A database in memory with one thread, so that the same rows give the same bytes; None where there is no DuckDB."""
    try:
        import duckdb
    except ImportError:
        return None
    return duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
