"""What a careful reader found in a document (NAME.truth.json), and what a draft holds, as sets that can be compared.

White space does not count. A measure is its number, text and clause (in a table: its task); every other mention is
(measure, words), so that what is right in the wrong measure is wrong.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from scripts.check.clause import duties
from scripts.check.world import DEADLINES
from scripts.importer import Imported
from scripts.period import read_period

NO_CELL = re.compile(r"[（(〔【\[]|[^：:]{2,6}[：:]")  # how a clause begins that is no cell of a table
BLANK = re.compile(r"\s")
READ = (".txt", ".docx", ".html", ".pdf")
FIELDS = (
    "measures",
    "headings",
    "sections",
    "departments",
    "whole lists",
    "leads",
    "deadlines",
    "open lists",
    "targets",
    "facts",
)


def solid(text: str | None) -> str:
    return BLANK.sub("", text or "")


UNNUMBERED = re.compile("^[0-9]{1,3}[.．、]")  # a task with its number in the same cell


def truth(path: Path) -> dict[str, set]:
    told = json.loads(path.read_text("utf-8"))
    found: dict[str, set] = {name: set() for name in FIELDS}
    for measure in told["measures"]:
        heading = solid(measure.get("heading"))
        key = solid(measure["text"])
        if "department_cell" in measure and not UNNUMBERED.sub("", key).startswith(heading):  # a column
            key = heading + key
        row = key if "department_cell" in measure else ""
        found["measures"].add(key)
        if measure.get("heading") and not row:
            found["headings"].add((key, solid(measure["heading"])))
        for name in measure["departments"]:
            found["departments"].add((key, solid(name)))
        found["whole lists"].add((key, tuple(map(solid, measure["departments"]))))
        for name in measure.get("lead") or ():
            found["leads"].add((key, solid(name)))
        if measure.get("deadline"):
            found["deadlines"].add((key, measure["deadline"][:7]))
        if measure.get("etc"):
            found["open lists"].add(key)
        for target in measure.get("targets") or ():
            found["targets"].add((key, str(target["value"]), target["unit"]))
    found["sections"] = {
        solid(words).rstrip("。") for name in ("sections", "subsections") for words in told.get(name) or ()
    }
    facts = {
        "title": told.get("table_title") or told.get("title"),
        "number": told.get("doc_number"),
        "issued": told.get("date"),
    }
    found["facts"] = {(name, solid(words)) for name, words in facts.items() if words}
    return found


def drafted(imported: Imported) -> dict[str, set]:
    found: dict[str, set] = {name: set() for name in FIELDS}
    draft = imported.draft
    is_table = any("table_header" in part for part in draft.policy.values["parts"])
    year = str(draft.policy.values.get("deadline_year", ""))
    stated = draft.policy.values.get("row_order", "number text clause")
    order = [name for name in (stated if isinstance(stated, list) else stated.split()) if name != "deadline"]
    for record in draft.measures:
        values = record.values
        is_row = is_table and (values.get("number", "").isdecimal() or not NO_CELL.match(values.get("clause", "")))
        parts = [values["text"]] if is_row else [values.get(name, "") for name in order]
        key = solid("".join(parts))
        found["measures"].add(key)
        if "heading" in values:
            found["headings"].add((key, solid(values["heading"])))
        names = [solid(name) for name in values.get("departments", ())]
        found["departments"] |= {(key, name) for name in names}
        found["whole lists"].add((key, tuple(names)))
        found["leads"] |= {(key, solid(name)) for name in values.get("lead", {}).get("departments", ())}
        inner = (
            row["quote"]
            for row in values.get("inner_deadlines", {}).values()
            if row["quote"] in duties(values["text"], values.get("clause", ""))
        )
        limits = (read_period(words, year) for words in [*(values.get(name, "") for name in DEADLINES), *inner])
        if periods := [*filter(None, limits)]:
            found["deadlines"].add((key, max(period.end for period in periods)[:7]))  # of several stages the last
        if "open_list" in values:
            found["open lists"].add(key)
        for target in values.get("targets", {}).values():
            found["targets"].add((key, target["value"], target["unit"]))
    parts = [(kind, words) for part in draft.policy.values["parts"] for kind, words in part.items()]
    found["sections"] = {solid(words).rstrip("。") for kind, words in parts if kind in ("section", "subsection")}
    values = draft.policy.values
    issued = read_period(values.get("issued", ""))
    facts = {"title": values["title"], "number": values.get("document_number"), "issued": issued.text if issued else ""}
    found["facts"] = {(name, solid(words)) for name, words in facts.items() if words}
    return found


def counted(compared: Sequence[tuple[set, set]]) -> tuple[int, ...]:
    """Of several documents, each (told, drafted): how much is right, how much was drafted, and how much told."""
    return tuple(sum(map(len, found)) for found in zip(*((t & m, m, t) for t, m in compared), strict=True))


def f1(both: int, made: int, told: int) -> str:
    if not told and not made:
        return "–"
    precision, recall = both / made if made else 1.0, both / told if told else 1.0
    middle = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{middle:.3f} ({precision:.2f}/{recall:.2f})"


def truth_of(document: Path) -> Path | None:
    """NAME-docx.truth.json of what only NAME.docx shows, else NAME.truth.json."""
    name = document.name.split(".")[0]
    found = (document.with_name(f"{one}.truth.json") for one in (f"{name}-{document.suffix[1:]}", name))
    return next((path for path in found if path.is_file()), None)


def documents(folder: Path) -> list[Path]:
    """The documents of a folder that have a truth."""
    return [path for path in sorted(folder.glob("*.*")) if path.suffix in READ and truth_of(path)]
