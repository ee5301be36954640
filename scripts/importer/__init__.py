"""From an official document to a draft of its records, checked before anything is written.

read → script → document (parts and measures) → draft (records and questions) → files
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.check import check
from scripts.importer.document import read_document
from scripts.importer.draft import Draft, Register, make_draft
from scripts.importer.files import as_files
from scripts.importer.left_out import without_refused
from scripts.importer.plain_table import GLUED_HEADS
from scripts.importer.received import Received, Unreadable
from scripts.importer.script import Script
from scripts.load import Fields, Problem, Tree, load
from scripts.load.folder import NOT_AN_ID, place
from scripts.problem import is_error, visible
from scripts.report import as_text

__all__ = ["Imported", "Refused", "draft_of", "drafted", "import_document"]


STEPS = ("读取文件", "认出各部分", "写成草稿", "检查草稿")


NO_MEASURE = (
    "没有找到一条措施或任务：没有写明由谁负责的条目，也没有分得清各栏的任务表。请核对是不是选错了文件；"
    "任务表复制成文字以后各栏混在一起的，请改用有表格的原件（.docx、.html 或 .pdf）；其他情形，用 new policy 手工整理。"
)
GLUED = (
    "没有找到一条措施或任务：任务表的各栏连在了一起，分不清哪些字属于哪一栏。"
    "请改用有表格的原件（.docx、.html 或 .pdf），或者在各栏之间加上制表符（Tab）、每行任务另起一行，再导入。"
)


def silent(step: str) -> None:
    """Nobody is told."""


class Refused(Exception):
    """Nothing was written; the message says why, and what to do."""


@dataclass(frozen=True)
class Imported:
    """What an import made: the draft, its files by path below the data folder, and what the check says of them."""

    draft: Draft
    received: Received
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    data: Path  # the folder that they are for

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(filter(is_error, self.problems))

    @property
    def reminders(self) -> tuple[Problem, ...]:
        """What the check says beside the draft's own questions, which it repeats."""
        return tuple(problem for problem in self.problems if problem.rule != "open-review")


def import_document(
    file: Path, id: str, data: Path, tell: Callable[[str], None] = silent, jurisdiction: str = ""
) -> Imported:
    """The draft of a document's records for a data folder. Nothing is written there. `tell` is told each of STEPS.

    `jurisdiction`: the id of that whose document it is; "" to have it read from the document.

    Raises Refused where the file cannot be read, no measure was found, or the draft would not pass the check.
    """
    from scripts.importer.read import read

    if place(f"policies/{id}/policy.yml")[0] != "policy":
        raise Refused(f"“{visible(id)}”不能用作编号。{NOT_AN_ID}")
    tell(STEPS[0])
    try:
        received = read(file)
    except Unreadable as error:
        raise Refused(f"{file}：{error}") from None
    return draft_of(received, id, data, tell, jurisdiction)


def draft_of(
    received: Received, id: str, data: Path, tell: Callable[[str], None] = silent, jurisdiction: str = ""
) -> Imported:
    tell(STEPS[1])
    source = _source(received)
    script = Script(received.text, received.bold, received.suffix == ".pdf", received.black)
    document = read_document(script, received.tables)
    is_glued = GLUED_HEADS.search(script.solid) and not any(entry.names for entry in document.entries)
    if is_glued or not document.entries:
        raise Refused(GLUED if is_glued else NO_MEASURE)
    tell(STEPS[2])
    tree = load(data)
    register = _register(tree)
    if jurisdiction and jurisdiction not in register.jurisdictions:
        known = "、".join(f"{id}（{name}）" for id, name in register.jurisdictions.items()) or "还没有"
        raise Refused(f"没有编号为“{visible(jurisdiction)}”的辖区。data/jurisdictions.yml 里登记的：{known}。")
    draft = make_draft(document, received, source, id, register, jurisdiction)
    tell(STEPS[3])
    imported = _imported(draft, received, source, id, data)
    if imported.errors and (fewer := without_refused(draft, imported.errors, imported.files)):
        imported = _imported(fewer, received, source, id, data)
    if imported.errors:
        if data.is_dir() and (before := [problem for problem in check(tree).problems if is_error(problem)]):
            raise Refused(f"数据里原来就有错，没有导入。请先改好：\n{as_text(before)}")
        raise Refused(f"草稿没有通过检查，没有写入。请把下面的提示和原文件交给维护的人。\n{as_text(imported.errors)}")
    return imported


def _imported(draft: Draft, received: Received, source: bytes, id: str, data: Path) -> Imported:
    files = _with_register(as_files(draft, received, source, id), data)
    return Imported(draft, received, files, _checked(files, id, data), data)


def _with_register(files: dict[str, bytes], data: Path) -> dict[str, bytes]:
    """A new jurisdiction is added to those that there are."""
    name = "jurisdictions.yml"
    kept = data / name
    if name in files and kept.is_file():
        _, _, entry = files[name].decode("utf-8").partition("\n")  # without the line that names the schema
        files[name] = kept.read_bytes().rstrip(b"\n") + b"\n" + entry.encode("utf-8")
    return files


def _source(received: Received) -> bytes:
    """The bytes that are archived as source.txt: those received where they are UTF-8, else the text as UTF-8."""
    try:
        same = received.suffix == ".txt" and received.raw.decode("utf-8") == received.text
    except UnicodeDecodeError:
        same = False
    return received.raw if same else received.text.encode("utf-8")


def _register(tree: Tree) -> Register:
    table = tree.one("jurisdictions")
    entries = {id: row for id, row in table.root.rows_of()} if table else {}
    names = {}
    for record in tree.of("department"):
        place = record.root.text("jurisdiction")
        for name in (record.root.text("name"), *(text.value for text in record.root.texts("other_names"))):
            names.setdefault((place, name), record.id)
    return Register(
        jurisdictions={id: row.text("name") for id, row in entries.items()},
        names=names,
        chain={id: _chain(id, entries) for id in entries},
        departments=frozenset(record.id for record in tree.of("department")),
        has=frozenset(record.kind for record in tree.records),
    )


def _chain(id: str, entries: Mapping[str, Fields]) -> list[str]:
    found: list[str] = []
    while id in entries and id not in found:
        found.append(id)
        id = entries[id].text("parent")
    return found


@contextmanager
def drafted(files: Mapping[str, bytes], id: str, data: Path) -> Iterator[Path]:
    """A copy of the data folder in which the draft stands in the place of the policy, if there is one already."""
    with tempfile.TemporaryDirectory() as room:
        copy = Path(room) / "data"
        if data.is_dir():
            shutil.copytree(data, copy, ignore=shutil.ignore_patterns("snapshots", ".*"))
        for path in (copy / "policies" / id).rglob("*"):
            if path.is_file() and "evidence" not in path.parts:
                path.unlink()
        for path, content in files.items():
            target = copy / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield copy


def _checked(files: Mapping[str, bytes], id: str, data: Path) -> tuple[Problem, ...]:
    """What the check says of the draft's own files."""
    with drafted(files, id, data) as copy:
        ours = {(copy / path).as_posix(): path for path in files}
        found = check(load(copy)).problems
    return tuple(replace(one, at=replace(one.at, file=ours[one.at.file])) for one in found if one.at.file in ours)
