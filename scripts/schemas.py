"""The shapes of all data files, and the words in which editors and readers meet their fields."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROW_ID = re.compile(r"\^[a-z]\[1-9\]\[0-9\]\*\$")  # the pattern of t1, t2 …
# The schemas come with the program, so a data folder elsewhere needs none of its own.
FOLDER = Path(__file__).parents[1] / "data" / "schemas"


@cache
def schemas() -> Mapping[str, dict]:
    """Every schema (JSON Schema 2020-12) by the kind of file it describes."""
    return {
        path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.schema.json"))
    }


def resolved(schema: dict) -> dict:
    """A schema with the one that it refers to under its own words."""
    if "$ref" not in schema:
        return schema
    return schemas()["common"]["$defs"][schema["$ref"].rsplit("/", 1)[1]] | schema


def row_letter(schema: dict) -> str:
    """With which letter the keys of its rows begin: t of t1, t2 …; "" if it has none."""
    pattern = resolved(schema.get("propertyNames", {})).get("pattern", "")
    return pattern[1] if ROW_ID.fullmatch(pattern) else ""


def row_fields(schema: dict) -> dict:
    """The schemas of the fields of its rows."""
    row = schema.get("additionalProperties")
    return resolved(row).get("properties", {}) if isinstance(row, dict) else {}


@cache
def titles(kind: str, field: str) -> tuple[str, ...]:
    """The titles of the fields along a dotted path (targets.t1.value → 量化目标, 数值); keys of rows have none."""
    root = schema = schemas().get(kind, {})
    found = []
    for step in field.split("."):
        schema = resolved(schema)
        own = schema.get("properties", {}).get(step)
        # What says why a field is empty bears the name of that field.
        if known := own or root.get("properties", {}).get(step):
            found.append(known["title"])
        schema = own or schema.get("additionalProperties") or schema.get("items") or {}
    return tuple(found)
