"""Who is named in a clause of responsibility, and who leads."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from scripts.check.clause import ASIDE, BY, DUE, EXPLAINED, MARKS, NOBODY, PERSONS, STANDING, THOSE_ABOVE
from scripts.importer.lead_rule import RULE, SAME_BELOW, rule_kind, with_leads
from scripts.importer.listed import BODY_ENDS, LABEL_INSIDE, OPEN_LIST, SAID_OF, TAIL, brackets, listed

LEADS = re.compile(
    r"双?牵头(?:负责|组织实施|落实|实施|督导|督办|推进)?(?:并按照?(?:各自)?职责(?:分工)?(?:负责|落实))?$|为牵头(?:单位|部门)$"
)
ANYBODY = re.compile("各?(?:有关|相关)(?:部门|单位)")  # first in a list, they are nobody who could lead
APART = re.compile("各自负责|各负其责|分别负责")  # where nobody is set above the others
HEAD = re.compile(
    rf"^[—─－-]*(?:[{MARKS}]|(?:(?:[该此本][项条]|[该此本]部分)(?:工作|任务)|{THOSE_ABOVE})(?:由|以)?|由|以|并?会同)(?=[\u4e00-\u9fff])"
)
TOGETHER = re.compile("共同|联合")  # A、B（共同牵头）: all before it
LONGEST_BODY = 30  # characters


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
    dates: tuple[tuple[int, int], ...] = ()  # stretches that say by when


def are_bodies(words: str) -> bool:
    """Is a stretch nothing but names of bodies?"""
    for pattern in (RULE, EXPLAINED, STANDING, DUE):
        words = pattern.sub("", words)
    names = [words[begin:stop] for begin, stop, *_ in listed(words, frozenset())]
    names = [OPEN_LIST.sub("", TAIL.sub("", HEAD.sub("", name))) for name in names if name.strip()]
    return bool(names) and all(3 <= len(name) <= LONGEST_BODY and BODY_ENDS.search(name) for name in names)


def read_names(text: str, start: int, end: int, rule: str, spaces: Set[int] = frozenset()) -> Clause:
    """Who is named in the clause of a stretch, and who leads: as the clause says, else as the stated rule (`rule`) says.

    `spaces`: positions before which the source has a space; where signs are lacking, these divide names.
    """
    words = list(text[start:end])
    stated = ""
    for found in RULE.finditer(text, start, end):
        stated = found["inside"] or found["behind"]
        _erase(words, found.start() - start, found.end() - start)
    for pattern in (EXPLAINED, ASIDE, SAME_BELOW, STANDING):
        for found in pattern.finditer("".join(words)):
            _erase(words, *found.span())
    pairs, unclosed = brackets("".join(words))
    trimmed = "".join(words).rstrip("。；;. \0")
    if pairs and pairs[-1] == (0, len(trimmed)):
        _erase(words, 0, 1)
        _erase(words, len(trimmed) - 1, len(trimmed))
    elif unclosed[:1] == [0]:
        _erase(words, 0, 1)
    for found in PERSONS.finditer("".join(words)):
        _erase(words, *found.span())
    dues = (found for found in DUE.finditer("".join(words)) if found.group())  # 年 alone is none
    dates = [(found.start(), found.start() + len(found.group().rstrip("\0"))) for found in dues]
    for found in dates:
        _erase(words, *found)
    names, is_open, alone = [], False, False
    ends: list[int] = []
    commas: list[int] = []
    signs = "；;" if "分号" in (stated or rule) else "，,"  # that the rule speaks of
    left = "".join(words)  # without rule, persons and dates
    apart = [found.end() - 1 for found in BY.finditer(left)]
    labels = [found.start() for found in LABEL_INSIDE.finditer(left)]
    for begin, stop, label, separator in listed(left, {place - start for place in spaces}):
        piece = left[begin:stop]
        if begin in apart:  # 由市公安局牵头
            ends.append(len(names))
        if _last(apart, begin) > _last(labels, stop - 1):
            label = ""
        opened = OPEN_LIST.search(TAIL.sub("", piece))
        remark = SAID_OF.search(piece[: opened.start()] if opened else piece)
        if remark:
            piece = piece[: remark.start()]
        lead_words = LEADS.search(remark[1] if remark else piece)
        alone = alone or bool(remark and lead_words and not TOGETHER.match(remark[1]))
        is_open = is_open or bool(opened)
        name = TAIL.sub("", piece)
        if opened and not remark:
            name = TAIL.sub("", name[: opened.start()])
        begun = HEAD.match(name).end() if HEAD.match(name) else 0
        begun += len(name[begun:]) - len(name[begun:].lstrip("：:"))  # 责任单位：：市财政局
        plain = name.rstrip(MARKS)
        if re.search(r"\w", plain[begun:].strip("和及与")) and not NOBODY.fullmatch(plain):
            is_marked = plain != name or bool(set(name[:begun]) & {*MARKS})
            names.append((begin + begun, begin + len(plain), label, bool(lead_words), is_marked))
        if separator and separator in signs:
            commas.append(len(names))
        if separator in "，,；;" and name != piece and not lead_words:
            ends.append(len(names))  # those before it have another part
    is_nobody = bool(names) and bool(ANYBODY.match(left[slice(*names[0][:2])]))
    kind = "" if is_nobody or APART.search(left) else rule_kind(stated or rule)
    made = with_leads(names, commas, kind, ends, alone)
    found_names = tuple(Name(start + one[0], start + one[1], one[2], leads) for one, leads in made)
    return Clause(start, end, found_names, is_open, stated, tuple((start + one, start + other) for one, other in dates))


def _last(places: Sequence[int], end: int) -> int:
    """The last of some places up to one; -1 if there is none."""
    return max((place for place in places if place <= end), default=-1)


def _erase(characters: list[str], start: int, end: int) -> None:
    characters[start:end] = "\0" * (end - start)
