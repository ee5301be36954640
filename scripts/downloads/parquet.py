"""Tables as Parquet, written by DuckDB. DuckDB belongs to publishing: without it everything else is made all the same."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.tables import Table

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}  # everything else is VARCHAR


def make_parquet(table: Table, rows: bytes) -> Iterator[tuple[str, bytes]]:
    """(path, content) of one table, made from its JSON, which says exactly what is empty and what is not."""
    connection = _connect()
    if connection is None:
        return
    shape = ", ".join(f"\"{column.name}\": '{TYPES.get(column.type, 'VARCHAR')}'" for column in table.columns)
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "rows.json"), Path(folder, "rows.parquet")
        source.write_bytes(rows)
        connection.execute(
            f"COPY (SELECT * FROM read_json('{source}', format = 'array', columns = {{{shape}}}, "
            f"maximum_object_size = {max(len(rows), 1 << 24)})) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        yield f"{table.name}.parquet", target.read_bytes()


@cache
def _connect():
    """A database in memory with one thread, so that the same rows give the same bytes; None where there is no DuckDB."""
    try:
        import duckdb
    except ImportError:
        return None
    return duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
