"""The published tables: what they are, and the one list of them."""

from scripts.tables.columns import TABLES
from scripts.tables.model import LAYERS, TYPES, Column, Table, Value, cell

__all__ = ["LAYERS", "TABLES", "TYPES", "Column", "Table", "Value", "cell"]
