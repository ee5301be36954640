"""Turn the answers of an issue form into a change of one data file, which a person reviews.

Whoever wrote the issue chose every word of it: a record is one that stands there, a field one that the schema knows,
and nothing is written unless all data passes the check with it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.check import check
from scripts.layout import GROUPS
from scripts.load import Fields, Items, Record, Tree
from scripts.load.folder import ID
from scripts.problem import is_error
from scripts.propose.body import Form, NeedsAPerson, read_body
from scripts.propose.edit import ODD_FILE, Change, changed
from scripts.report import as_text
from scripts.schemas import resolved, schemas

BEFORE = r"(?:https?://\S+/)?(?:data/)?"
# How people name a record: its address, its file, its id. The groups make the path of its file.
NAMES = (
    (re.compile(rf"{BEFORE}policies/({ID})/(?:measures/)?([0-9]{{2,}})(?:\.yml)?"), "policies/{}/measures/{}.yml"),
    (re.compile(rf"{BEFORE}policies/({ID})(?:/policy\.yml)?"), "policies/{}/policy.yml"),
    (re.compile(rf"{BEFORE}departments/({ID})(?:\.yml)?"), "departments/{}.yml"),
    (re.compile(rf"({ID})/([0-9]{{2,}})"), "policies/{}/measures/{}.yml"),
)
TAIL = re.compile(r"(?:[?#].*)?$|/(?:index\.html)?(?:[?#].*)?$")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIELD = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
ONE_LINE = ("string", "number", "boolean")
CONFIRMED = "对照原文核对过，无误"  # the first choice of the form for departments


@dataclass(frozen=True)
class Done:
    """A change that all data passes the check with. `title` and `told` hold no words of the issue but checked ones."""

    file: Path
    content: bytes
    title: str
    told: str


def propose(tree: Tree, body: str, forms: Sequence[Form], today: str) -> Done:
    """The change that an issue asks for; `today` is YYYY-MM-DD. NeedsAPerson where it is not for a program to make."""
    form, answers = read_body(body, forms)
    if form.name not in MAKERS:
        raise NeedsAPerson(f"“{form.title}”要由人来办。")
    record = _record(tree, answers["record"])
    changes, told = MAKERS[form.name](record, answers, today)
    path = Path(record.file)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise NeedsAPerson(ODD_FILE) from None
    root = record.root
    for change in changes:
        text, root = changed(text, record.kind, change, record.file)
    _passes(tree, replace(record, root=root))
    name = record.path.removesuffix(".yml").removesuffix("/policy").replace("/measures/", "/")
    return Done(path, text.encode("utf-8"), f"{form.title}：{name}", f"{record.path}：{told}")


def _record(tree: Tree, answer: str) -> Record:
    """The record that an answer names, among those that stand there."""
    shortened = TAIL.sub("", answer, count=1)
    found = ((pattern.fullmatch(shortened), path) for pattern, path in NAMES)
    inside = next((path.format(*match.groups()) for match, path in found if match), "")
    record = next((record for record in tree.records if record.path == inside), None)
    if not record:
        raise NeedsAPerson("“哪一条”写的不是一条记录的网址、编号或数据文件路径，或者没有这条记录。")
    return record


def _passes(tree: Tree, record: Record) -> None:
    records = tuple(record if other.path == record.path else other for other in tree.records)
    errors = [problem for problem in check(replace(tree, records=records)).problems if is_error(problem)]
    if errors:
        raise NeedsAPerson(f"这样改，检查通不过：\n{as_text(errors[:20])}")


def _day(answer: str, today: str) -> str:
    if not DAY.fullmatch(answer):
        raise NeedsAPerson("日期要写成 2026-01-31 的形式。")
    if answer > today:
        raise NeedsAPerson(f"日期 {answer} 还没有到。")
    return answer


def _progress(record: Record, answers: Mapping[str, str], today: str) -> tuple[list[Change], str]:
    if record.kind != "measure":
        raise NeedsAPerson("进展只能补充到一条措施或任务。")
    names = ("date", "status", "summary", "evidence_url", "evidence_title")
    row = {name: answers[name] for name in names}
    if answers["file"]:
        raise NeedsAPerson("附了文件的，要由人看过，存进这份文件的 evidence 文件夹，在 evidence_file 写文件名。")
    if not all(row.values()):
        raise NeedsAPerson("日期、进展、做了什么、出处的标题和网址，缺一项就不能收。")
    _day(row["date"], today)
    if _is_there(record, "progress", row, ("date", "evidence_url")):
        raise NeedsAPerson("同一天、同一出处的进展已经有了。")
    key = _next_key(record, "progress", "p")
    return [Change(("progress", key), row)], f"加了一条进展 {key}（{row['date']}，{row['status']}）。"


def _search(record: Record, answers: Mapping[str, str], today: str) -> tuple[list[Change], str]:
    if record.kind != "measure":
        raise NeedsAPerson("检索记录只能补充到一条措施或任务。")
    row = {name: answers[name] for name in ("result", "on", "by", "where", "address") if answers[name]}
    if not {"result", "on", "by", "where"} <= row.keys():
        raise NeedsAPerson("检索结果、日期、由谁检索、在哪里找过，缺一项就不能收。")
    _day(row["on"], today)
    if _is_there(record, "searches", row, ("on", "by", "where")):
        raise NeedsAPerson("同一天、同一人、同一处的检索已经有了。")
    key = _next_key(record, "searches", "s")
    return [Change(("searches", key), row)], f"加了一条检索记录 {key}（{row['on']}，{row['result']}）。"


def _is_there(record: Record, field: str, row: Mapping[str, str], names: Sequence[str]) -> bool:
    return any(all(old.text(name) == row.get(name, "") for name in names) for _, old in record.root.rows(field))


def _next_key(record: Record, field: str, letter: str) -> str:
    keys = [key for key, _ in record.root.rows(field)]
    return f"{letter}{1 + max((int(key[1:]) for key in keys if key[1:].isdigit()), default=0)}"


def _confirm(record: Record, answers: Mapping[str, str], today: str) -> tuple[list[Change], str]:
    if answers["result"] != CONFIRMED:
        return _correct(record, answers, today)
    if record.kind not in GROUPS:
        raise NeedsAPerson("这一类记录没有“核对”一项。")
    if answers["wrong"] or answers["field"] or answers["right"]:
        raise NeedsAPerson("既说无误，又写了要更正的内容，请先问清楚。")
    by, on = answers["by"], _day(answers["on"], today)
    if not by:
        raise NeedsAPerson("没有写核对的单位或人。")
    old = record.root.get("checked")
    if not isinstance(old, Fields):
        return [Change(("checked",), {"by": by, "on": on})], f"记上了核对（{on}）。"
    if old.text("on") >= on:
        raise NeedsAPerson(f"已经有 {old.text('on')} 的核对，不比这一次早。")
    return [Change(("checked", "by"), by), Change(("checked", "on"), on)], f"核对改成了最近的一次（{on}）。"


def _correct(record: Record, answers: Mapping[str, str], today: str) -> tuple[list[Change], str]:
    field, right = answers["field"].strip("`"), answers["right"]
    if not (field and right):
        raise NeedsAPerson("没有同时写明字段名和改正后的内容。")
    path = tuple(field.split("."))
    if not FIELD.fullmatch(field) or not _is_one_line(record.kind, path):
        raise NeedsAPerson("这个字段名不在数据文件里，或者不是一行文字，要由人来改。")
    before: object = record.root
    for step in path:
        before = before.get(step) if isinstance(before, Fields) else None
    if len(path) > 1 and before is None:
        raise NeedsAPerson(f"这一条里没有“{field}”。")
    if not isinstance(before, Fields | Items) and before is not None and before.value == right:
        raise NeedsAPerson(f"“{field}”已经是这样写的。")
    return [Change(path, right)], f"{'改了' if before is not None else '补了'}“{field}”。"


def _is_one_line(kind: str, path: Sequence[str]) -> bool:
    """Is this the path of a field that holds one text, number or truth value?"""
    schema: object = schemas()[kind]
    for step in path:
        known = resolved(schema) if isinstance(schema, dict) else {}
        schema = known.get("properties", {}).get(step) or known.get("additionalProperties")
    return isinstance(schema, dict) and resolved(schema).get("type") in ONE_LINE


MAKERS: Mapping[str, Callable[[Record, Mapping[str, str], str], tuple[list[Change], str]]] = {
    "progress": _progress,
    "search": _search,
    "confirm": _confirm,
    "report": _correct,
}
