"""Skeletons of new records: what is left to fill is named, filling it as told gives a clean check."""

import re
import shutil
from pathlib import Path

import pytest

from scripts.check import check
from scripts.check.world import TO_FILL
from scripts.layout import GROUPS
from scripts.load import load
from scripts.load.reader import read_yaml
from scripts.schemas import schemas
from tests.conftest import CITY, DATA, run

NOTICE, TABLE = "policies/qingchuan-notice", "policies/qingchuan-east-table"


@pytest.fixture
def data(tmp_path) -> Path:
    return shutil.copytree(CITY / "data", tmp_path / "data")


def new(data: Path, *arguments: str):
    return run("new", *arguments, "--data", str(data))


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def marks(path: Path) -> set[tuple[str, int, int]]:
    """Rule, line and column of what a check must say of a skeleton."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return {("left-to-fill", n, line.index(TO_FILL) + 1) for n, line in lines if TO_FILL in line and line[0] != "#"}


def said(data: Path) -> dict[str, set[tuple[str, int, int]]]:
    found: dict[str, set[tuple[str, int, int]]] = {}
    for problem in check(load(data)).problems:
        inside = Path(problem.at.file).relative_to(data).as_posix()
        found.setdefault(inside, set()).add((problem.rule, problem.at.line, problem.at.column))
    return found


def fill(path: Path, *values: str) -> None:
    """Put values at the marks, in order; "" deletes the line, as the skeleton says."""
    left, lines = list(values), []
    for line in path.read_text("utf-8").splitlines():
        if TO_FILL not in line or line.startswith("#"):
            lines.append(line)
        elif value := left.pop(0):
            lines.append(line.replace(TO_FILL, value))
    assert not left
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("department", "qingchuan-east-education"), "departments/qingchuan-east-education.yml"),
        (("department", "elsewhere-education"), "departments/elsewhere-education.yml"),
        (("measure", "qingchuan-notice"), f"{NOTICE}/measures/04.yml"),
        (("measure", "qingchuan-east-table", "07"), f"{TABLE}/measures/07.yml"),
        (
            ("policy", "qingchuan-plan", "--source", str(CITY / "data" / NOTICE / "source.txt")),
            "policies/qingchuan-plan/policy.yml",
        ),
    ],
)
def test_a_check_names_exactly_what_is_left_to_fill(arguments, path, data):
    made = new(data, *arguments)
    assert made.returncode == 0, made.stderr
    assert read_yaml((data / path).read_text("utf-8"), path)[1] == []
    wanted = marks(data / path)
    assert wanted and f"有 {len(wanted)} 处待填" in made.stdout
    assert said(data) == {path: wanted}
    for problem in check(load(data)).problems:
        assert problem.message.endswith("还没有填。") and problem.help.endswith("。")


def test_a_department(data):
    new(data, "department", "qingchuan-east-education")
    path = data / "departments/qingchuan-east-education.yml"
    assert "\njurisdiction: qingchuan-east\n" in path.read_text("utf-8"), "its id says so"
    fill(path, "区教育局", "政府部门")
    report = check(load(data))
    assert report.ledger and [problem.rule for problem in report.problems] == ["idle-department"]


def test_a_measure_takes_its_place(data):
    policy = data / TABLE / "policy.yml"
    whole = policy.read_text("utf-8")
    (data / TABLE / "measures/02.yml").unlink()
    policy.write_text(whole.replace("  - measure: '02'\n", ""), "utf-8")
    made = new(data, "measure", "qingchuan-east-table", "02")
    assert policy.read_text("utf-8") == whole and "第 13 行" in made.stdout
    path = data / TABLE / "measures/02.yml"
    fill(path, "'2'", "巡查堤坝2-3次左右。", "区水务中心", "'2020.10'", "区水务中心", "water", "巡查堤坝")
    report = check(load(data))
    assert report.ledger and report.problems == ()


def test_line_ends_and_comments_of_the_policy_are_kept(data):
    policy = data / NOTICE / "policy.yml"
    before = b"# a\r\n" + policy.read_bytes().replace(b"\n", b"\r\n")
    policy.write_bytes(before)
    new(data, "measure", "qingchuan-notice")
    assert policy.read_bytes() == before.replace(
        b"  - measure: '03'\r\n", b"  - measure: '03'\r\n  - measure: '04'\r\n"
    )


def test_a_whole_policy(data, tmp_path):
    """Made anew from its text, in the steps that the command tells."""
    old = tmp_path / "old"
    (data / NOTICE).rename(old)
    made = new(data, "policy", "qingchuan-notice", "--source", str(old / "source.txt"))
    assert made.returncode == 0, made.stderr
    assert (data / NOTICE / "source.txt").read_bytes() == (old / "source.txt").read_bytes()
    policy, text = data / NOTICE / "policy.yml", (old / "policy.yml").read_text("utf-8")
    digest = re.search(r"source_sha256: .*\n", text)
    assert digest.group() in policy.read_text("utf-8")
    values = dict(re.findall(r"(?m)^(\w+): (\S.*)$", text))
    fields = "title short_title issuer document_number issued effective valid_until status jurisdiction measure_term"
    fill(policy, *(values[name] for name in fields.split()), "", values["received"], values["title"])
    parts = re.search(r"(?ms)^parts:\n(.*?)^\w", text)[1]
    skeleton = policy.read_text("utf-8").replace(f"  - title: {values['title']}\n", parts)
    for block in ("instruments", "measure_unknowns"):
        filled = re.search(rf"(?ms)^{block}:\n(  .*?)(?=^\w|\Z)", text).group()
        skeleton = re.sub(rf"(?m)^# {block}:\n(#   .*\n)+", filled, skeleton)
    reason = "unknowns:\n  source_address:\n    state: 未载明\n    reason: 收到的文本没有附网址。\n"
    policy.write_text(re.sub(r"(?m)^# unknowns:\n(#   .*\n)+", reason, skeleton), "utf-8")
    for number in ("01", "02", "03"):
        made = new(data, "measure", "qingchuan-notice")
        assert made.returncode == 0 and "已经列有" in made.stdout, "the parts list it already"
        path = data / NOTICE / f"measures/{number}.yml"
        assert path.read_text("utf-8").count("\n# deadline:") == 1, "the policy says why there is none"
        shutil.copy(old / f"measures/{number}.yml", path)
    shutil.copytree(old / "evidence", data / NOTICE / "evidence")
    report = check(load(data))
    assert report.ledger, report.problems


def test_without_its_text_a_policy_says_what_is_missing(data):
    made = new(data, "policy", "qingchuan-plan")
    assert "source.txt" in made.stdout
    assert said(data)["policies/qingchuan-plan/source.txt"] == {("missing-file", 1, 1)}
    shutil.copy(data / NOTICE / "source.txt", data / "policies/qingchuan-plan/source.txt")
    found = [problem for problem in check(load(data)).problems if problem.rule == "missing-field"]
    assert len(found) == 1 and "source_sha256: 0d74" in found[0].help


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("policy", "Qing_chuan"), "不能用作编号"),
        (("policy", "../escape"), "不能用作编号"),
        (("policy", "a" * 65), "不能用作编号"),
        (("policy", "a/b"), "不能用作编号"),
        (("policy", ""), "不能用作编号"),
        (("policy", "qingchuan-notice"), "已经有了"),
        (("policy", "qingchuan-plan", "--source", "no-such-file"), "打不开"),
        (("policy", "qingchuan-plan", "--source", "tests"), "打不开"),
        (("policy", "qingchuan-gone"), "已经移除"),
        (("department", "市教育局"), "不能用作编号"),
        (("department", "../site"), "不能用作编号"),
        (("department", "qingchuan-water"), "已经有了"),
        (("measure", "qingchuan-notise"), "是不是“qingchuan-notice”？"),
        (("measure", "nothing-like-it"), "请先运行 new policy"),
        (("measure", "../../x"), "不能用作编号"),
        (("measure", "qingchuan-notice", "4"), "两位"),
        (("measure", "qingchuan-notice", "../04"), "两位"),
        (("measure", "qingchuan-notice", "０４"), "两位"),
        (("measure", "qingchuan-notice", "01"), "已经有了"),
        (("measure", "qingchuan-notice", "09"), "已经移除"),
    ],
)
def test_what_cannot_be_made_is_refused(arguments, words, data):
    row = "\n  name: 甲\n  on: '2026-02-01'\n  reason: 重复。\n"
    (data / "removed.yml").write_text(f"policies/qingchuan-notice/09:{row}policies/qingchuan-gone:{row}", "utf-8")
    before = held(data.parent)
    made = new(data, *arguments)
    assert made.returncode == 2 and words in made.stderr and "Traceback" not in made.stderr, made.stderr
    assert held(data.parent) == before


def test_numbers_of_removed_measures_are_not_given_again(data):
    row = "\n  name: 甲\n  on: '2026-02-01'\n  reason: 重复。\n"
    (data / "removed.yml").write_text(f"policies/qingchuan-notice/09:{row}", "utf-8")
    assert "measures/10.yml" in new(data, "measure", "qingchuan-notice").stdout


def test_an_archived_text_is_never_replaced(data, tmp_path):
    (data / "policies/qingchuan-plan").mkdir()
    (data / "policies/qingchuan-plan/source.txt").write_text("原文", "utf-8")
    bad = tmp_path / "bad.txt"
    bad.write_bytes("原文".encode("gbk"))
    for source, words in ((data / NOTICE / "source.txt", "不许改"), (bad, "不许改")):
        made = new(data, "policy", "qingchuan-plan", "--source", str(source))
        assert made.returncode == 2 and words in made.stderr
    made = new(data, "policy", "other-plan", "--source", str(bad))
    assert made.returncode == 2 and "UTF-8" in made.stderr and not (data / "policies/other-plan").exists()
    assert new(data, "policy", "qingchuan-plan").returncode == 0
    assert re.search(r"(?m)^source_sha256: [0-9a-f]{64}$", (data / "policies/qingchuan-plan/policy.yml").read_text())


def test_wrong_use():
    for arguments in (
        ("new",),
        ("new", "theme", "x"),
        ("new", "policy"),
        ("new", "policy", "x", "--data", "no-folder"),
    ):
        made = run(*arguments)
        assert made.returncode == 2 and "Traceback" not in made.stderr


@pytest.mark.parametrize("kind", GROUPS)
def test_the_groups_follow_the_schema(kind):
    assert [field for group in GROUPS[kind] for field in group.fields] == list(schemas()[kind]["properties"])


def test_the_real_records_are_laid_out_so():
    for record in load(DATA).records:
        if record.kind in GROUPS:
            order = [field for group in GROUPS[record.kind] for field in group.fields]
            fields = sorted(record.root.keys, key=lambda name: record.root.keys[name].line)
            assert fields == sorted(fields, key=order.index), record.path
            lines = (DATA / record.path).read_text("utf-8").splitlines()
            for group in GROUPS[record.kind]:
                first = next((name for name in fields if name in group.fields), None)
                if first and group.comment:
                    assert lines[record.root.keys[first].line - 2] == f"# {group.comment}", (record.path, first)
