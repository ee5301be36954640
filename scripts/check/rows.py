"""Each row of a record is told once."""

from collections.abc import Iterator

from scripts.check.world import World
from scripts.load import Fields, Problem, Record, plain

# Dates may stand in a text twice, and relations have a check of their own.
ROWS = ("targets", "instruments", "anomalies", "progress", "searches")


def rows_are_told_once(record: Record, world: World) -> Iterator[Problem]:
    """No two rows of a field say the same in all of their fields."""
    for field in ROWS:
        rows = record.root.get(field)
        seen: list[tuple[object, str]] = []
        for key, row in rows.rows_of() if isinstance(rows, Fields) else ():
            said = plain(row)
            if same := next((other for content, other in seen if content == said), ""):
                message = f"“{key}”和“{same}”说的一样。"
                yield Problem(rows.at_key(key), "repeated-item", message, "请只留一处；是另一项的，把内容改对。")
            seen.append((said, key))
