"""JSON Schemas (2020-12) of the JSON of single records, of what stands for a removed one, and of the manifest: the list
of fields in the notation that programs read, with examples from the data."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from scripts.api import RECORDS, Field, Many, Maybe, Record, Shape
from scripts.downloads.index import make_index
from scripts.downloads.records import of_departments, of_policies, of_removals
from scripts.ledger import Ledger

ENOUGH = 200  # records among which an example of each field is looked for
LONGEST = 200  # characters of an example


def record_schemas(ledger: Ledger) -> dict[str, dict]:
    """Every such schema by its name."""
    samples = _samples(ledger)
    return {record.kind: _whole(record, samples.get(record.kind, [])) for record in RECORDS}


def _samples(ledger: Ledger) -> Mapping[str, list]:
    """The first records of each kind, by the schema that describes them; the manifest as far as it needs no file."""
    found: dict[str, list] = {"index": [make_index(ledger, [])]}
    each = (islice(made, ENOUGH) for made in (of_policies(ledger), of_departments(ledger), of_removals(ledger)))
    for _, record in chain.from_iterable(each):
        kind = record["links"]["schema"].rpartition("/")[2].removesuffix(".schema.json")
        found.setdefault(kind, []).append(record)
    return found


def _whole(record: Record, samples: Sequence[object]) -> dict:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{record.kind}.schema.json",
        "title": record.title,
        "description": record.description,
        **_schema(record.fields, samples),
    }


def _schema(shape: Shape, samples: Sequence) -> dict:
    """A shape as JSON Schema; `samples` are values of it from the data."""
    match shape:
        case Maybe(of):
            return _or_null(_schema(of, [sample for sample in samples if sample is not None]))
        case Many(of):
            return {"type": "array", "items": _schema(of, list(chain.from_iterable(filter(None, samples))))}
        case tuple():
            return {
                "type": "object",
                "additionalProperties": False,
                "required": [field.name for field in shape],
                "properties": {field.name: _field(field, samples) for field in shape},
            }
    return {**shape, **({"examples": [known]} if (known := next(_short(samples), None)) is not None else {})}


def _field(field: Field, samples: Sequence[dict]) -> dict:
    values = [sample[field.name] for sample in samples if sample]
    return {"title": field.title, "description": field.description, **_schema(field.shape, values)}


def _short(samples: Sequence[object]) -> Iterator[object]:
    return (value for value in samples if value not in ("", None) and len(str(value)) <= LONGEST)


def _or_null(schema: dict) -> dict:
    more = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **more}
