"""Clauses that hold for several items: right behind the heading above them, or in a sentence below the last of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scripts.importer.clause_names import Clause, are_bodies, read_names
from scripts.importer.clauses import find_clause
from scripts.importer.doubt import Doubt
from scripts.importer.duty import Duty, are_heading
from scripts.importer.frame import Part, ends_of
from scripts.importer.numbering import Item, every, innermost
from scripts.importer.received import Stretch
from scripts.importer.script import Script

# 以上任务由市水务局负责, as a paragraph below the last item of a section.
OF_THOSE_ABOVE = re.compile(r"[（(〔【\[]?(?:以上|上述)(?:各项|各条|所有|几项)?(?:任务|工作|措施|事项|内容)")


def without_sentences(script: Script, items: Sequence[Item]) -> tuple[tuple[Item, ...], dict[int, Stretch]]:
    """The items without the sentence below the last of some that is of all of them, and it by where that item starts."""
    made: list[Item] = []
    found: dict[int, Stretch] = {}
    for item in items:
        inner, within = without_sentences(script, item.inner)
        found |= within
        if len(inner) > 1 and not inner[-1].inner and (stretch := _sentence(script, inner[-1])):
            found[inner[-1].start] = stretch
            inner = (*inner[:-1], replace(inner[-1], end=stretch[0]))
        made.append(replace(item, inner=inner))
    return tuple(made), found


def _sentence(script: Script, item: Item) -> Stretch | None:
    """The last paragraph of an item, if it says who does all that stands above."""
    ends = [item.mark.end, *ends_of(script, item.mark.end, item.end)]
    if len(ends) < 3:  # nothing but its own words
        return None
    row = (ends[-2], ends[-1])
    is_of_all = OF_THOSE_ABOVE.match(script.solid, *row)
    return row if is_of_all and (find_clause(script.solid, *row) or are_bodies(script.solid[slice(*row)])) else None


def behind_heading(script: Script, item: Item, duty: Duty) -> bool:
    """Does a clause stand right behind a heading, before the items, or the only one, that it holds for?"""
    clause = duty.clause
    return (
        bool(clause)
        and bool(item.inner)
        and are_heading(script.solid[item.mark.end : clause[0]])
        and clause[1] == item.own_end
    )


def shared_clauses(
    script: Script, items: Sequence[Item], duties: Mapping[int, Duty], sentences: Mapping[int, Stretch], rule: str
) -> tuple[dict[int, Clause], list[Doubt]]:
    """The clause of each innermost item that has none of its own, by where it starts; and what is to be asked."""
    found: dict[int, Clause] = {}
    doubts: list[Doubt] = []
    for item in every(items):
        duty = duties[item.start]
        is_above = behind_heading(script, item, duty)
        stretch = duty.clause if is_above else sentences.get(item.inner[-1].start) if item.inner else None
        bare = [leaf.start for leaf in innermost(item.inner) if not duties[leaf.start].is_laid]
        if stretch and bare:
            found |= dict.fromkeys(bare, read_names(script.solid, *stretch, rule, script.spaces))
            where = "标题后面" if is_above else "这一部分的最后"
            what = f"责任条款写在{where}，按管这一部分没有责任条款的各条读，写进了各条的 shared_clause：“{script.written(*stretch)}”，请核对。"
            doubts.append(Doubt(item.start, what, field="parts"))
    return found, doubts


def heading_and_clause(item: Item, level: int, clause: Stretch) -> Iterator[Part]:
    """What stands above the items that share a clause."""
    yield Part("section" if level == 0 else "subsection", item.start, clause[0])
    yield Part("paragraph", *clause)
