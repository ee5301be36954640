"""The commits that touched a data folder, with both versions of each file, read with two calls of git."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TIME = "%Y-%m-%d %H:%M"
NONE = "0" * 40
# One line of the log a commit, then what it did to each file. Merges count as what they brought to the main line.
LOG = ("log", "--reverse", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames")
SHAPE = ("--relative", "-z", "--format=%x01%H%x00%cd%x00%B%x02", f"--date=format-local:{TIME}", "--", ".")


@dataclass(frozen=True)
class File:
    """One file that a commit changed: its path below the data folder, its bytes before and after; None if not there."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Commit:
    id: str
    time: str  # YYYY-MM-DD hh:mm, time in China
    message: str
    files: tuple[File, ...]


def commits(data: Path) -> list[Commit]:
    """Oldest first. Empty where the folder is not in a git work tree, or the clone is shallow:
    a date that may be wrong is not shown."""
    if _git(data, "rev-parse", "--is-shallow-repository").strip() != b"false":
        return []
    found = [_read(part) for part in _git(data, *LOG, *SHAPE).split(b"\x01")[1:]]
    blobs = _blobs(data, [id for _, _, _, files in found for _, *ids in files for id in ids])
    return [
        Commit(
            id, time, message, tuple(File(path, blobs.get(before), blobs.get(after)) for path, before, after in files)
        )
        for id, time, message, files in found
    ]


def tree(data: Path, revision: str) -> dict[str, bytes] | None:
    """Every file of the folder as a revision has it, by its path below the folder; None if there is no such revision."""
    if revision.startswith("-") or not _git(data, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"):
        return None
    listed = _git(data, "ls-tree", "-r", "-z", revision, "--", ".").decode("utf-8", "surrogateescape")
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    ids = {path: about.split(" ")[2] for about, _, path in entries}
    blobs = _blobs(data, list(ids.values()))
    return {path: blobs[id] for path, id in ids.items() if id in blobs}


def is_clean(data: Path) -> bool:
    """Is everything in the folder as the last commit has it?"""
    return not _git(data, "status", "--porcelain", "--", ".").strip()


def _read(part: bytes) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    """Id, time, message and (path, blob before, blob after) of one commit of the log."""
    head, _, rest = part.partition(b"\x02")
    id, time, message = head.decode("utf-8", "replace").split("\0", 2)
    fields = rest.decode("utf-8", "surrogateescape").lstrip("\0\n").split("\0")
    files = []
    for change, path in zip(fields[::2], fields[1::2], strict=False):
        _, _, before, after, _ = change.split(" ")  # modes, blobs, kind of change
        files.append((path, before, after))
    return id, time, message, files


def _blobs(data: Path, ids: Sequence[str]) -> dict[str, bytes]:
    """The bytes of each blob."""
    wanted = sorted({id for id in ids if set(id) != {"0"}})
    out = _git(data, "cat-file", "--batch", input="".join(f"{id}\n" for id in wanted).encode())
    found: dict[str, bytes] = {}
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        id, *rest = out[at:end].decode().split(" ")
        at = end + 1
        if len(rest) == 2:  # kind and size; a blob that is missing has neither
            size = int(rest[1])
            found[id] = out[at : at + size]
            at += size + 1
    return found


def _git(folder: Path, *arguments: str, input: bytes | None = None) -> bytes:
    try:
        made = subprocess.run(
            ["git", *arguments], cwd=folder, env={**os.environ, "TZ": "Asia/Shanghai"}, capture_output=True, input=input
        )
    except OSError:  # no git, or no such folder
        return b""
    return made.stdout if made.returncode == 0 else b""
