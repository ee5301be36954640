"""What changed between two states of the data: revisions of git, or folders."""

from collections.abc import Mapping
from pathlib import Path

from scripts.history.compare import compare
from scripts.history.git import File, tree
from scripts.ledger import Change


class Unknown(Exception):
    """Neither a folder nor a revision; the message says which."""


def between(before: str, after: str, data: Path) -> tuple[Change, ...]:
    """The changes from one state to the other. A state is a data folder, or a revision of the repository of `data`."""
    old, new = _state(before, data), _state(after, data)
    paths = sorted({path for path in {**old, **new} if old.get(path) != new.get(path)})
    return tuple(change for path in paths for change in compare(File(path, old.get(path), new.get(path))))


def _state(name: str, data: Path) -> Mapping[str, bytes]:
    """Every file of a state by its path below the data folder."""
    folder = Path(name)
    if folder.is_dir():
        found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    found = tree(data, name)
    if found is None:
        raise Unknown(f"“{name}”既不是文件夹，也不是这个仓库里的版本。")
    return found
