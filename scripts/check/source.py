"""The proof that nothing was lost: the official parts, put together, are the source, character for character."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scripts.characters import INVISIBLE, solid, solid_places
from scripts.check.quotes import is_alike
from scripts.load import At, Problem, Source, Text

RULE = "differs-from-source"
ANCHOR = 12  # characters that must follow for a place in the source to be recognised again
TELLING = 4  # characters of a part that do not stand in the text by chance
COMPARABLE = 4_000_000  # pairs of characters; a larger difference is told as a whole
SPACES = {" ": "半角空格", "\u3000": "全角空格", "\xa0": "不换行空格", "\t": "制表符"}  # as editors know them
LINE_END = re.compile("[\n\r\f\v\x85\u2028\u2029]")  # on whatever system
WRAP = re.compile(rf"[^\S\n]*{LINE_END.pattern}\s*")
LINE = re.compile(r"\s*\n\s*")
ITEM = re.compile(r"[（(]?第?[0-9一二三四五六七八九十百]+[）)、.．条]?")  # the number of an item
HEADING = re.compile(r"（?第?[一二三四五六七八九十百]+(、|）|章|节|部分)")  # how a section heading begins
PARAGRAPH = re.compile(r"[。；：！？…”’）〕】》.;:!?)]$")  # how a paragraph may end
SHORT = ("number", "deadline")  # parts that differ as a whole
TOLD_WHOLE = 24  # characters
REPEATED, LISTED = 80, 6  # characters of the source, and places in it, that a message repeats
Opcode = tuple[str, int, int, int, int]  # as difflib has them: what, from and to in what is written, and in the source
GROUPS = ("section", "subsection")
BESIDE = ("page_number", "note")  # what is listed behind the measure that it stands in
CLOSING = re.compile(r"[。；：，、？！”’）〕】》…\s]+")
DASHED = re.compile("[-—–－][0-9]{1,3}[-—–－]")
MEND = "请照 source.txt 改回；原文确有错漏的，照录原文，另在 anomalies 里说明。"


@dataclass(frozen=True)
class Piece:
    """One official part as the YAML has it. `text` is None where the file could not be read, or is known to be wrong."""

    kind: str
    text: Text | None
    measure: str = ""
    listed: Text | None = None  # where the document lists the measure
    heading: str = ""  # with which a text begins, on a line of its own

    @property
    def squeezed(self) -> str:
        return solid(self.text.value) if self.text else ""


@dataclass(frozen=True)
class Alignment:
    """`ranges` has the start and end of each piece in the source (0-based code points), None where it differs."""

    ranges: tuple[tuple[int, int] | None, ...]
    problems: tuple[Problem, ...]


def align(pieces: Sequence[Piece], source: Source, end_at: At) -> Alignment:
    """Find every piece in the source, in order, layout aside; say where the two differ.

    `end_at` is where text of the source that stands behind the last piece is reported.
    """
    places = solid_places(source.text)
    squeezed = "".join(source.text[index] for index in places)
    ranges: list[tuple[int, int] | None] = [None] * len(pieces)
    problems: list[Problem] = []
    has_pages = any(piece.kind == "page_number" for piece in pieces)
    starts = line_starts(source.text, places) if has_pages else frozenset()
    here, number = 0, 0
    while number < len(pieces):
        if ranges[number]:  # found with a piece before it
            number += 1
            continue
        words = pieces[number].squeezed
        if words and squeezed.startswith(words, here):
            found = (places[here], places[here + len(words) - 1] + 1)
            ranges[number] = found
            problems += _spaces(pieces[number], source, found)
            here, number = here + len(words), number + 1
            continue
        moved = _between(pieces, ranges, number, squeezed, here) or _behind_number(pieces, number, squeezed, here)
        if moved:
            for place, (start, end) in moved.items():
                ranges[place] = (places[start], places[end - 1] + 1)
                problems += _spaces(pieces[place], source, ranges[place])
            here = max(end for _, end in moved.values())
            continue
        within = across(pieces, ranges, number, squeezed, here, starts) if words and starts else None
        if within:
            for place, (start, end) in within.items():
                ranges[place] = (places[start], places[end - 1] + 1)
            inside = [ranges[place] for place in within if place != number and within[place] > within[number]]
            problems += _spaces(pieces[number], source, ranges[number], inside)
            here, number = within[number][1], number + 1
            continue
        after, there = _resume(pieces, number, squeezed, here)
        group = pieces[number:after]
        if all(piece.text for piece in group):
            before = pieces[number - 1] if number else None
            problems += _differences(group, before, squeezed[here:there], places[here:there], source)
        here, number = there, after
    if here < len(squeezed) and not (pieces and pieces[-1].text is None):
        line = _line(source, places[here])
        rest = squeezed[here : here + 30]
        message = f"原文第 {line} 行起的“{rest}”没有写进任何一段。"
        problems.append(Problem(end_at, RULE, message, "请在 parts 里补上这一段，或写进它所属的措施。"))
    return Alignment(tuple(ranges), tuple(problems))


def line_starts(text: str, places: Sequence[int]) -> frozenset[int]:
    """Positions among the characters that count at which a line begins."""
    ends = [match.end() for match in LINE_END.finditer(text)]
    return frozenset([0, *(bisect_left(places, end) for end in ends)])


def across(
    pieces: Sequence[Piece],
    ranges: Sequence[tuple[int, int] | None],
    number: int,
    squeezed: str,
    here: int,
    line_starts: frozenset[int],
) -> dict[int, tuple[int, int]] | None:
    """Where a piece stands if page numbers stand within it: piece → start and end, theirs too.

    They stand on lines of their own, or between dashes where the line ends were lost. Their pieces follow those of the
    same measure; None if the piece does not stand here.
    """
    ahead = list(_listed_behind(pieces, ranges, number, "page_number"))
    words = pieces[number].squeezed
    found: dict[int, tuple[int, int]] = {}
    place = here
    begin = here
    for nth, character in enumerate(words):
        while ahead:
            mark = pieces[ahead[0]].squeezed
            end = place + len(mark)
            is_apart = DASHED.fullmatch(mark) or {place, end} <= line_starts
            if not squeezed.startswith(mark, place) or not is_apart:
                break
            found[ahead.pop(0)] = (place, end)
            place = end
            begin = begin if nth else end
        if squeezed[place : place + 1] != character:
            return None
        place += 1
    return {number: (begin, place), **found} if found else None


def _behind_number(pieces: Sequence[Piece], number: int, squeezed: str, here: int) -> dict[int, tuple[int, int]]:
    """Where headings and the number of the measure that they are listed before stand, if the number comes first.

    In a table a column of groups may stand behind that of the numbers; the first row of a group names it. Empty if not.
    """
    last = number
    while last < len(pieces) and pieces[last].kind in GROUPS:
        last += 1
    if last == number or last == len(pieces) or pieces[last].kind != "number":
        return {}
    found: dict[int, tuple[int, int]] = {}
    for place in (last, *range(number, last)):
        words = pieces[place].squeezed
        if not words or not squeezed.startswith(words, here):
            return {}
        found[place] = (here, here + len(words))
        here += len(words)
    return found


def _between(
    pieces: Sequence[Piece], ranges: Sequence, number: int, squeezed: str, here: int
) -> dict[int, tuple[int, int]]:
    """Where notes stand between two official parts of a measure: a column of the table that is none of its parts.

    They are listed behind the measure. Empty if this is no such place.
    """
    is_within = number > 0 and pieces[number].measure and pieces[number - 1].measure == pieces[number].measure
    found: dict[int, tuple[int, int]] = {}
    for place in _listed_behind(pieces, ranges, number, "note") if is_within else ():
        words = pieces[place].squeezed
        if not words or not squeezed.startswith(words, here):
            break
        found[place] = (here, here + len(words))
        here += len(words)
        if squeezed.startswith(pieces[number].squeezed, here):
            return found
    return {}


def _listed_behind(pieces: Sequence[Piece], ranges: Sequence, number: int, kind: str) -> Iterator[int]:
    """The parts of a kind that are listed right behind a piece and those of its measure, and were not found yet."""
    for place in range(number + 1, len(pieces)):
        piece = pieces[place]
        if piece.kind == kind:
            if piece.text and ranges[place] is None:
                yield place
        elif piece.kind not in BESIDE and (piece.measure != pieces[number].measure or not piece.measure):
            return


def out_of_order(units: Sequence[tuple[Text, str]], source: Source) -> Iterator[Problem]:
    """Parts that stand in the source, but not in the order in which the document lists them.

    `units` has for each part where it is listed, and its official text put together.
    """
    squeezed = solid(source.text)
    last = 0
    for listed, words in units:
        place = squeezed.find(words, last)
        if place >= 0:
            last = place
        elif len(words) >= TELLING and words in squeezed:
            said = _short(listed.value)
            yield Problem(listed.at, "out-of-order", f"“{said}”的次序与原文不同。", "请按原文次序排列 parts。")


def _resume(pieces: Sequence[Piece], number: int, squeezed: str, here: int) -> tuple[int, int]:
    """Where pieces and source agree again: the first later piece that is found, and its place in the source."""
    for after in range(number + 1, len(pieces)):
        anchor = ""
        for piece in pieces[after:]:
            if piece.text is None or len(anchor) >= ANCHOR:
                break
            anchor += piece.squeezed
        there = squeezed.find(anchor[: 2 * ANCHOR], here) if anchor else -1
        if there >= 0 and (len(anchor) >= ANCHOR or there == len(squeezed) - len(anchor)):
            return after, there
    return len(pieces), len(squeezed)


def _differences(
    group: Sequence[Piece], before: Piece | None, region: str, places: Sequence[int], source: Source
) -> Iterator[Problem]:
    """Every difference between the pieces of a group and the stretch of the source that should hold them."""
    written = "".join(piece.squeezed for piece in group)
    codes = list(_opcodes(written, region))
    if len(codes) > 1 and len(group) == 1 and group[0].kind in SHORT and len(region) <= TOLD_WHOLE:
        at, line = _at(group, 0), _line(source, places[0])
        yield Problem(at, RULE, f"与原文不一致：原文第 {line} 行是“{region}”，这里写成“{written}”。", MEND)
        return
    told: set[Opcode] = set()
    for some in _signs(group, written, region, codes):
        told.update(some)
        _, w1, w2, s1, s2 = some[0]
        original = WRAP.sub("", source.text[places[s1] : places[some[-1][4] - 1] + 1])
        line = _line(source, places[s1])
        message = (
            f"这一项有 {len(some)} 个符号与原文不同：原文第 {line} 行是“{region[s1:s2]}”，这里是“{written[w1:w2]}”。"
        )
        if len(original) <= REPEATED:
            help = f"从这里起，原文是“{original}”，请照录。"
        else:
            shown = "、".join(f"“{region[max(0, a - 3) : b + 3]}”" for _, _, _, a, b in some[:LISTED])
            help = f"原文是{shown}{'等' if len(some) > LISTED else ''}，请照录。"
        yield Problem(_at(group, w1), RULE, message, help)
    for tag, w1, w2, s1, s2 in codes:
        if (tag, w1, w2, s1, s2) in told:
            continue
        line = _line(source, places[min(s1, len(places) - 1)]) if places else 0
        where = f"原文第 {line} 行" if line else "原文"
        here, there = _short(written[w1:w2]), _short(region[s1:s2])
        at = _at(group, min(w1, len(written) - 1))
        if tag == "replace":
            message = f"与原文不一致：{where}是“{there}”，这里写成“{here}”。"
        elif tag == "delete":
            message = f"与原文不一致：{where}没有“{here}”。"
        else:
            message = f"与原文不一致：{where}此处还有“{there}”，这里漏掉了。"
            if (
                w1 == 0
                and before
                and before.text
                and (_goes_on(source.text, places[s1], places[s2 - 1]) or _ends(region[s1:s2], group[0]))
            ):
                at = before.text.at_offset(len(before.text.value))
            listed = group[0].listed
            if w1 == 0 and listed and HEADING.match(region[s1:s2]) and not PARAGRAPH.search(region[s1:s2]):
                at = listed.at
        piece, inside = _find(group, w1)
        advice = ""
        if tag == "delete" and piece.kind == "deadline" and written[w1:w2] == piece.squeezed:
            advice = "写在正文里的时限写进 inner_deadlines，不写 deadline。"
        elif tag == "insert" and (piece.kind, inside) == ("text", 0) and ITEM.fullmatch(region[s1:s2]):
            advice = "这是序号，请写进 number。"
        yield Problem(at, RULE, message, f"{advice}{MEND}")


def _signs(group: Sequence[Piece], written: str, region: str, codes: Sequence[Opcode]) -> Iterator[list[Opcode]]:
    """Of each piece the signs that only look like those of the source, where there are several."""
    found: dict[int, list[Opcode]] = {}
    for code in codes:
        _, w1, w2, s1, s2 = code
        if is_alike(written[w1:w2], region[s1:s2]):
            found.setdefault(id(_find(group, w1)[0]), []).append(code)
    return (some for some in found.values() if len(some) > 1)


def _opcodes(written: str, region: str) -> Iterator[Opcode]:
    if len(written) * len(region) > COMPARABLE:
        yield "replace", 0, len(written), 0, len(region)
        return
    # autojunk would ignore frequent characters, and in Chinese text nearly all are
    for code in SequenceMatcher(None, written, region, autojunk=False).get_opcodes():
        if code[0] != "equal":
            yield code


def _goes_on(text: str, first: int, last: int) -> bool:
    """Do words (from `first` to `last`) follow what is before them without a space, and is there one behind them?"""
    return first > 0 and not text[first - 1].isspace() and text[last + 1 : last + 2].isspace()


def _ends(missing: str, piece: Piece) -> bool:
    """Do words that stand before a piece belong to what comes before it, rather than to the piece itself?"""
    return bool(CLOSING.fullmatch(missing)) or (len(missing) > 2 and piece.kind in ("number", "measure"))


def _find(group: Sequence[Piece], offset: int) -> tuple[Piece, int]:
    """The piece that holds the character `offset` of the group, layout not counted, and its offset in that piece."""
    for piece in group:
        length = len(piece.squeezed)
        if offset < length or piece is group[-1]:
            return piece, min(offset, length - 1)
        offset -= length
    raise AssertionError("a group has at least one piece")


def _at(group: Sequence[Piece], offset: int) -> At:
    piece, inside = _find(group, offset)
    assert piece.text
    return piece.text.at_offset(solid_places(piece.text.value)[inside])


def _spaces(
    piece: Piece, source: Source, found: tuple[int, int], left_out: Sequence[tuple[int, int]] = ()
) -> Iterator[Problem]:
    """Spaces within a line are part of the text; line wraps may be joined with or without a space."""
    assert piece.text
    value, original = piece.text.value, source.text[found[0] : found[1]]
    for start, end in reversed(left_out):
        original = f"{original[: start - found[0]]}\n{original[end - found[0] :]}"
    original = INVISIBLE.sub("", original)
    lines = WRAP.split(original)
    if re.fullmatch(r"\s*".join(map(re.escape, lines)), value):
        for kept in LINE.finditer(value):
            above = value[: kept.start()]
            if not PARAGRAPH.search(above) and above != piece.heading:
                yield Problem(
                    piece.text.at_offset(kept.start()),
                    "wrap-kept",
                    "这里留下了原文的折行，把一句话断开了。",
                    "请把上下两行接成一行；只有另起一段才分行。",
                )
        return
    joined = "".join(lines)
    offset = next(
        (n for n, (a, b) in enumerate(zip(value, joined, strict=False)) if a != b), min(len(value), len(joined))
    )
    here, there = (SPACES.get(text[offset : offset + 1], "") for text in (value, joined))
    how = f"这里是{here}，原文是{there}" if here and there else f"这里多了{here}" if here else f"这里少了{there}"
    yield Problem(
        piece.text.at_offset(min(offset, len(value) - 1)),
        "spaces-differ",
        f"空格与原文不同：{how}。" if here or there else "这里的空格与原文不同。",
        f"请对照原文第 {_line(source, found[0])} 行：行内空格照录，折行处接起来。",
    )


def _line(source: Source, offset: int) -> int:
    return source.text.count("\n", 0, offset) + 1


def _short(words: str) -> str:
    return words if len(words) <= 24 else f"{words[:20]}……（共 {len(words)} 字）"
