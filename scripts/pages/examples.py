"""Programs and formulas on the page about the API, ready to be copied and run. The programs in Python, R and SQL answer
the same three questions; curl fetches and checks; each formula answers a part of one question.

`src` is where the data stands: the site's own address, or where it has none, the one that the reader's browser fills in.
Left empty, the programs in Python, R and SQL read what was downloaded into their own folder.
"""

from dataclasses import dataclass

from scripts.ledger import Ledger
from scripts.tables import TABLES

QUESTIONS = (
    "每个部门承担多少条措施？",
    "到 {year} 年底应当完成的，是哪些？",
    "哪些项空着，属于哪一种，有多少处？",
)


@dataclass(frozen=True)
class Example:
    """One program or formula: `code` holds the words in capitals between @ signs that `_filled` replaces."""

    id: str
    title: str
    language: str  # as highlighters call it
    note: str  # code between backticks
    code: str

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The note in stretches, and whether each is code."""
        return [(words, place % 2 == 1) for place, words in enumerate(self.note.split("`")) if words]


EXAMPLES = (
    Example(
        "curl",
        "curl（命令行）",
        "bash",
        "取清单、一条措施、一个部门承担的措施；下载全部的表，用校验值核对。",
        """src="@SRC@"
# 入口：数据是哪一版，各张表、各份文件在哪里
curl -fsS -o index.json "${src}index.json"
# 一条措施：原文、责任部门、时限
curl -fsS "${src}measures/@MEASURE@.json"
# 一个部门承担的全部措施，存成 CSV
curl -fsS -o duties.csv "${src}departments/@DEPARTMENT@.csv"
# 全部的表，并核对下载了的文件；没有提示就是一致
curl -fsS -o ledger.xlsx "${src}ledger.xlsx"
curl -fsS -o SHA256SUMS "${src}SHA256SUMS"
sha256sum -c --ignore-missing --quiet SHA256SUMS""",
    ),
    Example(
        "pandas",
        "Python（pandas）",
        "python",
        "`dtype=str` 和 `keep_default_na=False` 不能省：不然 2022.10 会变成 2022.1，空格子会变成 NaN。",
        """import pandas as pd

src="@SRC@"

def table(name):
    return pd.read_csv(f"{src}{name}.csv", dtype=str, keep_default_na=False)

ledger, deadlines, unknowns = table("ledger"), table("deadlines"), table("unknowns")

# 每个部门承担多少条措施
load = ledger.groupby(["department_id", "department"])["measure_id"].nunique().reset_index(name="measures")
print(load.sort_values(["measures", "department_id"], ascending=[False, True]).to_csv(index=False))

# 到 @YEAR@ 年底应当完成的（end 是时限的最后一天；空着的不是日期）
due = deadlines[(deadlines["end"] != "") & (deadlines["end"] <= "@YEAR@-12-31")]
print(due[["measure_id", "quote", "end"]].to_csv(index=False))

# 哪些项空着（一项可能空几列，只算一处）
gaps = unknowns.drop_duplicates(["policy_id", "measure_id", "department_id", "gap"])
print(gaps.groupby(["gap", "state"]).size().reset_index(name="count").to_csv(index=False))""",
    ),
    Example(
        "polars",
        "Python（polars）",
        "python",
        "`infer_schema=False` 不能省：它让每一列都是文字，2022.10 不会变成 2022.1。空格子是 null，比较时自然不算在内。",
        """import urllib.request

import polars as pl

src="@SRC@"

def table(name):
    # 整份取来再读：不是每个服务器都支持 polars 自己的分段读取
    file = urllib.request.urlopen(f"{src}{name}.csv").read() if src else f"{name}.csv"
    return pl.read_csv(file, infer_schema=False)

ledger, deadlines, unknowns = table("ledger"), table("deadlines"), table("unknowns")

# 每个部门承担多少条措施
load = ledger.group_by("department_id", "department").agg(measures=pl.col("measure_id").n_unique())
print(load.sort("measures", "department_id", descending=[True, False]).write_csv())

# 到 @YEAR@ 年底应当完成的（end 是时限的最后一天）
due = deadlines.filter(pl.col("end") <= "@YEAR@-12-31")
print(due.select("measure_id", "quote", "end").write_csv())

# 哪些项空着（一项可能空几列，只算一处）
gaps = unknowns.unique(["policy_id", "measure_id", "department_id", "gap"])
print(gaps.group_by("gap", "state").len("count").sort("gap", "state").write_csv())""",
    ),
    Example(
        "r",
        "R",
        "r",
        '`colClasses = "character"` 让每一列都是文字；`na.strings = character()` 让任何文字都不会被当作缺失。',
        """src="@SRC@"

table <- function(name) {
  read.csv(paste0(src, name, ".csv"), colClasses = "character", na.strings = character(), encoding = "UTF-8")
}
ledger <- table("ledger")
deadlines <- table("deadlines")
unknowns <- table("unknowns")

# 每个部门承担多少条措施
duties <- unique(ledger[c("department_id", "department", "measure_id")])
load <- aggregate(list(measures = duties$measure_id), duties[c("department_id", "department")], length)
write.csv(load[order(-load$measures, load$department_id), ], row.names = FALSE)

# 到 @YEAR@ 年底应当完成的（end 是时限的最后一天；空着的不是日期）
due <- deadlines[deadlines$end != "" & deadlines$end <= "@YEAR@-12-31", ]
write.csv(due[c("measure_id", "quote", "end")], row.names = FALSE)

# 哪些项空着（一项可能空几列，只算一处）
gaps <- unique(unknowns[c("policy_id", "measure_id", "department_id", "gap", "state")])
write.csv(aggregate(list(count = gaps$gap), gaps[c("gap", "state")], length), row.names = FALSE)""",
    ),
    Example(
        "sqlite",
        "SQL（sqlite3 命令行）",
        "bash",
        "数据库里已有几个现成的视图；没有下载过就先下载。列名 end 是 SQL 的保留字，要加引号。",
        """src="@SRC@"
[ -s ledger.sqlite ] || curl -fsS -o ledger.sqlite "${src}ledger.sqlite"
sqlite3 -csv -header ledger.sqlite <<'SQL'
-- 每个部门承担多少条措施
SELECT department_id, name, measures FROM departments_by_load ORDER BY measures DESC, department_id;
-- 到 @YEAR@ 年底应当完成的
SELECT measure_id, quote, "end" FROM deadlines WHERE "end" <= '@YEAR@-12-31' ORDER BY "end", id;
-- 哪些项空着（一项可能空几列，只算一处）
SELECT field, state, count FROM open_gaps ORDER BY field, state;
SQL""",
    ),
    Example(
        "python-sqlite",
        "SQL（Python 自带的 sqlite3）",
        "python",
        "不用安装别的软件。",
        """import sqlite3
import urllib.request
from pathlib import Path

src="@SRC@"
if not Path("ledger.sqlite").exists():
    urllib.request.urlretrieve(f"{src}ledger.sqlite", "ledger.sqlite")
ledger = sqlite3.connect("ledger.sqlite")

# 每个部门承担多少条措施
for row in ledger.execute("SELECT department_id, name, measures FROM departments_by_load ORDER BY measures DESC, department_id"):
    print(*row, sep="\\t")

# 到 @YEAR@ 年底应当完成的
for row in ledger.execute('SELECT measure_id, quote, "end" FROM deadlines WHERE "end" <= ? ORDER BY "end", id', ("@YEAR@-12-31",)):
    print(*row, sep="\\t")

# 哪些项空着（一项可能空几列，只算一处）
for row in ledger.execute("SELECT field, state, count FROM open_gaps ORDER BY field, state"):
    print(*row, sep="\\t")""",
    ),
    Example(
        "excel-load",
        "Excel、WPS：一个部门承担多少条",
        "excel",
        "下载 ledger.xlsx，打开，把公式粘进新工作表的一个格子。EXACT 要求部门编号一字不差。",
        '=SUMPRODUCT(--EXACT(@ledger.department_id@,"@DEPARTMENT@"))',
    ),
    Example(
        "excel-due",
        "Excel、WPS：到 @YEAR@ 年底应当完成的时限有几个",
        "excel",
        "时限写成 2022-12-31 的样子，照文字的先后就是日期的先后；空着的不算。",
        '=SUMPRODUCT((@deadlines.end@<>"")*(@deadlines.end@<="@YEAR@-12-31"))',
    ),
    Example(
        "excel-gaps",
        "Excel、WPS：未载明的牵头部门有几处",
        "excel",
        "把 lead（牵头部门）、未载明换成 unknowns 表里别的 gap 和 state，就是别的空缺；一项可能空几列，公式只算一处。",
        '=SUMPRODUCT(EXACT(@unknowns.gap@,@unknowns.field@)*EXACT(@unknowns.gap@,"lead")*EXACT(@unknowns.state@,"未载明"))',
    ),
)


def examples(ledger: Ledger) -> list[Example]:
    """The programs with the site's own address, and with records that it has."""
    return [
        Example(one.id, _filled(one.title, ledger), one.language, one.note, _filled(one.code, ledger))
        for one in EXAMPLES
    ]


def questions(ledger: Ledger) -> list[str]:
    return [question.format(year=year(ledger)) for question in QUESTIONS]


def year(ledger: Ledger) -> str:
    """The last year in which something is due."""
    ends = [due.period.end for measure in ledger.measures for due in measure.deadlines if due.period]
    return max(ends, default="2030")[:4]


def _filled(code: str, ledger: Ledger) -> str:
    values = {
        "SRC": ledger.site.url("data/v1/") if ledger.site.address else "",
        "YEAR": year(ledger),
        "MEASURE": next((measure.id for measure in ledger.measures), ""),
        "DEPARTMENT": next((department.id for department in ledger.departments), ""),
    }
    for table in TABLES:
        last = max(2, sum(1 for _ in table.rows(ledger)) + 1) if f"@{table.name}." in code else 0
        for place, column in enumerate(table.columns):
            letter = _letters(place)
            values[f"{table.name}.{column.name}"] = f"{table.name}!${letter}$2:${letter}${last}"
    for name, value in values.items():
        code = code.replace(f"@{name}@", value)
    return code


def _letters(place: int) -> str:
    """The name of a spreadsheet's column, counted from 0: A, B, …, Z, AA."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[last]
