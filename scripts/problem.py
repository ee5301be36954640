"""What is wrong in the data, as a value: where, which rule, what, and how to mend it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from scripts.rules import RULES

QUOTED = re.compile("“([^“”]{81,})”")
SHOWN, LONGEST = 30, 500  # characters: of a long quotation, and of what an editor is willing to read


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
        object.__setattr__(self, "message", _clipped(self.message))
        object.__setattr__(self, "help", _clipped(self.help))

    @property
    def level(self) -> str:
        """ "error" or "warning"; only errors stop a build."""
        return RULES[self.rule].level


def _clipped(text: str) -> str:
    """A sentence in which no quotation is long, whatever an editor wrote into a file."""
    text = QUOTED.sub(lambda found: f"“{found.group(1)[:SHOWN]}……（共 {len(found.group(1))} 字）”", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - SHOWN]}……{text[-SHOWN:]}"


def is_error(problem: Problem) -> bool:
    return problem.level == "error"


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By file and place, each problem once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.at, problem.rule, problem.message))


def nearest(word: str, words: Iterable[str], alike: float = 0.6) -> str:
    """The one of these words that is most like a word; "" if none is. `alike`: share of the characters in common."""
    return next(iter(get_close_matches(word, list(words), n=1, cutoff=alike)), "")


def near(word: str, words: Iterable[str], otherwise: str, alike: float = 0.6) -> str:
    """“Did you mean …?”, or what to do where nothing is near."""
    found = nearest(word, words, alike)
    return f"是不是“{found}”？" if found else otherwise


def visible(text: str) -> str:
    """Text for a terminal or log line: what cannot be printed (line ends, escapes, bidi marks) is spelled out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
