"""Which numbers of a clause are commitments, and which say how things were or on what condition something is given."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scripts.importer import phrases
from scripts.importer.quantities import Quantity
from scripts.importer.spans import REACH, clause_start
from scripts.importer.units import COUNT, MONEY, SIZE, TIME

LONGEST_LIST = 12  # numbers that are read together


def lists(text: str, found: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Quantities of one kind with nothing but commas between them go together: 10%、20%和30%."""
    group: list[Quantity] = []
    for quantity in _joined(text, found):
        between = text[group[-1].end : quantity.start] if group else ""
        is_next = group and len(between) <= 4 and between and phrases.ENUMERATED.fullmatch(between)
        if not (is_next and "，" not in between and quantity.kind == group[0].kind and len(group) < LONGEST_LIST):
            if group:
                yield group
            group = []
        group.append(quantity)
    if group:
        yield group


def _joined(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """3个、1个工作日 are both 个工作日; 20万元以上50万元以下 is one range."""
    waiting: Quantity | None = None
    for quantity in found:
        between = text[waiting.end : quantity.start] if waiting else ""
        if (
            waiting
            and not between
            and (waiting.behind, quantity.behind) == ("以上", "以下")
            and not waiting.high + quantity.high
        ):
            waiting = (
                replace(quantity, start=waiting.start, low=waiting.low, high=quantity.low)
                if float(waiting.low) <= float(quantity.low)
                else quantity
            )
            continue
        if (
            waiting
            and waiting.unit == "个"
            and quantity.unit in phrases.LONG_UNITS
            and phrases.ENUMERATED.fullmatch(between[:6])
        ):
            waiting = replace(waiting, unit=quantity.unit, kind=quantity.kind, unit_end=quantity.unit_end)
        if waiting:
            yield waiting
        waiting = quantity
    if waiting:
        yield waiting


def is_no_commitment(text: str, group: list[Quantity], end: int) -> bool:
    """Does the clause say how things were, or on what condition something is given?"""
    first, last = group[0], group[-1]
    start = clause_start(text, first.start)
    before, behind = text[start : first.start], text[last.end : end].rstrip()
    is_bounded = bool(last.behind) or bool(re.search(r"不(?:少于|低于|超过|高于)|至少", before[-20:]))
    if phrases.DONE.search(before) or (phrases.PAST.search(before) and not is_bounded):
        return True
    if first.kind == COUNT and phrases.ALL_OF.search(before):
        return True
    if phrases.FROM.search(before) and phrases.CHANGES.match(behind):
        return True
    if not is_bounded and _is_of_the_past(text, start, last.end):
        return True
    if phrases.EACH_MORE.search(before) or behind.endswith("的"):
        return True
    if phrases.SUBJECT_TO.match(before) and not phrases.GIVES.search(before):
        return True
    is_given = phrases.AWARD_BEHIND.match(behind) or (phrases.FUND.search(before) and phrases.FUND_BEHIND.match(behind))
    if last.kind in (MONEY, TIME, SIZE) and phrases.QUALIFIES.match(behind) and not is_given:
        return True
    return last.kind in (MONEY, SIZE) and _is_condition_of_award(text, start, first.start, end, behind)


def _sentence(text: str, place: int) -> tuple[str, str]:
    """The words of the sentence before and behind a place, as far as they matter."""
    before, behind = text[max(0, place - 2 * REACH) : place], text[place : place + REACH]
    return phrases.SENTENCE.split(before)[-1], phrases.SENTENCE.split(behind)[0]


def _is_of_the_past(text: str, start: int, end: int) -> bool:
    before, behind = _sentence(text, start)[0], _sentence(text, end)[1]
    past = list(phrases.PAST_SENTENCE.finditer(before))
    if past:
        return not phrases.AHEAD.search(before, past[-1].end())
    return "同比" in behind and not phrases.AHEAD.search(before)


def _is_condition_of_award(text: str, start: int, place: int, end: int, behind: str) -> bool:
    """对…的项目，投资到位5000万元，给予…: money named before anything is given, in a sentence that gives later."""
    if phrases.GIVES.search(text[start:place]) or phrases.AWARD_BEHIND.match(behind):
        return False
    opening, rest = _sentence(text, place)[0], _sentence(text, end)[1]
    is_conditional = re.search(r"(?:^|[，.、）)])\s{0,3}(?:对|凡)", opening) or re.search("的$|的[，,]", opening)
    return bool(is_conditional and not phrases.AWARDED.search(opening) and phrases.AWARDED.search(rest))
