"""Which form an issue was written on, and what was answered. The forms themselves are the list of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

NO_ANSWER = "_No response_"  # what GitHub writes for a question that was left open
MOST = {"summary": 200, "evidence_title": 200, "by": 100, "where": 200}  # characters of an answer; else
LONGEST = 2000
NO_FORM = "看不出用的是哪一张表单，或者表单里的小标题被改过、在回答里又出现了一次。"


class NeedsAPerson(Exception):
    """Nothing was changed; the message says why."""


@dataclass(frozen=True)
class Question:
    id: str
    label: str
    is_line: bool  # the form gives room for one line only
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    name: str  # of its file
    title: str
    questions: tuple[Question, ...]


def read_forms(folder: Path) -> tuple[Form, ...]:
    """Every issue form of a folder, but for the settings of the chooser."""
    found = ((path, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder.glob("*.yml")))
    return tuple(Form(path.stem, form["name"], _questions(form)) for path, form in found if "body" in form)


def _questions(form: Mapping) -> tuple[Question, ...]:
    return tuple(
        Question(
            element["id"],
            element["attributes"]["label"],
            element["type"] != "textarea",
            tuple(element["attributes"].get("options", ())),
        )
        for element in form["body"]
        if element["type"] != "markdown"
    )


def read_body(body: str, forms: Sequence[Form]) -> tuple[Form, dict[str, str]]:
    """The form and the answers by the ids of its questions; "" for one that was left open.

    A heading that stands anywhere but where the form has it could pass one answer off as another, so it is refused.
    """
    lines = body.replace("\r\n", "\n").split("\n")
    for form in forms:
        headings = {f"### {question.label}": question for question in form.questions}
        places = [number for number, line in enumerate(lines) if line.rstrip() in headings]
        if [lines[place].rstrip() for place in places] == list(headings) and places[0] == 0:
            ends = [*places[1:], len(lines)]
            texts = ("\n".join(lines[place + 1 : end]).strip() for place, end in zip(places, ends, strict=True))
            pairs = zip(form.questions, texts, strict=True)
            return form, {question.id: _answer(question, text) for question, text in pairs}
    raise NeedsAPerson(NO_FORM)


def _answer(question: Question, text: str) -> str:
    text = "" if text == NO_ANSWER else text
    if question.choices and text and text not in question.choices:
        raise NeedsAPerson(f"“{question.label}”的回答不在选项里。")
    if question.is_line and len(text.splitlines()) > 1:
        raise NeedsAPerson(f"“{question.label}”的回答不止一行。")
    most = MOST.get(question.id, LONGEST)
    if question.is_line and len(text) > most:
        raise NeedsAPerson(f"“{question.label}”的回答有 {len(text)} 个字，超过了 {most}。")
    return text
