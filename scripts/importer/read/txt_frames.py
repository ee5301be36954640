"""Tables that are drawn with signs in a text file, as Markdown, exports of web pages and old official texts have them.

The signs are lines of a frame, no words: what is archived as the text has the cells without them, tabs between.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.characters import joint

BARS = "|｜│┃║"
DRAWN = r"\s:：+\-—─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝"
RULE = re.compile(rf"[{DRAWN}{BARS}]*[-—─━═┬┼┴]{{2}}[{DRAWN}{BARS}]*")  # a line that only draws
PARTIAL = re.compile(rf"[{BARS}├┣╠].*[─━═]{{2}}")  # a rule under some cells of a row only
BAR = re.compile(f"[{BARS}]")
LAST_BAR = re.compile(rf"[^{BARS}]*[{BARS}]{{1,2}}\s*")  # a cell a line, its end drawn
FEWEST = 3  # lines of a table
MOST_BETWEEN = 4  # lines from one bar that stands alone to the next, on average
MOST_ALIKE = 0.6  # share of the rows that have as many cells


def unframed(text: str) -> str:
    """A text with tabs for the bars of its tables. As it is, where nothing is drawn, or nobody could tell the rows."""
    made: list[str] = []
    lines = _without_lone_bars(text.splitlines(keepends=True))
    for is_drawn, group in itertools.groupby(lines, key=_is_drawn):
        rows = list(group)
        made += _table(rows) if is_drawn and len(rows) >= FEWEST else rows
    return "".join(made)


def _without_lone_bars(lines: Sequence[str]) -> Sequence[str]:
    """Lines without those that are nothing but a bar, where every other line or so is one: a cell a line between them."""
    bars = [place for place, line in enumerate(lines) if BAR.fullmatch(line.strip())]
    is_table = len(bars) > FEWEST and (bars[-1] - bars[0]) <= MOST_BETWEEN * len(bars)
    return [line for place, line in enumerate(lines) if place not in {*bars}] if is_table else lines


def _is_drawn(line: str) -> bool:
    return bool(line.strip()) and bool(BAR.search(line) or RULE.fullmatch(line.strip()))


def _table(lines: Sequence[str]) -> list[str]:
    if all(LAST_BAR.fullmatch(line) for line in lines):
        return [f"{BAR.sub('', line).strip()}\n" for line in lines if BAR.sub("", line).strip()]
    drawn = [line for line in lines if RULE.fullmatch(line.strip())]
    rows = [line for line in lines if not RULE.fullmatch(line.strip())]
    widths = Counter(len(_cells(line)) for line in rows)
    ((width, count),) = widths.most_common(1) or [(1, 0)]
    if any(PARTIAL.search(line) for line in rows) or width < 2 or count < MOST_ALIKE * len(rows):
        return list(lines)
    if len(drawn) > 2 and len(widths) == 1:  # a rule between the rows: cells may go over several lines
        groups = itertools.groupby(lines, key=lambda line: bool(RULE.fullmatch(line.strip())))
        return [_joined([_cells(line) for line in group]) for is_rule, group in groups if not is_rule]
    return ["\t".join(_cells(line)) + "\n" for line in rows]


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in BAR.split(line.strip())]
    return cells[bool(cells and not cells[0]) : len(cells) - bool(len(cells) > 1 and not cells[-1])]


def _joined(lines: Sequence[Sequence[str]]) -> str:
    return "\t".join("".join(_fragments(column)) for column in zip(*lines, strict=True)) + "\n"


def _fragments(column: Sequence[str]) -> Iterator[str]:
    """The lines of a cell; a space where two words of Latin letters meet."""
    for place, words in enumerate(column):
        yield f"{joint(column[place - 1], words) if place else ''}{words}"
