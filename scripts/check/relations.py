"""The checks of the relations between measures."""

import re
from collections.abc import Callable, Iterator

from scripts.check.hints import measure_hint
from scripts.check.quotes import way_out
from scripts.check.world import World
from scripts.load import At, Problem, Record, Text

WORD = re.compile(r"\w")
SHORTEST_EVIDENCE = 2  # characters
BETWEEN = re.compile(r"[、，,；;]+")  # pieces of evidence that were written into one
IN_BOTH = "依据要是两条正文里都有的词句。"
ONE_EACH = "一项只写一个词句：请分成几项，每行一项“- 内容”。"


def relations_have_evidence(measure: Record, world: World) -> Iterator[Problem]:
    """A relation leads to another measure, is told once, and its evidence stands in both texts."""
    told: dict[tuple[str, str], At] = {}
    for _, row in measure.root.rows("relations"):
        to = row.get("to")
        if not isinstance(to, Text):
            continue
        other = world.measures.get(to.value)
        if to.value == measure.id:
            yield Problem(to.at, "unknown-measure", "关联不能指向自己。", "请写另一条措施的编号。")
        elif not other and not world.doubts(to.value):
            hint = measure_hint(to.value, world.measures.keys() - {measure.id}, measure.id.split("/")[0])
            yield Problem(to.at, "unknown-measure", f"没有编号为“{to.value}”的措施。", hint)
        relation = (to.value, row.text("relation"))
        if relation in told:
            message = f"这一项关联和第 {told[relation].line} 行重复。"
            yield Problem(to.at, "repeated-item", message, "请只留一处，把依据合在一起。")
        told.setdefault(relation, to.at)
        for words in row.texts("evidence"):
            if len(WORD.findall(words.value)) < SHORTEST_EVIDENCE:
                message = f"“{words.value}”太短，说明不了两条措施有关联。"
                yield Problem(words.at, "relation-without-evidence", message, IN_BOTH)
                continue
            texts = {record.id: record.root.text("text") for record in (measure, other) if record}
            parts = [part for part in BETWEEN.split(words.value) if part]
            is_several = len(parts) > 1 and all(part in text for part in parts for text in texts.values())
            for id, text in texts.items():
                if not world.doubts(id) and words.value not in text:
                    at, help = (words.at, ONE_EACH) if is_several else way_out(words, text)
                    message = f"“{words.value}”不在 {id} 的正文里。"
                    yield Problem(at, "relation-without-evidence", message, help or IN_BOTH)


RELATION_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (relations_have_evidence,)
