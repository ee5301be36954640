"""The automatic numbers of a Word document, which are not in its text but which its readers see (ECMA-376, 17.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from scripts.importer.read.counting import counted
from scripts.importer.read.docx_faces import is_on, lineage, value
from scripts.importer.read.signs import SYMBOLS

LEVELS = range(9)


@dataclass
class Lists:
    """The lists of a document, counting on with each paragraph that is asked for, in the order of the text."""

    levels: Mapping[str, Mapping[int, Element]]  # w:lvl by number (w:num) and level, overrides in
    lists: Mapping[str, str]  # w:num → w:abstractNum: numbers of one list count on together
    starts: Mapping[tuple[str, int], int]  # where a number starts its list anew
    styles: Mapping[str, Element]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # by list and level
    begun: set[tuple[str, int]] = field(default_factory=set)  # new starts that were made

    def number(self, properties: Element | None) -> tuple[str, Element | None]:
        """(number with the gap behind it, its w:rPr) of the next paragraph by its w:pPr; "" if it has none."""
        name, depth = self._place(properties)
        levels = self.levels.get(name, {})
        if depth not in levels:
            return "", None
        counts = self._count(name, depth, levels)
        level = levels[depth]
        text = self._written(level, levels, counts)
        if not text:
            return "", None
        gap = "" if value(level, "w:suff") == "nothing" or text[-1] > "\u2fff" else " "
        return text + gap, level.find(qn("w:rPr"))

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """(w:num, level) of a paragraph: by itself, else by its style."""
        own = properties.find(qn("w:numPr")) if properties is not None else None
        styles = lineage(value(properties, "w:pStyle"), self.styles)
        inherited = [style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for style in styles]
        places = [one for one in [own, *inherited] if one is not None]
        name = next(filter(None, (value(one, "w:numId") for one in places)), "")
        level = next(filter(None, (value(one, "w:ilvl") for one in places)), "")
        if not level and own is None:
            named = {style.get(qn("w:styleId")) for style in styles}
            tied = [at for at, one in self.levels.get(name, {}).items() if value(one, "w:pStyle") in named]
            level = str((tied or [0])[0])
        return name, int(level) if level.isdecimal() else 0

    def _count(self, name: str, depth: int, levels: Mapping[int, Element]) -> dict[int, int]:
        counts = self.counts.setdefault(self.lists[name], {})
        new_start = (name, depth) in self.starts and (name, depth) not in self.begun
        if new_start:
            self.begun.add((name, depth))
            counts[depth] = self.starts[name, depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else self._start(name, depth, levels)
        for above in range(depth):
            counts.setdefault(above, self._start(name, above, levels))
        for below in range(depth + 1, len(LEVELS)):
            limit = value(levels.get(below), "w:lvlRestart")
            if not limit.isdecimal() or depth < int(limit):
                counts.pop(below, None)
        return counts

    def _start(self, name: str, depth: int, levels: Mapping[int, Element]) -> int:
        start = value(levels.get(depth), "w:start")
        return self.starts.get((name, depth), int(start) if start.isdecimal() else 1)

    def _written(self, level: Element, levels: Mapping[int, Element], counts: Mapping[int, int]) -> str:
        pattern = value(level, "w:lvlText")
        if _style(level) == "bullet":
            return "".join(SYMBOLS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign) for sign in pattern)
        legal = bool(is_on(level, "w:isLgl"))  # all levels in Arabic digits

        def write(found: re.Match[str]) -> str:
            depth = int(found.group(1)) - 1
            style = "decimal" if legal else _style(levels.get(depth))
            return counted(counts.get(depth, 1), style)

        return re.sub("%([1-9])", write, pattern)


def _style(level: Element | None) -> str:
    found = next(level.iter(qn("w:numFmt")), None) if level is not None else None
    return found.get(qn("w:val"), "decimal") if found is not None else "decimal"


def lists(numbering: Element | None, styles: Element | None) -> Lists:
    """The lists of a document with these definitions (w:numbering) and styles (w:styles)."""
    by_id = {} if styles is None else {one.get(qn("w:styleId"), ""): one for one in styles.findall(qn("w:style"))}
    if numbering is None:
        return Lists({}, {}, {}, by_id)
    abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.findall(qn("w:abstractNum"))}
    numbers = {one.get(qn("w:numId"), ""): one for one in numbering.findall(qn("w:num"))}
    levels, of_list, starts = {}, {}, {}
    for name, number in numbers.items():
        key = value(number, "w:abstractNumId")
        linked = value(abstract.get(key), "w:numStyleLink")
        if linked in by_id:
            other = numbers.get(value(by_id[linked].find(f"{qn('w:pPr')}/{qn('w:numPr')}"), "w:numId"))
            key = value(other, "w:abstractNumId") or key
        found = _levels(abstract.get(key))
        for override in number.findall(qn("w:lvlOverride")):
            depth = int(override.get(qn("w:ilvl"), "0"))
            found |= _levels(override)
            start = value(override, "w:startOverride")
            if start.isdecimal():
                starts[name, depth] = int(start)
        levels[name], of_list[name] = found, key
    return Lists(levels, of_list, starts, by_id)


def _levels(parent: Element | None) -> dict[int, Element]:
    found = parent.findall(qn("w:lvl")) if parent is not None else []
    return {int(one.get(qn("w:ilvl"), "0")): one for one in found}
