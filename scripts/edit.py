"""What the page that edits records in a form needs of them, as scripts. Page: overrides/assets/edit*.js."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from scripts.check import clause
from scripts.check.quotes import SAME
from scripts.format import formatted
from scripts.format.layout import above
from scripts.layout import GROUPS, modeline
from scripts.ledger import Ledger
from scripts.load import Fields, Items, Node, Text
from scripts.load.reader import Reader
from scripts.schemas import schemas

FOLDER = "edit"
REGISTERS = ("site", "jurisdictions", "themes", "audiences", "glossary", "synonyms", "removed")
# Fields of a form by layer, each kind's in the order in which they stand in its file.
OFFICIAL, ANNOTATED, EDITORIAL, EMPTY = "official", "annotated", "editorial", "empty"
LAYERS = {
    "measure": {
        OFFICIAL: "number text clause deadline",
        ANNOTATED: "heading shared_clause shared_deadline departments open_list lead support inner_deadlines targets instruments themes audiences",
        EDITORIAL: "title relations anomalies note progress searches checked review",
        EMPTY: "unknowns",
    },
    "policy": {
        OFFICIAL: "title issuer document_number issued effective valid_until clause_label row_order lead_rule parts",
        ANNOTATED: "instruments",
        EDITORIAL: "short_title status jurisdiction measure_term deadline_year source_address received source_sha256"
        " original_sha256 identifiers anomalies note checked review",
        EMPTY: "unknowns measure_unknowns",
    },
    "department": {
        OFFICIAL: "name other_names",
        EDITORIAL: "jurisdiction kind level aliases counterparts identifiers note checked review",
        EMPTY: "unknowns",
    },
}


# How a clause is read, in the syntax that Python and JavaScript share.
CLAUSE = {
    "patterns": {
        name: pattern.pattern
        for name, pattern in {
            "inner": clause.INNER,
            "labels": clause.LABELS,
            "by": clause.BY,
            "open": clause.OPEN,
        }.items()
    },
    "known": [pattern.pattern for pattern in clause.KNOWN],
    "leading": [word for word, role in clause.ROLES.items() if role == "lead"],
}


@dataclass(frozen=True)
class Written:
    """One data file as it is: kind and id as in scripts.load, path below the data folder, its text."""

    kind: str
    id: str
    path: str
    text: str


def make_edit(ledger: Ledger, files: Iterable[Written]) -> dict[str, str]:
    """The files by their path. Each record is in one of them: those of a policy, of all departments, the registers.

    Every script sets one value, so that it loads from the disk and under any CSP, and bears its content's hash.
    """
    records = [_record(file) for file in files]
    there = {record["kind"] for record in records}
    records += [_absent(kind) for kind in REGISTERS if kind not in there]
    shelves: dict[str, list[dict]] = {}
    for record in records:
        shelves.setdefault(_shelf(record), []).append(record)
    base = {
        "schemas": {kind: _inlined(schemas()[kind]) for kind in (*LAYERS, *REGISTERS)},
        "layers": _split(LAYERS),
        "headings": {
            kind: [[f"# {group.comment}", group.fields] for group in groups if group.comment]
            for kind, groups in GROUPS.items()
        },
        "clause": CLAUSE,
        "same": SAME,
        "modelines": {kind: modeline(kind) for kind in (*LAYERS, *REGISTERS)},
        "registers": shelves.pop("", []),
        "names": _names(shelves.get("departments", [])),
        "uses": _uses(ledger),
        "records": [
            [record["kind"], record["id"], _label(record, ledger), *_also_called(record)] for record in records
        ],
        "site": {"name": ledger.site.name, "contact": ledger.site.contact, "edit_address": ledger.site.edit_address},
    }
    made = dict(_script(f"{FOLDER}/base", "policyEdit_base", base))
    shelved = {}
    for name, held in shelves.items():
        [(path, script)] = _script(f"{FOLDER}/{name.replace('/', '-')}", f"policyEdit_{name}", held)
        made[path], shelved[name] = script, path
    manifest = {"base": next(iter(made)), "shelves": shelved}
    return {**made, f"{FOLDER}/manifest.js": f"self.policyEdit_files={_json(manifest)};\n"}


def _script(start: str, name: str, value: object) -> Iterator[tuple[str, str]]:
    content = f"self[{_json(name)}]={_json(value)};\n"
    yield f"{start}.{sha256(content.encode()).hexdigest()[:10]}.js", content


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _split(kinds: Mapping[str, Mapping[str, str]]) -> dict[str, list]:
    return {kind: [[name, fields.split()] for name, fields in groups.items()] for kind, groups in kinds.items()}


def _record(file: Written) -> dict:
    """A file's values as text, and the comments and empty lines above each of its fields and items."""
    read = Reader(formatted(file.text, file.kind), "")
    assert isinstance(read.root, Fields), file.path
    lines = above(read)
    comments = {_json(path): lines[line] for path, line in _places(read.root, []) if lines.get(line)}
    if lines[0]:
        comments["[]"] = lines[0]
    return {"kind": file.kind, "id": file.id, "path": file.path, "value": _value(read.root), "above": comments}


def _absent(kind: str) -> dict:
    """A register that there is no file of yet."""
    return {"kind": kind, "id": kind, "path": f"{kind}.yml", "value": {}, "above": {}, "isNew": True}


def _value(node: Node | None) -> object:
    match node:
        case Text():
            return node.value
        case Items():
            return [_value(item) for item in node]
        case Fields():
            return {name: _value(node.get(name)) for name in node.keys}
    return None


def _places(node: Node | None, path: list) -> Iterator[tuple[list, int]]:
    """The path of every field and list item, and its line; an item's first field has the item's."""
    match node:
        case Items():
            for number, item in enumerate(node):
                yield [*path, number], item.at.line
                for inner, line in _places(item, [*path, number]):
                    if line != item.at.line:
                        yield inner, line
        case Fields():
            for name, at in node.keys.items():
                yield [*path, name], at.line
                yield from _places(node.get(name), [*path, name])


def _shelf(record: dict) -> str:
    match record["kind"]:
        case "department":
            return "departments"
        case "policy" | "measure":
            return f"policies/{record['id'].split('/')[0]}"
    return ""


def _label(record: dict, ledger: Ledger) -> str:
    value = record["value"]
    match record["kind"]:
        case "measure":
            measure = ledger.measure_by_id[record["id"]]
            return f"{measure.policy.short_title}{measure.number} {measure.title}"
        case "policy":
            return value["title"]
        case "department":
            return value["name"]
    return schemas()[record["kind"]]["title"]


def _also_called(record: dict) -> list[str]:
    """By which other words a department is looked for, as one text."""
    if record["kind"] != "department":
        return []
    words = " ".join(word for field in ("other_names", "aliases") for word in record["value"].get(field) or ())
    return [words] if words else []


def _names(departments: Iterable[dict]) -> dict[str, dict[str, str]]:
    """Jurisdiction → name as documents write it → id."""
    names: dict[str, dict[str, str]] = {}
    for record in departments:
        value = record["value"]
        for name in (value["name"], *(value.get("other_names") or ())):
            names.setdefault(value["jurisdiction"], {})[name] = record["id"]
    return names


def _uses(ledger: Ledger) -> dict[str, dict[str, int]]:
    """Department → name as documents write it → how many measures do."""
    uses: dict[str, dict[str, int]] = {}
    for measure in ledger.measures:
        for share in measure.responsibilities:
            names = uses.setdefault(share.department.id, {})
            names[share.name_as_written] = names.get(share.name_as_written, 0) + 1
    return uses


def _inlined(schema: object) -> object:
    """A schema with each one that it refers to in its place, under its own words."""
    if isinstance(schema, list):
        return [_inlined(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str):
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        schema = schemas()["common"]["$defs"][schema["$ref"].rsplit("/", 1)[1]] | rest
    return {name: _inlined(value) for name, value in schema.items() if not name.startswith("$")}
