"""Read a data folder: every file known by its place, every value with its line and column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.load.decode import read_source, read_text
from scripts.load.nodes import Fields, Items, Node, Text, node_at, plain
from scripts.load.reader import read_yaml
from scripts.problem import At, Problem

__all__ = ["At", "Fields", "Items", "Node", "Problem", "Record", "Source", "Text", "Tree", "load", "node_at", "plain"]

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# Every file that may stand in a data folder: what its path looks like (group 1, 2: its id), and its kind.
PLACES = (
    (re.compile(r"(site|jurisdictions|themes|audiences)\.yml"), ""),  # the kind is the name
    (re.compile(rf"departments/({ID})\.yml"), "department"),
    (re.compile(rf"policies/({ID})/policy\.yml"), "policy"),
    (re.compile(rf"policies/({ID})/measures/([0-9]{{2,}})\.yml"), "measure"),
    (re.compile(rf"policies/({ID})/source\.txt"), "source"),
    (re.compile(rf"policies/({ID})/original\.(?:pdf|docx|html|txt)"), "original"),
    (re.compile(rf"schemas/(?:{ID})\.schema\.json"), "schema"),
)
LONGEST_ID = 64
NOT_A_SLUG = "文件名和文件夹名只能用小写英文字母、数字和连字符，如 city-tasks、07.yml。"
STRAY = "请删掉它，或改成约定的文件名：policy.yml、source.txt、measures/01.yml、departments/编号.yml。"


@dataclass(frozen=True)
class Record:
    """One YAML file."""

    kind: str  # site, jurisdictions, themes, audiences, department, policy, measure
    id: str  # city-tasks/20; the kind itself where there is only one
    file: str  # as seen from where the command runs
    path: str  # as seen from the data folder
    root: Fields


@dataclass(frozen=True)
class Source:
    """The archived text of a policy as received, byte for byte."""

    file: str
    raw: bytes
    text: str  # decoded, line ends as they are


@dataclass(frozen=True)
class Tree:
    """A data folder as read. `unreadable` has the paths of files that stand there but could not be read."""

    folder: str
    records: tuple[Record, ...]
    sources: Mapping[str, Source]  # by policy id
    unreadable: frozenset[str]
    problems: tuple[Problem, ...]

    def of(self, kind: str) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == kind)

    def one(self, kind: str) -> Record | None:
        return next(iter(self.of(kind)), None)


def load(data: Path) -> Tree:
    """Read every file below a data folder. Never raises for what an editor can mend: see `problems`."""
    records: list[Record] = []
    sources: dict[str, Source] = {}
    unreadable: set[str] = set()
    problems: list[Problem] = []
    if not data.is_dir():
        at = At(data.as_posix())
        problems.append(Problem(at, "missing-folder", "没有这个数据文件夹。", "请检查 --data 后面的路径。"))
    for path in _files(data, problems):
        inside = path.relative_to(data).as_posix()
        file = path.as_posix()
        kind, id = _place(inside)
        if not kind:
            problems.append(_unknown(file, inside))
        elif kind == "source":
            raw = path.read_bytes()
            text, found = read_source(raw, file)
            problems += found
            if text is None:
                unreadable.add(inside)
            else:
                sources[id] = Source(file, raw, text)
        elif kind not in ("original", "schema"):
            root, found = _read(path, file)
            problems += found
            if root is None:
                unreadable.add(inside)
            else:
                records.append(Record(kind, id, file, inside, root))
    return Tree(data.as_posix(), tuple(records), sources, frozenset(unreadable), tuple(problems))


def _files(data: Path, problems: list[Problem]) -> list[Path]:
    """All files below a folder, by name; links are refused, names that begin with a dot are not ours."""
    found: list[Path] = []
    folders = [data]
    while folders:
        folder = folders.pop()
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith("."):
                continue
            if path.is_symlink():
                problems.append(
                    Problem(At(path.as_posix()), "no-links", "这是一个链接，不是文件。", "请换成真正的文件。")
                )
            elif path.is_dir():
                folders.append(path)
            else:
                found.append(path)
    return sorted(found)


def _place(inside: str) -> tuple[str, str]:
    """Kind and id that belong to a path; two empty strings if no file may stand there."""
    for pattern, kind in PLACES:
        if found := pattern.fullmatch(inside):
            if any(len(segment) > LONGEST_ID for segment in found.groups()):
                return "", ""
            return kind or found.group(1), "/".join(found.groups())
    return "", ""


def _unknown(file: str, inside: str) -> Problem:
    looks_right = re.fullmatch(
        r"departments/[^/]+\.yml|policies/[^/]+/(policy\.yml|source\.txt|measures/[^/]+\.yml)", inside
    )
    if looks_right:
        return Problem(
            At(file), "bad-id", "这个文件名或文件夹名不能用作编号。", f"{NOT_A_SLUG}最长 {LONGEST_ID} 个字符。"
        )
    return Problem(At(file), "unknown-file", "这里不应有这个文件。", STRAY)


def _read(path: Path, file: str) -> tuple[Fields | None, list[Problem]]:
    text, problems = read_text(path.read_bytes(), file)
    if text is None:
        return None, problems
    root, found = read_yaml(text, file)
    return root, [*problems, *found]
