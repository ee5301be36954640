"""The history of the data, told by meaning; versions, corrections, removed records and dated copies."""

import json
import subprocess
from dataclasses import replace

import pytest

from scripts.check import check
from scripts.downloads.snapshot import make_snapshot
from scripts.history import read_history
from scripts.ledger import Change, History
from scripts.load import load
from scripts.write import write_tree
from tests.conftest import CITY, DATA, ROOT, ledger_of, pages_of, run

MEASURE = "policies/qingchuan-notice/measures/01.yml"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A git repository with the data of the small city; `commit(message)` commits what changed, a day later each time."""
    data = tmp_path / "data"
    subprocess.run(["cp", "-r", str(CITY / "data"), str(data)], check=True)
    day = iter(range(1, 28))

    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    def commit(message):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-03-{next(day):02}T08:00:00+08:00")
        git("add", "-A")
        git("commit", "-q", "--allow-empty", "-m", message)
        return read_history(data)

    git("init", "-q")
    return data, commit


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_first_commit_adds_every_record(repository):
    data, commit = repository
    history = commit("第一批")
    (release,) = history.releases
    records = {change.record for change in release.changes}
    ledger = ledger_of(data)
    assert {f"policies/{measure.id}" for measure in ledger.measures} <= records
    assert {f"departments/{body.id}" for body in ledger.departments} <= records
    assert {change.action for change in release.changes} == {"added"}
    assert history.version == "1.0.0" and history.changed_on == "2026-03-01"


def test_a_changed_value_is_told_from_what_to_what_with_its_reason(repository):
    data, commit = repository
    commit("第一批")
    departments = sorted((data / "departments").glob("*.yml"))
    with departments[0].open("a", encoding="utf-8") as file:
        file.write("note: 一条说明\n")
    history = commit("改标题\n\n原因：对照原件，改正错字。")
    release = history.releases[-1]
    assert release.reason == "对照原件，改正错字。"
    told = {(change.record, change.action, change.field, change.after) for change in release.changes}
    assert (f"departments/{departments[0].stem}", "added", "note", "一条说明") in told
    assert history.version == "1.0.1", "a value was corrected: patch"


def test_layout_of_a_file_is_no_change(repository):
    data, commit = repository
    commit("第一批")
    path = sorted((data / "departments").glob("*.yml"))[0]
    path.write_text("# 说明文字\n" + path.read_text("utf-8"), "utf-8")
    (data / "site.yml").write_text((data / "site.yml").read_text("utf-8") + "\n", "utf-8")
    assert len(commit("只改写法").releases) == 1


def test_questions_of_an_import_are_no_news(repository):
    """Neither that an editor answered one, nor its words."""
    data, commit = repository
    path = sorted((data / "departments").glob("*.yml"))[0]
    question = "review:\n  q1:\n    question: 请确认编号。\n"
    path.write_text(path.read_text("utf-8") + question, "utf-8")
    commit("第一批")
    edit(path, question, "")
    assert [release.version for release in commit("确认编号").releases] == ["1.0.0"]


def test_rows_and_lists_are_told_one_by_one(repository):
    data, commit = repository
    path = sorted((data / "departments").glob("*.yml"))[0]
    path.write_text(path.read_text("utf-8") + "aliases:\n  - 甲\n", "utf-8")
    commit("第一批")
    edit(path, "  - 甲\n", "  - 甲\n  - 乙\n")
    added = commit("加一个简称").releases[-1]
    assert [(c.action, c.field, c.before, c.after) for c in added.changes] == [("changed", "aliases", "甲", "甲；乙")]
    assert not added.changes[0].is_correction
    edit(path, "  - 甲\n  - 乙\n", "  - 丙\n")
    changed = commit("换简称").releases[-1]
    assert [(c.action, c.before, c.after) for c in changed.changes] == [("changed", "甲；乙", "丙")]
    assert changed.changes[0].is_correction


def test_versions_say_how_much_changed(repository):
    data, commit = repository
    commit("第一批")
    anomaly = "anomalies:\n  a9:\n    quote: 甲\n    explanation: 乙\n"
    path = data / MEASURE
    path.write_text(path.read_text("utf-8") + anomaly, "utf-8") if "anomalies:" not in path.read_text("utf-8") else None
    (data / "departments/qingchuan-new.yml").write_text("name: 新部门\njurisdiction: qingchuan\n", "utf-8")
    assert commit("加一个部门").version == "1.1.0", "a record was added: minor"
    (data / "departments/qingchuan-new.yml").unlink()
    history = commit("删一个部门")
    assert history.version == "2.0.0", "a record was taken away: major"
    assert history.releases[-1].counts() == {"added": 0, "changed": 0, "removed": 1}


def test_a_lost_column_is_a_new_major_version(repository):
    data, commit = repository
    (data / "schemas").mkdir(exist_ok=True)
    layout = data / "schemas/tables.schema.json"
    layout.write_bytes((ROOT / "data/schemas/tables.schema.json").read_bytes())
    commit("第一批")
    tables = json.loads(layout.read_text("utf-8"))
    tables["$defs"]["ledger"]["items"]["properties"]["extra"] = {}
    layout.write_text(json.dumps(tables), "utf-8")
    assert commit("加一列").version == "1.1.0"
    del tables["$defs"]["ledger"]["items"]["properties"]["text"]
    layout.write_text(json.dumps(tables), "utf-8")
    history = commit("少一列")
    assert history.version == "2.0.0"
    assert history.releases[-1].changes == (Change(record="tables/ledger", action="removed", field="text"),)


def test_a_merge_counts_as_what_it_brought(repository):
    data, commit = repository
    commit("第一批")

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments], cwd=data, check=True)

    git("switch", "-q", "-c", "side")
    path = sorted((data / "departments").glob("*.yml"))[0]
    for number in range(3):
        path.write_text(path.read_text("utf-8").split("note:")[0] + f"note: 第{number}稿\n", "utf-8")
        commit(f"第{number}稿")
    git("switch", "-q", "-")
    git("merge", "-q", "--no-ff", "-m", "合并\n\n原因：补充说明。", "side")
    history = read_history(data)
    assert [change.after for change in history.releases[-1].changes] == ["第2稿"]
    assert len(history.releases) == 2 and history.releases[-1].reason == "补充说明。"


def test_an_unreadable_old_version_does_not_stop_anything(repository):
    data, commit = repository
    path = sorted((data / "departments").glob("*.yml"))[0]
    good = path.read_text("utf-8")
    for bad in ("a: [", "&a x: *a", "\x00", ""):
        path.write_text(bad, "utf-8")
        commit("坏的")
    path.write_text(good, "utf-8")
    history = commit("好的")
    assert history.releases[-1].changes == (Change(record=f"departments/{path.stem}", action="added"),)


def test_the_real_data_has_a_history():
    history = read_history(DATA)
    if not history.releases:
        pytest.skip("a ZIP or a shallow clone has none")
    added = {change.record for release in history.releases for change in release.changes if not change.field}
    ledger = ledger_of(DATA)
    assert {f"policies/{measure.id}" for measure in ledger.measures} <= added


def test_changes_and_corrections_have_their_pages(city):
    pages = pages_of(city)
    page, corrections = pages["changes/index.md"], pages["changes/corrections.md"]
    assert "2.0.0" in page and "对照原件，改正&lt;b&gt;抄写&lt;/b&gt;错误。" in page
    assert "<del>" in page and "<ins>" in page and "1.0.0" in page
    assert "2.0.0" in corrections and 'id="v1.0.0"' not in corrections, "what is only added corrects nothing"
    measure = pages["policies/qingchuan-notice/01.md"]
    assert "修改记录（2 次）" in measure
    silent = pages_of(replace(city, history=History()))
    assert "没有完整的修改历史" in silent["changes/index.md"] and "feeds/" not in silent["changes/index.md"]


REMOVED = """departments/qingchuan-old:
  name: 老部门 <b>
  on: '2026-03-02'
  reason: 机构改革后撤销。
  replaced_by: {other}
"""


def test_a_removed_record_leaves_a_tombstone(repository):
    data, _ = repository
    other = f"departments/{ledger_of(data).departments[0].id}"
    (data / "removed.yml").write_text(REMOVED.format(other=other), "utf-8")
    ledger = ledger_of(data)
    page = pages_of(ledger)["departments/qingchuan-old.md"]
    assert "老部门 &lt;b&gt;" in page and "机构改革后撤销。" in page and f"../{other.split('/')[1]}/" in page


@pytest.mark.parametrize(
    "old, new, rule, line",
    [
        ("departments/qingchuan-old:", "{standing}:", "removed-record-exists", 1),
        ("replaced_by: {other}", "replaced_by: departments/nobody", "unknown-record", 5),
        ("departments/qingchuan-old:", "nowhere/x:", "bad-id", 1),
        ("2026-03-02", "2026-02-30", "wrong-form", 3),
    ],
)
def test_a_wrong_tombstone_is_named(repository, old, new, rule, line):
    data, _ = repository
    standing = f"departments/{ledger_of(data).departments[0].id}"
    text = REMOVED.replace(old, new).replace("{other}", standing).replace("{standing}", standing)
    (data / "removed.yml").write_text(text, "utf-8")
    problems = check(load(data)).problems
    assert [(problem.rule, problem.at.line) for problem in problems] == [(rule, line)]


@pytest.mark.parametrize(
    "code, fault",
    [
        ("12100000400010275N", ""),
        ("12100000400010275A", "校验位对不上"),
        ("1210000040001027", "现在是 16 位"),
        ("1210000O400010275N", "不用的字符"),
    ],
)
def test_a_credit_code_proves_itself(repository, code, fault):
    data, _ = repository
    path = sorted((data / "departments").glob("*.yml"))[0]
    path.write_text(path.read_text("utf-8") + f"identifiers:\n  统一社会信用代码: {code}\n", "utf-8")
    report = check(load(data))
    if fault:
        (problem,) = report.problems
        assert problem.rule == "wrong-code" and fault in problem.message
        return
    body = next(body for body in report.ledger.departments if body.id == path.stem)
    assert body.identifiers[0].value == code
    assert code in pages_of(report.ledger)[f"departments/{path.stem}.md"]


def test_a_dated_copy_is_kept_and_never_changes(repository):
    data, commit = repository
    commit("第一批")
    made = run("snapshot", "--data", str(data))
    assert made.returncode == 0, made.stderr
    folder = data / "snapshots/2026-03-01"
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    ledger = ledger_of(data)
    assert [snapshot.on for snapshot in ledger.snapshots] == ["2026-03-01"]
    assert run("snapshot", "--data", str(data)).returncode == 2, "not before it is committed"
    commit("固定版本")
    assert "不再改动" in run("snapshot", "--data", str(data)).stdout
    for spoil in (
        lambda: (folder / "ledger.csv").write_bytes(b"x"),
        lambda: (folder / "measures.csv").unlink(),
        lambda: (folder / "more.csv").write_bytes(b"x"),
    ):
        spoil()
    rules = {(problem.rule, problem.at.file.rpartition("/")[2]) for problem in check(load(data)).problems}
    assert rules == {("snapshot-changed", name) for name in ("ledger.csv", "measures.csv", "more.csv")}


def test_a_dated_copy_reaches_the_site(repository, tmp_path):
    data, commit = repository
    commit("第一批")
    write_tree(data / "snapshots/2026-03-01", make_snapshot(ledger_of(data)))
    (data / "snapshots/2026-03-01/.made-by-policy-ledger").unlink()
    assert run("build", "--data", str(data), "--out", str(tmp_path / "out")).returncode == 0
    for path in (data / "snapshots/2026-03-01").rglob("*"):
        if path.is_file():
            copy = tmp_path / "out/data" / path.relative_to(data)
            assert copy.read_bytes() == path.read_bytes()
    assert "2026-03-01" in (tmp_path / "out/data/snapshots/2026-03-01/index.md").read_text("utf-8")


def test_no_snapshot_without_a_history(tmp_path):
    subprocess.run(["cp", "-r", str(CITY / "data"), str(tmp_path / "data")], check=True)
    made = run("snapshot", "--data", str(tmp_path / "data"))
    assert made.returncode == 2 and "修改历史" in made.stderr


def test_two_states_are_compared_for_people_and_programs(repository):
    data, commit = repository
    commit("第一批")
    path = sorted((data / "departments").glob("*.yml"))[0]
    path.write_text(path.read_text("utf-8") + "note: '说明 `code` @someone <b>'\n", "utf-8")
    told = run("diff", "HEAD", "--data", str(data)).stdout
    assert "补充" in told and "第三个数字加一" in told and "``说明 `code` @someone <b>``" in told
    commit("加说明")
    assert run("diff", "HEAD~1", "HEAD", "--data", str(data)).stdout == told
    found = json.loads(run("diff", "HEAD~1", "--format", "json", "--data", str(data)).stdout)
    assert found["step"] == "patch"
    (change,) = found["changes"]
    assert (change["record"], change["field"]) == (f"departments/{path.stem}", "note")
    assert run("diff", "HEAD", "--data", str(data)).stdout == "数据没有变化。\n"


def test_two_folders_are_compared(tmp_path):
    for name in ("old", "new"):
        subprocess.run(["cp", "-r", str(CITY / "data"), str(tmp_path / name)], check=True)
    (tmp_path / "new" / MEASURE).unlink()
    made = run("diff", str(tmp_path / "old"), "--data", str(tmp_path / "new"))
    assert made.returncode == 0 and "移除" in made.stdout and "第一个数字加一" in made.stdout


@pytest.mark.parametrize("base", ["nowhere", "--help-me", "HEAD:data"])
def test_what_is_no_state_is_said_so(repository, base):
    data, commit = repository
    commit("第一批")
    made = run("diff", "--data", str(data), "--", base)
    assert made.returncode == 2 and "既不是文件夹" in made.stderr


def test_what_was_published_does_not_disappear_silently(repository):
    data, commit = repository
    commit("第一批")
    body = data / "departments/qingchuan-new.yml"
    body.write_text("name: 新部门\njurisdiction: qingchuan\n", "utf-8")
    commit("加一个部门")
    body.unlink()
    history = commit("删一个部门")
    assert not [p for p in check(load(data), history).problems if p.level == "error"], "nothing was public"
    site = data / "site.yml"
    site.write_text(site.read_text("utf-8") + "published: '2026-03-02'\n", "utf-8")
    (problem,) = [p for p in check(load(data), history).problems if p.level == "error"]
    assert problem.rule == "removed-without-tombstone" and "departments/qingchuan-new" in problem.message
    (data / "removed.yml").write_text(
        "departments/qingchuan-new:\n  name: 新部门\n  on: '2026-03-03'\n  reason: 撤销。\n", "utf-8"
    )
    assert check(load(data), history).ledger


def test_drafts_are_not_corrections(city):
    public = replace(city, site=replace(city.site, published="2026-02-02"))
    assert "还没有更正过" in pages_of(public)["changes/corrections.md"]
