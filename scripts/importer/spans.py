"""How far a clause of a sentence reaches from a place in it: whatever the text, a bounded number of characters."""

REACH = 80  # characters to either side
ENDS = frozenset("，,。；;：:！!？?\n\r\v\f\x85\u2028\u2029")
OPEN, CLOSE = "（([【", "）)]】"
LONGEST_BRACKET = 40


def clause_end(text: str, place: int) -> int:
    """Where the clause ends that goes on from a place; brackets within it belong to it."""
    stop = min(len(text), place + REACH)
    while place < stop and text[place] not in ENDS and text[place] not in CLOSE:
        place = _behind_bracket(text, place) if text[place] in OPEN else place + 1
    return min(place, stop)


def clause_start(text: str, place: int, floor: int = 0) -> int:
    """Where the clause begins that leads to a place, not before `floor`."""
    floor = max(floor, place - REACH)
    while place > floor and text[place - 1] not in ENDS and text[place - 1] not in OPEN:
        if text[place - 1] in CLOSE:
            opening = max(text.rfind(sign, max(floor, place - LONGEST_BRACKET), place) for sign in OPEN)
            if opening < 0:
                return place
            place = opening
        else:
            place -= 1
    return max(place, floor)


def _behind_bracket(text: str, place: int) -> int:
    depth = 0
    for here in range(place, min(len(text), place + LONGEST_BRACKET)):
        depth += (text[here] in OPEN) - (text[here] in CLOSE)
        if not depth:
            return here + 1
    return place + 1


def stripped(text: str, start: int, end: int, signs: str = " \t\u3000\xa0、") -> tuple[int, int]:
    """A stretch without blanks and commas of lists at its ends."""
    while start < end and (text[start] in signs or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in signs or text[end - 1].isspace()):
        end -= 1
    return start, end
