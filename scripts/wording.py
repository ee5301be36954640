"""Changes in a reader's words: which record changed, which of its fields, and what is different between two texts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from scripts.ledger import Change, Ledger
from scripts.schemas import titles

# How records are counted, by kind, in the order in which they are told: 3 条措施.
COUNTED = {
    "policy": "份政策文件",
    "measure": "条措施",
    "source": "份存档原文",
    "department": "个部门",
    "themes": "个主题",
    "audiences": "个适用对象",
    "glossary": "个名词",
    "jurisdictions": "个辖区",
    "tables": "张数据表",
}
LISTS = ("themes", "audiences", "glossary", "jurisdictions")  # one file, a record under each key
VERBS = (
    "新增",
    "移除",
    "更换",
    "更正",
    "补充",
    "调整",
)  # what may happen to a record, in the order in which it is told
ROW = re.compile(r"[a-z]{1,2}[1-9][0-9]*")  # the written key of a row (t1), which means nothing to a reader

# Numbers and foreign words are compared whole: 2022.12 → 2023.6, not 202[2.12→3.6].
WORDS = re.compile(r"[0-9]+(?:[.．][0-9]+)*|[A-Za-z]+|.", re.DOTALL)
SENTENCES = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
CLAUSE = re.compile(r"[^。；！？，、：\n]{0,60}")
MOST = 100_000  # pairs of equal pieces to choose from; more may take seconds
FEW = 3  # fields that one line names
ISLAND = 3  # equal characters between two differences that are too few to help a reader
ALIKE = 1 / 3  # the share of equal characters below which two texts are another text, not an edited one
AROUND = 16  # characters kept on either side of a difference
LONGEST = 240  # characters of one deleted or inserted stretch that are shown


@dataclass(frozen=True)
class Piece:
    """A stretch of two compared texts: same (in both), deleted (only before) or inserted (only after)."""

    kind: str
    text: str
    is_left_out: bool = False  # too long to be shown; tell its length instead


def kind_of(record: str) -> str:
    """The kind of a record by its address, a key of COUNTED; "" for an address that no record can have."""
    match record.strip("/").split("/"):
        case ["policies", _]:
            return "policy"
        case ["policies", _, "source"]:
            return "source"
        case ["policies", _, _]:
            return "measure"
        case ["departments", _]:
            return "department"
        case [kind, _] if kind in COUNTED:
            return kind
    return ""


def name_of(change: Change, ledger: Ledger) -> str:
    """What readers call the changed record; its address if neither the data nor the list of removed records knows it."""
    return (_standing(change.record, ledger) or _gone(change.record, ledger) or (change.record, ""))[0]


def address_of(change: Change, ledger: Ledger) -> str:
    """The address within the site of the page that shows the changed record, or says where it went; "" if none does."""
    return (_standing(change.record, ledger) or _gone(change.record, ledger) or ("", ""))[1]


def _standing(record: str, ledger: Ledger) -> tuple[str, str] | None:
    """Name and address of a record that the ledger holds."""
    kind, key = kind_of(record), record.partition("/")[2]
    match kind:
        case "policy":
            return _first((f"《{one.title}》", one.address) for one in ledger.policies if one.id == key)
        case "source":
            id = key.removesuffix("/source")
            return _first(
                (f"《{one.title}》存档原文", f"{one.address}source/") for one in ledger.policies if one.id == id
            )
        case "measure":
            measure = ledger.measure_by_id.get(key)
            return (f"{measure.number} {measure.title}", measure.address) if measure else None
        case "department":
            return _first((one.name, one.address) for one in ledger.departments if one.id == key)
        case "themes" | "audiences":
            return _first((one.name, f"{record}/") for one in getattr(ledger, kind) if one.id == key)
        case "glossary":
            return _first((one.term, f"glossary/#{one.id}") for one in ledger.glossary if one.id == key)
        case "jurisdictions":
            return _first((one.name, "") for one in ledger.jurisdictions if one.id == key)
        case "tables":
            return key, ""
    return None


def _gone(record: str, ledger: Ledger) -> tuple[str, str] | None:
    return _first((removal.name, removal.address) for removal in ledger.removed if removal.id == record)


def _first(found: Iterator[tuple[str, str]]) -> tuple[str, str] | None:
    return next(found, None)


def field_of(change: Change) -> str:
    """The changed field in Chinese: 量化目标 · 数值. "" for a whole record. What has no title keeps its own name."""
    kind = kind_of(change.record)
    if not change.field or kind == "tables":
        return f"{change.field} 列" if change.field else ""
    start = [change.record.partition("/")[2]] if kind in LISTS else []
    steps = change.field.split(".")
    words: list[str] = []
    for end in range(1, len(steps) + 1):
        upper = len(titles(kind, ".".join(start + steps[: end - 1])))
        found = titles(kind, ".".join(start + steps[:end]))
        if len(found) > upper:
            words.append(found[-1])
        elif not ROW.fullmatch(steps[end - 1]):
            words.append(steps[end - 1])
    return " · ".join(words)


def values_of(change: Change, ledger: Ledger) -> tuple[str, str]:
    """What the field said before and after, with names in the place of ids."""
    match change.field.split(".")[-1]:
        case "themes":
            names = {term.id: term.name for term in ledger.themes}
        case "audiences":
            names = {term.id: term.name for term in ledger.audiences}
        case "jurisdiction" | "parent":
            names = {jurisdiction.id: jurisdiction.name for jurisdiction in ledger.jurisdictions}
        case "counterparts":
            names = {department.id: department.name for department in ledger.departments}
        case "to" | "measure":
            names = {measure.id: f"{measure.number} {measure.title}" for measure in ledger.measures}
        case "open_list":
            names = {"true": "是", "false": "否"}
        case _:
            return change.before, change.after
    before, after = (
        "；".join(names.get(value, value) for value in words.split("；")) for words in (change.before, change.after)
    )
    return before, after


def verb_of(changes: Sequence[Change]) -> str:
    """What the changes of one record in one release amount to, one of VERBS."""
    first = changes[0]
    if not first.field:
        return {"added": "新增", "removed": "移除"}.get(first.action, "更换")
    if kind_of(first.record) == "tables":
        return "调整"
    return "更正" if any(change.is_correction for change in changes) else "补充"


def by_record(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of one release by the record that changed, in the order of VERBS and COUNTED."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.record, []).append(change)
    kinds = list(COUNTED)

    def rank(item: tuple[str, list[Change]]) -> tuple[int, int]:
        kind = kind_of(item[0])
        return VERBS.index(verb_of(item[1])), kinds.index(kind) if kind else len(kinds)

    return dict(sorted(found.items(), key=rank))


def summary(changes: Sequence[Change], ledger: Ledger) -> str:
    """One line that says what happened: 新增 2 条措施；更正 1 条措施：20 建设基地（完成时限）."""
    groups: dict[str, list[list[Change]]] = {}
    for of_record in by_record(changes).values():
        groups.setdefault(verb_of(of_record), []).append(of_record)
    return "；".join(f"{verb} {_amount(records, ledger)}" for verb, records in groups.items())


def _amount(records: list[list[Change]], ledger: Ledger) -> str:
    counts: dict[str, int] = {}
    for changes in records:
        counted = COUNTED.get(kind_of(changes[0].record), "条记录")
        counts[counted] = counts.get(counted, 0) + 1
    amount = "、".join(f"{count} {counted}" for counted, count in counts.items())
    named = (field_of(change) for changes in records for change in changes)
    fields = list(dict.fromkeys(field for field in named if field))
    told = f"（{'、'.join(fields)}）" if 0 < len(fields) <= FEW else "的内容" if fields else ""
    if len(records) > 1:
        return amount + told
    name = " ".join(name_of(records[0][0], ledger).split())
    name = name if len(name) <= 40 else f"{name[:39]}…"
    return f"{amount}：{name}" + (told if told.startswith("（") else "")


def excerpt(before: str, after: str) -> tuple[Piece, ...]:
    """What differs between two texts, with a little of what is the same around it.

    Whatever is shown: the pieces that are not inserted make up `before`, those that are not deleted make up `after`.
    """
    pieces = _joined(_compared(before, after))
    last = len(pieces) - 1
    return tuple(part for place, piece in enumerate(pieces) for part in _shortened(piece, place == 0, place == last))


def sides_of(pieces: Sequence[Piece]) -> tuple[str, str]:
    """What an excerpt shows of the text before and of the text after, …… where it leaves out."""
    before, after = (
        "".join("……" if piece.is_left_out else piece.text for piece in pieces if piece.kind != other)
        for other in ("inserted", "deleted")
    )
    return before, after


def visible(text: str) -> str:
    """A text whose characters all can be seen and stand in XML 1.0: what cannot is told by its code point, [U+202E].

    The checked data holds none of them, but what an old commit held may.
    """
    return "".join(
        character if character in "\t\n" or not _is_hidden(character) else f"[U+{ord(character):04X}]"
        for character in text
    )


def _is_hidden(character: str) -> bool:
    # Controls, formatting, halves of pairs, and the separators that some programs take for the end of a line.
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or (
        ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    )


def _compared(before: str, after: str) -> Iterator[Piece]:
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    start -= _back(before[:start][::-1])
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    end -= _back(before[len(before) - end :])
    yield Piece("same", before[:start])
    yield from _differences(before[start : len(before) - end], after[start : len(after) - end])
    yield Piece("same", before[len(before) - end :])


def _back(same: str) -> int:
    """How many equal characters beside a difference belong to the clause or item that differs, for it is compared whole:
    院校 → 学生；院校 is a new item, not 学生；院 put into the old one."""
    found = CLAUSE.match(same)
    return found.end() if found else 0


def _differences(before: str, after: str) -> Iterator[Piece]:
    """The middle of two texts, by words if that does not take too long, else by sentences, else as a whole."""
    for unit in (WORDS, SENTENCES):
        old, new = unit.findall(before), unit.findall(after)
        often = Counter(new)
        if sum(often[piece] for piece in old) <= MOST:
            break
    else:
        old, new = [before], [after]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found = [("".join(old[a:b]), "".join(new[c:d]), step == "equal") for step, a, b, c, d in steps]
    kept = [
        is_equal and (len(gone) >= ISLAND or place in (0, len(found) - 1))
        for place, (gone, _, is_equal) in enumerate(found)
    ]
    same = sum(len(gone) for (gone, _, _), is_kept in zip(found, kept, strict=True) if is_kept)
    if same < ALIKE * min(len(before), len(after)):
        found, kept = [(before, after, False)], [False]
    for (gone, come, _), is_kept in zip(found, kept, strict=True):
        if is_kept:
            yield Piece("same", gone)
        else:
            yield Piece("deleted", gone)
            yield Piece("inserted", come)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Stretches that are the same as one, and what is deleted and inserted between two of them as one of each."""
    found: list[Piece] = []
    for is_same, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind == "same"):
        stretch = list(group)
        for kind in ("same",) if is_same else ("deleted", "inserted"):
            found.append(Piece(kind, "".join(piece.text for piece in stretch if piece.kind == kind)))
    return [piece for piece in found if piece.text]


def _shortened(piece: Piece, is_first: bool, is_last: bool) -> Iterator[Piece]:
    """A piece that is too long as what is kept at its ends and what is left out between them."""
    text = piece.text
    if piece.kind == "same":
        before, after = 0 if is_first else AROUND, 0 if is_last else AROUND
    else:
        before = after = LONGEST // 2
    if len(text) <= before + after + AROUND:  # to leave out a few characters would not make it shorter
        yield piece
        return
    cut = len(text) - after
    parts = (Piece(piece.kind, text[:before]), Piece(piece.kind, text[before:cut], True), Piece(piece.kind, text[cut:]))
    yield from (part for part in parts if part.text)
