"""Put a tree of files on the disk: whole or not at all, and only what changed."""

import ctypes
import filecmp
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts.made import Content

MARKER = ".made-by-policy-ledger"  # a folder without it was made by somebody else and is not touched


class NotOurs(Exception):
    """The folder holds files that were not made here; the message says what to do."""


def write_tree(folder: Path, files: Iterable[tuple[str, Content]]) -> None:
    """Make `folder` hold exactly these files (path below it, content).

    The new tree is made beside the old one and takes its place in one step, so a build that is killed or runs out
    of disk leaves the old tree whole. Files that did not change keep their inode and time: watchers see only changes.
    """
    new = room_beside(folder)
    new.mkdir(parents=True)
    for path, content in files:
        target, existing = new / path, folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if existing.is_file() and _is_same(existing, content):
            keep(existing, target)
        else:
            write_content(target, content)
    swap(new, folder)


def write_content(target: Path, content: Content) -> None:
    if isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        target.write_bytes(_encoded(content))


def _is_same(existing: Path, content: Content) -> bool:
    if isinstance(content, Path):
        return filecmp.cmp(existing, content, shallow=False)
    return existing.read_bytes() == _encoded(content)


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def write_file(path: Path, content: bytes) -> None:
    """Put one file in its place in one step: who is interrupted has the old one whole."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    if path.exists():
        shutil.copymode(path, new)
    new.replace(path)


def keep(existing: Path, target: Path) -> None:
    try:
        os.link(existing, target)
    except OSError:  # a file system without hard links
        shutil.copy2(existing, target)


def room_beside(folder: Path) -> Path:
    """Where the next tree is made. Refuses a folder with somebody else's files; clears what a killed build left."""
    new, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)  # the last build was killed between the two renames of `swap`
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise NotOurs(f"{folder} 里有别的文件，不是本程序生成的，没有改动。请换一个 --out，或先清空它。")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    return new


def swap(new: Path, folder: Path) -> None:
    """Let `new` take the place of `folder`; what was there is removed only after."""
    (new / MARKER).write_bytes(b"")
    if folder.exists() and exchange(new, folder):
        shutil.rmtree(new, ignore_errors=True)
        return
    old = folder.with_name(f".{folder.name}.old")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can: renameat2(2) with RENAME_EXCHANGE, Linux."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchanging = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchanging) == 0
