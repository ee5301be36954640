"""Words that say who does something, and that went into no measure's clause: asked of the editor, never lost."""

import re
from collections.abc import Iterator, Sequence

from scripts.check.clause import INNER, LABEL
from scripts.importer.doubt import Doubt
from scripts.importer.entry import Entry
from scripts.importer.frame import Part
from scripts.importer.script import Script

# 主办, 承办 and 技术支持 with a colon stand in the foot of a web page, too.
SAID = re.compile(rf"(?:(?!主办|承办|支持)(?:{LABEL.pattern})|(?:任务|责任|职责|工作)(?:分解|分工))[：:]")
IN_BRACKETS = re.compile(rf"(?=[（(〔【](?!联系))(?:{INNER.pattern})")
SHOWN = 24  # characters that a question shows
WHAT = {
    True: "这一条的正文里还有{}处写明由谁负责（如“{}……”），可能没有整理进责任部门，也可能是几条连在了一起，请对照原文核对。",
    False: "不属于任何一条的文字里有{}处写明由谁负责（如“{}……”），没有整理进责任部门，请对照原文核对。",
}


def unlisted(script: Script, pieces: Sequence[Part | Entry]) -> Iterator[Doubt]:
    """A question for each piece with labels of responsibility, or with clauses in brackets, outside those that were read.

    Two sentences with a label and more within the text of one measure may be the clauses of several.
    """
    read = [stretch for piece in pieces if isinstance(piece, Entry) for stretch in _read(script, piece)]
    for piece in pieces:
        within = [one.span() for one in IN_BRACKETS.finditer(script.solid, piece.start, piece.end)]
        said = [one.start() for one in SAID.finditer(script.solid, piece.start, piece.end)]
        alone = [start for start, end in within if not any(start <= one < end for one in said)]
        found = [one for one in sorted([*said, *alone]) if not any(start <= one < end for start, end in read)]
        if found:
            is_measure = isinstance(piece, Entry)
            words = script.solid[found[0] : min(found[0] + SHOWN, piece.end)]
            what = WHAT[is_measure].format(len(found), words)
            yield Doubt(found[0], what, field="departments" if is_measure else "parts")


def _read(script: Script, entry: Entry) -> Iterator[tuple[int, int]]:
    yield from filter(None, (entry.clause, *entry.shared, *entry.cells))
    inner = [one.span() for one in INNER.finditer(script.solid, *entry.text)]
    sentences = [one for one in inner if SAID.match(script.solid, one[0])]
    yield from (one for one in inner if len(sentences) < 2 or one not in sentences)
