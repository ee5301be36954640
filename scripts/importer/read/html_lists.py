"""The numbers of lists, which are not in the text of a page but which its readers see."""

import re
from collections.abc import Iterator

from bs4 import Tag

from scripts.importer.read.counting import counted

LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w -]+)", re.IGNORECASE)
# How browsers number: by the type of a list, or by its style (CSS Counter Styles), as (format, sign behind).
NUMBERS = {"": ("decimal", ". "), "1": ("decimal", ". "), "a": ("lowerLetter", ". "), "A": ("upperLetter", ". ")}
NUMBERS |= {"i": ("lowerRoman", ". "), "I": ("upperRoman", ". "), "decimal": ("decimal", ". ")}
NUMBERS |= {"lower-alpha": ("lowerLetter", ". "), "upper-alpha": ("upperLetter", ". ")}
NUMBERS |= {"lower-roman": ("lowerRoman", ". "), "upper-roman": ("upperRoman", ". ")}
NUMBERS |= {
    name: ("chineseCountingThousand", "、")
    for name in ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal")
}
NUMBERED = re.compile(
    r"\s*(?:[（(【]?[0-9一二三四五六七八九十]+[)）】、.．]|[①-⑳]|第[0-9一二三四五六七八九十]+[编部章节条款])"
)


def numbers_of(parent: Tag) -> Iterator[str]:
    """The numbers of a list's items, with their sign; none where a list shows none."""
    style = LIST_STYLE.search(str(parent.get("style") or ""))
    kind = (style.group(1).strip().lower() if style else "") or str(parent.get("type") or "")
    if parent.name != "ol" or kind not in NUMBERS:
        return
    start = str(parent.get("start") or "1")
    number = int(start) if start.isdecimal() and len(start) < 6 else 1
    for item in parent.find_all("li", recursive=False):
        own = str(item.get("value") or "")
        number = int(own) if own.isdecimal() and len(own) < 6 else number
        form, sign = NUMBERS[kind]
        yield f"{counted(number, form)}{sign}"
        number += 1
