"""Days on which something is said to have been done: none is still to come."""

import re
from collections.abc import Iterator

from scripts.load import Fields, Items, Node, Problem, Text, Tree

DAYS = ("date", "on", "received")
ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def nothing_was_done_tomorrow(tree: Tree, today: str) -> Iterator[Problem]:
    """Each day of a record that is later than `today` (YYYY-MM-DD). None where no day is given."""
    for record in tree.records if today else ():
        yield from _later(record.root, today)


def _later(node: Node, today: str) -> Iterator[Problem]:
    match node:
        case Items():
            for item in node:
                yield from _later(item, today)
        case Fields():
            for name, value in node.fields.items():
                if isinstance(value, Text) and name in DAYS and ISO.fullmatch(value.value) and value.value > today:
                    help = "请核对年份；还没有发生的事不要写。"
                    yield Problem(value.at, "future-date", f"“{value.value}”还没有到（今天是 {today}）。", help)
                yield from _later(value, today)
