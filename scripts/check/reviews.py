"""What a program was not sure of and a person has not decided yet: named until it is."""

from collections.abc import Iterator

from scripts.check.world import World
from scripts.load import Fields, Problem, Record

DECIDED = "对照原文确认或改好以后，请删掉这一项。"


def nothing_is_left_to_decide(record: Record, world: World) -> Iterator[Problem]:
    """A reminder for each entry under `review` of a record, or of the entries that it holds."""
    rows = [row for _, _, row in questions(record.root) if row.get("question")]
    source = _source(record, world) if rows else ""
    for row in rows:
        message, help = f"待确认：{row.text('question')}", f"{_details(row, source)}{DECIDED}"
        yield Problem(row.get("question").at, "open-review", message, help)


def questions(root: Fields) -> Iterator[tuple[Fields, str, Fields]]:
    """Each entry under `review`, (what holds it, its key, its row): of a record, or of the entries of a register."""
    for holder in (root, *(entry for _, entry in root.rows_of())):
        yield from ((holder, key, row) for key, row in holder.rows("review"))


def _source(record: Record, world: World) -> str:
    """The text that a question is about: its document's, or that of the only one there is which names a department."""
    if record.kind in ("policy", "measure"):
        return f"policies/{record.id.split('/')[0]}/source.txt"
    names = {record.root.text("name"), *(text.value for text in record.root.texts("other_names"))}
    measures = (measure for measure in world.measures.values() if names & _named(measure))
    found = {measure.id.split("/")[0] for measure in measures}
    return f"policies/{found.pop()}/source.txt" if len(found) == 1 else "source.txt"


def _named(measure: Record) -> set[str]:
    return {text.value for text in measure.root.texts("departments")}


def _details(row: Fields, source: str) -> str:
    choices = "｜".join(choice.value for choice in row.texts("choices"))
    line = row.text("line")
    return (f"见 {source} 第 {line} 行。" if line else "") + (f"可能是：{choices}。" if choices else "")
