"""What an item's own words say of who does it: a clause at its end or within it, names before a colon, a sentence."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.check.clause import INNER, LABEL
from scripts.importer.clause_names import Clause, are_bodies
from scripts.importer.clauses import LABELLED, find_clause
from scripts.importer.frame import FURNITURE, ends_of
from scripts.importer.numbering import Item
from scripts.importer.prose import find_prose
from scripts.importer.script import Script

UP_TO_COLON = re.compile("[^。；：:]{2,80}[：:]")  # what an item may begin with
MOST_HEADED = 0.6  # share of the items that begin with bodies, where that is the manner of the document
LEAD_IN = re.compile("(?:(?:具体|主要|工作|重点)(?:措施|举措|任务)|任务分解)[：:]?$")  # before the items within an item
SHORT_HEADING = 24  # characters of a heading without a number


@dataclass(frozen=True)
class Duty:
    """What an item's own words say of who does it. Positions of the Script."""

    clause: tuple[int, int] | None  # at the end
    has_inner: bool  # within the text
    heading: int  # where a heading without a number begins, behind the text; 0 if there is none
    prose: Clause | None = None  # where a sentence says it
    front: int = 0  # where the text begins, behind the names of the bodies and a colon; 0 if it begins with none

    @property
    def is_laid(self) -> bool:
        return bool(self.clause) or self.has_inner


def duty_of(script: Script, item: Item, is_last: bool, is_one_each: bool) -> Duty:
    """`is_one_each`: every other item is one paragraph, so that more behind the last one are the end of the document."""
    start, end = item.mark.end, item.own_end
    if is_last and (page := FURNITURE.search(script.solid, start, end)):
        end = page.start()
    if lead_in := LEAD_IN.search(script.solid, start, end):
        end = lead_in.start()
    stops = ends_of(script, start, end)
    heading = 0 if is_last else _headings_from(script, start, stops)
    clause = find_clause(script.solid, start, heading or end, is_last, stops)
    if is_last and is_one_each and not clause and len(stops) > 1:
        heading = stops[0]
    return Duty(clause, bool(INNER.search(script.solid, start, end)), heading)


def headed_by_bodies(script: Script, leaves: Sequence[Item]) -> dict[int, int]:
    """Where most items begin with who does it, 1、县水利局：…: place of the item → where its text begins."""
    found = {}
    for leaf in leaves:
        colon = UP_TO_COLON.match(script.solid, leaf.mark.end, leaf.own_end)
        if colon and are_bodies(colon.group()[:-1]) and not LABEL.search(colon.group()):
            found[leaf.start] = colon.end()
    return found if len(found) > 2 and len(found) >= MOST_HEADED * len(leaves) else {}


def in_prose(script: Script, leaves: Sequence[Item], duties: Mapping[int, Duty]) -> dict[int, Clause]:
    """Where several items that bear no clause say in a sentence who does it: place of the item → what it says."""
    bare = [leaf for leaf in leaves if not duties[leaf.start].is_laid]
    read = {leaf.start: find_prose(script.solid, leaf.mark.end, leaf.own_end) for leaf in bare}
    found = {start: clause for start, clause in read.items() if clause}
    return found if len(found) > 1 else {}


def _headings_from(script: Script, start: int, stops: Sequence[int]) -> int:
    """Where the headings without numbers begin with which an item ends; 0 if there are none."""
    rows = list(itertools.pairwise([start, *stops]))
    found = 0
    for (before, one), (_, other) in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True):
        if not are_heading(script.solid[one:other]):
            break
        if script.solid[one - 1] in "。）〕】)]" or LABELLED.match(script.solid, before):
            found = one
    return found


def are_heading(words: str) -> bool:
    """Are words those of a heading: few, and without a sign?"""
    has_words = 1 < len(words) <= SHORT_HEADING and re.search("[\u4e00-\u9fff]", words)
    return bool(has_words) and not re.search("[。；：，、）〕】;:,)=_#|<>]", words)
