"""Do the examples on the page about the API that take R or a spreadsheet run as they stand, and say what the Ledger says?

Run by `make measure`; writes benchmarks/examples.md. Needs Rscript (apt-get install r-base-core) and LibreOffice Calc
(libreoffice-calc). The others (curl, pandas, polars, SQL) are run by tests/test_api.py. With `--openapi` the description of the API is checked by
openapi-spec-validator too, which must be installed then.
"""

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from scripts.check import check  # noqa: E402
from scripts.load import load  # noqa: E402
from tests import examples  # noqa: E402
from tests.server import serving  # noqa: E402

OFFICE = ("soffice", "libreoffice")
OPENAPI = "openapi-spec-validator"


def main() -> None:
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        with serving(site) as home:
            command = [sys.executable, "-m", "scripts", "site", "--out", str(site), "--address", home]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            codes = examples.written((site / "data/api/index.html").read_text("utf-8"))
            results = [
                ("R", *_r(codes["r"][1], examples.answers(ledger), folder)),
                *_sheet(codes, examples.formula_answers(ledger), site, folder),
            ]
        if "--openapi" in sys.argv:
            results.append(("openapi.json", *_openapi(site / "data/v1/openapi.json")))
    lines = [
        "# Examples of the page about the API",
        "",
        "Copied from the built page and run as they stand; compared with the Ledger. Those for curl, pandas, polars and SQL",
        "are run by `tests/test_api.py`.",
        "",
        "| example | program | result |",
        "| --- | --- | --- |",
        *(f"| {name} | {program} | {fault or 'right'} |" for name, program, fault in results),
    ]
    (ROOT / "benchmarks/examples.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    sys.exit(any(fault for _, _, fault in results))


def _r(code: str, expected: Counter, folder: Path) -> tuple[str, str]:
    """(program, what is wrong)"""
    if not shutil.which("Rscript"):
        return "–", "not run: Rscript is missing (apt-get install r-base-core)"
    version = subprocess.run(["Rscript", "--version"], capture_output=True, text=True)
    found = Counter(examples.rows(examples.run_example("r", code, folder)))
    fault = (
        "" if found == expected else f"{(found - expected).total()} rows too many, {(expected - found).total()} missing"
    )
    return (version.stdout + version.stderr).strip().rsplit(" (", 1)[0], fault


def _sheet(codes: dict, expected: dict[str, int], site: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Each formula in a sheet of its own of a copy of the workbook, worked out by LibreOffice."""
    office = next(filter(None, map(shutil.which, OFFICE)), None)
    if not office:
        return [(name, "–", "not run: LibreOffice is missing") for name in expected]
    book = openpyxl.load_workbook(site / "data/v1/ledger.xlsx")
    sheet = book.create_sheet("answers", 0)  # a CSV holds the first sheet only
    for row, name in enumerate(expected, 1):
        sheet.cell(row, 1).value = name
        sheet.cell(row, 2).value = codes[name][1]
    book.save(folder / "answers.xlsx")
    command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "csv"]
    subprocess.run([*command, "--outdir", folder, folder / "answers.xlsx"], check=True, capture_output=True)
    if not (folder / "answers.csv").exists():
        return [
            (name, "–", "not run: LibreOffice Calc is missing (apt-get install libreoffice-calc)") for name in expected
        ]
    version = subprocess.run([office, "--version"], capture_output=True, text=True).stdout.split(" ")
    found = dict(csv.reader(io.StringIO((folder / "answers.csv").read_text("utf-8"))))
    return [
        (name, " ".join(version[:2]), "" if found[name] == str(answer) else f"{found[name]} instead of {answer}")
        for name, answer in expected.items()
    ]


def _openapi(path: Path) -> tuple[str, str]:
    program = shutil.which(OPENAPI) or shutil.which(OPENAPI, path=str(Path(sys.executable).parent))
    if not program:
        return "–", f"not run: {OPENAPI} is missing"
    made = subprocess.run([program, str(path)], capture_output=True, text=True)
    return OPENAPI, "" if made.returncode == 0 else made.stdout.strip()[:200].replace("\n", " ")


if __name__ == "__main__":
    main()
