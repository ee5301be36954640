"""README.txt: what the downloads are, for whoever unpacks them years later without the site at hand."""

from scripts.ledger import Ledger
from scripts.tables import LAYERS, TABLES, TYPES
from scripts.tables.about import provenance


def make_readme(ledger: Ledger) -> bytes:
    """Provenance and terms, then every table and column."""
    lines = [
        *provenance(ledger)[:-1],
        "",
        "CSV 是不带 BOM 的 UTF-8，首行是列名；读的时候不要猜类型。用 Excel、WPS 的请打开 ledger.xlsx。",
    ]
    for table in TABLES:
        lines += ["", f"{table.name}：{table.title}，一行是{table.row}"]
        for column in table.columns:
            empty = f"；空着表示：{column.empty}" if column.empty else ""
            lines.append(f"  {column.name}：{column.meaning}。{LAYERS[column.layer]}；{TYPES[column.type]}{empty}")
    return "\n".join([*lines, ""]).encode()
