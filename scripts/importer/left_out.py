"""What was found beside the official parts and would not pass the check: it is left out of the draft, and asked."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from scripts.importer.doubt import Doubt
from scripts.importer.draft import Draft, Drafted
from scripts.problem import Problem

# Rows that a record may lack, and what they are called.
OPTIONAL = {"targets": "量化目标", "inner_deadlines": "正文里的时限", "instruments": "提到的文件"}
FIELD, ROW = re.compile(r"(\w+):"), re.compile(r"  (\w+):")


def without_refused(draft: Draft, errors: Sequence[Problem], files: Mapping[str, bytes]) -> Draft | None:
    """The draft without the rows that the errors are about, a question for each; None if they are about anything else."""
    rows: dict[str, set[tuple[str, str]]] = {}
    for error in errors:
        place = _row(files[error.at.file].decode("utf-8"), error.at.line)
        if not place:
            return None
        rows.setdefault(error.at.file, set()).add(place)
    measures = tuple(_without(measure, rows.get(measure.path, set())) for measure in draft.measures)
    return replace(draft, policy=_without(draft.policy, rows.get(draft.policy.path, set())), measures=measures)


def _row(text: str, line: int) -> tuple[str, str] | None:
    """Field and key of the row in which a line (from 1) of a record's file stands, if a record may lack it."""
    field = key = ""
    for words in text.splitlines()[:line]:
        if found := FIELD.match(words):
            field, key = found[1], ""
        elif found := ROW.match(words):
            key = found[1]
    return (field, key) if field in OPTIONAL and key else None


def _without(record: Drafted, rows: Set[tuple[str, str]]) -> Drafted:
    if not rows:
        return record
    values = dict(record.values)
    for field in {field for field, _ in rows}:
        left = {key: row for key, row in values[field].items() if (field, key) not in rows}
        values = {**values, field: left} if left else {name: one for name, one in values.items() if name != field}
    return replace(record, values=values, doubts=(*record.doubts, *_asked(record, rows)))


def _asked(record: Drafted, rows: Set[tuple[str, str]]) -> Iterator[Doubt]:
    for field, key in sorted(rows):
        row = record.values[field][key]
        words = row.get("quote") or row.get("title", "")
        what = f"{OPTIONAL[field]}“{words[:40]}”没有读准，没有写进草稿，请对照原文补上。"
        yield Doubt(record.start, what, field=field)
