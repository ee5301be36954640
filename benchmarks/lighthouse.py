"""Lighthouse, mobile: the median of several runs on home, a measure, a department and the matrix; writes benchmarks/lighthouse.md.

Run by `make measure`. Needs npm and a Chromium.
"""

import json
import os
import statistics
import subprocess
import sys

from tools import ROOT, fetch

sys.path.insert(0, str(ROOT))

from scripts.check import check
from scripts.load import load
from tests import chromium
from tests.server import serving

VERSION = "13.5.0"
RUNS = int(os.environ.get("RUNS", "5"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new " + " ".join(chromium.FLAGS)


def scores(program: str, address: str) -> dict[str, float]:
    command = [
        "node",
        program,
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={FLAGS}",
    ]
    made = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": chromium.find() or ""}
    )
    return {name: 100 * json.loads(made.stdout)["categories"][name]["score"] for name in CATEGORIES}


def main() -> None:
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    program = str(fetch("lighthouse", VERSION) / "cli/index.js")
    kinds = {
        "home": "",
        "measure": ledger.measures[0].address,
        "department": ledger.departments[0].address,
        "matrix": "matrix/",
    }
    lines = ["# Lighthouse", "", f"Lighthouse {VERSION}, mobile, median of {RUNS} runs on a local server.", ""]
    lines += ["| page | " + " | ".join(CATEGORIES) + " |", "| --- |" + " ---: |" * len(CATEGORIES)]
    with serving(ROOT / "site") as home:
        for kind, address in kinds.items():
            runs = [scores(program, home + address) for _ in range(RUNS)]
            lines.append(
                f"| {kind} | "
                + " | ".join(f"{statistics.median(run[name] for run in runs):.0f}" for name in CATEGORIES)
                + " |"
            )
    (ROOT / "benchmarks/lighthouse.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
