"""Draft records as the files of a data folder: canonical YAML, the archived text and the file it was taken from."""

from collections.abc import Iterator, Mapping

from scripts.format import scalar
from scripts.importer.doubt import Doubt
from scripts.importer.draft import Draft, Drafted
from scripts.importer.received import Received
from scripts.importer.script import Script
from scripts.layout import GROUPS, in_groups, modeline
from scripts.schemas import resolved, schemas

STEP = "  "


def as_files(draft: Draft, received: Received, source: bytes, id: str) -> dict[str, bytes]:
    """Path below the data folder → content, of everything that an import writes."""
    script = draft.document.script
    made = {record.path: as_yaml(record, script).encode("utf-8") for record in draft.records}
    made[f"policies/{id}/source.txt"] = source
    if received.raw != source:
        made[f"policies/{id}/original{received.suffix}"] = received.raw
    return made


def as_yaml(record: Drafted, script: Script) -> str:
    """The file of a record, its open questions under `review`."""
    values = dict(record.values)
    if record.doubts:
        review = {f"q{number}": _question(doubt, script) for number, doubt in enumerate(record.doubts, 1)}
        if record.kind == "jurisdictions":  # a register holds its questions with the entry
            ((name, entry),) = values.items()
            values = {name: {**entry, "review": review}}
        else:
            values["review"] = review
    schema = schemas()[record.kind]
    blocks = {name: [*_lines(name, value, _inside(schema, name), "")] for name, value in values.items()}
    lines = (
        in_groups(record.kind, blocks)
        if record.kind in GROUPS
        else [line for block in blocks.values() for line in block]
    )
    return "\n".join([modeline(record.kind), *lines]) + "\n"


def _question(doubt: Doubt, script: Script) -> dict:
    made: dict = {"question": doubt.what}
    if doubt.field:
        made["field"] = doubt.field
    if doubt.at:
        made["line"] = str(script.line(doubt.at))
    if doubt.choices:
        made["choices"] = list(doubt.choices)
    return made


def _inside(schema: Mapping, name: str) -> Mapping:
    schema = resolved(schema)
    return resolved(schema.get("properties", {}).get(name) or schema.get("additionalProperties") or {})


def _lines(name: str, value: str | list | dict, schema: Mapping, pad: str) -> Iterator[str]:
    match value:
        case dict():
            yield f"{pad}{scalar(name)}:"
            order = {key: place for place, key in enumerate(schema.get("properties", ()))}
            for key, inner in sorted(value.items(), key=lambda one: order.get(one[0], -1)):
                yield from _lines(key, inner, _inside(schema, key), pad + STEP)
        case list():
            yield f"{pad}{scalar(name)}:"
            for item in value:
                if isinstance(item, dict):
                    ((key, inner),) = item.items()
                    first, *rest = _lines(key, inner, {}, pad + STEP + STEP)
                    yield f"{pad}{STEP}- {first.lstrip()}"
                    yield from rest
                else:
                    first, *rest = scalar(item, "", len(pad) + 2 * len(STEP)).split("\n")
                    yield f"{pad}{STEP}- {first}"
                    yield from rest
        case _:
            yield from f"{pad}{scalar(name)}: {scalar(value, schema.get('type', ''), len(pad) + 2)}".split("\n")
