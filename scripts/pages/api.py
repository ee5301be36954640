"""What the page about the API lays out: every address with a true example, every field, and programs to copy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.api import FOLDER, GROUPS, PARAMETERS, RECORDS, Endpoint, Many, Maybe, Shape, example, published
from scripts.ledger import Ledger
from scripts.made import Made
from scripts.pages.examples import examples, questions

WORDS = {"boolean": "true 或 false", "integer": "整数", "string": "文字"}
FORMATS = {"date": "日期", "uri-reference": "相对地址"}


@dataclass(frozen=True)
class Line:
    """One field as the page lists it; `path` leads to it from the top, with [] for each entry of a list."""

    path: str
    title: str
    description: str
    kind: str


def facts(ledger: Ledger, downloads: Sequence[Made]) -> dict[str, object]:
    paths = {file.path.removeprefix(f"{FOLDER}/") for file in downloads}
    endpoints = list(published(ledger, paths))
    return {
        "groups": [
            (title, [(endpoint, example(endpoint, ledger)) for endpoint in endpoints if endpoint.group == group])
            for group, title in GROUPS.items()
        ],
        "parameters": _parameters(endpoints),
        "records": [(record, list(_lines(record.fields))) for record in RECORDS],
        "examples": examples(ledger),
        "questions": questions(ledger),
    }


def _parameters(endpoints: Sequence[Endpoint]) -> list[tuple[str, str]]:
    used = {name for endpoint in endpoints for name in endpoint.parameters}
    return [(name, parameter.title) for name, parameter in PARAMETERS.items() if name in used]


def _lines(shape: Shape, path: str = "") -> Iterator[Line]:
    match shape:
        case Maybe(of):
            yield from _lines(of, path)
        case Many(of):
            yield from _lines(of, f"{path}[]")
        case tuple():
            for field in shape:
                inner = f"{path}.{field.name}" if path else field.name
                yield Line(inner, field.title, field.description, _kind(field.shape))
                yield from _lines(field.shape, inner)


def _kind(shape: Shape) -> str:
    match shape:
        case Maybe(of):
            return f"{_kind(of)}或 null"
        case Many():
            return "列表"
        case tuple():
            return "一组字段"
    if "enum" in shape:
        return f"文字：{'、'.join(shape['enum'])}"
    return FORMATS.get(str(shape.get("format")), WORDS[str(shape["type"])])
