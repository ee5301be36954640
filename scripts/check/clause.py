"""Responsibility clauses: which label and role each name in it has, and whether every word of it is accounted for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.load import Text

LABEL = re.compile(r"(?:责任|牵头|主办|主责|配合|协办|参与|参加|支持|实施|落实|承办)(?:单位|部门)")
ROLES = {
    "牵头": "lead",
    "主办": "lead",
    "主责": "lead",
    "配合": "support",
    "协办": "support",
    "参与": "support",
    "参加": "support",
    "支持": "support",
}
OPEN = re.compile(r"等(?:有关|相关)?(?:部门|单位)?")
# What a clause may hold beside names, labels and the rule for the lead: separators and words that join or end a list.
GLUE = re.compile(
    r"[（）()〔〕【】\[\]：:、，,；;。/\s]|和|及|与|以及|会同|按职责分工|分工|分别|共同|负责|牵头|配合|落实|参与"
)


@dataclass(frozen=True)
class Named:
    """A department's name in a clause: its place (0-based code points), and the label before it."""

    name: Text
    start: int
    label: str

    @property
    def role(self) -> str:
        """What the label says; a label that says nothing of leading leaves the role unmarked."""
        return ROLES.get(self.label[:2], "unmarked")


@dataclass(frozen=True)
class Reading:
    """A clause as read: names in order, the first name not found, and the words that nothing accounts for."""

    named: tuple[Named, ...]
    not_found: Text | None
    left_over: tuple[tuple[int, str], ...]  # (offset, words)
    open_at: int | None  # where 等 stands, which leaves the list open


def read_clause(clause: str, names: Sequence[Text], lead_rule: str) -> Reading:
    """Find each name in the clause, in order, and see what is left between them."""
    named: list[Named] = []
    gaps: list[tuple[int, str]] = []
    here = 0
    for name in names:
        start = clause.find(name.value, here)
        if start < 0:
            return Reading(tuple(named), name, (), None)
        gaps.append((here, clause[here:start]))
        labels = LABEL.findall(clause[:start])
        named.append(Named(name, start, labels[-1] if labels else ""))
        here = start + len(name.value)
    gaps.append((here, clause[here:]))
    left_over = tuple(rest for offset, words in gaps if (rest := _left_over(offset, words, lead_rule)))
    open_at = next((offset + found.start() for offset, words in gaps if (found := OPEN.search(words))), None)
    return Reading(tuple(named), None, left_over, open_at)


def _left_over(offset: int, words: str, lead_rule: str) -> tuple[int, str] | None:
    """The first stretch of a gap that is no label, separator or stated rule."""
    blank = words
    for pattern in (*((re.compile(re.escape(lead_rule)),) if lead_rule else ()), LABEL, OPEN, GLUE):
        blank = pattern.sub(lambda found: " " * len(found.group()), blank)
    if not blank.strip():
        return None
    start = len(blank) - len(blank.lstrip())
    rest = words[start : len(blank.rstrip())]
    return offset + start, rest
