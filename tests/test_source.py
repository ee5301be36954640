"""The proof: change one character of an official part or of what is quoted from it, and `check` names file and line."""

import re
import shutil

import pytest
import yaml

from scripts.check import check
from scripts.load import load
from scripts.problem import is_error
from tests.conftest import DATA


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


def errors(data):
    return [problem for problem in check(load(data)).problems if is_error(problem)]


def changed(line: str, value: str, at: int, by: str) -> str:
    """A line of YAML with one character of its value replaced."""
    start = line.rindex(value)
    return line[: start + at] + by + line[start + at + 1 :]


MEASURES = sorted(path.relative_to(DATA).as_posix() for path in DATA.glob("policies/*/measures/*.yml"))


@pytest.mark.parametrize("inside", MEASURES)
def test_one_changed_character_is_found_at_its_place(inside, tmp_path):
    """In every measure: a character of number, text, clause, deadline and each department."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    path = data / inside
    original = path.read_text("utf-8")
    lines = original.split("\n")
    record = yaml.load(original, Loader=yaml.BaseLoader)
    values = [(name, record[name]) for name in ("number", "text", "clause", "deadline") if name in record]
    values += [("-", name) for name in record["departments"]]
    for name, value in values:
        number = next(
            index for index, line in enumerate(lines) if line.startswith(f"{name}:") or line == f"  - {value}"
        )
        at = len(value) // 2
        by = "9" if value[at] != "9" else "8"
        damaged = changed(lines[number], value, at, by)
        path.write_text("\n".join([*lines[:number], damaged, *lines[number + 1 :]]), "utf-8")
        found = errors(data)
        assert found, f"{name} of {inside}"
        places = {(problem.at.file, problem.at.line) for problem in found}
        assert (path.as_posix(), number + 1) in places
        assert {file for file, _ in places} == {path.as_posix()}, "no other file is blamed"
        if name in ("number", "text", "clause", "deadline"):
            column = damaged.index(value[:at] + by) + at + 1
            assert any(problem.at.column == column for problem in found if problem.rule == "differs-from-source")
    path.write_text(original, "utf-8")
    assert not errors(data)


def edit(path, before, after):
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8", newline="")


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("为深入贯彻落实", "为贯彻落实", "differs-from-source"),  # something left out
        ("为深入贯彻落实", "为深入贯彻执行落实", "differs-from-source"),  # something put in
        ("  - section: 二、改善职业院校办学条件\n", "", "differs-from-source"),  # a whole part left out
        ("  - closing: 本措施自", "  - closing: 本办法自", "differs-from-source"),
    ],
)
def test_parts_of_the_document_are_compared_too(copy, before, after, rule):
    path = copy / "policies/zibo-hitech-measures/policy.yml"
    edit(path, before, after)
    assert rule in {problem.rule for problem in errors(copy)}
    assert {problem.at.file for problem in errors(copy)} <= {
        path.as_posix(),
        *(p.as_posix() for p in path.parent.glob("measures/*.yml")),
    }


def test_the_last_part_left_out(copy):
    path = copy / "policies/zibo-city-tasks/policy.yml"
    edit(path, "  - page_number: '16'\n", "")
    edit(path, "anomalies:\n  a1:\n    quote: '16'\n    explanation: 文末孤立的数字，应为原件页码，照录。\n", "")
    found = errors(copy)
    assert [(problem.rule, problem.at.file) for problem in found] == [("differs-from-source", path.as_posix())]
    assert "16" in found[0].message


def test_two_measures_changed_are_both_found(copy):
    paths = [copy / f"policies/zibo-city-tasks/measures/{nn}.yml" for nn in ("07", "08")]
    edit(paths[0], "细化落实", "细化执行")
    edit(paths[1], "做好1+X", "做好1+Y")
    assert {problem.at.file for problem in errors(copy) if problem.rule == "differs-from-source"} == {
        path.as_posix() for path in paths
    }


def test_a_measure_that_cannot_be_read_does_not_hide_the_others(copy):
    broken, other = (copy / f"policies/zibo-city-tasks/measures/{nn}.yml" for nn in ("03", "05"))
    broken.write_text("number：'3'\n", "utf-8")
    edit(other, "支持学校", "支持院校")
    assert {(problem.at.file, problem.rule) for problem in errors(copy)} == {
        (broken.as_posix(), "fullwidth-colon"),
        (other.as_posix(), "differs-from-source"),
    }


def test_the_archived_text_itself_is_guarded(copy):
    path = copy / "policies/zibo-city-tasks/source.txt"
    path.write_bytes(path.read_bytes().replace("五项办学自主权".encode(), "六项办学自主权".encode()))
    assert [problem.rule for problem in errors(copy)] == ["source-changed"], "the data is not blamed"


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("支持学校申报", "支持学校 申报", 11),
        (
            "text: 支持学校申报地方政府专项债券，加强职业教育基础建设。",
            "text: |\n  支持学校申报地方政府专项债券，\n  加强职业教育基础建设。",
            None,
        ),
    ],
)
def test_spaces_within_a_line_count_and_layout_does_not(before, after, column, copy):
    path = copy / "policies/zibo-city-tasks/measures/05.yml"
    edit(path, before, after)
    found = errors(copy)
    assert {problem.rule for problem in found} == {"spaces-differ"}
    assert {problem.at.file for problem in found} == {path.as_posix()}
    if column:
        assert [problem.at.column for problem in found] == [column]


def test_a_wrap_kept_within_a_sentence_is_a_reminder(copy):
    path = copy / "policies/zibo-hitech-measures/measures/04.yml"
    edit(
        path,
        "text: 深化职业教育纵向贯通。一体化设计职业教育人才培养",
        "text: |\n  深化职业教育纵向贯通。一体化设计职业教育\n  人才培养",
    )
    problems = check(load(copy)).problems
    assert [(problem.rule, problem.level, problem.at.line, problem.at.column) for problem in problems] == [
        ("wrap-kept", "warning", 5, 23)
    ]


def test_measures_in_another_order(copy):
    path = copy / "policies/zibo-city-tasks/policy.yml"
    edit(path, "  - measure: '05'\n  - measure: '06'\n", "  - measure: '06'\n  - measure: '05'\n")
    assert [(problem.rule, problem.at.file, problem.at.line) for problem in errors(copy)] == [
        ("out-of-order", path.as_posix(), 21)
    ]


def test_words_lost_at_the_end_of_a_part_are_missed_there(copy):
    path = copy / "policies/zibo-city-tasks/measures/05.yml"
    edit(path, "基础建设。", "基础建设")
    assert [(problem.at.file, problem.at.line) for problem in errors(copy)] == [(path.as_posix(), 4)]


def test_wraps_are_joined_and_words_kept(ledger):
    for measure in ledger.measures:
        stretch = measure.policy.source_text[measure.source_start : measure.source_end]
        lines = [line.strip() for line in re.split(r"\s*\n\s*", stretch) if line.strip()]
        whole = measure.number + measure.text + measure.clause + (measure.deadline.quote if measure.deadline else "")
        assert "".join(lines) == whole
