"""How well a search answers queries whose answers people wrote down. Measures of information retrieval, means over queries."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import opencc

from scripts.period import read_period

CORE = ("word2", "term4", "partial", "dept_full", "dept_short", "numdate", "multi", "phrase", "punct")
NEGATIVE = "negative"
OTHERS = ("policies/", "pages/", "instruments/")  # kinds of results that the answers do not speak of


@dataclass(frozen=True)
class Shown:
    """One result as it stands on the page: its id, whether it is labelled approximate, its texts with what is marked.

    A text is a list of (characters, marked).
    """

    id: str
    approximate: bool
    texts: tuple[tuple[tuple[str, bool], ...], ...] = ()


@dataclass(frozen=True)
class Score:
    """Of one query. `recall` and the others are None where they mean nothing."""

    query: Mapping
    recall: float | None
    precision: float | None
    ndcg: float | None
    empty: bool
    quiet: bool | None  # a query without an answer: nothing, or labelled approximate
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def score(query: Mapping, shown: Sequence[Shown]) -> Score:
    """Recall, precision, nDCG@10 (gain = grade, discount 1 / log2(rank + 1)) of one list of results."""
    beside = set(query["dont_care"])
    found = [one for one in shown if one.id not in beside and not one.id.startswith(OTHERS)]
    if query["kind"] == NEGATIVE:
        return Score(query, None, None, None, not shown, all(one.approximate for one in found))
    ids, wanted = [one.id for one in found], list(query["expected"])
    hits = [id for id in ids if id in wanted]
    grades = [query["grades"].get(id, 0) if id in wanted else 0 for id in ids[:10]]
    ideal = sorted(query["grades"].values(), reverse=True)[:10]
    return Score(
        query,
        len(hits) / len(wanted),
        len(hits) / len(ids) if ids else None,
        _gain(grades) / _gain(ideal),
        not shown,
        None,
        tuple(id for id in wanted if id not in ids),
        tuple(id for id in ids if id not in wanted),
    )


def _gain(grades: Iterable[float]) -> float:
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades))


def mean(values: Iterable[float | None]) -> float:
    """Of the values that mean something; 1 if there are none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 1.0


def rows(scores: Sequence[Score]) -> list[tuple[str, int, float, float, float, float]]:
    """(kind, queries, recall, precision, nDCG@10, share of empty lists) for every kind, for the core, for all."""
    positive = [one for one in scores if one.query["kind"] != NEGATIVE]
    kinds = dict.fromkeys(one.query["kind"] for one in positive)
    groups: list[tuple[str, Callable[[str], bool]]] = [(kind, kind.__eq__) for kind in kinds]
    groups += [("core", CORE.__contains__), ("all", lambda _: True)]
    table = []
    for name, belongs in groups:
        group = [one for one in positive if belongs(one.query["kind"])]
        table.append(
            (
                name,
                len(group),
                mean(one.recall for one in group),
                mean(one.precision for one in group),
                mean(one.ndcg for one in group),
                mean(float(one.empty) for one in group),
            )
        )
    return table


# ---- What should be marked


@cache
def _simple() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def compared(text: str) -> list[tuple[str, int]]:
    """The characters of a text that count, each with its place in the text."""
    found = []
    for place, character in enumerate(text):
        for part in _simple().convert(unicodedata.normalize("NFKC", character).lower()):
            if part.isalnum() or part in "+%" or (part in ".-" and character != "…"):
                found.append((part, place))
    return found


def should_be_marked(text: str, query: Mapping) -> set[int]:
    """The places of a text where a term of what is needed stands; a deadline that means the same month counts whole."""
    characters = compared(text)
    folded = "".join(part for part, _ in characters)
    marked: set[int] = set()
    for term in {term for terms in query["need"] for term in terms}:
        words = "".join(part for part, _ in compared(term))
        at = folded.find(words)
        while words and at >= 0:
            marked |= {place for _, place in characters[at : at + len(words)]}
            at = folded.find(words, at + 1)
        period, own = read_period(term), read_period(text)
        if period and own and own.text.startswith(period.text):
            marked |= set(range(len(text)))
    return marked


def marks(query: Mapping, shown: Sequence[Shown]) -> tuple[int, int, int]:
    """Characters that are marked rightly, marked at all, and ought to be, in the first ten relevant results."""
    right = made = wanted = 0
    for one in [one for one in shown if one.id in query["expected"]][:10]:
        for pieces in one.texts:
            text = "".join(characters for characters, _ in pieces)
            actual = {
                place
                for place, is_marked in enumerate(is_marked for characters, is_marked in pieces for _ in characters)
                if is_marked
            }
            counting = {place for _, place in compared(text)}
            ought = should_be_marked(text, query)
            actual &= counting
            right, made, wanted = right + len(actual & ought), made + len(actual), wanted + len(ought & counting)
    return right, made, wanted
