"""What a document does not say, with the reason: nothing is left empty without one."""

from collections.abc import Sequence

from scripts.check.world import DEADLINES
from scripts.importer.document import Document
from scripts.importer.entry import Entry
from scripts.importer.frame import Part
from scripts.importer.lead_rule import FACE, rule_kind
from scripts.period import day_in

Values = dict[str, "str | list | dict"]  # a record, or a part of one
UNKNOWN = {
    "issuer": ("未载明", "存档文本没有写明发文机关。"),
    "document_number": ("未载明", "存档文本里没有发文字号。"),
    "issued": ("未载明", "存档文本未写明成文日期。"),
    "effective": ("未载明", "存档文本没有写施行日期。"),
    "valid_until": ("未规定", "文件没有规定有效期。"),
    "status": ("未载明", "存档文本没有写明是否仍然有效，也没有收到修改或废止的文件。"),
    "source_address": ("未载明", "收到的是文件，没有附公开网址。"),
    "received": ("未载明", "收到的日期没有记录。"),
}
MEASURE_UNKNOWN = {
    "number": ("不适用", "原文没有给各条编号。"),
    "section": ("不适用", "原文没有把各条分到章节里。"),
    "heading": ("不适用", "原文的各条没有小标题；页面上的短标题由编辑拟写。"),
    "clause": ("未载明", "原文各条没有单列责任部门。"),
    "deadline": ("未规定", "文件没有给各条规定完成时限。"),
    "themes": ("未载明", "原文没有划分主题，还没有整理。"),
    "audiences": ("未载明", "正文没有写明与哪一类对象有关，还没有整理。"),
}
VALUE = {"clause": {"clause", "shared_clause"}, "deadline": {*DEADLINES}}  # fields, where it is not that of the name
# The same of measures among others that have one.
GIVEN = VALUE | {"deadline": {*DEADLINES, "inner_deadlines"}}  # fields that give it in another way
SOME = {
    "number": "这一条原文没有编号。",
    "section": "这一条不在任何章节里。",
    "heading": "这一条没有小标题；页面上的短标题由编辑拟写。",
    "clause": "这一条没有单列责任部门。",
    "deadline": "这一条没有写明可以换算成日期的完成时限。",
}
SOME_LEAD = "这一条没有说明谁牵头；排列次序不是依据。"
NO_RULE = "原文没有说明谁牵头；排列次序不是依据。"
NOT_KEPT = "原文写明“{rule}”，存档的文本没有保留字体，无法辨认；排列次序不是依据。"
NOT_MARKED = "原文写明“{rule}”，这些条款里没有这样标示，无法辨认；排列次序不是依据。"


def unknowns_of(values: Values) -> Values:
    """What a document does not say of itself."""
    found: Values = {}
    for name, (state, reason) in UNKNOWN.items():
        written = str(values.get(name, ""))
        if not written:
            found[name] = {"state": state, "reason": reason}
        elif name in ("issued", "effective", "valid_until") and not day_in(written):
            found[name] = {"state": "未载明", "reason": f"原文写“{written}”，没有写明日期。"}
    return found


def measure_unknowns(document: Document, measures: Sequence[Values]) -> Values:
    """What some measure has no value for, and why."""
    has_section = _have_sections(document)
    found: Values = {}
    lacks_lead = [measure for measure in measures if "departments" in measure and "lead" not in measure]
    if lacks_lead:
        given = any("lead" in measure for measure in measures) and not document.rule
        found["lead"] = {"state": "未载明", "reason": SOME_LEAD if given else _no_lead(document)}
    for name, (state, reason) in MEASURE_UNKNOWN.items():
        lacking = (
            not all(has_section) if name == "section" else not all(VALUE.get(name, {name}) & {*one} for one in measures)
        )
        if lacking:
            given = any(has_section) if name == "section" else any(GIVEN.get(name, {name}) & {*one} for one in measures)
            found[name] = {"state": state, "reason": SOME.get(name, reason) if given else reason}
    return found


def _no_lead(document: Document) -> str:
    if not document.rule:
        return NO_RULE
    template = NOT_KEPT if rule_kind(document.rule) == FACE and not document.script.bold else NOT_MARKED
    return template.format(rule=document.rule)


def _have_sections(document: Document) -> list[bool]:
    found, section = [], False
    for piece in document.pieces:
        section = section or (isinstance(piece, Part) and piece.kind == "section")
        if isinstance(piece, Entry):
            found.append(section)
    return found
