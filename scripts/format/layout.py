"""The lines of a record in canonical form, each field with the comments that stood above it."""

from collections.abc import Iterable, Iterator, Mapping

from scripts.format.scalar import scalar
from scripts.load import Fields, Items, Node, Text
from scripts.load.reader import Reader
from scripts.schemas import resolved, schemas

STEP = 2  # spaces of one level


def lines(read: Reader, kind: str) -> Iterator[str]:
    """The lines of a file that was read without problems."""
    lead = above(read)
    assert isinstance(read.root, Fields)
    made = [*_fields(read.root, schemas().get(kind, {}), 0, lead), *lead.get(0, ())]
    previous = ""
    for line in made:
        if line or previous:  # one empty line at most, none at the beginning
            yield line
        previous = line


def above(read: Reader) -> dict[int, list[str]]:
    """Line of a field or item (from 1) → the comments and empty lines above it; 0 → those behind the last one."""
    starts = sorted({at.line for at in _places(read.root)})
    found = {}
    for line in starts:
        found[line] = _backwards(read, line - 1)
    last = len(read.lines)
    while last and not read.lines[last - 1].strip():
        last -= 1
    found[0] = _backwards(read, last)
    return found


def _backwards(read: Reader, last: int) -> list[str]:
    """The comments and empty lines that end with line `last` (from 1)."""
    found: list[str] = []
    for number in range(last, 0, -1):
        line = read.lines[number - 1].strip()
        is_comment = line.startswith("#") and number - 1 not in read.inside
        if line and not is_comment:
            break
        found.insert(0, line)
    return found


def _places(node: Node | None) -> Iterator:
    match node:
        case Items():
            for item in node.items:
                yield item.at
                yield from _places(item)
        case Fields():
            yield from node.keys.values()
            for value in node.fields.values():
                yield from _places(value)


def _fields(node: Fields, schema: Mapping, indent: int, above: dict[int, list[str]]) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in _ordered(node.keys, properties):
        yield from _lead(above.pop(node.keys[name].line, ()), indent)
        inner = resolved(properties.get(name) or schema.get("additionalProperties") or {})
        yield from _value(f"{' ' * indent}{scalar(name)}:", node.get(name), inner, indent, above)


def _ordered(names: Iterable[str], properties: Mapping) -> list[str]:
    """As the schema has them; what it does not know stays behind the field that it stood behind."""
    order = {name: place for place, name in enumerate(properties)}
    places: list[tuple[int, int]] = []
    for number, name in enumerate(names):
        places.append((order.get(name, places[-1][0] if places else -1), number))
    listed = list(names)
    return [listed[number] for _, number in sorted(places)]


def _value(head: str, node: Node | None, schema: Mapping, indent: int, above: dict[int, list[str]]) -> Iterator[str]:
    match node:
        case None:
            yield head
        case Text():
            yield from f"{head} {scalar(node.value, schema.get('type', ''), indent + STEP)}".split("\n")
        case Items() if node.items:
            yield head
            for item in node.items:
                yield from _item(item, resolved(schema.get("items") or {}), indent + STEP, above)
        case Fields() if node.keys:
            yield head
            yield from _fields(node, schema, indent + STEP, above)
        case _:
            yield f"{head} {'[]' if isinstance(node, Items) else '{}'}"


def _item(item: Node, schema: Mapping, indent: int, above: dict[int, list[str]]) -> Iterator[str]:
    yield from _lead(above.pop(item.at.line, ()), indent)
    pad = " " * indent
    if not isinstance(item, Fields) or not item.keys:
        yield from _value(f"{pad}-", item, schema, indent, above)
        return
    # The first field stands on the line of the dash.
    first, *rest = _fields(item, schema, indent + STEP, above)
    while not first or first.lstrip().startswith("#"):
        yield first
        first, *rest = rest
    yield f"{pad}- {first.lstrip()}"
    yield from rest


def _lead(above: Iterable[str], indent: int) -> Iterator[str]:
    for line in above:
        yield f"{' ' * indent}{line}" if line else ""
