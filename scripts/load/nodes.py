"""What a YAML file holds, every value with its place: text, lists and mappings, nothing guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from scripts.problem import At

ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|.", re.DOTALL)
SINGLE = re.compile(r"''|.", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One scalar. `value` is exactly what the file says: 2020.10 stays "2020.10", no stays "no"."""

    value: str
    at: At
    raw: str = ""  # as written, quotes included; empty for block text
    indent: int = 0  # of the lines of block text

    def at_offset(self, offset: int) -> At:
        """The place of the character `offset` (0-based code points) of the value."""
        if not self.raw:
            before = self.value[:offset]
            column = len(before) - (before.rfind("\n") + 1) + self.indent + 1
            return At(self.at.file, self.at.line + 1 + before.count("\n"), column)
        if self.raw[0] not in "'\"":
            return At(self.at.file, self.at.line, self.at.column + offset)
        units = (SINGLE if self.raw[0] == "'" else ESCAPE).findall(self.raw[1:-1])
        return At(self.at.file, self.at.line, self.at.column + 1 + len("".join(units[:offset])))


@dataclass(frozen=True)
class Items:
    items: tuple["Node", ...]
    at: At

    def __iter__(self):
        return iter(self.items)


@dataclass(frozen=True)
class Fields:
    """A mapping. `keys` also has the places of fields that were left empty; these are not in `fields`."""

    fields: Mapping[str, "Node"]
    keys: Mapping[str, At]
    at: At

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def get(self, name: str) -> "Node | None":
        return self.fields.get(name)

    def text(self, name: str) -> str:
        """The value of a text field; an absent one is "" """
        node = self.fields.get(name)
        return node.value if isinstance(node, Text) else ""

    def texts(self, name: str) -> tuple[Text, ...]:
        """The texts of a list field; none if it is absent."""
        node = self.fields.get(name)
        return tuple(item for item in node if isinstance(item, Text)) if isinstance(node, Items) else ()

    def rows(self, name: str) -> tuple[tuple[str, "Fields"], ...]:
        """The (key, row) pairs of a field that holds keyed rows; none if it is absent."""
        node = self.fields.get(name)
        return node.rows_of() if isinstance(node, Fields) else ()

    def rows_of(self) -> tuple[tuple[str, "Fields"], ...]:
        """The (key, row) pairs of a mapping that holds nothing but keyed rows."""
        return tuple((key, row) for key, row in self.fields.items() if isinstance(row, Fields))

    def at_key(self, name: str) -> At:
        """The place of a field's name, or of the whole mapping if the field is not there."""
        return self.keys.get(name, self.at)


Node: TypeAlias = Text | Items | Fields


class Given(dict):
    """A mapping's values by field; `empty` has the names of the fields that were left empty."""

    empty: tuple[str, ...] = ()


def plain(node: Node) -> object:
    """The same as dicts, lists and strings, for the schema."""
    match node:
        case Text():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Fields():
            given = Given((name, plain(value)) for name, value in node.fields.items())
            given.empty = tuple(name for name in node.keys if name not in node.fields)
            return given


def node_at(node: Node, path: list[str | int]) -> Node:
    """The node that a path of field names and list positions leads to."""
    for step in path:
        node = node.fields[str(step)] if isinstance(node, Fields) else node.items[int(step)]  # type: ignore[union-attr]
    return node
