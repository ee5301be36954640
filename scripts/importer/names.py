"""The bodies of each measure as a record lists them: unlike ones apart, one of a kind once, and every word accounted for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.check.clause import ROLES, STANDING, duties, read_clause
from scripts.importer.clause_names import LEADS, Name
from scripts.importer.document import Document
from scripts.importer.doubt import Doubt
from scripts.importer.entry import Entry, written_clause, written_shared
from scripts.importer.frame import Part
from scripts.importer.lead_rule import FIRST, rule_kind
from scripts.importer.listed import BODY_ENDS
from scripts.load import At, Text

JOINED = re.compile("和|及|与|以及")
COLLECTIVE = re.compile(
    "(?:和|及|与|以及)((?:[省市区县](?:级|直|政府)?)?(?:(?:各|有关|相关).{2,}|各[地区县市乡镇]))$"
)  # 市财政局及各区政府: a body, and many
LEVEL = re.compile("[市省县区州](?=[^市省县区州])")
TRIES = 20  # names that are put right, one by one, before a clause is left as it is
ONE_BODY = re.compile(
    r"(?:局|委|办|厅|部|院|会|中心|公司|处|署|政府|银行|支行|分行|队|所|站|联合社|联社|供销社|联)(?:[（(].*[）)])?$"
)
ENDS = re.compile("(?:局|办|厅)$")  # of a name, whatever follows
SHORTEST = 3  # characters of a name that stands by itself elsewhere
LONGEST = 30
HEADS = ("title", "issuer", "signature")  # parts that begin with the place whose document it is
SECTIONS, A_SECTION = "科室", re.compile("[科股室]$")  # of one body
LEADS_SOMEWHERE = "“{}”在这一条里列了不止一次，有的地方牵头，有的地方不牵头；这里记作牵头，请核对。"
WHOSE = (
    "这一栏是“{}”，“{}”等是一个单位的内设科室，原文没有写明是哪个单位的：公开以后读者分不清。"
    "请在部门文件的 name 前面加上单位名称，原文的写法写进 other_names。"
)


@dataclass(frozen=True)
class Listed:
    """A body of a measure: its words, its place in the script, the label before it, and whether it leads (None: untold)."""

    words: str
    start: int
    label: str
    leads: bool | None


@dataclass(frozen=True)
class Names:
    names: tuple[Listed, ...]
    is_open: bool
    doubts: tuple[Doubt, ...]


def sort_out(document: Document, registered: Sequence[str]) -> Mapping[int, Names]:
    """The bodies of each measure, by where it starts. `registered`: names that the register knows."""
    solid = document.script.solid
    seen = Counter(solid[name.start : name.end] for entry in document.entries for name in entry.names)
    known = {*registered, *seen}
    found = {entry.start: _names(document, entry, known, {*registered}) for entry in document.entries}
    return _with_unclear(document, found, registered)


def _with_unclear(document: Document, found: Mapping[int, Names], registered: Sequence[str]) -> Mapping[int, Names]:
    """Asks of each name once, where it stands first, if it may be no body's; nobody asks of what a person registered.

    Of the sections of one body that a column is headed as, it is asked once whose they are.
    """
    asked = {*registered}
    made = {}
    for start, names in found.items():
        doubts: list[Doubt] = []
        for one in names.names:
            if one.words in asked or (len(one.words) <= LONGEST and BODY_ENDS.search(one.words)):
                continue
            asked.add(one.words)
            is_section = SECTIONS in document.clause_label and bool(A_SECTION.search(one.words))
            if not is_section:
                doubts.append(Doubt(one.start, f"“{one.words[:20]}”是不是部门名称，请核对。", field="departments"))
            elif SECTIONS not in asked:
                asked.add(SECTIONS)
                doubts.append(Doubt(one.start, WHOSE.format(document.clause_label, one.words), field="departments"))
        made[start] = replace(names, doubts=(*names.doubts, *doubts))
    return made


def _names(document: Document, entry: Entry, known: set[str], registered: set[str]) -> Names:
    doubts: list[Doubt] = []
    listed: list[Listed] = []
    for name in entry.names:
        for one in _apart(document, name, known, registered, doubts):
            twin = next((place for place, other in enumerate(listed) if other.words == one.words), None)
            if twin is None:
                listed.append(one)
                continue
            if bool(one.leads) != bool(listed[twin].leads):
                doubts.append(Doubt(one.start, LEADS_SOMEWHERE.format(one.words), field="lead"))
            if one.leads and not listed[twin].leads:
                listed[twin] = Listed(one.words, listed[twin].start, one.label, True)
    listed, is_open = _reconciled(document, entry, listed, doubts)
    if entry.clause and not listed:
        words = written_clause(document.script, entry)
        doubts.append(Doubt(entry.clause[0], f"责任条款“{words[:30]}”里没有找到部门，请核对。", field="departments"))
    clauses = duties(document.script.written(*entry.text), written_clause(document.script, entry))
    if found := STANDING.search(clauses):
        words = found.group().lstrip("。；;，,")
        what = f"条款里写着“{words[:40]}”：以后各条没有再写这些部门，要不要逐条补上，请决定。"
        doubts.append(Doubt(_place(entry), what, field="departments"))
    if is_open:
        doubts.append(
            Doubt(_place(entry), "责任部门的名单没有列全（写有“等”或“会同有关部门”），请核对。", field="open_list")
        )
    return Names(tuple(listed), is_open, tuple(doubts))


def _reconciled(
    document: Document, entry: Entry, listed: Sequence[Listed], doubts: list[Doubt]
) -> tuple[list[Listed], bool]:
    """The names as the check reads the clauses: every word accounted for, in order; what is not sure becomes a question."""
    script = document.script
    written = script.written(*entry.text, entry.heading_end)
    words = duties(written, written_clause(script, entry), written_shared(script, entry))
    if not words:
        return [], False
    found = [one for one in listed if one.words in words]
    for _ in range(TRIES):
        names = [one.words for one in found]
        found.sort(key=lambda one: _place_in(words, one.words, names))
        reading = read_clause(words, [Text(one.words, At("")) for one in found], document.rule)
        if reading.not_found:
            found = [one for one in found if one.words != reading.not_found.value]
            doubts.append(
                Doubt(
                    _place(entry), f"“{reading.not_found.value}”在责任条款里的次序读不清，请核对。", field="departments"
                )
            )
        elif reading.left_over:
            _, rest = reading.left_over[0]
            doubts.append(
                Doubt(
                    _place(entry),
                    f"责任条款里的“{rest[:30]}”未能识别，请核对：不是部门的，从 departments 里删去。",
                    field="departments",
                )
            )
            found.append(Listed(rest, _place(entry), "", None))
        else:
            break
    else:
        found = _by_place(words, found, document.rule, _place(entry))
        reading = read_clause(words, [Text(one.words, At("")) for one in found], document.rule)
        doubts.append(Doubt(_place(entry), "责任条款没有读准，请对照原文逐个核对责任部门。", field="departments"))
    said = {named.name.value for named in reading.named if named.role == "lead"}
    if said:  # what the clause itself says of leading holds
        found = [replace(one, leads=one.words in said) for one in found]
    return found, reading.open_at is not None


def _by_place(words: str, found: Sequence[Listed], rule: str, place: int) -> list[Listed]:
    """Names in the order in which they can be found one behind the other, and all other words of the clauses between them."""
    made: list[Listed] = []
    here = 0
    for one in found:
        start = words.find(one.words, here)
        if start >= 0:
            made.append(one)
            here = start + len(one.words)
    for _ in words:  # each time some of them are accounted for
        reading = read_clause(words, [Text(one.words, At("")) for one in made], rule)
        if not reading.left_over:
            break
        at = {named.start: one for named, one in zip(reading.named, made, strict=True)}
        at |= {offset: Listed(rest, place, "", None) for offset, rest in reading.left_over}
        made = [at[start] for start in sorted(at)]
    return made


def _place_in(words: str, name: str, names: Sequence[str]) -> int:
    """Where a name stands first by itself, not as the beginning of a longer one that is listed, too."""
    longer = [other for other in names if name in other and other != name]
    hidden = [range(found.start(), found.end()) for other in longer for found in re.finditer(re.escape(other), words)]
    places = [found.start() for found in re.finditer(re.escape(name), words)]
    return next((place for place in places if not any(place in one for one in hidden)), places[0])


def _place(entry: Entry) -> int:
    return (entry.clause or entry.text)[0]


def _second_leads(document: Document, name: Name) -> bool | None:
    """Does the second of two bodies lead that were read as one? Not where only the place says so: the first one does."""
    is_said = LEADS.match(document.script.solid, name.end) or ROLES.get(name.label[:2]) == "lead"
    by_place = rule_kind(document.rule) == FIRST and not is_said
    return False if by_place and name.leads else name.leads


def _apart(
    document: Document, name: Name, known: set[str], registered: set[str], doubts: list[Doubt]
) -> Iterator[Listed]:
    """One name, or the names that run into each other in it: only where each stands by itself elsewhere."""
    words = document.script.written(name.start, name.end)
    elsewhere = [] if words in registered else _two(words, known - {words})
    pieces = elsewhere or ([] if words in registered else _run_together(words))
    if pieces:
        how = "按别处的写法" if elsewhere else "像是两个名称连在一起，"
        doubts.append(
            Doubt(
                name.start,
                f"“{words}”{how}分成了{'、'.join(f'“{piece}”' for _, piece in pieces)}，请核对。",
                (words, "、".join(piece for _, piece in pieces)),
                "departments",
            )
        )
        for place, (offset, piece) in enumerate(pieces):
            yield Listed(piece, name.start + offset, name.label, _second_leads(document, name) if place else name.leads)
        return
    found = COLLECTIVE.search(words)
    are_two = found and (words[0] not in "各有" or words[0] == found.group(1)[0] == "各")  # 各区政府和各园区管委会
    if are_two and BODY_ENDS.search(words[: found.start()]):
        yield Listed(words[: found.start()], name.start, name.label, name.leads)
        yield Listed(found.group(1), name.start + found.start(1), name.label, _second_leads(document, name))
        return
    for found in JOINED.finditer(words) if words not in registered else ():
        parts = [words[: found.start()], words[found.end() :]]
        if _begins_place(document, words[found.start() :]):
            continue
        if words[0] not in "各有" and all(len(part) >= SHORTEST and ONE_BODY.search(part) for part in parts):
            doubts.append(
                Doubt(name.start, f"“{words}”分成了两个部门，请核对。", (words, "、".join(parts)), "departments")
            )
            yield Listed(parts[0], name.start, name.label, name.leads)
            yield Listed(parts[1], name.start + found.end(), name.label, _second_leads(document, name))
            return
    if found := JOINED.search(words):
        parts = [words[: found.start()], words[found.end() :]]
        if any(part in known for part in parts) and all(len(part) >= SHORTEST for part in parts):
            doubts.append(
                Doubt(name.start, f"“{words}”是一个部门还是两个，请核对。", (words, "、".join(parts)), "departments")
            )
    yield Listed(words, name.start, name.label, name.leads)


def _run_together(words: str) -> list[tuple[int, str]]:
    """(offset, name) of two names without a sign between, each with the sign of its level: 市文化和旅游局市体育局."""
    cuts = [place for place in range(1, len(words)) if words[place] == words[0] and ENDS.search(words[:place])]
    if len(cuts) != 1 or not LEVEL.match(words):
        return []
    first, second = words[: cuts[0]], words[cuts[0] :]
    is_each = all(len(part) > SHORTEST and ENDS.search(part) for part in (first, second))
    return [(0, first), (cuts[0], second)] if is_each else []


def _begins_place(document: Document, words: str) -> bool:
    """Is 和 the first character of the place whose document this is: 市生态环境局和丰分局, where 和丰县 is its title?"""
    heads = (piece for piece in document.pieces if isinstance(piece, Part) and piece.kind in HEADS)
    told = (document.script.solid[piece.start : piece.end].removeprefix("关于印发") for piece in heads)
    return any(words[:2] == head[:2] for head in told)


def _two(words: str, known: set[str]) -> list[tuple[int, str]]:
    """(offset, name) of two names of which some words are made, with nothing or a word that joins them between."""
    for place in range(SHORTEST, len(words) - SHORTEST + 1):
        first = words[:place]
        if first not in known:
            continue
        rest = words[place:]
        joint = JOINED.match(rest)
        for skipped in {0, joint.end() if joint else 0}:
            other = rest[skipped:]
            if other in known or (
                not skipped and LEVEL.match(other) and words[0] == other[0] and BODY_ENDS.search(other)
            ):
                return [(0, first), (place + skipped, other)]
    return []
