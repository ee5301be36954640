"""The characters of a PDF page as they are drawn: where, in which face, and how often."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pdfminer.pdfdevice import PDFTextDevice

from scripts.importer.read.faces import is_black, is_bold
from scripts.importer.read.signs import as_seen

OUTLINED, INVISIBLE = (2, 6), 3  # text rendering modes: what has no bold face is outlined to look bold
UNKNOWN = re.compile(r"\(cid:[0-9]+\)|[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ufffe\uffff\ud800-\udfff]")
WHITE = re.compile(r"[\t\n\r\f\v]")
TWICE = 0.2  # of a character's height: how far a second one may be set off to make the first look bold
SKEW = 0.05  # of a character's size: more is a watermark across the page


@dataclass(frozen=True, eq=False)
class Sign:
    """A character as drawn; lengths in points from the page's top left corner. `text` is "" if it has no meaning."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    black: bool
    upright: bool
    mode: int

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


class Modes(PDFTextDevice):
    """Notes the rendering mode of every character, which pdfplumber does not tell."""

    def __init__(self, resources: object) -> None:
        super().__init__(resources)
        self.modes: list[int] = []
        self.mode = 0

    def render_string(self, textstate, seq, ncs, graphicstate) -> None:
        self.mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate) -> float:
        self.modes.append(self.mode)
        return font.char_width(cid) * fontsize * scaling


def signs(drawn: Sequence[Mapping], modes: Sequence[int]) -> list[Sign]:
    """The characters of a page, each once, watermarks across it left out. `drawn` as pdfplumber has them."""
    if len(modes) != len(drawn):
        modes = [0] * len(drawn)
    return _once([_sign(one, mode) for one, mode in zip(drawn, modes, strict=True) if not _is_skew(one)])


def _sign(one: Mapping, mode: int) -> Sign:
    text = "" if UNKNOWN.search(one["text"]) else "".join(map(as_seen, WHITE.sub(" ", one["text"])))
    font = str(one["fontname"]).partition("+")[2] or str(one["fontname"])
    sides = (float(one[side]) for side in ("x0", "x1", "top", "bottom"))
    return Sign(text, *sides, is_bold(font) or mode in OUTLINED, is_black(font), bool(one["upright"]), mode)


def _is_skew(one: Mapping) -> bool:
    a, b, c, d = (abs(value) for value in one["matrix"][:4])
    return min(max(b, c), max(a, d)) > SKEW * max(a, b, c, d)


def _once(found: Sequence[Sign]) -> list[Sign]:
    """What is drawn twice at nearly one place is one bold character."""
    kept: list[Sign] = []
    at: dict[tuple[str, int], list[int]] = defaultdict(list)  # by character and height on the page
    for sign in found:
        row = round(sign.top / 4)
        near = [
            place
            for one in (row - 1, row, row + 1)
            for place in at[sign.text, one]
            if sign.text.strip()
            and max(abs(kept[place].x0 - sign.x0), abs(kept[place].top - sign.top)) < TWICE * sign.height
        ]
        if near:
            first = kept[near[0]]
            moved = abs(first.x0 - sign.x0) + abs(first.top - sign.top)
            kept[near[0]] = replace(first, bold=first.bold or sign.bold or moved > 0.01)
        else:
            at[sign.text, row].append(len(kept))
            kept.append(sign)
    return kept
