"""Mend what is safe: how a file is written, never what it says. What is not sure is left to a person."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.fix.decoding import mend_ends, read
from scripts.fix.lines import mend_lines
from scripts.format import formatted
from scripts.load import plain
from scripts.load.folder import files, place
from scripts.load.reader import read_yaml

HIDDEN = re.compile("[\ufeff\u200b-\u200f]")
LAYOUT = "版式（字段次序、引号、缩进、空行）"
RENAMED = "文件扩展名 .yaml"


@dataclass(frozen=True)
class Mended:
    """One file to be written: where it is, where it goes, its text, and how often what was mended."""

    path: Path
    target: Path
    text: str
    what: Mapping[str, int]


def mended(raw: bytes, kind: str) -> tuple[str | None, list[str]]:
    """The text of a file with everything mended that is safe, and what it was; None if it cannot be read."""
    text, what = read(raw)
    if text is None:
        return None, []
    before, problems = read_yaml(text, "")
    better, slips = _better(text, kind)
    after, _ = read_yaml(better, "")
    if before and not problems and (not after or said(plain(before)) != said(plain(after))):
        better, slips = text, []  # it could be read already, and would not say the same
    made = formatted(better, kind)
    return made, [*what, *slips, *([LAYOUT] if made != better else [])]


def _better(text: str, kind: str) -> tuple[str, list[str]]:
    """(text, what was mended in its lines and at their ends): where one is mended, the other may come to light."""
    better, slips = mend_lines(text, kind)
    ended, ends = mend_ends(better)
    if not ends:
        return better, slips
    best, more = _better(ended, kind)
    return best, [*slips, *ends, *more]


def said(value: object) -> object:
    """What a record says, the signs aside that nobody sees in the name of a field."""
    match value:
        case dict():
            return {HIDDEN.sub("", name): said(inner) for name, inner in value.items()}
        case list():
            return [said(item) for item in value]
        case _:
            return value


def fix(data: Path) -> Iterator[Mended]:
    """Every file of a data folder that can be mended, as it should be; nothing is written here."""
    for file in files(data):
        target, kind = file.path, file.kind
        if file.path.suffix == ".yaml" and not file.path.is_symlink():
            target = file.path.with_suffix(".yml")
            kind, _ = place(target.relative_to(data).as_posix())
            if target.exists():
                continue
        if target.suffix != ".yml" or not kind or kind == "snapshot" or not file.path.is_file():
            continue
        text, what = mended(file.path.read_bytes(), kind)
        what += [RENAMED] if target != file.path else []
        if text is not None and what:
            yield Mended(file.path, target, text, Counter(what))
