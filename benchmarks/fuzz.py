"""Random inputs for everything that reads a data file: load, shape, mend, format. Run by `make measure`; writes benchmarks/fuzz.md.

Two kinds: bytes (real files with bytes changed, cut, doubled and exchanged) and grammar (pieces of YAML in any order).
Nothing may be raised, nothing may take longer than a second, and what is mended or formatted must say the same.
"""

import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.check.shape import has_the_right_shape
from scripts.fix import mended, said
from scripts.format import formatted
from scripts.load import Record, plain
from scripts.load.decode import read_text
from scripts.load.folder import files
from scripts.load.reader import read_yaml

COUNT = 200_000
BATCH = 2_000
SLOWEST = 1.0  # seconds of the processor, whatever else runs
PIECES = (
    *"\n\n\n  - : ' \" # & * ! | > [ ] { } , ? % @ ` ~ \\ = < ：　－—“”、，。０\t\r\x00\x1b\x85\u2028\u200b\u202e\ufeff\ufffd𠮷",
    "\n- ", ": ", "\n  ", "\n    ", " #", "---\n", "...\n", "<<: ", "&a ", "*a", "!!str ", "|\n", ">-\n", "'", '"', "''", "\\u00",
    "number", "text", "clause", "departments", "targets", "t1", "quote", "value", "unknowns", "state", "2020.10", "no", "null",
    "市教育局", "到2022年", "（责任单位：", "？", "《", "》", "[" * 40, "{" * 40, " " * 60, "\n" * 20, "- " * 30, "长" * 300,
)  # fmt: skip


def records() -> list[tuple[bytes, str]]:
    return [
        (file.path.read_bytes(), file.kind)
        for data in (ROOT / "data", ROOT / "tests/city/data")
        for file in files(data)
        if file.path.suffix == ".yml"
    ]


def damaged(chance: random.Random, known: list[tuple[bytes, str]]) -> tuple[bytes, str]:
    """A real file with one to five changes in its bytes."""
    raw, kind = chance.choice(known)
    made = bytearray(raw)
    for _ in range(chance.randint(1, 5)):
        at, length = chance.randrange(len(made) + 1), chance.choice((0, 1, 1, 2, 3, 10, 100))
        other, _ = chance.choice(known)
        start = chance.randrange(len(other))
        new = chance.choice(
            (
                bytes([chance.randrange(256)]),
                chance.choice(PIECES).encode("utf-8"),
                other[start : start + chance.choice((1, 5, 50))],
                b"",
                made[at : at + 20],
            )
        )
        made[at : at + length] = new
    return bytes(made), kind


def grown(chance: random.Random, known: list[tuple[bytes, str]]) -> tuple[bytes, str]:
    """Pieces of YAML and of records in any order."""
    _, kind = chance.choice(known)
    return "".join(chance.choices(PIECES, k=chance.randint(1, 60))).encode("utf-8"), kind


KINDS = {"bytes": damaged, "grammar": grown}


def tried(raw: bytes, kind: str) -> str:
    """What became of one input: read, refused. Raises where the program does or breaks its word."""
    text, problems = read_text(raw, "x.yml")
    root = None
    if text is not None:
        root, found = read_yaml(text, "x.yml")
        problems = [*problems, *found]
        if root:
            problems += has_the_right_shape(Record(kind, "x", "x.yml", "x.yml", root))
    for problem in problems:
        assert problem.at.line >= 1 and problem.at.column >= 1 and problem.message and problem.rule
    made, _ = mended(raw, kind)
    if made is not None:
        again, _ = mended(made.encode("utf-8", "surrogatepass"), kind)
        assert again == made, "mending twice changes nothing more"
    if root and not problems:
        assert text is not None and made is not None
        after, _ = read_yaml(made, "")
        assert after and said(plain(after)) == said(plain(root)), "mending changes no meaning"
        assert formatted(formatted(text, kind), kind) == formatted(text, kind)
    return "read" if root else "refused"


def batch(seed: int, way: str) -> tuple[Counter, float, list[str]]:
    """(what became of them, the slowest in seconds, what went wrong)."""
    chance, known = random.Random(f"{way}{seed}"), records()
    became: Counter = Counter()
    slowest, wrong = 0.0, []
    for _ in range(BATCH):
        raw, kind = KINDS[way](chance, known)
        start = time.process_time()
        try:
            became[tried(raw, kind)] += 1
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error} for {raw!r} ({kind})")
        taken = time.process_time() - start
        if taken > SLOWEST:
            wrong.append(f"{taken:.1f} s for {raw[:200]!r} ({kind})")
        slowest = max(slowest, taken)
    return became, slowest, wrong


def main(count: int = COUNT) -> int:
    lines = [
        "# 随机输入",
        "",
        "装载、核对形状、自动改正和整理版式，各种随机输入下都不许出异常，不许超过 1 秒，不许改变意思。",
        "",
        "| 种类 | 个数 | 读出 | 拒绝 | 出错 | 最慢毫秒 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    failures = []
    with ProcessPoolExecutor() as pool:
        for way in KINDS:
            found = [*pool.map(batch, range(count // len(KINDS) // BATCH), [way] * count)]
            became = sum((one for one, _, _ in found), Counter())
            wrong = [line for _, _, lines in found for line in lines]
            failures += wrong
            slowest = max(slowest for _, slowest, _ in found)
            total = became["read"] + became["refused"] + len(wrong)
            lines.append(
                f"| {way} | {total} | {became['read']} | {became['refused']} | {len(wrong)} | {slowest * 1000:.0f} |"
            )
    print("\n".join([*lines, *failures[:20]]))
    (ROOT / "benchmarks/fuzz.md").write_text("\n".join([*lines, ""]), "utf-8")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
