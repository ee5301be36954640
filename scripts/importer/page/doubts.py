"""What a person has to decide, worst first: what would be wrong on a published page before what would only be unhandy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from scripts.confirm import key_of
from scripts.importer import Imported
from scripts.importer.draft import Drafted
from scripts.importer.script import Script

# Worst first: what a group is about, the kinds of record and the fields that belong to it; () is any.
# The first group that fits holds the question; what fits none is about how the document was divided.
SEVERITY = (
    ("责任部门、责任条款和牵头", ("measure", "policy"), ("departments", "clause", "lead", "open_list", "lead_rule")),
    ("分条和原文各部分", ("measure", "policy"), ("parts", "text", "number", "row_order", "")),
    ("时限、目标和提到的文件", ("measure",), ("deadline", "inner_deadlines", "targets", "instruments")),
    ("标题和文件信息", ("measure", "policy"), ()),
    ("写法相近的部门", ("department",), ("name",)),
    ("新部门的编号和类别", ("department",), ()),
    ("辖区", ("jurisdictions",), ()),
)
OTHERWISE = 1
FIELDS = {"unlisted-deadline": "inner_deadlines"}  # which field a hint of the check is about


@dataclass(frozen=True)
class Question:
    """One decision. `line` is 0 where it is about no place of the source."""

    number: int  # from 1, in the order in which they are shown
    key: str  # the same for the same question of another import
    subject: str  # 措施 3, 市教育局
    what: str
    choices: tuple[str, ...]
    line: int
    card: str  # id of the card of the record that holds it
    path: str
    is_kept: bool  # in the data, under `review`; else the check reminds of it

    @property
    def id(self) -> str:
        return f"q{self.number}"


@dataclass(frozen=True)
class Group:
    name: str
    questions: tuple[Question, ...]

    @property
    def said(self) -> str:
        """The one sentence that all questions are, but for the id of their record; "" where they differ."""
        sentences = {question.what.replace(f"“{PurePath(question.path).stem}”", "“……”") for question in self.questions}
        return sentences.pop() if len(sentences) == 1 and len(self.questions) > 1 else ""


def groups(imported: Imported, cards: Mapping[str, tuple[str, str]]) -> tuple[Group, ...]:
    """The questions of a draft. `cards`: path of a record → its card's id, and what a reader calls it."""
    found: list[list[Question]] = [[] for _ in SEVERITY]
    script = imported.draft.document.script
    kinds = {record.path: record.kind for record in imported.draft.records}
    for record in imported.draft.records:
        for question, field in _asked(record, script, cards):
            found[severity(record.kind, field)].append(question)
    for problem in imported.reminders:
        if problem.at.file in cards:
            path, what = problem.at.file, f"{problem.message}{problem.help}"
            question = _question(path, what, (), 0, cards, False)
            found[severity(kinds[path], FIELDS.get(problem.rule, ""))].append(question)
    number = 0
    made = []
    for (name, _, _), questions in zip(SEVERITY, found, strict=True):
        ordered = sorted(questions, key=lambda question: question.line)
        numbered = [replace(one, number=place) for place, one in enumerate(ordered, number + 1)]
        number += len(numbered)
        if numbered:
            made.append(Group(name, tuple(numbered)))
    return tuple(made)


def severity(kind: str, field: str) -> int:
    """The place in SEVERITY of a question about a field of a record; 0 is the worst."""
    fits = (
        place
        for place, (_, kinds, fields) in enumerate(SEVERITY)
        if kind in kinds and (not fields or field.partition(".")[0] in fields)
    )
    return next(fits, OTHERWISE)


def _asked(record: Drafted, script: Script, cards: Mapping) -> Iterator[tuple[Question, str]]:
    for doubt in record.doubts:
        line = script.line(doubt.at) if doubt.at else 0
        yield _question(record.path, doubt.what, doubt.choices, line, cards, True), doubt.field


def _question(path: str, what: str, choices: tuple[str, ...], line: int, cards: Mapping, is_kept: bool) -> Question:
    card, subject = cards[path]
    return Question(0, key_of(path, what, choices), subject, what, choices, line, card, path, is_kept)
