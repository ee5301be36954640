"""A document as found, written down as draft records: what is sure as facts, what is not as questions to a person."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath

from scripts.check.clause import ROLES, duties
from scripts.check.world import DEADLINES
from scripts.importer.bodies import NOT_TOLD, PREFIX, Body, Jurisdiction, jurisdiction_of, new_bodies
from scripts.importer.cell_lines import lines
from scripts.importer.cited import find_instruments
from scripts.importer.dates import CELL, cell_deadline, find_deadlines
from scripts.importer.document import Document
from scripts.importer.doubt import Doubt
from scripts.importer.entry import Entry, written_clause, written_shared
from scripts.importer.facts import Facts, read_facts
from scripts.importer.frame import Part
from scripts.importer.gaps import Values, measure_unknowns, unknowns_of
from scripts.importer.lead_rule import FACE, rule_kind
from scripts.importer.names import Names, sort_out
from scripts.importer.received import Received
from scripts.importer.script import Script
from scripts.importer.table import column_of
from scripts.importer.targets import find_targets
from scripts.period import read_period
from scripts.schemas import schemas

KINDS = "、".join(schemas()["department"]["properties"]["kind"]["enum"])
OVER = "表头“{}”"  # of what only the head of a column says
TITLE = 30  # characters of a drafted title
FIRST_CLAUSE = re.compile(r"[^，。；：！？\n]{2,30}(?=[，。；：！？\n]|$)")
LABELLED = re.compile("^[^：:]*[：:]")
FIRST_WORDS = re.compile(r"[^，。；：！？、]{2,30}")
# What the last page of a document bears, and footnotes.
PRINTED = re.compile(r"抄送|印送|.{2,30}印发|[0-9]{1,2}[\u4e00-\u9fff]|\[[0-9]{1,2}\]|[①-⑳]")


@dataclass(frozen=True)
class Drafted:
    """A record that was drafted: its values without questions, and the questions with their place in the script."""

    path: str  # below the data folder
    kind: str
    values: Values
    doubts: tuple[Doubt, ...] = ()
    start: int = 0  # of the stretch of the script that it stands for; of a measure
    end: int = 0


@dataclass(frozen=True)
class Draft:
    policy: Drafted
    measures: tuple[Drafted, ...]
    departments: tuple[Drafted, ...]  # only those that the register did not have
    others: tuple[Drafted, ...]  # registers that the data folder did not have
    document: Document = field(repr=False)

    @property
    def records(self) -> tuple[Drafted, ...]:
        return (*self.others, *self.departments, self.policy, *self.measures)


@dataclass(frozen=True)
class Register:
    """What the data folder knows already."""

    jurisdictions: Mapping[str, str]  # id → name
    names: Mapping[tuple[str, str], str]  # (jurisdiction, name as written) → department id
    chain: Mapping[str, Sequence[str]]  # jurisdiction → itself and those above it
    departments: frozenset[str]  # ids
    has: frozenset[str]  # kinds of single files that there are: site, jurisdictions

    def names_in(self, jurisdiction: str) -> list[str]:
        places = self.chain.get(jurisdiction, (jurisdiction,))
        return [name for place, name in self.names if place in places]


def make_draft(
    document: Document, received: Received, source: bytes, id: str, register: Register, jurisdiction: str = ""
) -> Draft:
    """Draft records of a policy from its document. `source`: the bytes of source.txt; `jurisdiction`: its id, if known."""
    facts = read_facts(document)
    others = [facts.title, *_texts(document, "signature", "addressees")]
    where = jurisdiction_of(id, facts.issuer, others, register.jurisdictions, jurisdiction)
    registered = register.names_in(where.id)
    named = sort_out(document, registered)
    measures = tuple(
        _measure(document, entry, named[entry.start], facts.year, f"policies/{id}/measures/{number:02}.yml")
        for number, entry in enumerate(document.entries, 1)
    )
    missing = [
        name.words for entry in document.entries for name in named[entry.start].names if name.words not in registered
    ]
    bodies = [*new_bodies(missing, where.id, [*register.departments], registered)]
    return Draft(
        policy=_policy(document, facts, where, received, source, id, measures),
        measures=measures,
        departments=tuple(_department(document, body, where, named) for body in bodies),
        others=tuple(_others(where, register)),
        document=document,
    )


def _texts(document: Document, *kinds: str) -> list[str]:
    pieces = (piece for piece in document.pieces if isinstance(piece, Part) and piece.kind in kinds)
    return [document.script.written(piece.start, piece.end) for piece in pieces]


def _keyed(letter: str, rows: Sequence[Values]) -> Values:
    return {f"{letter}{number}": row for number, row in enumerate(rows, 1)}


def _is_of(entry: Entry, doubt: Doubt) -> bool:
    """Is a doubt about this measure, by its place and its field, rather than about the whole document?"""
    return bool(doubt.at and doubt.field) and entry.start <= doubt.at < entry.end


def _empty(entry: Entry) -> Iterator[Doubt]:
    for part, head in entry.empty:
        what = f"表里这一行的“{head}”一栏是空的：可能与上一行合并成一格，也可能没有写，请对照原件。"
        yield Doubt(entry.start, what, field="departments" if part == "clause" else part)


def _measure(document: Document, entry: Entry, named: Names, year: str, path: str) -> Drafted:
    script = document.script
    text = script.written(*entry.text, entry.heading_end)
    values: Values = {"text": text}
    for part, stretch in (
        ("number", entry.number),
        ("deadline", entry.deadline),
    ):
        if stretch and stretch[0] < stretch[1]:
            values[part] = script.written(*stretch)
    if entry.clause:
        values["clause"] = written_clause(script, entry)
    if entry.shared:
        values["shared_clause"] = written_shared(script, entry)
    if entry.shared_deadline:
        words = script.written(*entry.shared_deadline)
        values["shared_deadline"] = cell_deadline(words, year) or words
    if entry.heading_end:
        values["heading"] = script.written(entry.text[0], entry.heading_end)
    else:
        values["title"] = _title(text)
    own = (doubt for doubt in document.doubts if _is_of(entry, doubt))
    doubts = [*own, *named.doubts, *_empty(entry)]
    names = [name.words for name in named.names]
    if names:
        values["departments"] = names
    if named.is_open:
        values["open_list"] = "true"
    leads = [name for name in named.names if name.leads]
    if leads:
        values["lead"] = {
            "departments": [name.words for name in leads],
            "evidence": _evidence(leads[0].label, document.rule, _duties(values)),
        }
    clauses = _duties(values)
    support = [name for name in named.names if not name.leads and _is_support(name.label, clauses)]
    if support:
        values["support"] = {"departments": [name.words for name in support], "evidence": OVER.format(support[0].label)}
    said = [words for date in entry.dates if (words := script.written(*date))]
    in_clauses = [one for words in said for one in _limits_in(words, year)]
    deadlines = list(dict.fromkeys([*find_deadlines(text, year), *in_clauses]))
    found = (
        ("inner_deadlines", "d", [{"quote": quote} for quote in deadlines]),
        ("targets", "t", [_target(target) for target in find_targets(text)]),
        ("instruments", "i", [_cited(cited) for cited in find_instruments(text)]),
    )
    values |= {name: _keyed(letter, rows) for name, letter, rows in found if rows}
    if said and not in_clauses:
        reason = f"原文写“{'”“'.join(said)}”，不能换算成一个日期。"
        values["unknowns"] = {"deadline": {"state": "未规定", "reason": reason}}
    deadline = str(values.get("deadline", "") or values.get("shared_deadline", ""))
    if deadline and not read_period(deadline, year):
        reason = f"原文写“{deadline}”，{'不能换算成一个日期' if CELL.search(deadline) else '没有写明日期'}。"
        values["unknowns"] = {"deadline": {"state": "未规定", "reason": reason}}
    return Drafted(path, "measure", values, tuple(doubts), entry.start, entry.end)


def _limits_in(words: str, year: str) -> list[str]:
    """The time limits that words of a clause about time name: one, or those of several stages."""
    one = cell_deadline(LABELLED.sub("", words).rstrip("。；;"), year)
    return [one] if one else find_deadlines(words, year)


def _duties(values: Values) -> str:
    return duties(*(str(values.get(name, "")) for name in ("text", "clause", "shared_clause")))


def _is_support(label: str, clauses: str) -> bool:
    """Is a label the head of a column that says so? What the clause itself says is read there."""
    return column_of(label) == "support" and label not in clauses


def _title(text: str) -> str:
    """The first words of a text up to a sign, quotes and lists whole; of long ones as many as a title holds."""
    for found in (FIRST_CLAUSE.match(text), FIRST_WORDS.search(text)):
        if found and found.group().strip() and found.group().count("“") == found.group().count("”"):
            return found.group().strip()
    return text[:TITLE].strip()


def _evidence(label: str, rule: str, clause: str) -> str:
    """What tells that they lead: a label, the rule that the document states, or the words of the clause."""
    if ROLES.get(label[:2]) == "lead":
        return label if label in clause else OVER.format(label)
    if rule_kind(rule) == FACE:
        return f"{rule}；原件里是黑体或加粗"
    explicit = re.search(
        r"[^，；。（）()]*牵头(?!(?:单位|部门))[^，；。（）()]*", clause.replace(rule, "") if rule else clause
    )
    return (explicit.group().strip() if explicit else "") or rule or label or clause


def _target(target) -> Values:
    fields = ("quote", "subject", "comparator", "value", "value_max", "unit", "scope", "by_text")
    return {name: getattr(target, name) for name in fields if getattr(target, name)}


def _cited(cited) -> Values:
    return {name: getattr(cited, name) for name in ("title", "number", "relation") if getattr(cited, name)}


def _policy(
    document: Document,
    facts: Facts,
    where: Jurisdiction,
    received: Received,
    source: bytes,
    id: str,
    measures: Sequence[Drafted],
) -> Drafted:
    is_table = any(isinstance(piece, Part) and piece.kind == "table_header" for piece in document.pieces)
    term = "任务" if is_table else "措施"
    doubts = [
        *facts.doubts,
        *(doubt for doubt in document.doubts if not any(_is_of(entry, doubt) for entry in document.entries)),
    ]
    doubts += _furniture(document)
    doubts.append(Doubt(0, "短标题、各条的统称（措施或任务）由程序暂拟，请改成网页上要用的说法。", field="short_title"))
    doubts.append(Doubt(0, "主题和适用对象还没有整理，请逐条添加，或确认没有。", field="measure_unknowns"))
    if where.doubt:
        doubts.append(Doubt(0, where.doubt, field="jurisdiction"))
    if any("title" in measure.values for measure in measures):
        doubts.append(Doubt(0, "原文没有小标题的各条，title 暂用正文开头的词句，请改拟成短标题。", field="title"))
    values: Values = {
        "title": facts.title,
        "short_title": re.sub(r"^.*?关于(?=.{4})", "", facts.title) or facts.title,
        "issuer": facts.issuer,
        "document_number": facts.document_number,
        "issued": facts.issued,
        "effective": facts.effective,
        "valid_until": facts.valid_until,
        "jurisdiction": where.id,
        "measure_term": term,
        "clause_label": document.clause_label,
        "lead_rule": document.rule,
        "source_sha256": sha256(source).hexdigest(),
    }
    if received.raw != source:
        values["original_sha256"] = sha256(received.raw).hexdigest()
    if order := _order(document):
        values["row_order"] = order
    numbers = (PurePath(measure.path).stem for measure in measures)
    values["parts"] = list(_parts(document, numbers))
    if facts.year and any(_needs_year(measure.values) for measure in measures):
        values["deadline_year"] = facts.year
        what = f"时限只写了月份的，按标题读作{facts.year}年，请核对。"
        doubts.append(Doubt(0, what, field="deadline_year"))
    own = {facts.title, *_texts(document, "title")}
    texts = _texts(document, "preamble", "paragraph", "closing", "note")
    found = [one for one in find_instruments("\n".join(texts), is_preamble=True) if one.title not in own]
    # A title over the end of a part stands in none.
    cited = [_cited(one) for one in found if any(one.title in words for words in texts)]
    values["instruments"] = _keyed("i", cited)
    values = {name: value for name, value in values.items() if value}
    values["unknowns"] = unknowns_of(values)
    values["measure_unknowns"] = measure_unknowns(document, [measure.values for measure in measures])
    return Drafted(f"policies/{id}/policy.yml", "policy", values, tuple(doubts))


def _needs_year(values: Values) -> bool:
    """Does a measure have a time limit that names no year?"""
    inner = (row["quote"] for row in values.get("inner_deadlines", {}).values())
    unexplained = [] if "deadline" in values.get("unknowns", {}) else [values.get(name, "") for name in DEADLINES]
    return any(words and not read_period(words) for words in (*unexplained, *inner))


def _parts(document: Document, numbers: Iterator[str]) -> Iterator[Values]:
    """The parts in order; a page number within one of them stands behind it."""
    script = document.script
    marks = [(bisect_left(script.places, start), script.source[start:end]) for start, end in script.marks]
    for piece in document.pieces:
        while marks and marks[0][0] <= piece.start:
            yield {"page_number": marks.pop(0)[1]}
        yield {"measure": next(numbers)} if isinstance(piece, Entry) else {piece.kind: written_part(script, piece)}
        while marks and marks[0][0] < piece.end:
            yield {"page_number": marks.pop(0)[1]}
    yield from ({"page_number": words} for _, words in marks)


def written_part(script: Script, part: Part) -> str:
    """A part as written; the heads of a table, each on a line of its own, in one line."""
    if part.kind != "table_header":
        return script.written(part.start, part.end)
    return " ".join(script.written(*cell) for cell in lines(script, part.start, part.end))


def _order(document: Document) -> list[str]:
    """The order of the official parts, where it is not the usual one."""
    usual = ("number", "text", "clause", "deadline")
    orders = [[part for part in entry.order] for entry in document.entries]
    odd = [order for order in orders if order != [part for part in usual if part in order]]
    if not odd:
        return []
    order = max(odd, key=len)
    missing = [part for part in usual if part not in order and any(part in other for other in orders)]
    return [*(part for part in missing if part == "number"), *order, *(part for part in missing if part != "number")]


def _furniture(document: Document) -> Iterator[Doubt]:
    """What stands behind signature and date belongs to no document as a rule: a web page left it there."""
    signed = is_printed = False
    for piece in document.pieces:
        if isinstance(piece, Part) and piece.kind == "date":
            signed, is_printed = True, False
        elif isinstance(piece, Entry) or piece.kind in ("title", "preamble", "attachment"):
            signed = False
        elif signed and piece.kind in ("closing", "paragraph"):
            words = document.script.written(piece.start, min(piece.end, piece.start + 30))
            is_printed = bool(PRINTED.match(words)) or (is_printed and piece.kind == "closing")
            if not is_printed:
                what = f"落款后面的“{words}”不像文件的内容（可能是网页上带来的字），请核对。"
                yield Doubt(piece.start, what, field="parts")


def _department(document: Document, body: Body, where: Jurisdiction, named: Mapping[int, Names]) -> Drafted:
    at = next(name.start for names in named.values() for name in names.names if name.words == body.name)
    kind = f"，并补上 kind（可以写：{KINDS}）" if not body.kind else f"；类别“{body.kind}”按名称暂定，请一并确认"
    doubts = [Doubt(at, f"新部门，编号“{body.id}”由程序暂拟，请确认编号（确认以后不再改）{kind}。")]
    if body.alike:
        others = "”“".join(body.alike)
        doubts.append(
            Doubt(at, f"与“{others}”写法相近。是同一家的，请合并成一个文件，另一种写法写进 other_names。", field="name")
        )
    if sign := _left_out(body.name, where, named):
        doubts.append(
            Doubt(
                at,
                f"“{body.name}”前面没有“{sign}”字，可能是承前面的名称省略了。是的，name 改成“{sign}{body.name}”，现在的写法写进 other_names。",
                (f"{sign}{body.name}", body.name),
                "name",
            )
        )
    values: Values = {"name": body.name, "jurisdiction": where.id}
    if body.kind:
        values["kind"] = body.kind
    else:
        values["unknowns"] = {"kind": {"state": "未载明", "reason": "原文没有说明它的性质。"}}
    return Drafted(f"departments/{body.id}.yml", "department", values, tuple(doubts))


def _left_out(name: str, where: Jurisdiction, named: Mapping[int, Names]) -> str:
    """The sign of the level that only the first of a row of names bears: 省教育厅、财政厅; "" if it lacks none."""
    for names in named.values():
        sign = ""
        for words in (one.words for one in names.names):
            begun = PREFIX.match(words)
            sign = begun.group() if begun else sign if _may_lack_its_level(words, where) else ""
            if words == name and sign and not begun:
                return sign
    return ""


def _may_lack_its_level(words: str, where: Jurisdiction) -> bool:
    return bool(re.search("[局委办厅部]$", words)) and not words.startswith(
        (where.name[:2], "团", "各", "中国", "国家")
    )


def _others(where: Jurisdiction, register: Register) -> Iterator[Drafted]:
    if "site" not in register.has:
        yield Drafted("site.yml", "site", {"name": "政策台账"})
    if where.is_new:
        told = "名称和层级由程序从原文推断" if where.name != NOT_TOLD else "原文没有写明是哪里的文件，请改写名称和层级"
        doubt = Doubt(0, f"辖区编号“{where.id}”由程序暂拟，请确认；{told}。")
        yield Drafted(
            "jurisdictions.yml", "jurisdictions", {where.id: {"name": where.name, "level": where.level}}, (doubt,)
        )
