"""Is every kind of bad input named at its line and column, and how long does that take?

Run by `make measure`; writes docs/contribute/bad-inputs.md. The cases are those of
tests/bad/. Times are of reading and checking the whole small ledger with one file damaged; they mean little while the
machine does other things.
"""

import platform
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import bad_inputs  # noqa: E402
from tests.bad_inputs import Outcome  # noqa: E402

LIMIT = 1.0  # seconds that an editor waits for one file
PAGE = ROOT / "docs/contribute/bad-inputs.md"
FAMILIES = {
    "bytes": "编码",
    "characters": "字符",
    "input-method": "中文输入法",
    "yaml": "YAML 写法",
    "names": "文件和编号",
    "shape": "字段",
    "meaning": "部门、时限和指标",
    "source": "与原文对照",
    "relations-and-registers": "关联和名录",
    "hostile": "恶意内容",
}
Row = tuple[dict, Outcome]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [(case, bad_inputs.try_out(case, Path(folder) / "data")) for case in bad_inputs.read_library()]
    PAGE.write_text("\n".join(_report(rows)) + "\n", "utf-8")
    print(_line("合计", rows))


def _report(rows: list[Row]) -> list[str]:
    bad = [row for row in rows if not bad_inputs.is_right(row[0])]
    slow = [row for row in rows if row[1].seconds > LIMIT]
    open_ones = [case for case, outcome in rows if outcome.faults]
    return [
        "---",
        "title: 检查程序的试验",
        "description: 检查程序指得准不准。",
        "---",
        "",
        '<nav class="pl-crumbs" aria-label="所在位置"><ol>',
        '<li><a href="../../">首页</a></li>',
        '<li><a href="../">参与编辑</a></li>',
        '<li aria-current="page">检查程序的试验</li>',
        "</ol></nav>",
        "",
        "# 检查程序的试验",
        "",
        "数据写错了，检查程序要指得准、说得清；写得对，就不该拦。这里用一批事先写好的例子逐一试验："
        "每个例子在一份小台账里改一处，看程序报出的规则、文件、行、列和改法是不是应有的。",
        "",
        f"共 {len(rows)} 例、{len({case['kind'] for case, _ in rows})} 种：写错的 {len(bad)} 例，"
        f"写得对、应当接受的 {len(rows) - len(bad)} 例。写错的例子里，行对 {_percent(bad, 'line_right')}，"
        f"列对 {_percent(bad, 'column_right')}；超过 {LIMIT:g} 秒的 {len(slow)} 例。",
        "",
        "- **行对**、**列对**：规则、文件和行（列）都与预期一致。写得对的例子，以被接受为对。",
        "- **全对**：改法也说到了要点，而且一处错误只报一次，没有多余的话。",
        "- **最慢**：读取并检查整份小台账的时间，单位毫秒。",
        "",
        f"例子在 `tests/bad/`；本页由 `benchmarks/bad_inputs.py` 生成（Python {platform.python_version()}）。"
        "每条规则的说明，见[检查规则](rules.md)。",
        "",
        *_tables(rows),
        *_open(open_ones),
    ]


def _open(cases: list[dict]) -> list[str]:
    if not cases:
        return ["还没有做到的：没有。"]
    return [
        f"## 还没有做到的（{len(cases)} 例）",
        "",
        "| 种类 | 编辑做了什么 | 程序现在怎样 |",
        "| --- | --- | --- |",
        *(f"| {case['title']} | {_cell(case['case'])} | {_cell(case.get('todo', '?'))} |" for case in cases),
    ]


def _tables(rows: list[Row]) -> list[str]:
    lines = []
    for family, title in FAMILIES.items():
        kinds: dict[str, list[Row]] = {}
        for row in rows:
            if row[0]["family"] == family:
                kinds.setdefault(row[0]["title"], []).append(row)
        lines += [
            f"## {title}",
            "",
            "| 种类 | 例数 | 行对 | 列对 | 全对 | 最慢 |",
            "| --- | --- | --- | --- | --- | --- |",
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
