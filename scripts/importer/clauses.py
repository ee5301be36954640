"""The clause of responsibility at the end of an item: where it begins, who is named in it, and who leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.check.clause import LABEL, ROLES

OPENING, CLOSING = "（(〔【[", "）)〕】]"
BEHIND = re.compile(r"[。；;．.]*")  # what may stand behind a clause
BEGINNING = re.compile(rf"(?:{LABEL.pattern})[：:]")
BARE = re.compile(rf"(?<=[。；！）])(?:{LABEL.pattern})[：:]|^(?:{LABEL.pattern})[：:]")
ENDING = re.compile(r"(?:分别|共同|按职责分工)?(?:牵头)?(?:负责|落实|承担|实施|配合|参与)$|牵头$")
# A sentence about how the lead is marked: no name, and the rule from there on.
STATED = (
    r"(?:排在?(?:第一位|首位|最前面?)|列(?:在)?(?:第一位|首位)|(?:第一|首)位|第一个|逗号(?:之)?前|分号(?:之)?前"
    r"|加黑|加粗|黑体(?:字)?|标[★*△]|带[★*△])[^（）()，,；;。]*牵头(?:单位|部门|责任单位|责任部门)?[^（）()，,；;。]*(?:[，,]\s*下同)?"
)
RULE = re.compile(rf"[（(](?P<inside>{STATED})[）)]|[，,；;。]?(?P<behind>{STATED})")
SAME_BELOW = re.compile(r"[，,；;]?下同")
FIRST, BEFORE_COMMA, FACE = "first", "before-comma", "face"
KINDS = (
    (re.compile("逗号|分号"), BEFORE_COMMA),
    (re.compile("加黑|加粗|黑体|标[★*△]|带[★*△]"), FACE),
    (re.compile("第一|首位|最前|首"), FIRST),
)
OPEN_LIST = re.compile(r"等(?:市级|省级|区级|县级|中央)?(?:有关|相关|各)?(?:部门|单位|部门和单位)?$")
TAIL = re.compile(
    r"(?:牵头|分别|共同|按职责分工|按照职责分工|会同(?:有关|相关)(?:部门|单位))?(?:负责|落实|承担|组织实施|实施|配合|参与)?$"
)
SEPARATORS = "、，,；;。"


@dataclass(frozen=True)
class Name:
    """A body as written: its stretch (positions in the text that was read) and what is said of it."""

    start: int
    end: int
    label: str  # 牵头单位, 责任单位 …; "" where there is none
    leads: bool | None  # None: the text does not tell


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    names: tuple[Name, ...]
    is_open: bool  # the list ends in 等
    rule: str  # the sentence about the lead that stands in it, as written; ""


def rule_kind(rule: str) -> str:
    """How a sentence says the lead is marked; "" if it is none of the known ways."""
    return next((kind for pattern, kind in KINDS if pattern.search(rule)), "")


def find_clause(text: str, start: int, end: int, is_last: bool = False) -> tuple[int, int] | None:
    """The stretch of the clause with which a stretch of text ends; None if it ends in none.

    Behind the clause of the last item of all the closing of the document may stand (`is_last`).
    """
    words = text[start:end]
    for begin, stop in reversed(list(_brackets(words))):
        behind = BEHIND.match(words, stop).end() if (is_last or BEHIND.fullmatch(words, stop)) else None
        if behind is None:
            break
        if _is_clause(words[begin + 1 : stop - 1]):
            return start + begin, start + behind
    found = [match for match in BARE.finditer(words) if not _is_inside(words, match.start())]
    if not found:
        return None
    first = found[-1].start()
    for match in reversed(found[:-1]):  # several labels in a row make one clause
        if "。" in words[match.end() : first].rstrip("。；"):
            break
        first = match.start()
    stop = words.find("。", found[-1].end()) + 1 or len(words)
    return start + first, (start + stop) if is_last else end


def _brackets(words: str) -> Iterator[tuple[int, int]]:
    """The outermost pairs of brackets."""
    depth, begin = 0, 0
    for place, sign in enumerate(words):
        if sign in OPENING:
            begin = place if not depth else begin
            depth += 1
        elif sign in CLOSING and depth:
            depth -= 1
            if not depth:
                yield begin, place + 1


def _opening(words: str, closing: int) -> int | None:
    depth = 0
    for place in range(closing, -1, -1):
        depth += (words[place] in CLOSING) - (words[place] in OPENING)
        if depth == 0:
            return place
    return None


def _is_inside(words: str, place: int) -> bool:
    before = words[:place]
    return sum(before.count(sign) for sign in OPENING) > sum(before.count(sign) for sign in CLOSING)


def _is_clause(inside: str) -> bool:
    plain = RULE.sub("", SAME_BELOW.sub("", inside)).rstrip("。；，, ")
    return bool(BEGINNING.match(plain) or ENDING.search(plain))


def read_names(text: str, start: int, end: int, rule: str) -> Clause:
    """Who is named in the clause of a stretch, and who leads: as the clause says, else as the stated rule (`rule`) says."""
    inner_start, inner_end = start, end
    stated = ""
    blank = list(text[start:end])
    for found in RULE.finditer(text, start, end):
        stated = found["inside"] or found["behind"]
        _erase(blank, found.start() - start, found.end() - start)
    for found in SAME_BELOW.finditer("".join(blank)):
        _erase(blank, *found.span())
    words = "".join(blank)
    trimmed = words.rstrip("。；;. \0")
    if trimmed[:1] in OPENING and trimmed[-1:] in CLOSING and _opening(trimmed, len(trimmed) - 1) == 0:
        inner_start, inner_end = start + 1, start + len(trimmed) - 1
    names, is_open = [], False
    label, commas = "", []
    body = "\0" * (inner_start - start) + words[inner_start - start : inner_end - start]
    for begin, stop, separator in _pieces(body, inner_start - start):
        piece = body[begin:stop].rstrip("\0")
        labelled = BEGINNING.match(piece.lstrip("\0"))
        if labelled:
            skipped = len(piece) - len(piece.lstrip("\0")) + labelled.end()
            label, begin = labelled.group().rstrip("：:"), begin + skipped
            piece = body[begin:stop].rstrip("\0")
        lead_words = re.search(r"牵头(?:负责)?$", piece)
        name = TAIL.sub("", piece)
        if OPEN_LIST.search(name):
            is_open, name = True, OPEN_LIST.sub("", name)
        name_end = begin + len(name.rstrip("\0"))
        if name.strip("\0"):
            begin += len(name) - len(name.lstrip("\0"))
            names.append((begin, name_end, label, bool(lead_words)))
        if separator in "，,":
            commas.append(len(names))
    made = _with_leads(names, commas, rule_kind(stated or rule))
    found_names = tuple(Name(start + one[0], start + one[1], one[2], leads) for one, leads in made)
    return Clause(start, end, found_names, is_open, stated)


def _erase(characters: list[str], start: int, end: int) -> None:
    characters[start:end] = "\0" * (end - start)


def _pieces(words: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Stretches between separators outside brackets, with the sign that ends each; "" at the end."""
    depth, begin = 0, start
    for place in range(start, len(words)):
        depth += (words[place] in OPENING) - (words[place] in CLOSING)
        if depth <= 0 and words[place] in SEPARATORS:
            yield begin, place, words[place]
            begin = place + 1
    yield begin, len(words), ""


def _with_leads(names: list[tuple], commas: list[int], kind: str) -> Iterator[tuple[tuple, bool | None]]:
    """Each name and whether it leads; None where nothing tells."""
    roles = [ROLES.get(one[2][:2]) for one in names]
    said = [place for place, one in enumerate(names) if one[3]]
    for place, one in enumerate(names):
        if "lead" in roles:
            leads: bool | None = roles[place] == "lead"
        elif said:
            leads = place <= said[-1]  # A、B牵头: all before the word
        elif kind == FIRST:
            leads = place == 0
        elif kind == BEFORE_COMMA and commas and commas[0] < len(names):
            leads = place < commas[0]
        else:
            leads = None
        yield one, leads
