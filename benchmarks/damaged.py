"""What becomes of damaged documents: each is drafted into records that pass the check, or refused in words; nothing else.

Run by `make measure` (`.venv/bin/python benchmarks/damaged.py [COUNT]`, 10,000 unless told); writes
benchmarks/damaged.md. Texts are those of tests/importer/, damaged at random.
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.importer import Refused, draft_of
from scripts.importer.received import Received
from tests.damage import mutated
from tests.truths import documents

COUNT = 10_000
LONG = 40_000  # characters: about 50 pages


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    chance = random.Random(1)
    texts = [path.read_bytes().decode("utf-8") for path in documents(ROOT / "tests/importer") if path.suffix == ".txt"]
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for number in range(count):
        text = mutated(chance.choice(texts), chance)
        start = time.perf_counter()
        outcomes[outcome(text)] += 1
        slowest = max(slowest, time.perf_counter() - start)
        if number % 500 == 499:
            print(f"{number + 1} / {count}", file=sys.stderr)
    long = "".join(texts)
    long = (long * (LONG // len(long) + 1))[:LONG]
    start = time.perf_counter()
    told = outcome(long)
    lines = [
        "# Damaged documents",
        "",
        f"{count} texts, damaged at random. A crash would have stopped the run. Made by `benchmarks/damaged.py`.",
        "",
        "| outcome | documents |",
        "| --- | ---: |",
        *(f"| {name} | {number} |" for name, number in outcomes.most_common()),
        "",
        f"Slowest: {slowest:.2f} s. All texts in a row, {LONG} characters (about 50 pages): {time.perf_counter() - start:.2f} s, {told}.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if count == COUNT:
        (ROOT / "benchmarks/damaged.md").write_text(text, "utf-8")


def outcome(text: str) -> str:
    try:
        draft_of(
            Received(text=text, bold=(), tables=(), raw=text.encode("utf-8"), suffix=".txt"),
            "document",
            Path("nowhere"),
        )
    except Refused as refusal:
        return "refused: " + (
            "no measure found" if str(refusal).startswith("没有找到") else "the draft would not pass the check"
        )
    return "drafted, passes the check"


if __name__ == "__main__":
    main()
