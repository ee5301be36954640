"""All tables as one XLSX for people with a spreadsheet: every cell is text, so nothing is run, guessed or rounded."""

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from scripts.ledger import Ledger
from scripts.tables import LAYERS, TYPES, Table, Value, cell

FIXED = datetime(2000, 1, 1)  # the same data must give the same bytes on any day
WIDEST = 60  # characters
LONGEST = 32_767  # UTF-16 units that a cell can hold
CUT = "……（单元格放不下，全文见 CSV 和 JSON）"


def make_workbook(ledger: Ledger, tables: Sequence[tuple[Table, Sequence[dict[str, Value]]]]) -> bytes:
    """Sheets 说明 and 字段说明, then one a table under the table's name: frozen header, filter, text cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": FIXED, "title": ledger.site.name})
    head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "text_wrap": True, "valign": "top", "num_format": "@"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    about = [
        ["工作表", "内容", "一行是", "行数"],
        *([table.name, table.title, table.row, str(len(rows))] for table, rows in tables),
    ]
    _sheet(book, "说明", [[ledger.site.name, "", "", ""], [NOTICE, "", "", ""], *about], head, text, first=2)
    _sheet(
        book,
        "字段说明",
        [
            ["表", "列", "含义", "层", "类型", "空着表示"],
            *(
                [
                    table.name,
                    column.name,
                    column.meaning,
                    LAYERS[column.layer],
                    TYPES[column.type],
                    column.empty or "不会空着",
                ]
                for table, _ in tables
                for column in table.columns
            ),
        ],
        head,
        text,
    )
    for table, rows in tables:
        _sheet(
            book,
            table.name,
            [[column.name for column in table.columns], *([cell(value) for value in row.values()] for row in rows)],
            head,
            text,
        )
    book.close()
    return out.getvalue()


NOTICE = "所有单元格都是文字，没有公式，时间照原文写法和自动计算的写法分列。完整说明见网站“数据”页。"


def _sheet(book, name: str, rows: Sequence[Sequence[str]], head, text, first: int = 0) -> None:
    """One sheet; `first` is the row of the column names, counted from 0."""
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write_string(number, column, _held(value), head if number == first else text)
    sheet.freeze_panes(first + 1, 0)
    width = max(map(len, rows))
    if len(rows) > first + 1:
        sheet.autofilter(first, 0, len(rows) - 1, width - 1)
    for column in range(width):
        longest = max((_width(row[column]) for row in rows[first:] if column < len(row)), default=8)
        sheet.set_column(column, column, min(max(longest + 2, 8), WIDEST))


def _held(value: str) -> str:
    """A value as far as a cell can hold it; where it is cut, the cell says so."""
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return value
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _width(text: str) -> int:
    """How wide a text is, in digits: Chinese characters count twice."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
