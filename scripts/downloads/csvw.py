"""CSV on the Web: the tables as a group, with datatypes and keys (W3C Metadata Vocabulary for Tabular Data)."""

from scripts.ledger import Ledger
from scripts.tables import LAYERS, TABLES, Column, Table
from scripts.tables.about import COMPILED, description

TYPES = {"integer": "integer", "number": "decimal", "date": "date"}
BOOLEAN = {"base": "boolean", "format": "true|false"}


def make_csvw(ledger: Ledger) -> dict:
    group: dict = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": ledger.site.name,
        "dc:description": description(ledger),
        "dc:license": {"@id": COMPILED.path},
        "tables": [_table(table) for table in TABLES],
    }
    if ledger.history.changed_on:
        group["dc:modified"] = {"@value": ledger.history.changed_on, "@type": "xsd:date"}
    return group


def _table(table: Table) -> dict:
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": f"一行是{table.row}。",
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"columnReference": [column], "reference": {"resource": f"{other}.csv", "columnReference": ["id"]}}
                for column, other in table.refers.items()
            ],
        },
    }


def _column(column: Column) -> dict:
    several = {"separator": ";"} if column.type == "list" else {}
    return several | {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.meaning,
        "dc:description": f"{LAYERS[column.layer]}。{f'空着表示：{column.empty}。' if column.empty else ''}",
        "datatype": BOOLEAN if column.type == "boolean" else TYPES.get(column.type, "string"),
        "required": not column.empty,
    }
