"""Marks of Markdown in a text file, as programs write them that save web pages or read scans: no words of the document."""

import re

from scripts.importer.received import Stretch

# How a text shows that it is Markdown. One sign proves nothing: an official text may have a * of its own.
BOLD = re.compile(r"\*\*(?=[^\s*])(?:[^\n*]|\*(?!\*))*(?<=\S)\*\*")
HEADING = re.compile(r"^#{2,6}[ \t]+(?=\S)", re.MULTILINE)
FEWEST = 3
MARKS = re.compile(
    r"(?P<front>\A\ufeff?---\n(?:[^\n]*\n){1,40}?---\n)"  # what a program noted above the text
    r"|(?P<heading>^#{1,6}[ \t]+(?!Page\b)(?=\S))"
    r"|(?P<rule>^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$)"
    r"|(?P<quoted>^>[ \t]?)"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\([^()\n]{0,300}\))"
    r"|(?P<link>(?<!\\)\[(?=[^\]\n]{1,300}\]\([^()\n]{0,300}\)))"
    r"|(?P<address>(?<=[^\\])\]\([^()\n]{0,300}\))"
    r"|(?P<bold>\*\*)",
    re.MULTILINE,
)


def unmarked(text: str) -> tuple[str, tuple[Stretch, ...]]:
    """A text without the marks, and the stretches that they set in bold; as it is if it is no Markdown."""
    if len(BOLD.findall(text)) < FEWEST and len(HEADING.findall(text)) < FEWEST:
        return text, ()
    made: list[str] = []
    bold: list[Stretch] = []
    length, place, begun = 0, 0, -1
    for mark in MARKS.finditer(text):
        made.append(text[place : mark.start()])
        length += mark.start() - place
        place = mark.end()
        if mark.lastgroup != "bold":
            continue
        if begun >= 0 and length > begun:
            bold.append((begun, length))
        begun = -1 if begun >= 0 else length
    return "".join([*made, text[place:]]), tuple(bold)
