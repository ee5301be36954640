"""Two versions of a data file, compared by meaning: which fields of which records changed, from what to what."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher

from scripts.history.git import File
from scripts.ledger import Change
from scripts.load import Fields, Items, Node, Text, plain
from scripts.load.decode import read_text
from scripts.load.folder import place
from scripts.load.reader import read_yaml

# Whose changes readers are told, by kind of file: the address of the record. The operator's own settings, the shapes
# and the aids of the search are no facts about policies.
RECORDS = {
    "measure": "policies/{}",
    "policy": "policies/{}",
    "department": "departments/{}",
    "source": "policies/{}/source",
}
LISTS = ("themes", "audiences", "glossary", "jurisdictions")  # files that hold a record under each key
LAYOUT = "schemas/tables.schema.json"  # the published tables and their columns


def compare(file: File) -> Iterator[Change]:
    """What changed in the records of one file; nothing if it holds none, or if only its spelling changed."""
    kind, id = place(file.path)
    if file.path == LAYOUT:
        yield from _columns(file)
    elif kind in LISTS:
        before, after = _records(file.before), _records(file.after)
        for key in {**before, **after}:
            yield from _record(f"{kind}/{key}", before.get(key), after.get(key))
    elif kind in RECORDS:
        record = RECORDS[kind].format(id)
        if kind == "source" or file.before is None or file.after is None:
            yield Change(record=record, action=_action(file.before, file.after))
        else:
            yield from _record(record, root_of(file.before), root_of(file.after))


def _columns(file: File) -> Iterator[Change]:
    """Columns that tables got or lost. There is nothing to compare the first layout with."""
    if file.before is None or file.after is None:
        return
    before, after = (
        {
            (table, column)
            for table, shape in json.loads(content)["$defs"].items()
            for column in shape["items"]["properties"]
        }
        for content in (file.before, file.after)
    )
    for table, column in sorted(before ^ after):
        action = "removed" if (table, column) in before else "added"
        yield Change(record=f"tables/{table}", action=action, field=column)


def root_of(content: bytes | None) -> Fields | None:
    """A file's values; None where it could not be read."""
    text, _ = read_text(content or b"", "")
    return read_yaml(text, "")[0] if text else None


def _records(content: bytes | None) -> dict[str, Fields]:
    root = root_of(content)
    return dict(root.rows_of()) if root else {}


def _record(record: str, before: Fields | None, after: Fields | None) -> Iterator[Change]:
    if before is None or after is None:
        yield Change(record=record, action=_action(before, after))
        return
    for name in {**before.fields, **after.fields}:
        yield from _field(record, name, before.get(name), after.get(name))


def _field(record: str, field: str, before: Node | None, after: Node | None) -> Iterator[Change]:
    """What changed below one field. Rows that came or went are told one by one, and whole."""
    if before is not None and after is not None and plain(before) == plain(after):
        return
    if isinstance(before, Fields | None) and isinstance(after, Fields | None) and _has_rows(before, after):
        below = [*(before.fields if before else ()), *(after.fields if after else ())]
        for name in dict.fromkeys(below):
            yield from _field(
                record, f"{field}.{name}", before.get(name) if before else None, after.get(name) if after else None
            )
    elif isinstance(before, Items) and isinstance(after, Items) and any(isinstance(item, Fields) for item in after):
        yield from _sequence(record, field, before, after)
    else:
        yield Change(
            record=record,
            action=_action(before, after),
            field=field,
            before=_words(before),
            after=_words(after),
            only_more=_only_more(before, after),
        )


def _only_more(before: Node | None, after: Node | None) -> bool:
    """Is it a list that only got longer?"""
    if not (isinstance(before, Items) and isinstance(after, Items)):
        return False
    return set(map(_words, before)) < set(map(_words, after))


def _has_rows(before: Fields | None, after: Fields | None) -> bool:
    """Can it be told piece by piece: two mappings, or one that came or went with rows in it?"""
    one = before or after
    return (before is not None and after is not None) or (
        one is not None and all(isinstance(row, Fields) for row in one.fields.values())
    )


def _sequence(record: str, field: str, before: Items, after: Items) -> Iterator[Change]:
    """Parts of a document, one by one, as they follow each other."""
    old, new = ([_words(item) for item in items] for items in (before, after))
    for action, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action != "equal":
            gone, come = "\n".join(old[start:end]), "\n".join(new[other_start:other_end])
            yield Change(
                record=record, action=_action(gone or None, come or None), field=field, before=gone, after=come
            )


def _words(node: Node | None) -> str:
    """A value as one text; of a row, its values."""
    match node:
        case None:
            return ""
        case Text():
            return node.value
        case Items():
            return "；".join(map(_words, node))
        case Fields():
            return "；".join(map(_words, node.fields.values()))


def _action(before: object, after: object) -> str:
    return "added" if before is None else "removed" if after is None else "changed"
