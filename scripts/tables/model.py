"""What a published table and a column are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.ledger import Ledger

Value = str | int | bool | None

LAYERS = {"official": "原文", "editorial": "编辑整理", "computed": "自动计算"}
TYPES = {
    "text": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "true 或 false（SQLite 里是文字，条件写成 = 'true'）",
    "date": "日期（YYYY-MM-DD）",
    "list": "文字，多个值用英文分号“;”隔开",
}


@dataclass(frozen=True)
class Column:
    """One column. `empty` says what an empty cell means; "" if no cell is ever empty."""

    name: str
    layer: str  # a key of LAYERS
    type: str  # a key of TYPES
    meaning: str
    get: Callable[[Any, Ledger], Value]
    empty: str = ""


@dataclass(frozen=True)
class Table:
    """One table in long form: one fact a row, in a fixed order. The columns of `key` tell rows apart and are never empty."""

    name: str
    title: str
    row: str  # what one row is
    rows: Callable[[Ledger], Iterable[Any]]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    refers: Mapping[str, str] = field(
        default_factory=dict
    )  # column that holds the id of a row of another table → its name

    def records(self, ledger: Ledger) -> Iterator[dict[str, Value]]:
        """Each row as column → value; an empty value is ""."""
        for row in self.rows(ledger):
            yield {column.name: column.get(row, ledger) for column in self.columns}


def cell(value: Value) -> str:
    """A value as the text of a cell. Official text is never altered."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def join(values: Iterable[str]) -> str:
    return ";".join(values)
