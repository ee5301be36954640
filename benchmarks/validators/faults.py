"""Faults that are planted in a copy of a site, to see that a validator sees them."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from validators.judges import DATA, rows_of

Fault = Callable[[Path], object]  # of the folder of a whole site


def edit(pattern: str, old: str, new: str) -> Fault:
    """A fault: the first match of a pattern in a file, replaced."""

    def plant(site: Path) -> None:
        path = next(iter(sorted(site.glob(pattern))))
        text, count = re.subn(old, new, path.read_bytes().decode("utf-8"), count=1)
        assert count, f"{pattern} has no {old}"
        path.write_bytes(text.encode("utf-8"))

    return plant


def damaged(name: str, change: Callable[[list[list[str]]], object]) -> Fault:
    """A fault: the rows of a table changed, with the size and hash of the file as it is then."""

    def plant(site: Path) -> None:
        data, out = site / DATA, io.StringIO()
        rows = rows_of(data / name)
        change(rows)
        csv.writer(out, lineterminator="\n").writerows(rows)
        content = out.getvalue().encode("utf-8")
        (data / name).write_bytes(content)
        package = json.loads((data / "datapackage.json").read_text("utf-8"))
        for resource in package["resources"]:
            if resource["path"] == name:
                resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        (data / "datapackage.json").write_text(json.dumps(package), "utf-8")

    return plant


def put(column: str, value: str) -> Callable[[list[list[str]]], None]:
    """A value put into the first row."""

    def change(rows: list[list[str]]) -> None:
        rows[1][rows[0].index(column)] = value

    return change


# What the descriptions of the tables forbid.
TABLES = (
    damaged("responsibilities.csv", put("department_id", "nobody")),  # foreign key
    damaged("measures.csv", lambda rows: rows.append(rows[1])),  # primary key
    damaged("measures.csv", put("text", "")),  # required
    damaged("deadlines.csv", put("end", "2020-13-01")),  # datatype
    damaged("measures.csv", put("open_list", "TRUE")),
    damaged("policies.csv", put("measure_count", "one")),
)


def unreferenced(site: Path) -> None:
    with sqlite3.connect(site / DATA / "ledger.sqlite") as database:
        database.execute("DELETE FROM departments WHERE id = 'qingchuan-water'")
    database.close()


def flipped(site: Path) -> None:
    path = site / DATA / "ledger.zip"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
