"""How well does the importer read real documents? Compared with what a careful reader found in each.

Run by `make measure` where the folder of documents is there (`.venv/bin/python benchmarks/importer.py FOLDER`); writes
benchmarks/importer.md. FOLDER holds NAME.txt, NAME.FORM.txt … and NAME.truth.json. Texts are compared without white
space. Precision and recall are over single mentions: a measure by its number and text, a department by its measure and
name, a lead likewise.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.importer import Refused, import_document
from scripts.period import read_period

DOCUMENTS = ROOT.parent / "shared/importer-examples"
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


def truth(path: Path) -> dict[str, set]:
    told = json.loads(path.read_text("utf-8"))
    found: dict[str, set] = {name: set() for name in FIELDS}
    for measure in told["measures"]:
        heading = solid(measure.get("heading"))
        key = solid(measure["text"])
        if "department_cell" in measure and not key.startswith(heading):  # a column of its own
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
            found["deadlines"].add((key, measure["deadline"]))
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


def drafted(imported) -> dict[str, set]:
    found: dict[str, set] = {name: set() for name in FIELDS}
    draft = imported.draft
    is_table = any("table_header" in part for part in draft.policy.values["parts"])
    for record in draft.measures:
        values = record.values
        parts = [values["text"]] if is_table else [values.get(name, "") for name in ("number", "text", "clause")]
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
            if row["quote"] in values.get("clause", "")
        )
        if period := next(filter(None, map(read_period, [values.get("deadline", ""), *inner])), None):
            found["deadlines"].add((key, period.end[:7]))
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


def f1(both: int, made: int, told: int) -> str:
    if not told and not made:
        return "–"
    precision, recall = both / made if made else 1.0, both / told if told else 1.0
    middle = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{middle:.3f} ({precision:.2f}/{recall:.2f})"


def rows(folder: Path) -> Iterable[str]:
    sums: dict[str, list[int]] = {name: [0, 0, 0] for name in FIELDS}
    for document in sorted(folder.glob("*.*")):
        if document.suffix in READ and truth_of(document):
            yield row(document, sums)
    yield f"| **all** | {' | '.join(f1(*sums[name]) for name in FIELDS)} | | |"


def truth_of(document: Path) -> Path | None:
    """NAME-docx.truth.json of what only NAME.docx shows, else NAME.truth.json."""
    name = document.name.split(".")[0]
    found = (document.with_name(f"{one}.truth.json") for one in (f"{name}-{document.suffix[1:]}", name))
    return next((path for path in found if path.is_file()), None)


def row(document: Path, sums: dict[str, list[int]]) -> str:
    """A line of the table; what was found is added to `sums` (right, made, told)."""
    path = truth_of(document)
    told = truth(path) if path else {name: set() for name in FIELDS}
    start = time.perf_counter()
    try:
        with tempfile.TemporaryDirectory() as room:
            imported = import_document(document, "document", Path(room) / "data")
    except Refused as refusal:
        made: dict[str, set] = {name: set() for name in FIELDS}
        last = f"refused | {time.perf_counter() - start:.2f} |"
        if "--wrong" in sys.argv:
            print(document.name, "refused:", str(refusal)[:600])
    else:
        made = drafted(imported)
        questions = sum(problem.rule == "open-review" for problem in imported.problems)
        last = f"{questions} | {time.perf_counter() - start:.2f} |"
    for name in FIELDS:
        for place, some in enumerate((told[name] & made[name], made[name], told[name])):
            sums[name][place] += len(some)
    if "--wrong" in sys.argv:
        for name in FIELDS:
            for what, some in (("lost", told[name] - made[name]), ("made up", made[name] - told[name])):
                for one in sorted(some, key=str):
                    print(document.name, name, what, str(one)[:50], "…", str(one)[-90:])
    cells = (f1(len(told[name] & made[name]), len(made[name]), len(told[name])) for name in FIELDS)
    return f"| {document.name} | {' | '.join(cells)} | {last}"


def main() -> None:
    folder = Path(next((one for one in sys.argv[1:] if not one.startswith("-")), DOCUMENTS))
    if not folder.is_dir():
        print(f"没有 {folder}，没有测量。")
        return
    lines = [
        "# How well the importer reads real documents",
        "",
        "F1 (precision/recall) against what a careful reader found; – where neither has any. Questions: what the draft asks a person. Made by `benchmarks/importer.py`.",
        "",
        f"| document | {' | '.join(FIELDS)} | questions | s |",
        f"| --- {'| ---: ' * (len(FIELDS) + 2)}|",
        *rows(folder),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if folder == DOCUMENTS:
        (ROOT / "benchmarks/importer.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
