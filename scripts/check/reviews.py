"""What a program was not sure of and a person has not decided yet: named until it is."""

from collections.abc import Iterator

from scripts.check.world import World
from scripts.load import Fields, Problem, Record

DECIDED = "对照原文确认或改好以后，请删掉这一项。"


def nothing_is_left_to_decide(record: Record, world: World) -> Iterator[Problem]:
    """A reminder for each entry under `review` of a record, or of the entries that it holds."""
    for root in (record.root, *(entry for _, entry in record.root.rows_of())):
        for _, row in root.rows("review"):
            question = row.get("question")
            if question:
                yield Problem(
                    question.at, "open-review", f"待确认：{row.text('question')}", f"{_details(row)}{DECIDED}"
                )


def _details(row: Fields) -> str:
    choices = "｜".join(choice.value for choice in row.texts("choices"))
    line = row.text("line")
    return (f"见 source.txt 第 {line} 行。" if line else "") + (f"可能是：{choices}。" if choices else "")
