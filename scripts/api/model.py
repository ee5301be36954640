"""The notation in which the fields of a record are listed, and the values that several of them share."""

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.schemas import schemas


@dataclass(frozen=True)
class Many:
    """A list of values of one shape."""

    of: "Shape"


@dataclass(frozen=True)
class Maybe:
    """A value of this shape, or null."""

    of: "Shape"


@dataclass(frozen=True)
class Field:
    """One field of an object, always there. `description` says what a reader must know of it."""

    name: str
    title: str
    description: str
    shape: "Shape"


# What a field holds: a plain value as JSON Schema has it, an object, a list, or one of these or nothing.
Shape = Mapping[str, object] | tuple[Field, ...] | Many | Maybe

SEGMENT = "[a-z0-9]+(-[a-z0-9]+)*"

TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
DATE = {"type": "string", "format": "date"}
HREF = {"type": "string", "format": "uri-reference"}
ID = {"type": "string", "pattern": f"^{SEGMENT}$"}
MEASURE_ID = {"type": "string", "pattern": f"^{SEGMENT}/[0-9]{{2,}}$"}
RECORD = {"type": "string", "pattern": f"^(departments|policies)/{SEGMENT}(/[0-9]{{2,}})?$"}
ROW = {"type": "string", "pattern": "^[a-z]{1,2}[1-9][0-9]*$"}
PERIOD = {"type": "string", "pattern": "^[0-9]{4}(-Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?$"}
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
VERSION = {"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"}


def one_of(*values: str) -> Mapping[str, object]:
    return {"type": "string", "enum": list(values)}


def listed(kind: str, *path: str) -> Mapping[str, object]:
    """The values that data files may have in a field, as a reader meets them."""
    found: dict = schemas()[kind]
    for step in path:
        found = found[step]
    return one_of(*found["enum"])


def names(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)
