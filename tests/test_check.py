"""Bad input, one kind a row: what is done to which file, and the rule, line and column that must be named.

The damage is done to the small made-up ledger.
"""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from scripts.check import check
from scripts.check.shape import schemas
from scripts.load import load
from scripts.problem import is_error
from tests.conftest import CITY, run

M1 = "policies/qingchuan-notice/measures/01.yml"
M2 = "policies/qingchuan-notice/measures/02.yml"
M3 = "policies/qingchuan-notice/measures/03.yml"
T1 = "policies/qingchuan-east-table/measures/01.yml"
T2 = "policies/qingchuan-east-table/measures/02.yml"
T3 = "policies/qingchuan-east-table/measures/03.yml"
POLICY = "policies/qingchuan-notice/policy.yml"
TABLE = "policies/qingchuan-east-table/policy.yml"
WATER = "departments/qingchuan-water.yml"


@pytest.fixture
def data(tmp_path) -> Path:
    return shutil.copytree(CITY / "data", tmp_path / "data")


def places(data: Path):
    return {
        (problem.rule, Path(problem.at.file).relative_to(data).as_posix(), problem.at.line, problem.at.column)
        for problem in check(load(data)).problems
        if is_error(problem)
    }


def replace(path: Path, before: str, after: str):
    text = path.read_text("utf-8")
    assert before in text, f"{before!r} is not in {path}"
    path.write_bytes(text.replace(before, after, 1).encode("utf-8", "surrogatepass"))


# The damage: what stands there, and what is written instead. ‸ is no part of it: it marks the place that must be named.
# Where that is another place, it is given as (file, line, column).
BAD = [
    # what is typed with a Chinese input method
    (M1, "number:", "number‸：", "fullwidth-colon"),
    (M3, "title: 修订", "title‸：修订", "fullwidth-colon"),
    (T1, "  t1:", "  t1‸：", "fullwidth-colon"),
    (T1, "title: 疏浚", "title ‸：疏浚", "fullwidth-colon"),
    (T1, "title: 疏浚", "标题‸：疏浚", "fullwidth-colon"),
    (T1, "- water", "‸－ water", "wide-dash"),
    (T1, "- water", "‸－water", "wide-dash"),
    (T1, "- water", "‸* water", "wide-dash"),
    (T1, "- water", "-‸　water", "wide-space-indent"),
    (T1, "title: 疏浚", "title‸:　疏浚", "colon-without-space"),
    (T1, "title: 疏浚", "title: ‸[注]疏浚", "yaml-syntax"),
    (T1, "title: 疏浚", "‸＃ 说明\ntitle: 疏浚", "fullwidth-hash"),
    (T1, "title: 疏浚", "‸<<<<<<< HEAD\ntitle: 疏浚", "merge-conflict"),
    (T1, "  - 市财政局", "    ‸- 市财政局", "bad-indent"),
    (T1, "    unit:", "     ‸unit:", "bad-indent"),
    (T1, "  - 市财政局", "‸　- 市财政局", "wide-space-indent"),
    (T1, "  - 市财政局", "‸\t- 市财政局", "tab-indent"),
    (T1, "deadline: ", "deadline‸:", "colon-without-space"),
    (T1, "- 市财政局", "- ‸“市财政局”", "unknown-department"),
    (T1, "value: 3", "value: ‸３", "wrong-type"),
    # YAML
    (M1, "heading: 疏浚河道", "heading: 疏浚河道\n‸heading: 疏浚", "duplicate-key"),
    (M1, "  t2:", "  ‸t1:", "duplicate-key"),
    (T1, "title: 疏浚三条河道", "title: 疏浚 ‸# 三条河道", "comment-after-value"),
    (T1, "title: 疏浚三条河道", "title: ‸&a 疏浚三条河道", "no-anchors"),
    (T1, "title: 疏浚三条河道", "title: ‸*a", "no-anchors"),
    (T1, "title: 疏浚三条河道", "title: ‸!!str 疏浚三条河道", "no-tags"),
    (T1, "title: 疏浚三条河道", "title: ‸疏浚\n  三条河道", "folded-text"),
    (T1, "title: 疏浚三条河道", "title: ‸>\n  疏浚三条河道", "folded-text"),
    (T1, "title: 疏浚三条河道", "title: ‸'疏浚三条河道", "yaml-syntax"),
    (T1, "title: 疏浚三条河道", "title: 通知‸: 关于", "yaml-syntax"),
    (T1, "title: 疏浚三条河道", "title: 疏浚三条河道\n‸---\nnumber: 2", "one-record-per-file"),
    (T1, "title: 疏浚三条河道", 'title: "‸\\0"', "control-character"),
    (T1, "title: 疏浚三条河道", "‸<<: {title: a}", "unknown-field"),
    (T1, "title: 疏浚三条河道", "title: [[[[[[[[[[[[[[[[[[[‸[[[[[[[[[[[", "too-deep"),
    (T1, "- water", "-‸ ", "empty-item"),
    (T1, "title: 疏浚三条河道", "title: | ‸# 说明\n  疏浚", "comment-after-value"),
    (T1, "title: 疏浚三条河道", "title: 疏浚三条河道\n‸themse:", "unknown-field"),
    (T1, "title: 疏浚三条河道", "title: 疏浚三条河道\nrelations:\n  ‸r1:", "empty-value"),
    (M1, "  - water", "  - ‸[[water]]", "wrong-type"),
    # characters
    (T1, "疏浚三条河道", "疏浚‸\u200b三条河道", "zero-width"),
    (T1, "疏浚三条河道", "疏浚‸\u202e三条河道", "bidi-mark"),
    (T1, "疏浚三条河道", "疏浚‸\x1b三条河道", "control-character"),
    (T1, "疏浚三条河道", "疏浚‸\u2028三条河道", "line-separator"),
    (T1, "疏浚三条河道", "疏浚‸\ufeff三条河道", "zero-width"),
    (T1, "疏浚三条河道", "疏浚‸\ufffd三条河道", "replacement-character"),
    # shape
    (T1, "number: '1'\n", "", "missing-field", (T1, 1, 1)),
    (T1, "number: '1'", "‸number:", "missing-field"),
    (T1, "number: '1'", "number: ‸【待填】", "left-to-fill"),
    (T1, "- water", "- ‸【待填】", "left-to-fill"),
    (POLICY, "- title: 关于印发", "- title: ‸【待填】关于印发", "left-to-fill"),
    (T1, "title: 疏浚三条河道", "‸titel: 疏浚三条河道", "unknown-field"),
    (T1, "title: 疏浚三条河道", "title:\n  ‸- 疏浚三条河道", "wrong-type"),
    (
        T1,
        "departments:\n  - 区水务中心\n  - 村（居）委会和合作社\n  - 市财政局",
        "departments: ‸区水务中心、市财政局",
        "wrong-type",
    ),
    (T1, "    value: 3", "    value: ‸三", "wrong-type"),
    (T1, "  t1:", "  ‸first:", "bad-id"),
    (T2, "comparator: 左右", "comparator: ‸左", "not-allowed"),
    (T1, "- water", "- water\n  - ‸water", "repeated-item"),
    (T1, "- water", "- ‸Water", "wrong-form"),
    (M1, "date: '2025-03-01'", "date: ‸2025-3-1", "wrong-form"),
    (M1, "evidence_url: https://news.example/1?a=1&b=2", "evidence_url: ‸javascript:alert(1)", "wrong-form"),
    (TABLE, "- attachment: 附件", "- ‸attachment: 附件\n    note: 附件", "one-field-only"),
    (WATER, "kind: 政府部门", "kind: ‸政府", "not-allowed"),
    ("site.yml", "name: ", "‸nmae: ", "unknown-field"),
    ("site.yml", "address: https://ledger.example/qingchuan/", "address: ‸ledger.example", "wrong-form"),
    # meaning
    (T1, "- 市财政局", "- ‸市财政居", "unknown-department"),
    (T1, "  - 市财政局\n", "", "clause-left-over", (T1, 3, 26)),
    (
        T1,
        "  - 区水务中心\n  - 村（居）委会和合作社",
        "  - 村（居）委会和合作社\n  - ‸区水务中心",
        "department-not-in-clause",
    ),
    (M2, "open_list: true\n", "", "open-list", (M2, 3, 18)),
    (M3, "  departments:\n    - 市水务局", "  departments:\n    - ‸市教育局", "lead-not-named"),
    (M1, "themes:\n", "lead:\n  departments:\n    - ‸市财政局\n  evidence: 猜的\nthemes:\n", "lead-contradicts-clause"),
    (M3, "title: 青川市堤防管理办法", "title: ‸《青川市堤防管理办法》", "wrong-form"),
    (T2, "deadline: '2020.10'", "deadline: ‸'2020.13'", "deadline-not-a-date"),
    (T2, "deadline: '2020.10'", "deadline: ‸明天", "deadline-not-a-date"),
    (T3, "unknowns:\n  deadline:", "unknowns:\n  ‸dedline:", "unknown-field"),
    (M1, "quote: 到2025年底", "quote: ‸到2026年底", "not-in-source"),
    (M1, "heading: 疏浚河道", "heading: ‸清理河道", "not-in-source"),
    (T1, "quote: 疏浚河道三条", "quote: ‸疏浚河道四条", "not-in-source"),
    (T2, "value: 2", "value: ‸4", "not-in-source"),
    (T1, "unit: 条", "unit: ‸公里", "not-in-source"),
    (M3, "title: 青川市堤防管理办法", "title: ‸青川市堤防管理条例", "not-in-source"),
    (T1, "- water", "- ‸watre", "unknown-theme"),
    (T1, "- water", "- ‸markup", "term-without-evidence"),
    (M1, "to: qingchuan-east-table/01", "to: ‸qingchuan-east-table/09", "unknown-measure"),
    (M1, "to: qingchuan-east-table/01", "to: ‸qingchuan-notice/01", "unknown-measure"),
    (M1, "    - 疏浚河道", "    - ‸清淤不少于", "relation-without-evidence"),
    (
        T3,
        "unknowns:\n  deadline:\n    state: 不适用\n    reason: 原文写“持续推进”，没有日期。\n",
        "",
        "deadline-not-a-date",
        (T3, 4, 11),
    ),
    (TABLE, "  audiences:\n    state: 未载明\n    reason: 没有写。\n", "", "unexplained-unknown", (T3, 1, 1)),
    (POLICY, "issued: 2024年2月20日", "issued: ‸2024年2月21日", "not-in-source"),
    (POLICY, "jurisdiction: qingchuan", "jurisdiction: ‸qingchaun", "unknown-jurisdiction"),
    (POLICY, "  - measure: '01'", "  - measure: ‸'04'", "missing-file"),
    (POLICY, "  - measure: '02'", "  - measure: ‸'01'", "repeated-item"),
    (POLICY, "  - measure: '03'\n", "", "not-in-parts", (M3, 1, 1)),
    ("glossary.yml", "definition: 不少于12.5公里", "definition: ‸多于12.5公里", "not-in-source"),
    ("synonyms.yml", "- 清淤", "- ‸清理", "not-in-source"),
    ("glossary.yml", "measure: qingchuan-notice/01", "measure: ‸qingchuan-notice/11", "unknown-measure"),
    ("jurisdictions.yml", "parent: qingchuan", "parent: ‸beijing", "unknown-jurisdiction"),
    (WATER, "name: 市水务局", "name: ‸市财政局", "repeated-name"),
    (WATER, "- qingchuan-east-water", "- ‸qingchuan-east-wate", "unknown-department"),
    (WATER, "- 水利局", "- ‸市财政局", "repeated-name"),
    (WATER, "'2026-01-31'", "‸'2026-02-30'", "wrong-form"),
    (
        POLICY,
        "measure_unknowns:",
        "unknowns:\n  ‸issuer:\n    state: 未载明\n    reason: 没有写。\nmeasure_unknowns:",
        "needless-unknown",
    ),
    (T1, "value: 3", "value: ‸99999", "not-in-source"),
    (M1, "heading: 疏浚河道", "heading: ‸疏浚河", "not-in-source"),
    (M1, "heading: 疏浚河道", "heading: ‸疏浚河道。", "not-in-source"),
    ("jurisdictions.yml", "level: 市级", "level: 市级\n  parent: ‸qingchuan-east", "unknown-jurisdiction"),
]


@pytest.mark.parametrize("row", BAD, ids=[f"{number}-{row[3]}" for number, row in enumerate(BAD)])
def test_bad_input_is_named_at_its_place(row, data):
    damage(data, row)
    assert (row[3], *expected(row)) in places(data)


def damage(data: Path, row) -> None:
    path, before, after, *_ = row
    replace(data / path, before, after.replace("‸", ""))


def expected(row) -> tuple[str, int, int]:
    """File, line and column, both from 1, of the mark."""
    path, before, after, _, *place = row
    if place:
        return place[0]
    text = (CITY / "data" / path).read_text("utf-8")
    ahead = text[: text.index(before)] + after[: after.index("‸")]
    return path, ahead.count("\n") + 1, len(ahead) - ahead.rfind("\n")


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"),
    [
        ("number: '1'\ntitle: 部门".encode("gbk"), "not-utf-8", 2, 8),
        ("number: 1".encode("utf-16"), "not-utf-8", 1, 1),
        ("name: 楼".encode("gbk"), "mojibake", 1, 7),
        (b"", "no-record", 1, 1),
        (b"# \xe6\xb2\xa1\xe6\x9c\x89\n", "no-record", 1, 1),
        ("只有一句话".encode(), "no-record", 1, 1),
        (b"- 1\n- 2\n", "no-record", 1, 1),
        (b"[" * 100_000, "too-deep", 1, 21),
        (b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(200)), "no-anchors", 1, 4),
    ],
    ids=["gbk", "utf-16", "gbk-as-utf-8", "empty", "comment-only", "sentence", "list", "brackets", "aliases"],
)
def test_a_whole_file_that_cannot_be_read(content, rule, line, column, data):
    (data / T1).write_bytes(content)
    assert (rule, T1, line, column) in places(data)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("policies/qingchuan-notice/measures/1.yml", "bad-id"),
        ("policies/qingchuan-notice/measures/04.yaml", "unknown-file"),
        ("policies/Qing_chuan/policy.yml", "bad-id"),
        ("departments/市水务局.yml", "bad-id"),
        ("departments/" + "a" * 70 + ".yml", "bad-id"),
        ("policies/qingchuan-notice/notes.bak", "unknown-file"),
        ("stray.txt", "unknown-file"),
    ],
)
def test_a_file_that_may_not_stand_there(path, rule, data):
    (data / path).parent.mkdir(parents=True, exist_ok=True)
    (data / path).write_text("name: x\n", "utf-8")
    assert (rule, path, 1, 1) in places(data)


@pytest.mark.parametrize(
    "path",
    [
        "site.yml",
        "themes.yml",
        "jurisdictions.yml",
        POLICY,
        "policies/qingchuan-notice/source.txt",
        "policies/qingchuan-notice/measures/02.yml",
    ],
)
def test_a_missing_file_is_missed(path, data):
    (data / path).unlink()
    rules = {rule for rule, *_ in places(data)}
    assert "missing-file" in rules


def test_links_are_refused(data):
    (data / "departments/qingchuan-link.yml").symlink_to(data / WATER)
    assert ("no-links", "departments/qingchuan-link.yml", 1, 1) in places(data)


def test_all_problems_of_all_files_at_once(data):
    replace(data / T1, "- 市财政局", "- 市财政居")
    replace(data / WATER, "kind: 政府部门", "kind: 政府")
    replace(data / "site.yml", "name: ", "nmae: ")
    assert {file for _, file, *_ in places(data)} == {T1, WATER, "site.yml"}


@pytest.mark.parametrize(
    "text", ["no", "on", "0533", "12:30", "2022.10", "0x1F", "1_000", ".nan", "~x", "yes", "2023-09-01"]
)
def test_nothing_is_guessed(text, data):
    replace(data / T1, "title: 疏浚三条河道", f"title: {text}")
    report = check(load(data))
    assert report.ledger.measure_by_id["qingchuan-east-table/01"].title == text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "# 说明\n" + text,
        lambda text: text.replace("title: 疏浚三条河道", 'title: "疏浚三条河道"'),
        lambda text: text.replace("title: 疏浚三条河道", "title: |\n  疏浚三条河道"),
        lambda text: text.replace("title: 疏浚三条河道", "title: 𠮷野家"),
        lambda text: text.replace("themes:\n  - water", "themes: [water]"),
        lambda text: "\n".join(reversed(text.strip().split("\n")[:4])) + "\n" + "\n".join(text.split("\n")[4:]),
    ],
    ids=["crlf", "bom", "comment", "double-quotes", "block", "beyond-bmp", "flow", "order"],
)
def test_what_is_right_is_not_refused(change, data):
    path = data / T1
    path.write_bytes(change(path.read_text("utf-8")).encode())
    report = check(load(data))
    assert report.ledger, report.problems


@pytest.mark.parametrize(
    ("path", "before", "after", "rule"),
    [
        (M1, "inner_deadlines:\n  d1:\n    quote: 到2025年底\n", "", "unlisted-deadline"),
        (POLICY, "instruments:\n  i1:\n    title: 水法\n    relation: basis\n", "", "unlisted-instrument"),
    ],
)
def test_what_may_have_been_forgotten_is_a_reminder(path, before, after, rule, data):
    replace(data / path, before, after)
    if rule == "unlisted-deadline":
        replace(data / path, "    by_text: 到2025年底\n", "")
    report = check(load(data))
    assert report.ledger and [(problem.rule, problem.level) for problem in report.problems] == [(rule, "warning")]


@pytest.mark.parametrize(
    ("quote", "rules"),
    [
        ("到2023年底", ["deadline-before-issue"]),
        ("到2024年底", []),  # the year in which the document was issued is not over
        ("2024年2月20日", []),
    ],
)
def test_a_deadline_before_the_document_is_a_reminder(quote, rules, data):
    replace(data / M1, "quote: 到2025年底", f"quote: {quote}")
    found = [problem for problem in check(load(data)).problems if problem.rule == "deadline-before-issue"]
    assert [problem.rule for problem in found] == rules
    assert all((problem.level, problem.at.line, problem.at.column) == ("warning", 11, 12) for problem in found)


@pytest.mark.parametrize("path", [M1, POLICY])
def test_an_odd_deadline_that_is_explained_is_no_reminder(path, data):
    replace(data / M1, "quote: 到2025年底", "quote: 到2023年底")
    anomaly = "anomalies:\n  a1:\n    quote: 到2023年底，清淤\n    explanation: 原文如此。\n"
    (data / path).write_text((data / path).read_text("utf-8") + anomaly, "utf-8")
    assert "deadline-before-issue" not in {problem.rule for problem in check(load(data)).problems}


def test_without_a_day_of_issue_no_deadline_is_early(data):
    assert "issued" not in (data / TABLE).read_text("utf-8").split("unknowns:")[0]
    replace(data / T2, "deadline: '2020.10'", "deadline: '1990.10'")
    assert "deadline-before-issue" not in {problem.rule for problem in check(load(data)).problems}


def test_a_body_without_duties_is_not_published(data):
    (data / "departments/qingchuan-idle.yml").write_text(
        "name: 市民政局\njurisdiction: qingchuan\nkind: 政府部门\n", "utf-8"
    )
    report = check(load(data))
    assert [problem.rule for problem in report.problems] == ["idle-department"]
    assert "qingchuan-idle" not in {department.id for department in report.ledger.departments}


def test_the_hash_to_write_is_told(data):
    text = (data / POLICY).read_text("utf-8")
    digest = re.search(r"source_sha256: (\w+)\n", text)
    replace(data / POLICY, digest.group(), "")
    problem = next(problem for problem in check(load(data)).problems if is_error(problem))
    assert problem.rule == "missing-field" and digest.group(1) in problem.help


def test_the_nearest_name_is_offered(data):
    replace(data / T1, "- 市财政局", "- 市财政居")
    problem = next(problem for problem in check(load(data)).problems if problem.rule == "unknown-department")
    assert (problem.message, problem.help) == ("没有名为“市财政居”的部门。", "是不是“市财政局”？")


def test_the_command_says_what_a_tool_needs(data):
    replace(data / T1, "- 市财政局", "- 市财政居")
    made = run("check", "--data", str(data), "--format", "json")
    assert made.returncode == 1
    rows = json.loads(made.stdout)
    assert {"file", "line", "column", "rule", "level", "message", "help"} == set(rows[0])
    assert [(row["file"], row["line"], row["column"], row["rule"], row["level"]) for row in rows] == [
        ((data / T1).as_posix(), 8, 5, "unknown-department", "error")
    ]


def test_a_value_cannot_forge_a_workflow_command(data):
    replace(data / T1, "- water", '- "::error::x\\n::set-output::y%0A"')
    lines = run("check", "--data", str(data), "--format", "github").stdout.splitlines()
    assert lines and all(line.startswith("::error file=") for line in lines if line.startswith("::"))
    assert "\\u000a" in lines[0] and "%250A" in lines[0]


def test_wrong_use_and_missing_folder():
    assert run("check", "--format", "xml").returncode == 2
    made = run("check", "--data", "no-such-folder")
    assert (made.returncode, "Traceback" in made.stderr) == (2, False)
    assert "missing-folder" in made.stdout


@pytest.mark.parametrize(
    ("path", "before", "after", "rule"),
    [
        (WATER, "name: 市水务局", "nmae: 市水务局", "unknown-field"),
        (POLICY, "jurisdiction: qingchuan", "jurisdiction: qingchaun", "unknown-jurisdiction"),
        (POLICY, "parts:", "prats:", "unknown-field"),
        (T1, "text: 疏浚河道三条。", "text: 疏浚大河三条。", "differs-from-source"),
        (T1, "text: 疏浚河道三条。", "text: 【待填】", "left-to-fill"),
        (TABLE, "- title: 东区河道任务表", "- title: 【待填】", "left-to-fill"),
        (WATER, "name: 市水务局", "name: 【待填】", "left-to-fill"),
        (M1, "text: 疏浚河道。", "text: [疏浚河道。", "yaml-syntax"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() and "/" not in value else "",
)
def test_a_mistake_is_not_buried_by_its_echoes(path, before, after, rule, data):
    replace(data / path, before, after)
    found = places(data)
    assert rule in {place[0] for place in found}
    assert {place[1] for place in found} == {path}, found


def test_odd_files_do_no_harm(data):
    os.mkfifo(data / "departments/pipe.yml")
    (data / "departments").joinpath(os.fsdecode(b"\xca\xd0.yml")).write_text("name: x\n", "utf-8")
    made = run("check", "--data", str(data), "--format", "json")
    assert made.returncode == 1 and {row["rule"] for row in json.loads(made.stdout)} == {"unknown-file", "bad-id"}


def test_a_long_other_text_does_not_hang(data):
    (data / "policies/qingchuan-notice/source.txt").write_text("的一是不在有人我他这，" * 30_000, "utf-8")
    policy = data / POLICY
    digest = hashlib.sha256((data / "policies/qingchuan-notice/source.txt").read_bytes()).hexdigest()
    policy.write_text(re.sub(r"source_sha256: \w+", f"source_sha256: {digest}", policy.read_text("utf-8")), "utf-8")
    assert "differs-from-source" in {rule for rule, *_ in places(data)}


def test_every_message_is_chinese_and_offers_a_way(data):
    for row in BAD:
        fresh = shutil.copytree(CITY / "data", data.parent / "fresh", dirs_exist_ok=True)
        damage(fresh, row)
        for problem in check(load(fresh)).problems:
            assert problem.message.endswith("。") and problem.help.endswith(("。", "？")), problem
            assert "schema" not in problem.message + problem.help


def test_every_field_of_every_schema_is_explained_in_chinese():
    def fields(schema, path=""):
        for name, field in schema.get("properties", {}).items():
            yield f"{path}/{name}", field
            yield from fields(field, f"{path}/{name}")
        for part in ("additionalProperties", "items"):
            if isinstance(schema.get(part), dict):
                yield from fields(schema[part], path)

    for kind, schema in schemas().items():
        if kind != "common":
            for path, field in fields(schema):
                assert "description" in field or "$ref" in field or "properties" in field.get("items", {}), (
                    f"{kind}{path}"
                )
