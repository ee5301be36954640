"""What becomes of damaged documents: each is drafted into records that pass the check, or refused in words; nothing else.

Run by `make measure` (`.venv/bin/python benchmarks/damaged.py [COUNT]`, 10,000 unless told); writes
benchmarks/damaged.md. Texts are those of tests/importer/, damaged at random.
"""

import random
import re
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.importer import Refused, draft_of
from scripts.importer.read import read
from scripts.importer.received import Received
from tests.damage import mutated
from tests.truths import documents

COUNT = 10_000
AT_ONCE = 2  # processes
LONG = 40_000  # characters: about 50 pages


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for number, (told, took) in enumerate(pool.map(tried, range(count), chunksize=20), 1):
            outcomes[told] += 1
            slowest = max(slowest, took)
            if number % 500 == 0:
                print(f"{number} / {count}", file=sys.stderr)
    long = long_document()
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
        f"Slowest: {slowest:.2f} s. A whole document of {len(long)} characters (about 50 pages): {time.perf_counter() - start:.2f} s, {told}.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if count == COUNT:
        (ROOT / "benchmarks/damaged.md").write_text(text, "utf-8")


def long_document() -> str:
    """Numbered measures, each of some 250 characters and a clause."""
    words = re.sub(r"[^\u4e00-\u9fff，]", "", "".join(sources()))
    lines = ["示例市关于促进发展的若干措施", "为促进发展，制定本措施。"]
    number = 0
    while sum(map(len, lines)) < LONG:
        number += 1
        text = words[number * 250 % (len(words) - 250) :][:250]
        lines.append(f"{number}.做好第{number}项工作。{text}。（责任单位：市教育局、市财政局、各县区人民政府）")
    return "\n".join(lines) + "\n"


@cache
def sources() -> list[str]:
    return [read(path).text for path in documents(ROOT / "tests/importer") if path.suffix == ".txt"]


def tried(number: int) -> tuple[str, float]:
    """What becomes of the damaged text of this number, and seconds until then."""
    chance = random.Random(number)
    text = mutated(chance.choice(sources()), chance)
    start = time.perf_counter()
    told = outcome(text)
    return told, time.perf_counter() - start


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
