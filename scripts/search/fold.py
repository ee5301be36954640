"""The browser's folding of texts, for the parts of a large index that are cut up by what stands in them.

The rules are those of `fold` in overrides/assets/search-engine.js; a test holds the two together.
"""

import unicodedata
from functools import cache

from scripts.search.characters import simplified

DASHES = frozenset("-–—－―~～−")


@cache
def _one(character: str) -> str:
    if character in DASHES:
        return "-"
    if character in ".．":
        return "."
    if character == "…":
        return ""
    simple = simplified()
    return "".join(
        simple.get(part, part)
        for part in unicodedata.normalize("NFKC", character).lower()
        if unicodedata.category(part)[0] in "LN" or part in "+%"
    )


def fold(text: str) -> str:
    """What is compared of a text: NFKC, lower case, simplified; a dot or a dash only between digits, where 至 is a dash."""
    folded, held = "", ""
    for character in text:
        part = _one(character)
        if not part:
            continue
        if held:
            if _digit(part[0]):
                folded += "-" if held == "至" else held
            elif held == "至":
                folded += held
            held = ""
        if part in (".", "-", "至") and folded and _digit(folded[-1]):
            held = part
        elif part not in (".", "-"):
            folded += part
    return folded + (held if held == "至" else "")


def _digit(character: str) -> bool:
    return "0" <= character <= "9"
