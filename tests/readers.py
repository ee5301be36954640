"""Programs that are not ours, reading the downloads: each gives the rows of one table as column → value."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars

from scripts.prove import read_csv


def csvkit(folder: Path, name: str) -> list[dict]:
    header, rows = read_csv(folder / f"{name}.csv")
    return [dict(zip(header, row, strict=True)) for row in rows]


def standard_csv(folder: Path, name: str) -> list[dict]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def standard_json(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def pandas_csv(folder: Path, name: str) -> list[dict]:
    return pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False).to_dict("records")


def polars_csv(folder: Path, name: str) -> list[dict]:
    path = folder / f"{name}.csv"
    return polars.read_csv(path, infer_schema=False, empty_string_is_null=False).to_dicts()


def polars_parquet(folder: Path, name: str) -> list[dict]:
    return _plain(polars.read_parquet(folder / f"{name}.parquet").to_dicts())


def duckdb_csv(folder: Path, name: str) -> list[dict]:
    query = f"SELECT * FROM read_csv('{folder / name}.csv', all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"
    return _asked(query)


def duckdb_parquet(folder: Path, name: str) -> list[dict]:
    return _asked(f"SELECT * FROM '{folder / name}.parquet'")


def sqlite(folder: Path, name: str) -> list[dict]:
    database = sqlite3.connect(folder / "ledger.sqlite")
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute(f"SELECT * FROM {name} ORDER BY rowid")]
    database.close()
    return rows


def openpyxl_sheet(folder: Path, name: str) -> list[dict]:
    sheet = openpyxl.load_workbook(io.BytesIO((folder / "ledger.xlsx").read_bytes()))[name]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _asked(query: str) -> list[dict]:
    found = duckdb.sql(query)
    return _plain([dict(zip(found.columns, row, strict=True)) for row in found.fetchall()])


def _plain(rows: list[dict]) -> list[dict]:
    """Days as text."""
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in rows
    ]


READERS = (
    csvkit,
    standard_csv,
    standard_json,
    pandas_csv,
    polars_csv,
    polars_parquet,
    duckdb_csv,
    duckdb_parquet,
    sqlite,
    openpyxl_sheet,
)


def unpack(downloads: dict[str, bytes], folder: Path) -> Path:
    """The tables of the downloads as files; returns their folder."""
    for path, content in downloads.items():
        if path.startswith("data/v1/") and path.count("/") == 2:
            (folder / path.rpartition("/")[2]).write_bytes(content)
    return folder
