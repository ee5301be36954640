"""What the data lacks, why, and where it could be mended, worked out from the Ledger alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.ledger import (
    Check,
    Definition,
    Department,
    Instrument,
    Jurisdiction,
    Ledger,
    Measure,
    Policy,
    Synonym,
    Term,
)
from scripts.schemas import titles

SHOWN = 100  # records of one list; where there are more, the tables have them all
STATES = (
    (
        "未载明",
        "存档的原文没有说，不等于没有。手里有原件、公报或官方网页的，可以补上，并写明依据；没有依据的，不要推测。",
    ),
    ("未规定", "文件没有作出规定，不用补。发现文件其实写了的，请指出。"),
    ("不适用", "这一项不可能有，不用补。"),
)
FIELDS = {"section": "章节"}  # what is no field of its own in a data file
Found = list[tuple[Check | None, "Item"]]
Entry = Term | Definition | Synonym | Jurisdiction


@dataclass(frozen=True)
class Item:
    """One record that lacks something: its page ("" if none shows it) and the data file that an editor would change."""

    name: str
    address: str
    source: str
    tag: str = ""
    note: str = ""
    quote: str = ""  # words of the source that it is about


@dataclass(frozen=True)
class Lack:
    """One thing that may be missing, and all records that miss it."""

    id: str  # of the section of the page
    title: str
    counted: str  # as the number is read: 47 条措施没有……
    what: str
    how: str
    table: str  # that holds all of them
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Gaps:
    """The records of one kind that lack one field for one reason."""

    kind: str
    field: str  # in the reader's words
    state: str
    reason: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checked:
    """How many records of one kind somebody compared with the source."""

    kind: str
    table: str  # that holds all of them, or ""
    count: int
    last: str  # YYYY-MM-DD of the latest check, or ""
    unchecked: tuple[Item, ...]

    @property
    def checked(self) -> int:
        return self.count - len(self.unchecked)


@dataclass(frozen=True)
class Quality:
    covered: float  # the least share of a source that stands in the data
    gaps: tuple[Gaps, ...]
    anomalies: tuple[Item, ...]
    checks: tuple[Checked, ...]
    lacks: tuple[Lack, ...]
    reminders: tuple[Item, ...]

    def gaps_of(self, state: str) -> list[Gaps]:
        """Those of one state, the most frequent first."""
        return sorted((gaps for gaps in self.gaps if gaps.state == state), key=lambda gaps: -len(gaps.items))

    def sum_of(self, state: str = "") -> int:
        return sum(len(gaps.items) for gaps in self.gaps if state in ("", gaps.state))

    @property
    def unchecked(self) -> int:
        return sum(len(group.unchecked) for group in self.checks)

    @property
    def last_check(self) -> str:
        return max((group.last for group in self.checks), default="")


def assess(ledger: Ledger) -> Quality:
    return Quality(
        covered=min((policy.coverage()[0] for policy in ledger.policies), default=1.0),
        gaps=tuple(_gaps(ledger)),
        anomalies=tuple(
            _item(record, note=anomaly.explanation, quote=anomaly.quote)
            for record in (*ledger.policies, *ledger.measures)
            for anomaly in record.anomalies
        ),
        checks=tuple(_checks(ledger)),
        lacks=tuple(
            Lack(id, title, counted, what, how, table, tuple(find(ledger)))
            for id, title, counted, what, how, table, find in LACKS
        ),
        reminders=tuple(_reminders(ledger)),
    )


def _item(record: Policy | Measure | Department, **more: str) -> Item:
    match record:
        case Measure():
            own = {"name": f"{record.number} {record.title}", "tag": record.policy.short_title}
        case Policy():
            own = {"name": record.short_title}
        case Department():
            own = {"name": record.name, "tag": record.jurisdiction.name}
    return Item(address=record.address, source=record.source, **(own | more))


def _gaps(ledger: Ledger) -> Iterator[Gaps]:
    for schema, kind, records in (
        ("policy", "政策文件", ledger.policies),
        ("measure", "措施", ledger.measures),
        ("department", "责任部门", ledger.departments),
    ):
        groups: dict[tuple[str, str, str], list[Item]] = {}
        for record in records:
            for gap in record.unknowns:
                groups.setdefault((gap.field, gap.state, gap.reason), []).append(_item(record))
        for (field, state, reason), items in groups.items():
            name = FIELDS.get(field) or titles(schema, field)[-1]
            yield Gaps(kind, name, state, reason, tuple(items))


def _checks(ledger: Ledger) -> Iterator[Checked]:
    """Every kind of record that a person may confirm; entries of one file by that file."""

    def entries(name: str, found: Iterable[Entry], address: str = "") -> Found:
        return [
            (
                one.checked,
                Item(
                    name="、".join(one.words) if isinstance(one, Synonym) else one.term if isinstance(one, Definition) else one.name,
                    address=address.format(id=one.id),
                    source=f"data/{name}.yml",
                ),
            )
            for one in found
        ]  # fmt: skip

    kinds: Sequence[tuple[str, str, Found]] = (
        ("政策文件", "policies", [(record.checked, _item(record)) for record in ledger.policies]),
        ("措施", "measures", [(record.checked, _item(record)) for record in ledger.measures]),
        ("责任部门", "departments", [(record.checked, _item(record)) for record in ledger.departments]),
        ("主题", "themes", entries("themes", ledger.themes, "themes/{id}/")),
        ("适用对象", "audiences", entries("audiences", ledger.audiences, "audiences/{id}/")),
        ("名词", "glossary", entries("glossary", ledger.glossary, "glossary/#{id}")),
        ("辖区", "jurisdictions", entries("jurisdictions", ledger.jurisdictions)),
        ("日常说法", "", entries("synonyms", ledger.synonyms)),
    )
    for kind, table, found in kinds:
        if found:
            last = max((check.on for check, _ in found if check), default="")
            yield Checked(kind, table, len(found), last, tuple(item for check, item in found if not check))


def _reminders(ledger: Ledger) -> Iterator[Item]:
    records = {record.source: record for record in (*ledger.policies, *ledger.measures, *ledger.departments)}
    for reminder in ledger.reminders:
        record = records.get(reminder.source)
        own = _item(record) if record else Item(name="", address="", source=reminder.source)
        note = f"第 {reminder.line} 行：{reminder.message}{reminder.help}"
        yield Item(name=own.name, address=own.address, source=own.source, tag=own.tag, note=note)


def _measures(lacks: Callable[[Measure], bool], note: Callable[[Measure], str] = lambda _: "") -> Callable:
    def find(ledger: Ledger) -> Iterator[Item]:
        return (_item(measure, note=note(measure)) for measure in ledger.measures if lacks(measure))

    return find


def _without_kind(ledger: Ledger) -> Iterator[Item]:
    for department in ledger.departments:
        gap = department.unknown("kind")
        if not department.kind:
            yield _item(department, note=gap.reason if gap else "")


def _never_searched(ledger: Ledger) -> Iterator[Item]:
    def told(instrument: Instrument) -> str:
        return f"《{instrument.title}》" + (f"（{instrument.number}）" if instrument.number else "")

    for record in (*ledger.policies, *ledger.measures):
        yield from (
            _item(record, note=told(instrument)) for instrument in record.instruments if instrument.search is None
        )


# fmt: off
# Id of the section, title, the number in words, what is missing and what that means, what can be done, table, which records.
LACKS = (
    ("progress", "没有进展，也没有检索记录", "条措施没有进展和检索记录",
     "既没有登记进展，也没有登记有人找过。这只说明台账里没有，不说明任务没有完成，引用时请不要写成“没有进展”。",
     "找到公开出处的，写进 progress；找过没有见到的，写进 searches。", "measures",
     _measures(lambda measure: not (measure.progress or measure.searches))),
    ("instruments", "提到的文件还没有查找", "份文件还没有查找",
     "作为依据、要求出台或提到的文件，还没有登记有人找过。没有登记查找，不等于没有出台。",
     "到发文机关的网站和政府公报里查找，把日期、地方和结果写进那一份文件的 search。", "instruments", _never_searched),
    ("open", "责任部门没有列全", "条措施的责任部门没有列全",
     "责任条款以“等”结尾，原文没有写出全部责任部门，引用时请不要当作完整的名单。",
     "这是原文的写法，不用改；另有正式文件写明其余部门的，写进这一条的 note。", "measures",
     _measures(lambda measure: measure.open_list, lambda measure: measure.clause_in_force)),
    ("themes", "没有归入主题", "条措施没有归入主题",
     "按主题查找时找不到这些措施；各条的原因见上面的空缺项。",
     "正文里有某个主题的词的，在 themes 里写上主题编号；没有合适的主题，先在 data/themes.yml 里添加。", "measures",
     _measures(lambda measure: not measure.themes)),
    ("kinds", "部门没有类别", "个部门没有类别",
     "不知道是党委部门、政府部门还是事业单位，按类别统计时不包括这些部门。",
     "有机构编制文件或者部门网站可以依据的，在 kind 里写上类别。", "departments", _without_kind),
)
# fmt: on
