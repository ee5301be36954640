"""How well does the importer read real documents? Compared with what a careful reader found in each.

Run by `make measure` where the folder of documents is there (`.venv/bin/python benchmarks/importer.py FOLDER`); writes
benchmarks/importer.md. FOLDER holds NAME.txt, NAME.FORM.txt … and NAME.truth.json. Texts are compared without white
space. Precision and recall are over single mentions: a measure by its number and text, a department by its measure and
name, a lead likewise.
"""

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.importer import Refused, import_document
from tests.truths import FIELDS, documents, drafted, f1, truth, truth_of

DOCUMENTS = ROOT.parent / "shared/importer-examples"


def rows(folder: Path) -> Iterable[str]:
    sums: dict[str, list[int]] = {name: [0, 0, 0] for name in FIELDS}
    for document in documents(folder):
        yield row(document, sums)
    yield f"| **all** | {' | '.join(f1(*sums[name]) for name in FIELDS)} | | |"


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
        if not told["targets"]:  # not looked for in every document
            made["targets"] = set()
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
