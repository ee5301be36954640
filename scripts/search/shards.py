"""A large index in pieces: which rows hold which pairs of characters, and the rows themselves; a query loads a few.

Pairs that sound alike lie in the same piece, so that a query in pinyin, or with a character that sounds right, loads no
more than any other. Besides pairs there are single characters, names (§#number), numbers of measures (§n六),
deadlines (§period) and the first letters of titles (§cjr).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scripts.search.fold import fold

TOGETHER = 20  # rows in a piece
PER_PIECE = 16_000  # places of pairs in a piece: some 15 KB when compressed
SOUND = re.compile("[a-z]+")
TITLE_LENGTH = 26  # as in search-engine.js


def pieces(rows: Sequence[Sequence]) -> list[list[Sequence]]:
    """The rows, cut up in order."""
    return [list(rows[start : start + TOGETHER]) for start in range(0, len(rows), TOGETHER)]


Places = dict[str, dict[str, list[list[int]]]]


def places(rows: Sequence[Sequence], policies: Sequence[Sequence], sounds: Mapping[str, str]) -> list[Places]:
    """Pieces of {sound: {pair: [rows where it stands, those where it stands in a title]}}, rows as steps from the last."""
    anywhere: dict[str, list[int]] = defaultdict(list)
    titled: dict[str, list[int]] = defaultdict(list)
    for rank, row in enumerate(rows):
        title, texts, keys = _parts(row, policies)
        for found, strings in ((titled, title), (anywhere, [*title, *texts])):
            for gram in {gram for string in strings for gram in grams(string)}:
                found[gram].append(rank)
        for key in {*keys, *(key for string in title for key in _initials(string, sounds))}:
            anywhere[key].append(rank)
    count = max(1, sum(map(len, anywhere.values())) // PER_PIECE)
    made: list[Places] = [{} for _ in range(count)]
    for gram in sorted(anywhere):
        sound = heard(gram, sounds)
        made[piece(sound, count)].setdefault(sound, {})[gram] = [_steps(anywhere[gram]), _steps(titled[gram])]
    return made


def grams(text: str) -> Iterable[str]:
    """Every character and every two that follow each other."""
    yield from text
    yield from (text[place : place + 2] for place in range(len(text) - 1))


def heard(gram: str, sounds: Mapping[str, str]) -> str:
    """How a gram sounds; a key stands for itself."""
    return gram if gram.startswith("§") else " ".join(sounds.get(character, character) for character in gram)


def piece(sound: str, count: int) -> int:
    """Where a sound lies: FNV-1a, 32 bits, over UTF-8. search-pieces.js does the same."""
    hash = 0x811C9DC5
    for byte in sound.encode():
        hash = ((hash ^ byte) * 0x01000193) & 0xFFFFFFFF
    return hash % count


def first_sounds(readings: str) -> dict[str, str]:
    """Character → its first sound, from the string that the browser gets."""
    sounds: dict[str, str] = {}
    for group in readings.split(" "):
        sound = SOUND.match(group).group()
        for character in group[len(sound) :]:
            sounds.setdefault(character, sound)
    return sounds


def _parts(row: Sequence, policies: Sequence[Sequence]) -> tuple[list[str], list[str], list[str]]:
    """Folded strings that count as title, the others, and the keys of names and deadlines."""
    if row[0] == "measure":
        _, _, _, number, title, text, names, dues, _, _, headed, *_ = row
        folded = fold(text)
        heads = [fold(title), fold(number), *([] if headed else [folded[:TITLE_LENGTH]])]
        quotes = [fold(quote) for quote, _, _ in dues]
        return (
            heads,
            [folded, *quotes],
            [f"§n{fold(number)}", *{f"§#{name}" for name in names}, *{f"§{period}" for _, period, _ in dues if period}],
        )
    if row[0] == "policy":
        return [fold(policies[row[1]][1])], [fold(row[2])], []
    title, text = row[2:4] if row[0] == "page" else row[3:5]
    return [fold(title)], [fold(text)], []


def _initials(text: str, sounds: Mapping[str, str]) -> Iterable[str]:
    """Keys of every three first letters of sounds that follow each other: §cjr of 产教融合."""
    letters = "".join(sounds.get(character, character)[0] for character in text)
    return (f"§{letters[place : place + 3]}" for place in range(len(letters) - 2))


def _steps(ranks: Sequence[int]) -> list[int]:
    return [rank - before for before, rank in zip([0, *ranks], ranks, strict=False)]
