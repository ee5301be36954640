"""Answers of an issue form become a change of the one file that they name, or nothing at all."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from scripts.check import check
from scripts.layout import GROUPS
from scripts.load import load, plain
from scripts.load.reader import read_yaml
from scripts.propose import CONFIRMED, MAKERS, propose
from scripts.propose.body import NO_ANSWER, NeedsAPerson, read_body, read_forms
from tests.conftest import CITY, DATA, ROOT, run

FORMS = read_forms(ROOT / ".github/ISSUE_TEMPLATE")
TODAY = "2026-11-22"
M1 = "policies/qingchuan-notice/measures/01.yml"
T1 = "policies/qingchuan-east-table/measures/01.yml"
GOOD = {
    "progress": {
        "record": "https://ledger.example/qingchuan/policies/qingchuan-east-table/01/",
        "date": "2026-01-05",
        "status": "推进中",
        "summary": "第一条河道开工。",
        "evidence_title": "2026: 开工 #1",
        "evidence_url": "https://news.example/2?a=1&b=2",
    },
    "confirm": {"record": T1, "by": "区水务中心办公室", "on": "2026-02-03", "result": CONFIRMED},
    "report": {
        "record": "qingchuan-east-table/01",
        "wrong": "标题不妥。\n\n### 小标题\n- 一\n",
        "source": "原件第 1 页",
        "field": "title",
        "right": "疏浚河道三条",
    },
}


def form(name: str):
    return next(form for form in FORMS if form.name == name)


def body(name: str, **answers: str) -> str:
    """As GitHub writes it."""
    given = GOOD.get(name, {}) | answers
    asked = form(name).questions
    return "\n\n".join(f"### {question.label}\n\n{given.get(question.id) or NO_ANSWER}" for question in asked)


@pytest.fixture(scope="module")
def tree():
    return load(CITY / "data")


def content(done) -> object:
    root, problems = read_yaml(done.content.decode("utf-8"), "x")
    assert root and not problems
    return plain(root)


def before(done) -> tuple[str, object]:
    text = done.file.read_text("utf-8")
    return text, plain(read_yaml(text, "x")[0])


# What becomes a change


def test_progress(tree):
    done = propose(tree, body("progress"), FORMS, TODAY)
    text, was = before(done)
    assert done.file == CITY / "data" / T1
    assert done.title == "补充进展：policies/qingchuan-east-table/01" and "p1（2026-01-05，推进中）" in done.told
    row = {name: GOOD["progress"][name] for name in ("date", "status", "summary", "evidence_url", "evidence_title")}
    assert content(done) == was | {"progress": {"p1": row}}
    assert done.content.decode("utf-8") == text + (
        "progress:\n  p1:\n    date: '2026-01-05'\n    status: 推进中\n    summary: 第一条河道开工。\n"
        "    evidence_url: https://news.example/2?a=1&b=2\n    evidence_title: '2026: 开工 #1'\n"
    )


def test_more_progress_goes_behind_what_is_there(tree):
    done = propose(tree, body("progress", record="qingchuan-notice/01"), FORMS, TODAY)
    text, was = before(done)
    assert list(content(done)["progress"]) == ["p1", "p2"] and content(done)["progress"]["p1"] == was["progress"]["p1"]
    after = done.content.decode("utf-8")
    assert after.index("  p2:") < after.index("\nchecked:") and len(after) > len(text)
    again = body("progress", record=M1, date="2025-03-01", evidence_url="https://news.example/1?a=1&b=2")
    with pytest.raises(NeedsAPerson, match="已经有了"):
        propose(tree, again, FORMS, TODAY)


def test_a_department_confirms(tree):
    done = propose(tree, body("confirm"), FORMS, TODAY)
    text, was = before(done)
    assert content(done) == was | {"checked": {"by": "区水务中心办公室", "on": "2026-02-03"}}
    assert done.content.decode("utf-8") == text + "checked:\n  by: 区水务中心办公室\n  'on': '2026-02-03'\n"


@pytest.mark.parametrize(
    "record", [M1, "departments/qingchuan-water", "https://x.example/departments/qingchuan-water/"]
)
def test_a_later_confirmation_takes_the_place_of_an_earlier_one(record, tree):
    done = propose(tree, body("confirm", record=record, on="2026-02-03"), FORMS, TODAY)
    text, was = before(done)
    assert content(done) == was | {"checked": {"by": "区水务中心办公室", "on": "2026-02-03"}}
    assert len(done.content.decode("utf-8").split("\n")) == len(text.split("\n"))
    with pytest.raises(NeedsAPerson, match="2026-01-31"):
        propose(tree, body("confirm", record=record, on="2026-01-31"), FORMS, TODAY)


def test_a_policy_is_confirmed_too(tree):
    done = propose(tree, body("confirm", record="policies/qingchuan-notice"), FORMS, TODAY)
    assert done.file.name == "policy.yml" and content(done)["checked"]["on"] == "2026-02-03"


@pytest.mark.parametrize(
    ("record", "field", "right", "line"),
    [
        (T1, "title", "疏浚河道三条", "title: 疏浚河道三条"),
        (T1, "`title`", "3", "title: '3'"),
        (T1, "title", "- a: b #c", "title: '- a: b #c'"),
        (T1, "note", "说明：一", "note: 说明：一"),
        (M1, "progress.p1.summary", "开工", "    summary: 开工"),
        (M1, "targets.t1.quote", "清淤不少于12.5公里", None),
        (M1, "relations.r1.relation", "implements", "    relation: implements"),
        ("departments/qingchuan-water", "kind", "事业单位", "kind: 事业单位"),
        ("policies/qingchuan-notice", "short_title", "河道整治措施", "short_title: 河道整治措施"),
        ("policies/qingchuan-notice", "received", "2024-03-03", "received: '2024-03-03'"),
    ],
)
def test_a_correction(record, field, right, line, tree):
    asked = body("report", record=record, field=field, right=right)
    if line is None:
        with pytest.raises(NeedsAPerson, match="已经是这样"):
            propose(tree, asked, FORMS, TODAY)
        return
    done = propose(tree, asked, FORMS, TODAY)
    text, _ = before(done)
    old, new = text.split("\n"), done.content.decode("utf-8").split("\n")
    assert line in new and len({*new} - {*old}) == 1


def test_a_department_corrects(tree):
    done = propose(tree, body("confirm", result="需要更正", field="title", right="疏浚", wrong="太长。"), FORMS, TODAY)
    assert content(done)["title"] == "疏浚" and "checked" not in content(done)


def test_line_ends_of_the_form_do_not_matter(tree):
    assert propose(tree, body("progress").replace("\n", "\r\n"), FORMS, TODAY).content


@pytest.mark.parametrize("name", ["progress", "confirm"])
def test_every_real_record_can_be_changed(name):
    """In the order of the schema, under the comment of its group, with every comment kept and nothing else touched."""
    tree = load(DATA)
    records = [one for one in tree.records if one.kind == "measure" or (name == "confirm" and one.kind in GROUPS)]
    for record in records[:: 1 if name == "progress" else 7]:
        done = propose(replace(tree), body(name, record=f"data/{record.path}"), FORMS, TODAY)
        text, _ = before(done)
        after = done.content.decode("utf-8").split("\n")
        left = iter(after)
        assert all(line in left for line in text.split("\n")), "every line is there, in order"
        root, _ = read_yaml("\n".join(after), "x")
        order = [field for group in GROUPS[record.kind] for field in group.fields]
        assert list(root.keys) == sorted(root.keys, key=order.index)
        for group in GROUPS[record.kind]:
            first = next((field for field in root.keys if field in group.fields), None)
            if first and group.comment:
                assert after[root.keys[first].line - 2] == f"# {group.comment}", record.path


# What does not


@pytest.mark.parametrize(
    "record",
    [
        "",
        "…",
        "zibo",
        "qingchuan-notice/99",
        "../../../etc/passwd",
        "policies/../site",
        "policies/../../scripts/load",
        "data/policies/qingchuan-notice/measures/../policy.yml",
        "policies/qingchuan-notice/source.txt",
        "policies/qingchuan-notice/measures/01.yml\\n../x",
        "/etc/passwd",
        "file:///etc/passwd",
        "site",
        "site.yml",
        "data/site.yml",
        "themes",
        "schemas/measure",
        "departments/qingchuan-water/../../site",
        "departments/*",
        "policies/qingchuan-notice/０１",
        "$(touch x)/01",
        "`id`/01",
        "qingchuan-notice/01; rm -rf /",
        "https://x.example/" + "a/" * 900,
        "a-" * 900 + "/01",
    ],
)
def test_only_records_that_stand_there_are_changed(record, tree):
    for name in MAKERS:
        with pytest.raises(NeedsAPerson):
            propose(tree, body(name, record=record), FORMS, TODAY)


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("progress", {"record": "departments/qingchuan-water"}, "一条措施"),
        ("progress", {"date": "2026-1-5"}, "2026-01-31 的形式"),
        ("progress", {"date": "２０２６-01-05"}, "2026-01-31 的形式"),
        ("progress", {"date": "2026-02-30"}, "通不过"),
        ("progress", {"date": "2026-11-23"}, "还没有到"),
        ("progress", {"status": "差不多了"}, "选项"),
        ("progress", {"summary": ""}, "缺一项"),
        ("progress", {"summary": "长" * 201}, "超过了 200"),
        ("progress", {"evidence_url": "javascript:alert(1)"}, "wrong-form"),
        ("progress", {"evidence_url": "https://x.example/文"}, "wrong-form"),
        ("progress", {"summary": "隐\u200b形"}, "zero-width"),
        ("progress", {"summary": "反\u202e向"}, "bidi-mark"),
        ("progress", {"summary": "【待填】"}, "left-to-fill"),
        ("confirm", {"by": ""}, "单位或人"),
        ("confirm", {"wrong": "这里不对"}, "请先问清楚"),
        ("confirm", {"result": "需要更正"}, "没有同时写明"),
        ("report", {"field": ""}, "没有同时写明"),
        ("report", {"right": ""}, "没有同时写明"),
        ("report", {"field": "titel"}, "不在数据文件里"),
        ("report", {"field": "标题"}, "不在数据文件里"),
        ("report", {"field": "departments"}, "不是一行文字"),
        ("report", {"field": "targets.t1"}, "不是一行文字"),
        ("report", {"field": "targets.t9.unit"}, "没有“targets.t9.unit”"),
        ("report", {"field": "progress.p9.date"}, "没有“progress.p9.date”"),
        ("report", {"field": "__class__"}, "不在数据文件里"),
        ("report", {"field": "text", "right": "疏浚大河三条。"}, "differs-from-source"),
        ("report", {"field": "targets.t1.value", "right": "4"}, "not-in-source"),
        ("report", {"field": "targets.t1.value", "right": "3 # x"}, "wrong-type"),
        (
            "report",
            {"record": "policies/qingchuan-notice", "field": "source_sha256", "right": "0" * 64},
            "source-changed",
        ),
        (
            "report",
            {"record": "policies/qingchuan-notice", "field": "jurisdiction", "right": "x"},
            "unknown-jurisdiction",
        ),
        ("report", {"record": "qingchuan-notice/02", "field": "text", "right": "x"}, "分几行|differs-from-source"),
    ],
)
def test_what_is_not_for_a_program_is_left_to_a_person(name, answers, words, tree):
    with pytest.raises(NeedsAPerson, match=words):
        propose(tree, body(name, **answers), FORMS, TODAY)


def test_a_new_document_is_for_a_person(tree):
    with pytest.raises(NeedsAPerson, match="要由人来办"):
        propose(tree, body("document", title="甲", address="乙"), FORMS, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: "只有一句话",
        lambda text: "先说一句\n\n" + text,
        lambda text: text.replace("### 公开的日期", "### 日期"),
        lambda text: text.replace("### 公开的日期", "#### 公开的日期"),
        lambda text: text + "\n\n### 公开的日期\n\n2020-01-01",
        lambda text: text.replace("第一条河道开工。", "开工\n\n### 哪一条\n\nqingchuan-notice/01"),
        lambda text: "\n\n".join(reversed(text.split("\n\n"))),
    ],
    ids=["empty", "sentence", "preface", "renamed", "level", "appended", "injected", "reversed"],
)
def test_a_body_that_is_no_form_is_refused(change, tree):
    with pytest.raises(NeedsAPerson):
        propose(tree, change(body("progress")), FORMS, TODAY)


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned #",
    "::set-output name=x::y",
    "::error file=x::y",
    "##[error]x",
    "${{ secrets.GITHUB_TOKEN }}",
    "x\nnumber: '9'",
    "x\n  p9:\n    date: '2020-01-01'",
    "x\n---\nnumber: 1",
    "x\r\ntext: 乙",
    "x\u2028text: 乙",
    "x\u0085text: 乙",
    "x\x0btext: 乙",
    "'\nnumber: 9\na: '",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "'",
    "''",
    '"',
    '"\\n"',
    "\\",
    "|",
    ">",
    "&a",
    "*a",
    "!!python/object:os.system",
    "{a: b}",
    "[a",
    "%TAG",
    "@x",
    "~",
    "null",
    "yes",
    "2020.10",
    "0x1F",
    "1e5",
    "12:30",
    "<<",
    "=",
    "?",
    "？：",
    "：",
    "</script><b>",
    "\x00",
    "\ud800",
    "\ufeff",
    "\u3000",
    "𠮷野家",
    "%0A::error::",
    "### 哪一条",
    "../../../etc/passwd",
    "2026-02-30",
    "9" * 1_900,
    "[" * 1_900,
    "{" * 200,
    "- " * 90 + "a",
    "长" * 10_000,
    "a" * 10_000 + "\n" + "b: c\n" * 2_000,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_answer_changes_anything_but_what_it_answers(hostile, tree):
    for name in MAKERS:
        for question in form(name).questions:
            try:
                done = propose(tree, body(name, **{question.id: hostile}), FORMS, TODAY)
            except NeedsAPerson:
                continue
            _, was = before(done)
            now = content(done)
            assert done.file == CITY / "data" / T1
            assert {key for key in {*was, *now} if was.get(key) != now.get(key)} <= {"title", "progress", "checked"}
            values = [now["title"], *now.get("progress", {}).get("p1", {}).values(), *now.get("checked", {}).values()]
            assert question.id in ("wrong", "source") or not hostile.strip() or hostile.strip() in values
            assert hostile not in done.title + done.told or hostile in ("'", "：", "?", "=")
            root, _ = read_yaml(done.content.decode("utf-8"), "x")
            records = tuple(replace(one, root=root) if one.path == T1 else one for one in tree.records)
            assert check(replace(tree, records=records)).ledger


def test_the_programs_words_are_those_of_the_forms():
    assert {form.name for form in FORMS} == {*MAKERS, "document"}
    result = next(question for question in form("confirm").questions if question.id == "result")
    assert result.choices[0] == CONFIRMED
    asked = {name: {question.id for question in form(name).questions} for name in MAKERS}
    assert all(given.keys() <= asked[name] for name, given in GOOD.items())
    assert {"wrong", "field", "right"} <= asked["confirm"] & asked["report"]
    for one in FORMS:
        assert read_body(body(one.name, **{q.id: "\n" for q in one.questions}), FORMS)[0] == one


# The command, and the workflow with a real git and a gh that only keeps a file


def test_the_command(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    file = tmp_path / "body.md"
    file.write_text(body("confirm"), "utf-8")
    made = run("propose", str(file), "--data", str(data))
    assert made.returncode == 0 and made.stdout.startswith("部门确认无误或更正：policies/qingchuan-east-table/01\n")
    assert "by: 区水务中心办公室" in (data / T1).read_text("utf-8")
    assert run("check", "--data", str(data)).returncode == 0
    made = run("propose", str(file), "--data", str(data))
    assert made.returncode == 1 and "没有改动" in made.stdout
    file.write_bytes(b"\xff\xfe")
    assert run("propose", str(file), "--data", str(data)).returncode == 1
    assert run("propose", str(tmp_path / "none"), "--data", str(data)).returncode == 2
    assert run("propose", str(file), "--forms", str(tmp_path / "none")).returncode == 2


GH = f"""#!{sys.executable}
import json, os, sys
with open(os.environ["FAKE_GH"], "a") as log:
    log.write(json.dumps([sys.argv[1:], sys.stdin.read()]) + "\\n")
"""


class Repository:
    """A clone of a ledger with a remote beside it, and what the workflow's two steps do in it."""

    def __init__(self, folder: Path):
        self.folder, self.remote, self.bin, self.log = (folder / n for n in ("work", "remote.git", "bin", "gh.log"))
        shutil.copytree(ROOT / "scripts", self.folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / ".github", self.folder / ".github")
        shutil.copytree(CITY / "data", self.folder / "data")
        shutil.copytree(DATA / "schemas", self.folder / "data/schemas")
        (self.folder / ".gitignore").write_text("build/\n__pycache__/\n")
        self.bin.mkdir()
        (self.bin / "gh").write_text(GH, "utf-8")
        (self.bin / "gh").chmod(0o755)
        subprocess.run(["git", "init", "--quiet", "--bare", self.remote], check=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "-m", "begin")
        self.git("remote", "add", "origin", str(self.remote))
        self.git("push", "--quiet", "origin", "main")

    def git(self, *arguments: str) -> str:
        made = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return made.stdout

    def labelled(self, text: str, number: int = 12, **changes) -> str:
        """What both steps print; a fresh checkout first, as on a runner."""
        self.git("switch", "--quiet", "main")
        issue = {"number": number, "body": text, "state": "open", "title": "$(touch pwned) ::error::x"}
        event = {"action": "labeled", "label": {"name": "采纳"}, "issue": issue} | changes
        file = self.folder.parent / "event.json"
        file.write_text(json.dumps(event), "utf-8")
        said = ""
        for step in ("change", "request"):
            made = subprocess.run(
                [sys.executable, ".github/issue-to-change.py", step, str(file)],
                cwd=self.folder,
                env={
                    "PATH": f"{self.bin}:{os.environ['PATH']}",
                    "FAKE_GH": str(self.log),
                    "HOME": str(self.folder.parent),
                },
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            said += made.stdout + made.stderr
            assert made.returncode == 0, said
        return said

    def calls(self) -> list:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()] if self.log.exists() else []

    def branches(self) -> set[str]:
        found = self.git("ls-remote", "--heads", "origin")
        return {line.rpartition("/")[2] for line in found.splitlines()} - {"main"}


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


def test_an_approved_issue_becomes_a_pull_request(repository):
    said = repository.labelled(body("progress", evidence_title="::error::x $(touch pwned)"))
    assert repository.branches() == {"issue-12"}
    changed = repository.git("diff", "--name-only", "main", "origin/issue-12")
    assert changed.split() == [f"data/{T1}"]
    ((command, words),) = repository.calls()
    assert command[:4] == ["pr", "create", "--head", "issue-12"] and "Closes #12" in words
    assert command[command.index("--title") + 1] == "补充进展：policies/qingchuan-east-table/01"
    message = repository.git("log", "-1", "--format=%B", "issue-12")
    assert "\n原因：见议题 #12。\n" in message
    assert "error" not in said + words + message and not list(repository.folder.rglob("pwned"))
    again = repository.labelled(body("progress"))
    assert len(repository.calls()) == 2 and repository.calls()[1][0][:2] == ["issue", "comment"]
    assert "分支 issue-12 已经有了" in repository.calls()[1][1] and "没有改动" in again


def test_an_issue_that_cannot_be_used_is_answered(repository):
    hostile = "javascript:@all`````$(touch pwned)::error::x"
    said = repository.labelled(body("progress", evidence_url=hostile), number=7)
    ((command, words),) = repository.calls()
    assert command[:3] == ["issue", "comment", "7"] and repository.branches() == set()
    fence = re.search(r"(?m)^(`{6,})text$", words)[1]
    assert words.rstrip().endswith(fence) and "@all" in words.split(fence)[1]
    assert "javascript" not in said and "::error" not in said
    assert repository.git("status", "--porcelain") == ""
    assert not list(repository.folder.rglob("pwned"))


@pytest.mark.parametrize(
    "changes",
    [{"action": "unlabeled"}, {"label": {"name": "bug"}}, {"issue": {"number": 1, "body": None, "state": "closed"}}],
)
def test_nothing_else_is_acted_upon(changes, repository):
    assert "只处理" in repository.labelled(body("progress"), **changes)
    assert repository.calls() == [] and repository.branches() == set()


def test_an_issue_without_words(repository):
    repository.labelled(None)
    assert repository.calls()[0][0][:2] == ["issue", "comment"]


def test_the_workflow_gives_no_more_than_it_must():
    text = (ROOT / ".github/workflows/propose.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow[True] == {"issues": {"types": ["labeled"]}} and workflow["permissions"] == {}
    (job,) = workflow["jobs"].values()
    assert job["if"] == "github.event.label.name == '采纳'"
    assert job["permissions"] == {"contents": "write", "pull-requests": "write", "issues": "write"}
    used = set(re.findall(r"\$\{\{ *(.*?) *\}\}", text))
    assert used == {"github.event.issue.number", "github.token", "github.repository"}, "no words of an issue"
    steps = job["steps"]
    assert [step for step in steps if "github.token" in str(step)] == [steps[-1]], "words and rights do not meet"
    assert steps[0]["with"] == {"persist-credentials": False}
    assert 'APPROVED = "采纳"' in (ROOT / ".github/issue-to-change.py").read_text("utf-8")
