"""Read a data folder: every file known by its place, every value with its line and column."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scripts.load.decode import read_source, read_text
from scripts.load.folder import File, files
from scripts.load.nodes import Fields, Items, Node, Text, node_at, plain
from scripts.load.reader import read_yaml, walk
from scripts.problem import At, Problem

__all__ = [
    "At",
    "Evidence",
    "Fields",
    "Items",
    "Node",
    "Problem",
    "Record",
    "Source",
    "Text",
    "Tree",
    "load",
    "node_at",
    "plain",
    "walk",
]


@dataclass(frozen=True)
class Record:
    """One YAML file."""

    kind: str  # site, jurisdictions, themes, audiences, glossary, synonyms, department, policy, measure
    id: str  # city-tasks/20; the kind itself where there is only one
    file: str  # as seen from where the command runs
    path: str  # as seen from the data folder
    root: Fields


@dataclass(frozen=True)
class Source:
    """The archived text of a policy as received, byte for byte."""

    file: str
    raw: bytes
    text: str  # decoded, nothing taken away: a byte order mark and line ends count


@dataclass(frozen=True)
class Evidence:
    """A file kept as evidence. Its bytes are read again when it is published."""

    file: str
    path: str  # as seen from the data folder
    size: int
    sha256: str


@dataclass(frozen=True)
class Tree:
    """A data folder as read. `unreadable` has the paths of files that stand there but could not be read."""

    folder: str
    records: tuple[Record, ...]
    sources: Mapping[str, Source]  # by policy id
    evidence: Mapping[str, Evidence]  # by policy id and file name: city-tasks/reply.pdf
    policies: frozenset[str]  # ids of all policy folders that hold any file of ours
    unreadable: frozenset[str]
    snapshots: Mapping[str, tuple[File, ...]]  # dated copies by day
    originals: Mapping[str, File]  # by policy id: the file as received, where the archived text was taken from one
    problems: tuple[Problem, ...]

    def of(self, kind: str) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == kind)

    def one(self, kind: str) -> Record | None:
        return next(iter(self.of(kind)), None)


def load(data: Path) -> Tree:
    """Read every file below a data folder. Never raises for what an editor can mend: see `problems`."""
    records: list[Record] = []
    sources: dict[str, Source] = {}
    evidence: dict[str, Evidence] = {}
    policies: set[str] = set()
    unreadable: set[str] = set()
    snapshots: dict[str, list[File]] = {}
    originals: dict[str, File] = {}
    problems: list[Problem] = []
    if not data.is_dir():
        what = "这不是文件夹。" if data.exists() else "没有这个数据文件夹。"
        problems.append(Problem(At(data.as_posix()), "missing-folder", what, "请检查 --data 后面的路径。"))
    for file in files(data):
        if file.inside.startswith("policies/") and file.kind:
            policies.add(file.id.split("/")[0])
        if file.kind == "snapshot":
            snapshots.setdefault(file.id, []).append(file)
        if file.kind == "original":
            originals[file.id] = file
        if file.kind in ("original", "schema", "snapshot"):
            continue
        made: Record | Source | Evidence | None = None
        found = [file.problem] if file.problem else []
        if not file.problem:
            made, found = _read(file)
        problems += found
        match made:
            case Record():
                records.append(made)
            case Source():
                sources[file.id] = made
            case Evidence():
                evidence[file.id] = made
            case None:
                unreadable.add(file.inside)
    return Tree(
        folder=data.as_posix(),
        records=tuple(records),
        sources=sources,
        evidence=evidence,
        policies=frozenset(policies),
        unreadable=frozenset(unreadable),
        snapshots={day: tuple(found) for day, found in snapshots.items()},
        originals=originals,
        problems=tuple(problems),
    )


def _read(file: File) -> tuple[Record | Source | Evidence | None, list[Problem]]:
    name = file.path.as_posix()
    try:
        raw = file.path.read_bytes()
    except OSError as error:
        message = f"这个文件打不开（{error.strerror}）。"
        return None, [Problem(At(name), "unreadable-file", message, "请检查文件的权限。")]
    if file.kind == "evidence":
        return Evidence(name, file.inside, len(raw), sha256(raw).hexdigest()), []
    if file.kind == "source":
        text, problems = read_source(raw, name)
        return (None if text is None else Source(name, raw, text)), problems
    text, problems = read_text(raw, name)
    if text is None:
        return None, problems
    root, found = read_yaml(text, name)
    return (Record(file.kind, file.id, name, file.inside, root) if root else None), [*problems, *found]
