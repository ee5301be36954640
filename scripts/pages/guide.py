"""What editors look up: every rule of the checks, and every field of the data files as the schemas describe them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

import yaml

from scripts.rules import RULES, Rule
from scripts.schemas import resolved, schemas

Piece = tuple[str, bool]  # a stretch of text, and whether it is the name of a character that could not be seen

NAMES = {"\t": "Tab", "\u3000": "全角空格"}
FILES = {
    "measure": "data/policies/文件编号/measures/两位数.yml",
    "policy": "data/policies/文件编号/policy.yml",
    "department": "data/departments/部门编号.yml",
}
KINDS = (*FILES, "themes", "audiences", "jurisdictions", "glossary", "synonyms", "removed", "site")
# The fields with which a group begins, and what the group is.
GROUPS = {
    "measure": {
        "number": "原文：照抄存档文本，一字不改",
        "heading": "标注：只用原文里的词句，或登记过的编号",
        "title": "编辑整理：不是原文",
    },
    "policy": {
        "title": "这份文件是什么",
        "parts": "全文按原文顺序分段",
        "instruments": "提到的文件、疑点和说明",
        "unknowns": "没有内容的项",
    },
}
# What the checks ask for beyond the schemas, by the place on the page.
NEEDS = {
    "measure-title": "没有小标题时必填",
    "measure-departments": "有责任条款时必填",
    "policy-source_sha256": "必填",
    "department-level": "选填",
}
REFERENCES = {"id": "编号", "date": "日期", "web": "网址"}  # what a shared notation is called
TYPES = {"string": "文字", "number": "数字", "boolean": "写 true，或不写", "object": "一组字段"}
ROW = re.compile(r"\^([a-z])\[1-9\]")  # how the keys of rows begin


@dataclass(frozen=True)
class Entry:
    """One field as the page lists it. `path` has the steps that lead to it from the top of the file."""

    id: str  # of its place on the page
    path: tuple[str, ...]
    title: str
    need: str
    type: str
    description: str
    values: tuple[tuple[tuple[str, ...], str], ...] = ()  # that may be written, each stretch with what it means
    examples: tuple[str, ...] = ()  # as YAML

    @property
    def depth(self) -> int:
        return len(self.path)


@dataclass(frozen=True)
class Kind:
    """The fields of one kind of file, in groups."""

    name: str
    title: str
    file: str
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = field(default=())


def rules() -> list[tuple[str, list[Rule]]]:
    """Every rule, by group."""
    return [(group, list(found)) for group, found in groupby(RULES.values(), lambda rule: rule.group)]


def shown(text: str) -> list[Piece]:
    """A text whose unseen or ambiguous characters are named."""
    stretches = ((is_unseen, "".join(found)) for is_unseen, found in groupby(text, _is_unseen))
    return [(" ".join(map(_name, found)) if is_unseen else found, is_unseen) for is_unseen, found in stretches]


def _is_unseen(character: str) -> bool:
    return character != "\n" and not (character.isprintable() and unicodedata.is_normalized("NFC", character))


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return NAMES.get(character) or (f"{character} {code}" if character.isprintable() else code)


def kinds() -> list[Kind]:
    """Every kind of data file with all its fields."""
    return [
        Kind(kind, schemas()[kind]["title"], FILES.get(kind, f"data/{kind}.yml"), tuple(_groups(kind)))
        for kind in KINDS
    ]


def _groups(kind: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    begins = GROUPS.get(kind, {})
    label, entries = "", []
    for entry in _top(kind):
        if entry.depth == 1 and entry.path[0] in begins:
            if entries:
                yield label, tuple(entries)
            label, entries = begins[entry.path[0]], []
        entries.append(entry)
    yield label, tuple(entries)


def _top(kind: str) -> Iterator[Entry]:
    schema = schemas()[kind]
    if "properties" in schema:
        yield from _fields(schema, kind, (), _explained(schema))
    else:  # a register: each entry under its id
        key = resolved(schema["propertyNames"])
        examples = tuple(f"{example}:" for example in key["examples"])
        yield Entry(f"{kind}-id", ("编号",), "编号", "必填", "编号，写在行首", key["description"], (), examples)
        yield from _fields(schema["additionalProperties"], kind, ("编号",))


def _explained(schema: Mapping) -> set[str]:
    """The fields that need a reason where they have no value."""
    unknowns = schema.get("properties", {}).get("unknowns", {})
    return {*unknowns.get("propertyNames", {}).get("enum", ()), *unknowns.get("properties", ())}


def _fields(schema: Mapping, id: str, path: tuple[str, ...], explained: set[str] = frozenset()) -> Iterator[Entry]:
    for name, given in schema["properties"].items():
        own = resolved(given)
        here, place = (*path, name), f"{id}-{name}"
        need = NEEDS.get(place) or _need(name, schema, explained)
        description = own["description"]
        yield Entry(
            place, here, own["title"], need, _type(given, own), description, _values(own), _examples(name, own, path)
        )
        yield from _below(own, place, here)


def _need(name: str, schema: Mapping, explained: set[str]) -> str:
    if name in schema.get("required", ()):
        return "必填"
    return "没有内容时要在 unknowns 里说明" if name in explained else "选填"


def _below(own: Mapping, id: str, path: tuple[str, ...]) -> Iterator[Entry]:
    """The fields of a field's rows, items or own mapping."""
    rows = own.get("additionalProperties")
    if "properties" in own:
        yield from _fields(own, id, path)
    elif isinstance(rows, dict) and "properties" in resolved(rows):
        yield from _fields(resolved(rows), id, (*path, _step(own)))
    elif "properties" in own.get("items", {}):
        yield from _fields(own["items"], id, path)


def _step(own: Mapping) -> str:
    found = ROW.match(own["propertyNames"].get("pattern", ""))
    return f"{found[1]}1" if found else "字段名"


def _type(given: Mapping, own: Mapping) -> str:
    reference = REFERENCES.get(given.get("$ref", "").rpartition("/")[2])
    if reference:
        return reference
    if "enum" in own:
        return "从下面选一种"
    if own["type"] == "array":
        return "列表，每行一项" if "properties" not in own["items"] else "列表，每项写一个字段"
    if found := ROW.match(own.get("propertyNames", {}).get("pattern", "")):
        return f"编号成行：{found[1]}1、{found[1]}2……"
    return TYPES[own["type"]]


def _values(own: Mapping) -> tuple[tuple[tuple[str, ...], str], ...]:
    names = own.get("enum") or own.get("propertyNames", {}).get("enum", ())
    meanings = own.get("enumDescriptions") or map(_title, names)
    found = groupby(zip(names, meanings, strict=True), lambda pair: pair[1])
    return tuple((tuple(name for name, _ in pairs), meaning) for meaning, pairs in found)


def _title(name: str) -> str:
    """What a field is called that another field names."""
    policy = schemas()["policy"]["properties"]
    known = (schemas()["measure"]["properties"], policy, policy["parts"]["items"]["properties"])
    return next((fields[name]["title"] for fields in known if name in fields), "")


def _examples(name: str, own: Mapping, path: tuple[str, ...]) -> tuple[str, ...]:
    values = [True] if own.get("type") == "boolean" else own.get("examples", ())
    bullet = path == ("parts",)
    return tuple(_yaml([{name: value}] if bullet else {name: value}) for value in values)


def _yaml(value: object) -> str:
    """As an editor would write it: `on` needs no quotes here, for nothing is guessed."""
    written = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return written.replace("'on': ", "on: ").rstrip()


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their name, as in the data files."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
