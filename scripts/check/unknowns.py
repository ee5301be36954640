"""What has no value is explained, and nothing else is."""

from collections.abc import Iterator, Mapping

from scripts.check.clause import read_clause
from scripts.check.world import DEADLINES, deadline_of, duties_of
from scripts.load import Fields, Node, Problem, Record
from scripts.period import day_in, read_period
from scripts.schemas import titles

SECTION = "章节"  # the one field without a value that no schema has as a field
EXPLAIN = "知道就填上；原文没有的，在 unknowns 里写明状态（未载明、未规定或不适用）和原因。"


def is_explained(record: Record, field: str) -> bool:
    unknowns = record.root.get("unknowns")
    return isinstance(unknowns, Fields) and field in unknowns


def has_day(record: Record, field: str) -> bool:
    """Does a field mean a day? Words that mean none count until they are explained: their own check asks for that."""
    return bool(day_in(record.root.text(field))) if is_explained(record, field) else field in record.root


def has_deadline(measure: Record, year: str) -> bool:
    """The same of the time limit of a measure. `year`: of words that name none."""
    if not is_explained(measure, "deadline"):
        return any(field in measure.root for field in DEADLINES)
    words = deadline_of(measure)
    return words is not None and read_period(words.value, year) is not None


def unknowns_fit(
    record: Record, has_value: Mapping[str, bool], general: Node | None = None, help: str = EXPLAIN
) -> Iterator[Problem]:
    """For each field: a value, or a reason why there is none, of its own or (`general`) of the whole policy."""
    own = record.root.get("unknowns")
    for field, has in has_value.items():
        if has and isinstance(own, Fields) and field in own:
            message = f"“{field}”有内容，不必说明为什么没有。"
            yield Problem(own.at_key(field), "needless-unknown", message, "请删掉 unknowns 里的这一项；内容留着。")
        elif not (has or is_explained(record, field) or (isinstance(general, Fields) and field in general)):
            title = SECTION if field == "section" else titles(record.kind, field)[0]
            message = f"没有“{field}”（{title}），也没有说明为什么。"
            yield Problem(record.root.at_key(field), "unexplained-unknown", message, help)


def values_of(measure: Record, policy: Record, section: str) -> dict[str, bool]:
    """Which fields of a measure have a value, so that they need no reason why there is none."""
    root = measure.root
    clause = read_clause(duties_of(measure), root.texts("departments"), policy.root.text("lead_rule"))
    return {
        "lead": not clause.named or "lead" in root or any(named.role == "lead" for named in clause.named),
        "section": bool(section) or "parts" not in policy.root,
        "number": "number" in root,
        "heading": "heading" in root,
        "clause": "clause" in root or "shared_clause" in root,
        "deadline": has_deadline(measure, policy.root.text("deadline_year")),
        "themes": "themes" in root,
        "audiences": "audiences" in root,
    }
