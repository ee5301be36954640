"""Which characters of an official text count, and which are only how it was laid out."""

import re
import unicodedata

# White space, page breaks, byte order marks and characters without width: layout, not wording.
WITHOUT_WIDTH = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
BLANK = re.compile(f"[\\s{WITHOUT_WIDTH}]+")
INVISIBLE = re.compile(f"[{WITHOUT_WIDTH}]+")


def solid(text: str) -> str:
    """The characters that count, in order."""
    return BLANK.sub("", text)


def solid_places(text: str) -> list[int]:
    """Where the characters that count stand (0-based code points)."""
    return [index for index, character in enumerate(text) if not BLANK.match(character)]


def width(text: str, wide: str = "WF") -> int:
    """Columns that a text takes where the characters of these classes (Unicode's East Asian Width) take two."""
    return sum(2 if unicodedata.east_asian_width(character) in wide else 1 for character in text)


def joint(before: str, after: str) -> str:
    """What stands where a line goes on: a space between two words of Latin letters, else nothing."""
    ends = before[-1:] + after[:1]
    return " " if len(ends) == 2 and ends.isascii() and ends.isalpha() else ""
