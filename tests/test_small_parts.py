"""Small parts of load, check, fix and escape, each by itself."""

import shutil

import pytest
from markupsafe import Markup

from scripts.check import check, source
from scripts.check.numbers import chinese_number, numbers
from scripts.check.unfilled import EXPLAIN, TO_FILL
from scripts.fix import RENAMED, fix
from scripts.load import load
from scripts.pages.escape import as_html
from scripts.problem import is_error
from tests.conftest import DATA


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


def problems(data, rule=""):
    return [problem for problem in check(load(data)).problems if rule in ("", problem.rule)]


def department(data):
    return next(iter(sorted((data / "departments").glob("*.yml"))))


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百二十", 120),
        ("一百零五", 105),
        ("两千", 2000),
        ("一万", 10_000),
        ("一万二千三百", 12_300),
        ("三亿五千万", 350_000_000),
        ("二〇二五", 2025),
        ("〇", 0),
    ],
)
def test_chinese_numerals(numeral, value):
    assert chinese_number(numeral) == value


def test_numbers_of_a_text():
    assert numbers("30%，２０和二十个，1.5倍") == {"30", "20", "1.5"}


def test_html_stays_and_text_is_escaped():
    assert as_html(Markup("<b>")) == "<b>"
    assert as_html(None) == ""
    assert "<" not in as_html("<b>") and isinstance(as_html("<b>"), Markup)


def test_a_file_that_a_snapshot_lacks_is_named(data):
    gone = next(path for path in sorted((data / "snapshots").rglob("*.csv")))
    gone.unlink()
    found = problems(data, "snapshot-changed")
    assert [problem.at.file.endswith(gone.relative_to(data).as_posix()) for problem in found] == [True]
    assert "少了" in found[0].message


def test_a_file_that_a_snapshot_does_not_know_is_named(data):
    day = next(path for path in sorted((data / "snapshots").iterdir()) if path.is_dir())
    (day / "more.csv").write_text("a\n", "utf-8")
    assert ["里没有这个文件" in problem.message for problem in problems(data, "snapshot-changed")] == [True]


def test_another_ending_is_mended_once(data):
    path = department(data)
    path.rename(path.with_suffix(".yaml"))
    (made,) = [one for one in fix(data) if one.path.suffix == ".yaml"]
    assert (made.target, RENAMED in made.what) == (path, True)
    shutil.copy(path.with_suffix(".yaml"), path)
    assert not [one for one in fix(data) if one.path.suffix == ".yaml"], "nothing is written over"


def test_a_link_is_not_mended(data):
    path = department(data)
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    assert not [one for one in fix(data) if one.path == link]


def test_a_folder_with_a_bad_name_is_named_once_and_files_each(data):
    policy = next(iter(sorted((data / "policies").iterdir())))
    (policy / "measures/第一条.yml").write_text("a: b\n", "utf-8")
    (policy / "measures/第二条.yml").write_text("a: b\n", "utf-8")
    assert len(problems(data, "bad-id")) == 2
    shutil.copytree(policy, data / "policies/某文件")
    assert len(problems(data, "bad-id")) == 3


def test_evidence_with_a_bad_name_is_told_so(data):
    policy = next(iter(sorted((data / "policies").iterdir())))
    (policy / "evidence").mkdir()
    (policy / "evidence/照 片.png").write_bytes(b"x")
    assert ["出处存档" in problem.message for problem in problems(data, "unknown-file")] == [True]


@pytest.mark.parametrize(("field", "explained"), [("issuer", True), ("title", False)])
def test_what_the_source_may_not_say_can_be_explained(field, explained, data):
    path = next(iter(sorted(data.glob("policies/*/policy.yml"))))
    lines = path.read_text("utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(f"{field}:")]
    path.write_text("\n".join([kept[0], f"{field}: {TO_FILL}", *kept[1:]]), "utf-8")
    (found,) = problems(data, "left-to-fill")
    assert (EXPLAIN in found.help) == explained


@pytest.mark.parametrize(("name", "advice"), [("市教育局、市财政局", True), ("市教育局、某某处", False)])
def test_two_bodies_in_one_entry_are_two_only_if_both_are_known(name, advice, data):
    path = next(
        path for path in sorted(data.glob("policies/*/measures/*.yml")) if "- 市教育局\n" in path.read_text("utf-8")
    )
    path.write_text(path.read_text("utf-8").replace("- 市教育局\n", f"- {name}\n", 1), "utf-8")
    helps = [problem.help for problem in problems(data) if is_error(problem)]
    assert any("一项只写一个部门" in help for help in helps) == advice


def test_a_difference_that_is_too_large_is_told_as_a_whole(data, monkeypatch):
    path = next(iter(sorted(data.glob("policies/*/measures/*.yml"))))
    text = path.read_text("utf-8")
    start = text.index("text:") + 12
    path.write_text(text[:start] + "甲乙" + text[start + 2 : start + 10] + "丙丁" + text[start + 12 :], "utf-8")
    several = problems(data, "differs-from-source")
    monkeypatch.setattr(source, "COMPARABLE", 10)
    whole = problems(data, "differs-from-source")
    assert len(several) > len(whole) == 1
