"""How the time of check, build and site grows with the ledger: whole processes, side by side, as ratios.

Run by `make measure`; writes benchmarks/build.md. The larger ledgers are the city's task list, copied under other names.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIES = (0, 30)  # of the 33 tasks, beside the two documents
RUNS = 5


def cpu(*arguments: str) -> float:
    """User and system seconds of one whole process, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(*arguments: str) -> float:
    return statistics.median(cpu(*arguments) for _ in range(RUNS))


def grown(copies: int, folder: Path) -> Path:
    """A data folder with the task list copied so many times."""
    data = shutil.copytree(ROOT / "data", folder / "data")
    for number in range(copies):
        shutil.copytree(data / "policies/zibo-city-tasks", data / f"policies/copy-{number:03}")
    return data


def main() -> None:
    rows = []
    bare = median("-c", "pass")
    for copies in COPIES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            data = str(grown(copies, folder))
            times = {
                "check": median("-m", "scripts", "check", "--data", data),
                "build": median("-m", "scripts", "build", "--data", data, "--out", str(folder / "docs")),
                "site": cpu("-m", "scripts", "site", "--data", data, "--out", str(folder / "site")),
            }
            rows.append((47 + 33 * copies, times))
    lines = [
        "# Time of check, build and site",
        "",
        f"CPU seconds of whole processes (median of {RUNS}; `site` once), Python {sys.version.split()[0]}, {os.cpu_count()} cores; "
        f"an empty Python process takes {bare:.2f} s. Compare the figures with each other only.",
        "",
        "| measures | check | build | site |",
        "| ---: | ---: | ---: | ---: |",
        *(f"| {count} | {times['check']:.2f} | {times['build']:.2f} | {times['site']:.2f} |" for count, times in rows),
        "| growth | "
        + " | ".join(f"× {rows[-1][1][key] / rows[0][1][key]:.1f}" for key in ("check", "build", "site"))
        + " |",
        "",
    ]
    (ROOT / "benchmarks/build.md").write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
