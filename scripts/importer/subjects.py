"""What a number counts: the words before or behind it that name its subject, and its scope."""

import re
from dataclasses import dataclass, replace

from scripts.importer import phrases
from scripts.importer.dates import DATE
from scripts.importer.phrases import ENOUGH
from scripts.importer.quantities import Quantity
from scripts.importer.spans import clause_end, clause_start, stripped
from scripts.importer.units import COUNT, MONEY, SIZE, TIME

Span = tuple[int, int]
NOTHING = (0, 0)


@dataclass(frozen=True)
class Before:
    """The words of a clause before a number: its subject, scope, and where the verbs begin that lead to the number."""

    start: int
    subject: Span
    scope: Span
    verbs: int


def words_before(text: str, start: int, place: int) -> Before:
    """Take from a clause what opens it and what leads to the number; the rest is what the number may count."""
    cut = [found.start() for found in phrases.NEXT_VERB.finditer(text, start, place)]
    if cut:
        start = cut[-1] + 1
    here, scope = start, NOTHING
    while here < place:
        time = DATE.match(text, here, place) or phrases.BY.match(text, here, place)
        found = time or phrases.SCOPE.match(text, here, place)
        if found and not time:
            begin = found.start("scope") if scope[1] != found.start("scope") or scope == NOTHING else scope[0]
            scope = (begin, found.end("scope"))
        found = found or phrases.HEAD.match(text, here, place)
        if not found or found.end() == here:
            break
        here = found.end()
    end = _verbs(text, here, place)
    subject = stripped(text, here, end)
    share = phrases.OF_SHARE.search(text, subject[0], end)
    if share and not phrases.SHARE_NAMED.search(share["whole"]) and share.start() - subject[0] >= ENOUGH:
        subject, scope = (subject[0], share.start()), share.span("whole")
    begins = phrases.FROM.search(text, here + 1, end)
    if begins:
        end = begins.start()
        subject = stripped(text, here, end)
    period = phrases.EACH_PERIOD.search(text, here, end) if scope == NOTHING else None
    if period:
        rest = stripped(text, period.end(), end)
        if rest[1] - rest[0] >= ENOUGH:
            subject = rest
        else:
            end = _verbs(text, here, period.start())
            subject = stripped(text, here, end)
        scope = period.span()
    each = phrases.EACH_HERE.search(text, subject[0], end) if scope == NOTHING else None
    if each:
        end, scope = _verbs(text, here, each.start()), each.span()
        subject = stripped(text, here, end)
    award = phrases.AWARDED_LAST.search(text, *subject)
    if award:
        subject = award.span("award")
    return Before(start, subject, scope, end)


def _verbs(text: str, start: int, end: int) -> int:
    """Where the verbs and times begin with which a stretch ends."""
    while end > start:
        times = [found.start() for found in phrases.BY.finditer(text, start, end) if found.end() == end]
        found = phrases.TAIL.search(text, start, end)
        if not found and not times:
            break
        end = times[0] if times else found.start()
    return end


def limit_behind(text: str, quantity: Quantity, end: int, following: int) -> int:
    """How far the words behind a number reach: to the end of the clause, or to what leads to the next number."""
    if following < end and not re.match("[^，。；、]{0,4}的", text[following : following + 12]):
        marks = list(phrases.SEPARATOR.finditer(text, quantity.end, following))
        return marks[-1].start() if marks else following
    return end


def act_behind(text: str, quantity: Quantity, end: int) -> Span:
    """What is to be done within a time: 5个工作日内作出决定."""
    stop = end if text[quantity.end : end].strip() else clause_end(text, end + 1)
    found = phrases.ACT.match(text, quantity.end, stop) if quantity.behind in ("内", "以内") else None
    return found.span("act") if found else noun_behind(text, quantity, end)


def noun_behind(text: str, quantity: Quantity, end: int) -> Span:
    """What stands behind a number as that which it counts; an empty span if nothing does."""
    spent = phrases.SPENT.match(text, quantity.end, end) if quantity.kind == MONEY else None
    if spent:
        return spent.span("what")
    rate = phrases.AT_RATE.match(text, quantity.end, end) if quantity.kind == MONEY else None
    if rate:
        return rate.span("what")
    if phrases.NO_NOUN.match(text, quantity.end, end):
        return NOTHING
    cut = phrases.NEXT_VERB.search(text, quantity.end + ENOUGH, end)
    end = cut.start() if cut else end
    begin = quantity.end
    of = text.rfind("的", begin, end)
    if of >= 0 and end - of > ENOUGH:
        begin = of + 1
    split = phrases.SPLIT.search(text, begin + ENOUGH, end)
    end = split.start() if split else end
    begin, end = stripped(text, begin, closed(text, begin, end), " \t\u3000\xa0、和及与")
    last = phrases.LAST_WORDS.search(text, begin, end)
    if last and last.start() - begin >= ENOUGH:
        end = last.start()
    return (begin, end) if end - begin >= ENOUGH else NOTHING


def closed(text: str, start: int, end: int) -> int:
    """Where a stretch ends, if not before, by a quotation mark that closes what it does not open."""
    for mark in re.finditer("[“”]", text[start:end]):
        if mark.group() == "”":
            return start + mark.start() if "“" not in text[start : start + mark.start()] else end
    return end


def stands_behind(text: str, before: Before, noun: Span, quantity: Quantity, end: int) -> bool:
    """Does the subject stand behind the number?"""
    if noun == NOTHING:
        return False
    has_before = before.subject[1] - before.subject[0] >= ENOUGH
    built = bool(phrases.BUILT_HERE.search(text, before.start, quantity.start))
    if quantity.kind == COUNT:
        return True
    if quantity.kind == MONEY:
        award = phrases.AWARD_BEHIND.match(text, quantity.end, end)
        award = (
            award
            or phrases.AT_RATE.match(text, quantity.end, end)
            or phrases.FUND_BEHIND.match(text, quantity.end, end)
        )
        if phrases.SPENT.match(text, quantity.end, end):
            return not has_before
        return bool(award) or not has_before
    if quantity.kind == SIZE:
        return built or not has_before
    if quantity.kind == TIME and quantity.behind in ("内", "以内"):
        words = text[before.start : before.subject[1]]
        return bool(
            not has_before
            or phrases.TASK.match(text, quantity.end, end)
            or phrases.BODY.search(words)
            or phrases.CIRCUMSTANCE.search(words)
        )
    return not has_before or bool(
        re.match(r"\s{0,3}的", text[quantity.end : end]) and phrases.AWARD_BEHIND.match(text, quantity.end, end)
    )


def of_earlier(text: str, before: Before, last: tuple[Span, int] | None, start: int) -> Before:
    """The subject of the number before (`last`: its subject, where its quote ends) or of the clause before; else any words."""
    counted, ended = last or (NOTHING, 0)
    if last and len(text[ended : before.verbs]) <= 4 and phrases.ENUMERATED.fullmatch(text, ended, before.verbs):
        return replace(before, start=min(before.start, counted[0]), subject=counted)
    if before.scope[1] - before.scope[0] > 2 * ENOUGH and not text[before.scope[1] : before.verbs].strip():
        return replace(before, subject=before.scope)
    if start > 1 and text[start - 1] in "，,：:":
        if last and 0 <= start - ended <= 2 and counted[1] <= start:
            return replace(before, start=min(before.start, counted[0]), subject=counted)
        begin = clause_start(text, start - 1)
        earlier = words_before(text, begin, start - 1)
        words = text[begin : start - 1]
        if earlier.subject[1] - earlier.subject[0] >= ENOUGH and not phrases.CIRCUMSTANCE.search(words):
            return replace(before, start=earlier.subject[0], subject=earlier.subject)
    return replace(
        before, subject=stripped(text, before.start, before.verbs) if before.verbs > before.start else NOTHING
    )


def parts(text: str, before: Before, count: int) -> list[Span]:
    """The subjects that numbers in a row are shared out to (A、B分别达到1%、2%), or one for all."""
    subject = before.subject
    if count > 1:
        marks = [found.span() for found in re.finditer("、|以及|和|及|与", text[slice(*subject)])]
        if len(marks) == count - 1:
            begins = [subject[0], *(subject[0] + mark[1] for mark in marks)]
            ends = [*(subject[0] + mark[0] for mark in marks), subject[1]]
            if all(end - begin >= 1 for begin, end in zip(begins, ends, strict=True)):
                return list(zip(begins, ends, strict=True))
    return [subject] * count
