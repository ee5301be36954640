"""What a skeleton left for an editor to fill in: named wherever it still stands, so it can never be published."""

import re
from collections.abc import Iterator

from scripts.check.shape import help_of
from scripts.check.world import TO_FILL, is_filled
from scripts.load import Fields, Items, Node, Problem, Record, Text, walk
from scripts.schemas import resolved, schemas

# Hosts that stand for any other (RFC 2606), and those of our own examples.
EXAMPLE = re.compile(r"https?://([A-Za-z0-9-]+\.)*example\.(com|org|net|(gov\.)?cn)(?![A-Za-z0-9.-])")
EXPLAIN = "原文没有的，删掉这一项，在 unknowns 里写明状态（未载明、未规定或不适用）和原因。"


def nothing_is_left_to_fill(record: Record) -> Iterator[Problem]:
    """Each place that still has the mark, with the schema's words for what belongs there."""
    schema = schemas()[record.kind]
    unknowns = schema.get("properties", {}).get("unknowns", {})
    may_be_unknown = {*unknowns.get("propertyNames", {}).get("enum", ()), *unknowns.get("properties", ())}
    for name, node in record.root.fields.items():
        for text, field, inner in _marked(node, name, _inside(schema, name)):
            message = f"“{field}”还没有填。"
            ways = [help_of(inner), EXPLAIN if name in may_be_unknown else ""]
            yield Problem(text.at, "left-to-fill", message, "".join(ways) or f"请写上内容，换掉“{TO_FILL}”。")
    for text in walk(record.root):
        if EXAMPLE.match(text.value):
            help = "请换成真正的网址，从浏览器地址栏复制；没有网址的，删掉这一项。"
            yield Problem(text.at, "left-to-fill", f"“{text.value}”是示例，不是真的网址。", help)


def _marked(node: Node, field: str, schema: dict) -> Iterator[tuple[Text, str, dict]]:
    """Each text with the mark, the name of its field, and its schema."""
    match node:
        case Text() if not is_filled(node.value):
            yield node, field, schema
        case Items():
            for item in node:
                yield from _marked(item, field, resolved(schema).get("items", {}))
        case Fields():
            for name, value in node.fields.items():
                yield from _marked(value, name, _inside(schema, name))


def _inside(schema: dict, name: str) -> dict:
    """The schema of a field, named or keyed."""
    schema = resolved(schema)
    inner = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
    return inner if isinstance(inner, dict) else {}
