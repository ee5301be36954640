"""Take the questions of an import that a person has answered out of the data: all of a file, or single ones by their keys."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scripts.check.reviews import questions
from scripts.layout import TO_DECIDE
from scripts.load import Fields, Tree, plain
from scripts.load.reader import read_yaml

REVIEW = "review"


@dataclass(frozen=True)
class Confirmed:
    """A file without the questions that were answered; `text` is None where a program should not edit it."""

    path: Path
    text: str | None
    questions: tuple[str, ...]
    keys: tuple[str, ...]  # of these questions


@dataclass(frozen=True)
class Asked:
    """A question under `review` of `holder`: a record, or an entry of a register."""

    holder: Fields
    name: str
    question: str
    key: str


def key_of(path: str, question: str, choices: Sequence[str]) -> str:
    """What a question is called by: the same in the data and on the page of the import. `path`: below the data folder."""
    return sha256("\0".join((path, question, *choices)).encode("utf-8", "replace")).hexdigest()[:12]


def confirm(tree: Tree, data: Path, files: Set[Path], keys: Set[str]) -> Iterator[Confirmed]:
    """Every file that is changed, if all questions of `files` (resolved), and those with these keys, are answered.

    `tree`: what was loaded from `data`.
    """
    for record in tree.records:
        path = Path(record.file)
        asked = list(_asked(record.root, path.relative_to(data).as_posix()))
        done = [one for one in asked if path.resolve() in files or one.key in keys]
        if done:
            text = path.read_bytes().decode("utf-8-sig")
            said = tuple(one.question for one in done)
            yield Confirmed(path, _without(text, record.root, done), said, tuple(one.key for one in done))


def still_open(tree: Tree) -> int:
    """How many questions the data asks."""
    return sum(1 for record in tree.records for _ in questions(record.root))


def _asked(root: Fields, path: str) -> Iterator[Asked]:
    for holder, name, row in questions(root):
        question = row.text("question")
        choices = [choice.value for choice in row.texts("choices")]
        yield Asked(holder, name, question, key_of(path, question, choices))


def _without(text: str, root: Fields, done: Sequence[Asked]) -> str | None:
    lines = text.split("\n")
    stretches: set[tuple[int, int]] = set()
    for one in done:
        review = one.holder.get(REVIEW)
        is_all = {other.name for other in done if other.holder is one.holder} >= set(review.fields)
        at = one.holder.keys[REVIEW] if is_all else review.keys[one.name]
        start, end = at.line - 1, _end(lines, at.line, at.column - 1)
        while is_all and start and lines[start - 1].strip() in ("", f"# {TO_DECIDE}"):
            start -= 1
        stretches.add((start, end))
    for start, end in sorted(stretches, reverse=True):
        del lines[start:end]
    made = "\n".join(lines).rstrip("\n") + "\n"
    after, _ = read_yaml(made, "")
    names = {(id(one.holder), one.name) for one in done}
    return made if after and plain(after) == _left(root, names) else None


def _end(lines: Sequence[str], start: int, indent: int) -> int:
    """Where the block ends that belongs to a key: behind all lines that are indented more."""
    end = start
    for place in range(start, len(lines)):
        line = lines[place]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        end = place + 1 if line.strip() else end
    return end


def _left(node: Fields, done: Set[tuple[int, str]]) -> Mapping:
    """What a record is to hold afterwards."""
    found = {}
    for name, value in node.fields.items():
        if name == REVIEW and isinstance(value, Fields):
            rows = {key: plain(row) for key, row in value.fields.items() if (id(node), key) not in done}
            found |= {name: rows} if rows else {}
        else:
            found[name] = _left(value, done) if isinstance(value, Fields) and REVIEW in value else plain(value)
    return found
