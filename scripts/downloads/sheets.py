"""All tables as one XLSX for people with a spreadsheet: every cell is text, so nothing is run, guessed or rounded."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

import xlsxwriter

from scripts.ledger import Ledger
from scripts.tables import LAYERS, TABLES, TYPES, Column, Table, cell
from scripts.tables.about import provenance

FIXED = datetime(2000, 1, 1)  # the same data must give the same bytes on any day
WIDEST = 60  # characters
LONGEST = 32_767  # UTF-16 units that a cell can hold
CUT = "……（单元格放不下，全文见 CSV 和 JSON）"


def make_workbook(ledger: Ledger, path: Path) -> Path:
    """A workbook at `path`: sheets 说明 and 字段说明, then one a table under the table's name: frozen header, filter, text cells."""
    # Rows go to temporary files as they come, so memory does not grow with them.
    book = xlsxwriter.Workbook(
        path,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": FIXED, "title": ledger.site.name})
    head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "text_wrap": True, "valign": "top", "num_format": "@"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})

    def sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[str]], before: Sequence[str] = ()) -> None:
        """One sheet; lines of `before` stand above the header."""
        made = book.add_worksheet(name)
        for number, line in enumerate(before):
            made.write_string(number, 0, line, text)
        first, last = len(before), len(before)
        widths = [_width(title) for title in header]
        for last, row in enumerate(chain([header], rows), first):
            for column, value in enumerate(row):
                made.write_string(last, column, _held(value), head if last == first else text)
                if widths[column] < WIDEST:
                    widths[column] = max(widths[column], _width(value))
        made.freeze_panes(first + 1, 0)
        if last > first:
            made.autofilter(first, 0, last, len(header) - 1)
        for column, width in enumerate(widths):
            made.set_column(column, column, min(max(width + 2, 8), WIDEST))

    contents = [[table.name, table.title, table.row, str(sum(1 for _ in table.rows(ledger)))] for table in TABLES]
    sheet("说明", ["工作表", "内容", "一行是", "行数"], contents, before=provenance(ledger))
    columns = ((table, column) for table in TABLES for column in table.columns)
    sheet("字段说明", ["表", "列", "含义", "层", "类型", "空着表示"], (_described(*pair) for pair in columns))
    for table in TABLES:
        rows = ([cell(value) for value in row.values()] for row in table.records(ledger))
        sheet(table.name, [column.name for column in table.columns], rows)
    book.close()
    return path


def _described(table: Table, column: Column) -> list[str]:
    empty = column.empty or "不会空着"
    return [table.name, column.name, column.meaning, LAYERS[column.layer], TYPES[column.type], empty]


def _held(value: str) -> str:
    """A value as far as a cell can hold it; where it is cut, the cell says so."""
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return value
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _width(text: str) -> int:
    """How wide a text is, in digits: Chinese characters count twice."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
