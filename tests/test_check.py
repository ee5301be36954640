"""Checking as a whole: all problems at once, reminders, and what a tool or a workflow is told.

What is said about each kind of bad input stands in tests/bad/ and is tested by test_bad.py.
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
T1 = "policies/qingchuan-east-table/measures/01.yml"
T2 = "policies/qingchuan-east-table/measures/02.yml"
TABLE = "policies/qingchuan-east-table/policy.yml"
POLICY = "policies/qingchuan-notice/policy.yml"
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


def test_all_problems_of_all_files_at_once(data):
    replace(data / T1, "- 市财政局", "- 市财政居")
    replace(data / WATER, "kind: 政府部门", "kind: 政府")
    replace(data / "site.yml", "name: ", "nmae: ")
    assert {file for _, file, *_ in places(data)} == {T1, WATER, "site.yml"}


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
    replace(data / M1, "。到2025年底，", f"。{quote}，")
    replace(data / M1, "quote: 到2025年底", f"quote: {quote}")
    found = [problem for problem in check(load(data)).problems if problem.rule == "deadline-before-issue"]
    assert [problem.rule for problem in found] == rules
    assert all((problem.level, problem.at.line, problem.at.column) == ("warning", 11, 12) for problem in found)


@pytest.mark.parametrize("path", [M1, POLICY])
def test_an_odd_deadline_that_is_explained_is_no_reminder(path, data):
    replace(data / M1, "。到2025年底，", "。到2023年底，")
    replace(data / M1, "quote: 到2025年底", "quote: 到2023年底")
    anomaly = "anomalies:\n  a1:\n    quote: 到2023年底，清淤\n    explanation: 原文如此。\n"
    (data / path).write_text((data / path).read_text("utf-8") + anomaly, "utf-8")
    assert "deadline-before-issue" not in {problem.rule for problem in check(load(data)).problems}


def test_without_a_day_of_issue_no_deadline_is_early(data):
    assert "issued" not in (data / TABLE).read_text("utf-8").split("unknowns:")[0]
    replace(data / T2, "deadline: '2020.10'", "deadline: '1990.10'")
    assert "deadline-before-issue" not in {problem.rule for problem in check(load(data)).problems}


def test_a_short_form_of_two_bodies_is_a_reminder_at_both(data):
    other = data / "departments/qingchuan-finance.yml"
    other.write_text(other.read_text("utf-8") + "aliases:\n  - 水利局\n", "utf-8")
    told = {problem.at.file: problem for problem in check(load(data)).problems if problem.rule == "shared-alias"}
    assert told.keys() == {str(other), str(data / "departments/qingchuan-water.yml")}
    assert "departments/qingchuan-water.yml 的简称" in told[str(other)].message
    replace(other, "jurisdiction: qingchuan", "jurisdiction: qingchuan-east")
    assert "shared-alias" not in {problem.rule for problem in check(load(data)).problems}


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
