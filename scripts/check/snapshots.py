"""Dated copies are as they were: each file has the hash that was written down when the copy was made."""

from collections.abc import Iterator
from hashlib import sha256

from scripts.load import At, Problem, Tree
from scripts.load.folder import File

SUMS = "SHA256SUMS"
HELP = "固定版本不许改动，请恢复原来的文件；要公布新的数据，用 python -m scripts snapshot 另存一版。"


def inside(file: File) -> str:
    """A file's path within its copy."""
    return file.inside.split("/", 2)[2]


def snapshots_are_whole(tree: Tree) -> Iterator[Problem]:
    for day, found in tree.snapshots.items():
        files = {inside(file): file.path for file in found}
        sums = files.pop(SUMS, None)
        written = _read(sums.read_text("utf-8", "replace")) if sums else {}
        for name in sorted({*files, *written}):
            at = At(f"{tree.folder}/snapshots/{day}/{name}")
            if name not in files:
                yield Problem(at, "snapshot-changed", "固定版本里少了这个文件。", HELP)
            elif name not in written:
                yield Problem(at, "snapshot-changed", f"固定版本的 {SUMS} 里没有这个文件。", HELP)
            elif sha256(files[name].read_bytes()).hexdigest() != written[name]:
                yield Problem(at, "snapshot-changed", f"这个文件和固定版本的 {SUMS} 对不上。", HELP)


def _read(sums: str) -> dict[str, str]:
    """Path → hash, of lines as sha256sum writes them."""
    lines = (line.split("  ", 1) for line in sums.splitlines() if "  " in line)
    return {path: hash for hash, path in lines}
