"""Put a tree of files on the disk: whole or not at all, and only what changed."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

MARKER = ".made-by-policy-ledger"  # a folder without it was made by somebody else and is not touched


class NotOurs(Exception):
    """The folder holds files that were not made here."""


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Make `folder` hold exactly these files (path below it → content; text is UTF-8).

    The new tree is made beside the old one and takes its place in one rename, so a build that is killed or runs out
    of disk leaves the old tree whole. Files that did not change keep their inode and time: watchers see only changes.
    """
    claim(folder)
    new, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(parents=True)
    (new / MARKER).write_bytes(b"")
    for path, content in files.items():
        target, existing = new / path, folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        if existing.is_file() and existing.read_bytes() == data:
            keep(existing, target)
        else:
            target.write_bytes(data)
    swap(new, folder)


def keep(existing: Path, target: Path) -> None:
    try:
        os.link(existing, target)
    except OSError:  # a file system without hard links
        shutil.copy2(existing, target)


def claim(folder: Path) -> None:
    """Refuse a folder with somebody else's files in it."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise NotOurs(str(folder))


def swap(new: Path, folder: Path) -> None:
    """Let `new` take the place of `folder`; what was there is removed only after."""
    old = folder.with_name(f".{folder.name}.old")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
