"""What is wrong in the data, as a value: where, which rule, what, and how to mend it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from scripts.rules import RULES


@dataclass(frozen=True, order=True)
class At:
    """A place in a file. Lines and columns count from 1; columns count code points."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `rule` is the name of one of RULES, such as unknown-department."""

    at: At
    rule: str
    message: str
    help: str = ""

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"no such rule: {self.rule}")

    @property
    def level(self) -> str:
        """ "error" or "warning"; only errors stop a build."""
        return RULES[self.rule].level


def is_error(problem: Problem) -> bool:
    return problem.level == "error"


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By file and place, each problem once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.at, problem.rule, problem.message))


def visible(text: str) -> str:
    """Text for a terminal or log line: what cannot be printed (line ends, escapes, bidi marks) is spelled out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def as_text(problems: Sequence[Problem]) -> str:
    return "\n".join(
        f"{visible(p.at.file)}:{p.at.line}:{p.at.column}: {'提醒：' if p.level == 'warning' else ''}"
        f"{visible(p.message + p.help)} [{p.rule}]"
        for p in problems
    )


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub shows at the line. Values are escaped: none can forge a command."""

    def data(text: str) -> str:
        return visible(text).replace("%", "%25")

    def attribute(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{p.level} file={attribute(p.at.file)},line={p.at.line},col={p.at.column},title={p.rule}"
        f"::{data(p.message + p.help)}"
        for p in problems
    )


def as_json(problems: Sequence[Problem]) -> str:
    rows = [{**asdict(p.at), "rule": p.rule, "level": p.level, "message": p.message, "help": p.help} for p in problems]
    return json.dumps(rows, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}
