"""Problems as an editor reads them: where, the line itself, what is wrong, what to write instead."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from scripts.characters import width
from scripts.problem import At, Problem, is_error, visible

SHOWN = 72  # columns of a line that are shown
BEFORE = 24  # of these, at least so many before the place
LEVELS = {"error": "", "warning": "提醒："}


def as_text(problems: Sequence[Problem]) -> str:
    """For a terminal, errors first. The first line of each is `file:line:column: message [rule]`, as compilers write it."""
    lines_of = cache(_lines)
    ordered = sorted(problems, key=lambda problem: not is_error(problem))
    return "\n".join(line for problem in ordered for line in _told(problem, lines_of))


def _told(problem: Problem, lines_of: Callable[[str], Sequence[str]]) -> Iterator[str]:
    at = problem.at
    yield f"{visible(at.file)}:{at.line}:{at.column}: {LEVELS[problem.level]}{visible(problem.message)} [{problem.rule}]"
    if excerpt := _excerpt(at, lines_of(at.file)):
        number = str(at.line)
        line, column = excerpt
        yield f"  {number} | {line}"
        yield f"  {' ' * len(number)} | {' ' * column}^"
    if problem.help:
        yield f"    改法：{visible(problem.help)}"


def _excerpt(at: At, lines: Sequence[str]) -> tuple[str, int] | None:
    """The line of a place, cut around it, and how many columns of a terminal stand before the place."""
    if at.line > len(lines):
        return None
    line, column = lines[at.line - 1], at.column - 1
    start = column if width(line[:column]) > SHOWN - BEFORE else 0
    while start and width(line[start:column]) < BEFORE:
        start -= 1
    end = column
    while end < len(line) and width(line[start : end + 1]) < SHOWN:
        end += 1
    cut = ("…" if start else "", "…" if end < len(line.rstrip()) else "")
    return f"{cut[0]}{visible(line[start:end])}{cut[1]}", width(f"{cut[0]}{visible(line[start:column])}")


def _lines(file: str) -> tuple[str, ...]:
    """The lines of a file; none where it is not there or no text."""
    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return ()
    return tuple(text.replace("\r\n", "\n").removesuffix("\n").split("\n"))


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


def as_summary(problems: Sequence[Problem]) -> str:
    """The whole list in Markdown, for the summary of a workflow's step, which shows more than its annotations."""
    if not problems:
        return "## 数据检查\n\n没有发现问题。\n"
    text = as_text(problems)
    # A fence longer than any in the text: what an editor wrote cannot leave the block.
    fence = "`" * (max([2, *map(len, re.findall(r"`+", text))]) + 1)
    return f"## 数据检查\n\n{counted(problems)}\n\n{fence}text\n{text}\n{fence}\n"


def counted(problems: Sequence[Problem]) -> str:
    errors = sum(problem.level == "error" for problem in problems)
    return f"{errors} 处错误，{len(problems) - errors} 处提醒。"


def as_json(problems: Sequence[Problem]) -> str:
    rows = [{**asdict(p.at), "rule": p.rule, "level": p.level, "message": p.message, "help": p.help} for p in problems]
    return json.dumps(rows, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}
