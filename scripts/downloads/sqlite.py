"""All tables as one SQLite database with keys, indexes and views that answer the common questions."""

import sqlite3
from pathlib import Path

from scripts.ledger import Ledger
from scripts.tables import TABLES, Column, Table, Value

TEXT = "TEXT"
TYPES = {"integer": "INTEGER", "number": "NUMERIC"}  # everything else is text; truth values are 'true' and 'false'
# A library writes its own version into the file's header (bytes 96 to 99, SQLite file format 1.3.21), which would make
# the bytes depend on the machine.
VERSION_AT, VERSION = 96, (3_040_000).to_bytes(4, "big")

# Name, what it answers, and how.
VIEWS = (
    (
        "duties",
        "每条措施的每个责任部门，一行一个",
        """SELECT p.short_title AS policy, m.number, m.title, d.name AS department, r.role, m.deadline_text, m.deadline,
    m.deadline_end, m.id AS measure_id, d.id AS department_id
FROM responsibilities r JOIN measures m ON m.id = r.measure_id JOIN policies p ON p.id = m.policy_id
    JOIN departments d ON d.id = r.department_id""",
    ),
    (
        "departments_by_load",
        "每个部门承担多少条，其中与别的部门共同承担多少条",
        """SELECT d.id AS department_id, d.name, d.jurisdiction, count(*) AS measures,
    sum(m.department_count > 1) AS shared
FROM responsibilities r JOIN departments d ON d.id = r.department_id JOIN measures m ON m.id = r.measure_id
GROUP BY d.id""",
    ),
    (
        "deadlines_by_month",
        "每个时限有多少条措施，整条的时限和写在正文里的时限都算",
        """SELECT period, count(DISTINCT measure_id) AS measures, count(*) AS deadlines
FROM deadlines WHERE period IS NOT NULL GROUP BY period""",
    ),
    (
        "open_gaps",
        "哪些项空着，属于哪一种，有多少处",
        """SELECT gap AS field, state, count(DISTINCT coalesce(measure_id, policy_id, department_id)) AS count
FROM unknowns GROUP BY gap, state""",
    ),
)


def make_database(ledger: Ledger, path: Path) -> Path:
    """A database at `path`, where nothing is yet, whose tables, columns and rows are those of the CSV, in the same order; an empty cell is NULL."""
    database = sqlite3.connect(path)
    database.executescript("PRAGMA page_size = 1024; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    with database:
        for table in TABLES:
            database.execute(_created(table))
            marks = ", ".join("?" * len(table.columns))
            rows = ([_stored(value) for value in row.values()] for row in table.records(ledger))
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
            for column in table.refers:
                if column != table.key[0]:
                    database.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
        for name, _, query in VIEWS:
            database.execute(f"CREATE VIEW {name} AS {query}")
    database.execute("VACUUM")
    database.close()
    with path.open("r+b") as file:
        file.seek(VERSION_AT)
        file.write(VERSION)
    return path


def _created(table: Table) -> str:
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += [f"FOREIGN KEY ({column}) REFERENCES {other} (id)" for column, other in table.refers.items()]
    between = ",\n    "
    return f"CREATE TABLE {table.name} (\n    {between.join(lines)}\n)"


def _column(column: Column) -> str:
    needed = "" if column.empty else " NOT NULL"
    return f'"{column.name}" {TYPES.get(column.type, TEXT)}{needed}'


def _stored(value: Value) -> str | int | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value == "" else value
