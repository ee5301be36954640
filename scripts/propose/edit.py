"""Change one value of a record's file: every other line, and every comment, stays as it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from scripts.format import scalar
from scripts.layout import GROUPS
from scripts.load import Fields, Node, Text, plain
from scripts.load.decode import read_text
from scripts.load.reader import read_yaml
from scripts.problem import is_error
from scripts.propose.body import NeedsAPerson
from scripts.report import as_text
from scripts.schemas import resolved, schemas

Value: TypeAlias = str | Mapping[str, str]
# How values of these types stand without quotes.
BARE = {"number": re.compile(r"-?[0-9]+(\.[0-9]+)?"), "boolean": re.compile("true|false")}
ODD_FILE = "数据文件的写法不是通常的样子，程序不敢改。"


@dataclass(frozen=True)
class Change:
    """What a field is to be: a text, or a row of texts. `path` leads to it from the root."""

    path: tuple[str, ...]
    value: Value


def changed(text: str, kind: str, change: Change, file: str) -> tuple[str, Fields]:
    """The file's text and content after a change; it holds the new value and, but for it, exactly what it held before."""
    before = _read(text, file)
    after = _edit(text, before, kind, change)
    root = _read(after, file)
    if plain(root) != _with(plain(before), change) or not _in_order(_comments(text), _comments(after)):
        raise NeedsAPerson(ODD_FILE)
    return after, root


def _read(text: str, file: str) -> Fields:
    same, problems = read_text(text.encode("utf-8", "surrogatepass"), file)
    root, found = read_yaml(text, file)
    errors = [problem for problem in (*problems, *found) if is_error(problem)]
    if errors or root is None:
        raise NeedsAPerson(f"这样改，数据文件就读不懂了：\n{as_text(errors)}")
    if same != text:
        raise NeedsAPerson(ODD_FILE)
    return root


def _with(content: object, change: Change) -> object:
    """The content with the change made, as dicts and texts."""
    first, *rest = change.path
    inner = content.get(first, {}) if isinstance(content, dict) else {}
    value = _with(inner, Change(tuple(rest), change.value)) if rest else change.value
    return {**(content if isinstance(content, dict) else {}), first: value}


def _edit(text: str, root: Fields, kind: str, change: Change) -> str:
    lines = text.split("\n")
    node = _at(root, change.path)
    if isinstance(node, Text) and isinstance(change.value, str):
        return "\n".join(_replaced(lines, node, _scalar(kind, change)))
    rows = root.get(change.path[0])
    if node is not None or len(change.path) > 2 or (rows is not None and not isinstance(rows, Fields)):
        raise NeedsAPerson(f"“{'.'.join(change.path)}”不是可以直接换掉的一行文字。")
    block = _block(kind, change)
    if isinstance(rows, Fields):
        indent = " " * (next(iter(rows.keys.values())).column - 1)
        end = _end(lines, root, change.path[0])
        return "\n".join([*lines[:end], *(f"{indent}{line}" for line in block), *lines[end:]])
    if len(change.path) == 2:
        block = [f"{change.path[0]}:", *(f"  {line}" for line in block)]
    return "\n".join(_inserted(lines, root, kind, change.path[0], block))


def _at(root: Fields, path: Sequence[str]) -> Node | None:
    node: Node | None = root
    for step in path:
        node = node.get(step) if isinstance(node, Fields) else None
    return node


def _replaced(lines: list[str], node: Text, written: str) -> list[str]:
    number, start = node.at.line - 1, node.at.column - 1
    line, end = lines[number], node.at.column - 1 + len(node.raw)
    if not node.raw or line[start:end] != node.raw:
        raise NeedsAPerson("这一项分几行写，程序不改，请人来改。")
    return [*lines[:number], f"{line[:start]}{written}{line[end:]}", *lines[number + 1 :]]


def _scalar(kind: str, change: Change) -> str:
    schema = schemas()[kind]
    for step in change.path:
        schema = resolved(schema)
        schema = schema.get("properties", {}).get(step) or schema.get("additionalProperties") or {}
    value, bare = str(change.value), BARE.get(resolved(schema).get("type", ""))
    return value if bare and bare.fullmatch(value) else scalar(value)


def _block(kind: str, change: Change) -> list[str]:
    name = scalar(change.path[-1])
    if isinstance(change.value, str):
        return [f"{name}: {_scalar(kind, change)}"]
    return [f"{name}:", *(f"  {scalar(key)}: {scalar(value)}" for key, value in change.value.items())]


def _inserted(lines: list[str], root: Fields, kind: str, field: str, block: list[str]) -> list[str]:
    """The lines with a new field at its place: among its group, or as the first of it under the group's comment."""
    place = {name: at.line - 1 for name, at in root.keys.items()}
    order = [name for group in GROUPS[kind] for name in group.fields]
    group = next(group for group in GROUPS[kind] if field in group.fields)
    ahead = [name for name in place if name in order and order.index(name) < order.index(field)]
    behind = [name for name in place if name in group.fields and name not in ahead]
    beside = [name for name in ahead if name in group.fields]
    if not beside and behind:
        at = min(place[name] for name in behind)
    else:
        at = _end(lines, root, max(beside or ahead, key=place.__getitem__))
        block = block if beside or not group.comment else ["", f"# {group.comment}", *block]
    return [*lines[:at], *block, *lines[at:]]


def _end(lines: list[str], root: Fields, field: str) -> int:
    """The line behind a field of the root; comments and blank lines above the next one belong to that."""
    start = root.keys[field].line - 1
    end = min((at.line - 1 for at in root.keys.values() if at.line - 1 > start), default=len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _comments(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.lstrip().startswith("#")]


def _in_order(some: Sequence[str], among: Sequence[str]) -> bool:
    left = iter(among)
    return all(one in left for one in some)
