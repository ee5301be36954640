"""Canonical YAML: one way to write every record, so that a change shows as what was meant. Comments are kept.

Fields stand in the order of their schema, list items one to a line, levels two spaces deep. Text is plain where no
reader of YAML could take it for anything else, in single quotes otherwise, behind `|` where it has several lines.
"""

from scripts.format.layout import lines
from scripts.format.scalar import scalar
from scripts.load import plain
from scripts.load.decode import forbidden
from scripts.load.reader import Reader
from scripts.problem import is_error
from scripts.rules import RULES

__all__ = ["formatted", "scalar"]


def formatted(text: str, kind: str) -> str:
    """A file's text in canonical form; as it is, where it cannot be read or would not mean the same."""
    before = Reader(text, "")
    unfit = any(map(is_error, before.problems)) or any(RULES[rule].level == "error" for _, rule, *_ in forbidden(text))
    if unfit or before.root is None:
        return text
    made = "\n".join(lines(before, kind)) + "\n"
    after = Reader(made, "")
    same = (
        not any(map(is_error, after.problems))
        and plain(after.root) == plain(before.root)
        and after.comments() == before.comments()
    )
    return made if same else text
