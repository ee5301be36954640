"""What pages show that takes some arranging: documents in reading order, marked sources, calendars, sums."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scripts.ledger import (
    Deadline,
    Department,
    Instrument,
    Ledger,
    Measure,
    Part,
    Policy,
    Relation,
    Responsibility,
    Target,
    Term,
)
from scripts.period import Period
from scripts.tables import Table, cell

PART_NAMES = {
    "issuer": "发文机关",
    "title": "标题",
    "document_number": "发文字号",
    "addressees": "主送",
    "preamble": "引言",
    "section": "章节",
    "subsection": "小节",
    "paragraph": "正文",
    "table_header": "表头",
    "closing": "结尾",
    "signature": "落款",
    "date": "成文日期",
    "publication": "公开方式",
    "attachment": "附件说明",
    "note": "备注",
    "page_number": "页码",
    "number": "序号",
    "text": "正文",
    "clause": "责任条款",
    "deadline": "完成时限",
}


@dataclass(frozen=True)
class Passage:
    """A stretch of a document in reading order: a measure with its parts, or one other part."""

    measure: Measure | None
    parts: tuple[Part, ...]


def reading(policy: Policy, ledger: Ledger) -> Iterator[Passage]:
    """The document from top to bottom."""
    for id, parts in groupby(policy.parts, key=lambda part: part.measure):
        if id:
            yield Passage(ledger.measure_by_id[id], tuple(parts))
        else:
            yield from (Passage(None, (part,)) for part in parts)


@dataclass(frozen=True)
class Segment:
    """A stretch of source.txt: an official part, or the white space between two (`part` is None)."""

    part: Part | None
    text: str


@dataclass(frozen=True)
class Stretch:
    """Segments that belong to one measure, or to none; white space between two stretches belongs to none."""

    measure: Measure | None
    segments: tuple[Segment, ...]


def marked_source(policy: Policy, ledger: Ledger) -> Iterator[Stretch]:
    """The archived text, every part's range marked; the texts put together are the file."""
    here = 0
    for id, group in groupby(_side_by_side(policy.parts), key=lambda found: found[0]):
        parts = [part for _, part in group]
        if here < parts[0].start:
            yield Stretch(None, (Segment(None, policy.source_text[here : parts[0].start]),))
        here = parts[0].start
        segments = []
        for part in parts:
            if here < part.start:
                segments.append(Segment(None, policy.source_text[here : part.start]))
            segments.append(Segment(part, policy.source_text[part.start : part.end]))
            here = part.end
        yield Stretch(ledger.measure_by_id.get(id), tuple(segments))
    if here < len(policy.source_text):
        yield Stretch(None, (Segment(None, policy.source_text[here:]),))


def _side_by_side(parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    """The parts by their place, each with the measure in which it stands; without page numbers within another part."""
    ends: dict[str, int] = {}
    for part in parts:
        if part.measure:
            ends[part.measure] = max(part.end, ends.get(part.measure, 0))
    here, id = 0, ""
    for part in sorted(parts, key=lambda part: part.start):
        if part.start >= here:
            id = part.measure or id
            yield id if part.end <= ends.get(id, 0) else "", part
            here = part.end


def source_line(measure: Measure) -> int:
    """The line of source.txt, from 1, on which a measure begins."""
    return line_of(measure.policy, measure.source_start)


def line_of(policy: Policy, start: int) -> int:
    """The line of source.txt, from 1, that holds the character `start` (0-based code points)."""
    return policy.source_text.count("\n", 0, start) + 1


@dataclass(frozen=True)
class Due:
    """One deadline of one measure."""

    measure: Measure
    deadline: Deadline


def calendar(ledger: Ledger) -> list[tuple[Period, list[Due]]]:
    """All deadlines that mean a period, by the period, the earliest end first."""
    dues = [Due(measure, deadline) for measure in ledger.measures for deadline in measure.deadlines if deadline.period]

    def when(due: Due) -> tuple[str, int, str]:
        period = due.deadline.period
        return (
            period.end,
            -len(period.text),
            period.text,
        )  # what is due in December stands before what is due in the year

    return [
        (group[0].deadline.period, group)
        for _, dues_then in groupby(sorted(dues, key=when), key=when)
        if (group := list(dues_then))
    ]


@dataclass(frozen=True)
class Year:
    """What is due in one year; a measure with two deadlines in it counts once."""

    name: str
    measures: int
    groups: tuple[tuple[Period, list[Due]], ...]


def years(ledger: Ledger) -> list[Year]:
    """The calendar by the year."""
    found = []
    for number, months in groupby(calendar(ledger), key=lambda group: group[0].end[:4]):
        groups = tuple(months)
        ids = {due.measure.id for _, dues in groups for due in dues}
        found.append(Year(f"{number}年", len(ids), groups))
    return found


def most_due(ledger: Ledger) -> int:
    """The largest number of deadlines of one period."""
    return max((len(dues) for _, dues in calendar(ledger)), default=0)


@dataclass(frozen=True)
class Promise:
    """One target of one measure."""

    measure: Measure
    target: Target


@dataclass(frozen=True)
class Unit:
    """The targets that share a unit and so can be compared; those of one subject stand together."""

    name: str
    promises: tuple[Promise, ...]
    most: float  # the end of the scale: 100 for shares, else the largest value


def units(ledger: Ledger) -> list[Unit]:
    """All targets by unit, the unit with the most targets first."""
    groups: dict[str, dict[str, list[Promise]]] = {}
    for measure in ledger.measures:
        for target in measure.targets:
            subjects = groups.setdefault(target.unit, {})
            subjects.setdefault(target.subject, []).append(Promise(measure, target))
    found = []
    for name, subjects in groups.items():
        promises = tuple(promise for group in subjects.values() for promise in group)
        most = max(float(promise.target.value_max or promise.target.value) for promise in promises)
        found.append(Unit(name, promises, max(most, 100.0) if name == "%" else most))
    return sorted(found, key=lambda unit: -len(unit.promises))


def busiest(ledger: Ledger) -> list[tuple[Department, int]]:
    """Departments by the number of their duties, most first; ties by id."""
    counts = [(department, len(ledger.duties_of(department))) for department in ledger.departments]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0].id))


def by_kind(ledger: Ledger, jurisdiction: str) -> list[tuple[str, list[Department]]]:
    """A jurisdiction's departments by kind, in the order in which the kinds first occur among the busiest."""
    groups: dict[str, list[Department]] = {}
    for department, _ in busiest(ledger):
        if department.jurisdiction.id == jurisdiction:
            groups.setdefault(department.kind, []).append(department)
    return sorted(groups.items(), key=lambda pair: -len(pair[1]))


def with_term(ledger: Ledger, kind: str, id: str) -> list[Measure]:
    """The measures that carry a theme or an audience."""
    return [measure for measure in ledger.measures if any(term.id == id for term in getattr(measure, kind))]


def card_height(measure: Measure) -> int:
    """Pixels that an embedded card of a measure needs on a phone, where a line holds about 19 characters."""
    names = sum(len(share.name_as_written) + 1 for share in measure.responsibilities)
    lines = len(measure.title) // 17 + len(measure.text) // 19 + names // 20
    return 230 + 27 * lines


def dated(measures: Sequence[Measure]) -> bool:
    """Has any of them a deadline that is a date?"""
    return any(deadline.period for measure in measures for deadline in measure.deadlines)


def size(count: int) -> str:
    """Bytes for people: 12.3 KB (1 KB = 1000 bytes)."""
    return f"{count} B" if count < 1000 else f"{count / 1000:.1f} KB"


def dictionary(tables: Sequence[Table], ledger: Ledger) -> list[tuple[Table, Mapping[str, str]]]:
    """Each table with one of its rows as the example: the first of those with the fewest empty cells."""
    found = []
    for table in tables:
        rows = ({name: cell(value) for name, value in row.items()} for row in table.records(ledger))
        found.append((table, max(rows, key=lambda row: sum(map(bool, row.values())), default={})))
    return found


def shortened(text: str, length: int = 40) -> str:
    """A text that fits; what is cut says so."""
    return text if len(text) <= length else f"{text[:length]}……"


def highlighted(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in stretches, and whether each is one of the words; longer words first, none twice."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern:
        return [(text, False)]
    return [(stretch, bool(number % 2)) for number, stretch in enumerate(re.split(f"({pattern})", text)) if stretch]


@dataclass(frozen=True)
class Pair:
    """Two measures that are related, and by which words."""

    one: Measure
    other: Measure
    relation: Relation


def pairs(ledger: Ledger) -> list[Pair]:
    """Every relation, by the measure that bears it."""
    return [
        Pair(measure, ledger.measure_by_id[relation.to], relation)
        for measure in ledger.measures
        for relation in measure.relations
    ]


def unrelated(ledger: Ledger, policy: Policy) -> list[Measure]:
    """The measures of a policy that no relation leads to or from."""
    return [measure for measure in ledger.measures_of(policy) if not ledger.links_of(measure)]


@dataclass(frozen=True)
class Mention:
    """A document that a policy, or one of its measures, cites or promises."""

    policy: Policy
    measure: Measure | None
    instrument: Instrument


def mentions(ledger: Ledger, relation: str) -> list[Mention]:
    found = [Mention(policy, None, instrument) for policy in ledger.policies for instrument in policy.instruments]
    found += [
        Mention(measure.policy, measure, instrument)
        for measure in ledger.measures
        for instrument in measure.instruments
    ]
    return [mention for mention in found if mention.instrument.relation == relation]


def named_most(ledger: Ledger, policy: Policy) -> list[tuple[Department, int]]:
    """The departments of one policy by the number of its measures that name them; ties by id."""
    counts = [
        (department, sum(measure.policy.id == policy.id for measure in ledger.duties_of(department)))
        for department in ledger.departments_of(policy)
    ]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0].id))


def examples(ledger: Ledger) -> list[tuple[str, str]]:
    """(what it shows, words) of some searches that find something in this ledger."""
    found = [("词语", theme.name) for theme in ledger.themes[:1]]
    for department, _ in busiest(ledger)[:1]:
        found.append(("部门全称", department.name))
        found.append(("谁负责", f"{department.name}负责哪些{ledger.measures[0].policy.measure_term}"))
    found += [("部门简称", body.aliases[-1]) for body, _ in busiest(ledger) if body.aliases][:1]
    found += [("时限", max(calendar(ledger), key=lambda group: len(group[1]))[0].name)] if calendar(ledger) else []
    found += [
        ("数字", target.figure) for measure in ledger.measures for target in measure.targets if target.unit == "%"
    ][:1]
    return found


def share_of(measure: Measure, department: Department) -> Responsibility | None:
    return next((share for share in measure.responsibilities if share.department.id == department.id), None)


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list of measures: the values that there are, and those that a measure has."""

    name: str  # of the form field and of the rows' data attribute
    label: str
    options: tuple[tuple[str, str], ...]  # (value, what people read)
    values: Callable[[Measure], Sequence[str]]


def facets(ledger: Ledger) -> tuple[Facet, ...]:
    years = sorted({year for measure in ledger.measures for year in _years(measure)})
    return (
        Facet("policy", "文件", tuple((it.id, it.short_title) for it in ledger.policies), lambda it: [it.policy.id]),
        Facet(
            "department",
            "责任部门",
            tuple((it.id, it.name) for it, _ in busiest(ledger)),
            lambda measure: [it.id for it in measure.departments],
        ),
        Facet("theme", "主题", _options(ledger.themes), lambda measure: [it.id for it in measure.themes]),
        Facet("audience", "适用对象", _options(ledger.audiences), lambda measure: [it.id for it in measure.audiences]),
        Facet("due", "完成时限", (*((year, f"{year}年") for year in years), ("none", "没有时限")), _years_or_none),
        Facet("target", "量化目标", (("yes", "有"), ("no", "没有")), lambda it: ["yes" if it.targets else "no"]),
    )


def _options(terms: Sequence[Term]) -> tuple[tuple[str, str], ...]:
    return tuple((term.id, term.name) for term in terms)


def ends(measure: Measure) -> list[str]:
    """The last days (YYYY-MM-DD) of the deadlines of a measure, that of the row first."""
    return [deadline.period.end for deadline in measure.deadlines if deadline.period]


def month_name(month: str) -> str:
    """YYYY-MM as people read it: 2020年6月."""
    return f"{int(month[:4])}年{int(month[5:])}月"


def months(ledger: Ledger) -> list[tuple[str, str]]:
    """The months (YYYY-MM, as people read it) in which something is due."""
    found = sorted({end[:7] for measure in ledger.measures for end in ends(measure)})
    return [(month, month_name(month)) for month in found]


def _years(measure: Measure) -> list[str]:
    """The years in which something of a measure is due."""
    return sorted({deadline.period.end[:4] for deadline in measure.deadlines if deadline.period})


def _years_or_none(measure: Measure) -> list[str]:
    return _years(measure) or ["none"]
