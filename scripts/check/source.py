"""The proof that nothing was lost: the official parts, put together, are the source, character for character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scripts.characters import solid, solid_places
from scripts.load import At, Problem, Source, Text

RULE = "differs-from-source"
ANCHOR = 12  # characters that must follow for a place in the source to be recognised again
WRAP = re.compile(r"[^\S\n]*\n\s*")


@dataclass(frozen=True)
class Piece:
    """One official part as the YAML has it. `text` is None where the file could not be read."""

    kind: str
    text: Text | None
    measure: str = ""

    @property
    def squeezed(self) -> str:
        return solid(self.text.value) if self.text else ""


@dataclass(frozen=True)
class Alignment:
    """`ranges` has the start and end of each piece in the source (0-based code points), None where it differs."""

    ranges: tuple[tuple[int, int] | None, ...]
    problems: tuple[Problem, ...]


def align(pieces: Sequence[Piece], source: Source, end_at: At) -> Alignment:
    """Find every piece in the source, in order, white space aside; say where the two differ.

    `end_at` is where text of the source that stands behind the last piece is reported.
    """
    places = solid_places(source.text)
    squeezed = "".join(source.text[index] for index in places)
    ranges: list[tuple[int, int] | None] = [None] * len(pieces)
    problems: list[Problem] = []
    here, number = 0, 0
    while number < len(pieces):
        words = pieces[number].squeezed
        if pieces[number].text and squeezed.startswith(words, here):
            ranges[number] = (places[here], places[here + len(words) - 1] + 1)
            problems += _spaces(pieces[number], source, ranges[number])
            here, number = here + len(words), number + 1
            continue
        after, there = _resume(pieces, number, squeezed, here)
        group = pieces[number:after]
        if all(piece.text for piece in group):
            problems += _differences(group, squeezed[here:there], places[here:there], source)
        here, number = there, after
    if here < len(squeezed) and not (pieces and pieces[-1].text is None):
        line = _line(source, places[here])
        problems.append(
            Problem(
                end_at,
                RULE,
                f"原文第 {line} 行起的“{squeezed[here : here + 30]}”没有写进任何一段。",
                "请在 parts 里补上这一段，或写进它所属的措施。",
            )
        )
    return Alignment(tuple(ranges), tuple(problems))


def _resume(pieces: Sequence[Piece], number: int, squeezed: str, here: int) -> tuple[int, int]:
    """Where pieces and source agree again: the first later piece that is found, and its place in the source."""
    for after in range(number + 1, len(pieces)):
        if pieces[after].text is None:
            continue
        anchor = ""
        for piece in pieces[after:]:
            if piece.text is None or len(anchor) >= ANCHOR:
                break
            anchor += piece.squeezed
        there = squeezed.find(anchor[: 2 * ANCHOR], here)
        if there >= 0 and (len(anchor) >= ANCHOR or after == len(pieces) - 1 or there == len(squeezed) - len(anchor)):
            return after, there
    return len(pieces), len(squeezed)


def _differences(group: Sequence[Piece], region: str, places: Sequence[int], source: Source) -> Iterator[Problem]:
    """Every difference between the pieces of a group and the stretch of the source that should hold them."""
    written = "".join(piece.squeezed for piece in group)
    # autojunk would ignore frequent characters, and in Chinese text nearly all are
    for tag, w1, w2, s1, s2 in SequenceMatcher(None, written, region, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        here, there = written[w1:w2], region[s1:s2]
        at = _at(group, w1 if w1 < len(written) or not w1 else w1 - 1)
        line = _line(source, places[min(s1, len(places) - 1)]) if places else 0
        where = f"原文第 {line} 行" if line else "原文"
        if tag == "replace":
            message = f"与原文不一致：{where}是“{_short(there)}”，这里写成“{_short(here)}”。"
        elif tag == "delete":
            message = f"与原文不一致：{where}没有“{_short(here)}”。"
        else:
            message = f"与原文不一致：{where}此处还有“{_short(there)}”，这里漏掉了。"
        yield Problem(at, RULE, message, "请照 source.txt 改回；原文确有错漏的，照录原文，另在 anomalies 里说明。")


def _at(group: Sequence[Piece], offset: int) -> At:
    """The place in the YAML of the character `offset` of the group, white space not counted."""
    for piece in group:
        length = len(piece.squeezed)
        if offset < length or piece is group[-1]:
            here = solid_places(piece.text.value)
            return piece.text.at_offset(here[min(offset, length - 1)] if here else 0)
        offset -= length
    raise AssertionError("a group has at least one piece")


def _spaces(piece: Piece, source: Source, found: tuple[int, int]) -> Iterator[Problem]:
    """A reminder where spaces within a line were changed; line wraps may be joined with or without a space."""
    original = source.text[found[0] : found[1]]
    if WRAP.search(original):
        pattern = r"\s*".join(re.escape(line) for line in WRAP.split(original))
        same = re.fullmatch(pattern, piece.text.value) is not None
    else:
        same = original == piece.text.value
    if not same:
        yield Problem(
            piece.text.at,
            "spaces-differ",
            "这里的空格与原文不同。",
            f"请对照原文第 {_line(source, found[0])} 行；折行处接起来，行内空格照录。",
            "warning",
        )


def _line(source: Source, offset: int) -> int:
    return source.text.count("\n", 0, offset) + 1


def _short(words: str) -> str:
    return words if len(words) <= 24 else f"{words[:20]}……（共 {len(words)} 字）"
