"""Is every kind of bad input named at its line and column, and how long does that take?

Run by hand (`.venv/bin/python benchmarks/bad_inputs.py`); writes benchmarks/bad-inputs.md. The cases are those of
tests/bad/. Times are of reading and checking the whole small ledger with one file damaged; they mean little while the
machine does other things.
"""

import platform
import sys
import tempfile
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import bad_inputs  # noqa: E402
from tests.bad_inputs import Outcome  # noqa: E402

LIMIT = 1.0  # seconds that an editor waits for one file
Row = tuple[dict, Outcome]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [(case, bad_inputs.try_out(case, Path(folder) / "data")) for case in bad_inputs.read_library()]
    (ROOT / "benchmarks/bad-inputs.md").write_text("\n".join(_report(rows)) + "\n", "utf-8")
    print(_line("合计", rows))


def _report(rows: list[Row]) -> list[str]:
    bad = [row for row in rows if not bad_inputs.is_right(row[0])]
    slow = [row for row in rows if row[1].seconds > LIMIT]
    open_ones = [case for case, outcome in rows if outcome.faults]
    return [
        "# 写错的数据，检查程序指得准不准",
        "",
        f"例子在 `tests/bad/`，共 {len(rows)} 例、{len({case['kind'] for case, _ in rows})} 种："
        f"写错的 {len(bad)} 例，写得对、应当接受的 {len(rows) - len(bad)} 例。"
        f"写错的例子里，行对 {_percent(bad, 'line_right')}，列对 {_percent(bad, 'column_right')}；"
        f"超过 {LIMIT:g} 秒的 {len(slow)} 例。Python {platform.python_version()}。",
        "",
        "“行对”“列对”是规则、文件和行（列）都与预期一致；写得对的例子，以被接受为对。",
        "“全对”是另外说法也有用、没有多余的话：一处错误只报一次。没有全对的列在后面。",
        "",
        *_tables(rows),
        f"## 还没有做到的（{len(open_ones)} 例）",
        "",
        "| 种类 | 编辑做了什么 | 程序现在怎样 |",
        "| --- | --- | --- |",
        *(f"| {case['kind']} | {_cell(case['case'])} | {_cell(case.get('todo', '?'))} |" for case in open_ones),
    ]


def _tables(rows: list[Row]) -> list[str]:
    lines = []
    for family, cases in groupby(rows, lambda row: row[0]["family"]):
        kinds: dict[str, list[Row]] = {}
        for row in cases:
            kinds.setdefault(row[0]["kind"], []).append(row)
        lines += [
            f"## {family}",
            "",
            "| 种类 | 例数 | 行对 | 列对 | 全对 | 最慢毫秒 |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *(_line(kind, found) for kind, found in kinds.items()),
            _line("合计", [row for found in kinds.values() for row in found]),
            "",
        ]
    return lines


def _line(name: str, rows: list[Row]) -> str:
    outcomes = [outcome for _, outcome in rows]
    counts = (
        len(outcomes),
        sum(outcome.line_right for outcome in outcomes),
        sum(outcome.column_right for outcome in outcomes),
        sum(not outcome.faults for outcome in outcomes),
        round(max(outcome.seconds for outcome in outcomes) * 1000),
    )
    return f"| {name} | {' | '.join(map(str, counts))} |"


def _percent(rows: list[Row], what: str) -> str:
    return f"{100 * sum(getattr(outcome, what) for _, outcome in rows) / len(rows):.1f}%"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    main()
