"""Slips in how a line is written, mended one after the other until the file can be read or nothing more is sure."""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache

from scripts.format import scalar
from scripts.load.decode import forbidden, places
from scripts.load.reader import Reader
from scripts.load.stumbles import ROW_KEY
from scripts.problem import Problem
from scripts.schemas import resolved, schemas

ROUNDS = 20
WIDE = {"\t": "  ", "\u3000": "  "}  # how far a sign of the margin reaches; other wide spaces reach one column
MARGIN = re.compile(r"^[ \t\u3000\u00a0\u2000-\u200a]+")
FIELD = re.compile(r"^(\s*(?:- +)?)([^\s:：﹕∶]+)[ \u3000]*[:：﹕∶][ \u3000\u00a0]*")
VALUE = re.compile(r"^(\s*(?:- +)?(?:[a-z0-9_-]+: +)?)(\S.*?)\s*$")
REFERENCE = re.compile(
    r"[&*][A-Za-z0-9_-]+(?:\s|$)|!(?:!|<|[A-Za-z])"
)  # what may be meant as YAML, and is no text then
TAG = re.compile(r"!!str +(?=\S)")

Mend = Callable[[list[str], int, int, Set[str]], str | None]  # (lines, row and column from 0, field names) → the line


def _colon(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    line = lines[row]
    found = FIELD.match(line)
    if not found or not (found.group(2) in names or ROW_KEY.fullmatch(found.group(2))):
        return None
    rest = line[found.end() :].rstrip()
    return f"{found.group(1)}{found.group(2)}:{f' {rest}' if rest else ''}"


def _margin(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    line = lines[row]
    margin = MARGIN.match(line)
    start = margin.end() if margin else 0
    made = "".join(WIDE.get(sign, " ") for sign in line[:start]) + line[start:]
    return re.sub(r"^( *-)[\t\u3000\u00a0\u2000-\u200a ]+", r"\1 ", made)


def _dash(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    return _sign("-", lines[row], column)


def _hash(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    return _sign("#", lines[row], column)


def _sign(sign: str, line: str, column: int) -> str:
    rest = line[column + 1 :].lstrip(" \u3000\u00a0")
    return f"{line[:column]}{sign} {rest}"


def _quotes(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    """A text that YAML would take for something else, in quotes; not one that may be meant as YAML."""
    found = VALUE.match(lines[row])
    if (
        not found
        or not found.group(1).strip()
        or found.group(2)[0] in "'\"|>"
        or found.group(2).startswith("- ")
        or REFERENCE.match(found.group(2))
    ):
        return None
    if re.match(r"[\[{].*[\]}]$", found.group(2)):
        return None
    written = scalar(found.group(2))
    return found.group(1) + written if written != found.group(2) else None


def _tag(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    plain = TAG.sub("", lines[row], count=1)
    return plain if plain != lines[row] else _quotes(lines, row, column, names)


def _hidden(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    """A sign that nobody sees, in front of a field's name or in it; within a text it is left to a person."""
    line = lines[row]
    return (
        line[:column] + line[column + 1 :] if re.fullmatch(r"[\s\ufeff\u200b-\u200f-]*[a-z_]*", line[:column]) else None
    )


def _twice(lines: list[str], row: int, column: int, names: Set[str]) -> str | None:
    """A field that is there twice with the same text: the second is taken away."""
    return "" if VALUE.match(lines[row]) and lines[row] in lines[:row] and ": " in lines[row] else None


# Rule → what is told when it was mended, and how.
MENDS: Mapping[str, tuple[str, Mend]] = {
    "fullwidth-colon": ("字段名后的全角冒号", _colon),
    "colon-without-space": ("冒号后面少的空格", _colon),
    "tab-indent": ("行首的制表符", _margin),
    "wide-space-indent": ("缩进里的全角空格", _margin),
    "wide-dash": ("列表项的全角横线或圆点", _dash),
    "dash-without-space": ("“-”后面少的空格", _dash),
    "fullwidth-hash": ("说明前的全角井号", _hash),
    "yaml-syntax": ("该加引号的内容", _quotes),
    "no-anchors": ("该加引号的内容", _quotes),
    "no-tags": ("多余的标签，或该加引号的内容", _tag),
    "zero-width": ("字段名里的隐形字符", _hidden),
    "bidi-mark": ("字段名里的隐形字符", _hidden),
    "duplicate-key": ("重复的一行", _twice),
}


def mend_lines(text: str, kind: str) -> tuple[str, list[str]]:
    """(text, what was mended, once for each place)."""
    mended: list[str] = []
    names = _names(kind)
    for _ in range(ROUNDS):
        lines = text.split("\n")
        done: dict[int, str] = {}  # row → what was mended
        for problem in sorted(_problems(text), key=_last_first):
            what, mend = MENDS.get(problem.rule, ("", None))
            row = problem.at.line - 1
            line = mend(lines, row, problem.at.column - 1, names) if mend and row not in done else None
            if line is not None and line != lines[row]:
                lines[row : row + 1] = [line] if line else []
                done[row] = what
        if not done:
            break
        text, mended = "\n".join(lines), [*mended, *done.values()]
    return text, mended


def _last_first(problem: Problem) -> tuple:
    """From below, so that rows stay where they are; within a row, what the parser says comes last: it may be an echo."""
    return -problem.at.line, problem.rule == "yaml-syntax", problem.at.column


def _problems(text: str) -> Iterator[Problem]:
    yield from Reader(text, "").problems
    at = places(text, "")
    for offset, rule, message, _ in forbidden(text):
        yield Problem(at(offset), rule, message)


@cache
def _names(kind: str) -> frozenset[str]:
    """The names of all fields of a kind of file, at any level."""

    def walk(schema: Mapping) -> Iterator[str]:
        schema = resolved(dict(schema))
        for name, inner in schema.get("properties", {}).items():
            yield name
            yield from walk(inner)
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                yield from walk(schema[key])

    return frozenset(walk(schemas().get(kind, {})))
