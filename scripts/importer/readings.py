"""Each number of a text that is a commitment, with the words that say what it counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.importer import phrases
from scripts.importer.commitments import is_no_commitment, lists
from scripts.importer.phrases import ENOUGH
from scripts.importer.quantities import BEHIND, Quantity, comparators
from scripts.importer.spans import clause_end, clause_start, stripped
from scripts.importer.subjects import (
    NOTHING,
    Before,
    Span,
    act_behind,
    closed,
    limit_behind,
    noun_behind,
    of_earlier,
    parts,
    stands_behind,
    words_before,
)
from scripts.importer.units import RATIO, TIME

EACH, ALL = "每", "全部"


@dataclass(frozen=True)
class Reading:
    """A quantity and the words that say what it counts; positions in the text."""

    quantity: Quantity
    start: int  # of the quote
    end: int
    subject: Span
    scope: Span = NOTHING
    comparator: str = ""


def read(text: str, found: Sequence[Quantity]) -> Iterator[Reading]:
    """A reading of each quantity that is a commitment, in order."""
    last: Reading | None = None
    floor = 0
    groups = list(lists(text, found))
    for place, group in enumerate(groups):
        start = clause_start(text, group[0].start, floor)
        following = groups[place + 1][0].start if place + 1 < len(groups) else len(text)
        end = clause_end(text, group[-1].end)
        if is_no_commitment(text, group, end):
            continue
        for reading in _read(text, start, group, end, following, last):
            yield reading
            last = reading
            floor = reading.end if reading.end <= following else reading.quantity.end


def _read(
    text: str, start: int, group: list[Quantity], end: int, following: int, last: Reading | None
) -> Iterator[Reading]:
    first, final = group[0], group[-1]
    before = words_before(text, start, first.start)
    special = _share(text, before, final, end) if final.kind == RATIO and len(group) == 1 else None
    if special:
        yield special
        return
    limit = limit_behind(text, final, end, following)
    noun = act_behind(text, final, end) if final.kind == TIME else noun_behind(text, final, limit)
    is_behind = stands_behind(text, before, noun, final, end)
    if not is_behind and before.subject[1] - before.subject[0] < 1:
        before = of_earlier(text, before, (last.subject, last.end) if last else None, start)
    shares = parts(text, before, len(group))
    for place, quantity in enumerate(group):
        one = _made(text, quantity, before, noun if is_behind else NOTHING, shares[place], limit)
        # A、B分别达到1%、2%: the quote of each begins with all that they are shared out to.
        yield (
            replace(one, start=min(one.start, before.subject[0])) if shares[0] != shares[-1] and not is_behind else one
        )


def _made(text: str, quantity: Quantity, before: Before, noun: Span, part: Span, end: int) -> Reading:
    """One reading, and how far its quote reaches."""
    comparator, begin = _comparator(text, quantity, before, noun)
    scope = before.scope
    subject = noun if noun != NOTHING else part
    start, stop = min(begin, quantity.start), max(quantity.end, quantity.unit_end)
    if noun == NOTHING:
        start = min(start, subject[0]) if subject != NOTHING else start
    else:
        stop = max(stop, noun[1])
        goes_on = phrases.GOES_ON.match(text, noun[1], end)
        if goes_on:
            scope, stop = (noun[1], end), end
    only_scope = noun == NOTHING or before.subject[1] <= before.subject[0]
    if before.scope != NOTHING and before.scope[0] < start:
        between = text[before.scope[1] : start].strip()
        start = before.scope[0] if not between or (only_scope and len(between) <= 12) else start
    if scope == NOTHING:
        used = phrases.USED_FOR.search(text, quantity.end, clause_end(text, quantity.end))
        scope = used.span() if used and quantity.kind == RATIO else scope
    if not comparator and scope != NOTHING and text.startswith(EACH, scope[0]) and start <= scope[0]:
        comparator = EACH
    return Reading(quantity, start, max(stop, subject[1]), subject, scope, comparator)


def _comparator(text: str, quantity: Quantity, before: Before, noun: Span) -> tuple[str, int]:
    """The comparator of a number, and where it begins."""
    built = re.search(r"建成\s{0,3}$", text[max(0, quantity.start - 6) : quantity.start]) if noun != NOTHING else None
    begins = quantity.start - len(built.group()) if built else quantity.start
    if quantity.behind:
        return quantity.behind, begins
    begin = before.verbs if noun == NOTHING else max(before.start, quantity.start - 12)
    words = text[begin : quantity.start]
    found = []
    for word in comparators():
        place = words.rfind(word)
        if place >= 0 and word not in (*BEHIND, EACH, ALL):
            between = words[place + len(word) :]
            if noun == NOTHING or re.fullmatch(rf"(?:{phrases.VERBS_BETWEEN})*", between):
                found.append((-len(word), place, word))
    if not found:
        return "", begins
    _, place, word = min(found)
    return word, begin + place


def _share(text: str, before: Before, quantity: Quantity, end: int) -> Reading | None:
    """按X的30%给予Y, and 20%X内Y: a share of X is given to Y."""
    by = phrases.BY_SHARE.search(text, before.start, quantity.start)
    if by:
        behind = phrases.SHARE_BEHIND.match(text, quantity.end)
        begin, stop = stripped(text, behind.end(), closed(text, behind.end(), clause_end(text, behind.end())))
        if stop - begin >= ENOUGH:
            comparator = by["bound"] if by["bound"] in comparators() else ""
            return Reading(quantity, by.start(), stop, (begin, stop), by.span("whole"), comparator or quantity.behind)
    of = phrases.BOUND_BY_SHARE.search(text, before.start, quantity.start)
    if of:
        named = words_before(text, before.start, of.start())
        begin, stop = named.subject if named.subject[1] > named.subject[0] else named.scope
        if stop - begin >= ENOUGH:
            bound = of["bound"] if of["bound"] in comparators() else ""
            return Reading(quantity, begin, quantity.end, (begin, stop), of.span("whole"), bound or quantity.behind)
    within = phrases.WITHIN.match(text, quantity.end, end)
    if within and not quantity.behind:
        begin, stop = stripped(text, within.end(), end)
        last = phrases.LAST_WORDS.search(text, begin, stop)
        stop = last.start() if last else stop
        start = before.subject[0] if before.subject != NOTHING else quantity.start
        return Reading(quantity, start, stop, (begin, stop), within.span("whole"), within["word"])
    return None
