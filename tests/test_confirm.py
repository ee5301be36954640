"""Questions of an import that were answered leave the data, and nothing else does."""

import shutil

import pytest

from scripts.check import check
from scripts.confirm import confirm, key_of, still_open
from scripts.load import load
from tests.conftest import CITY, run

QUESTIONS = """
# 待确认：程序没有把握的地方，确认一项，删掉一项
review:
  q1:
    question: 编号由程序暂拟，请确认。
    line: 3
  q2:
    question: 与“市林业局”写法相近。
    field: name
    choices:
      - 市林业局
      - 市林草局
"""


@pytest.fixture
def city_data(tmp_path):
    return shutil.copytree(CITY / "data", tmp_path / "data")


@pytest.fixture
def asked(city_data):
    """A department of the made-up city, with two questions at its end."""
    path = sorted((city_data / "departments").glob("*.yml"))[0]
    before = path.read_text("utf-8")
    path.write_text(before + QUESTIONS, "utf-8")
    return city_data, path, before


def confirmed(data, *what):
    return run("confirm", "--data", data, *what)


def test_a_whole_file_is_confirmed(asked):
    data, path, before = asked
    assert still_open(load(data)) == 2
    done = confirmed(data, path)
    assert done.returncode == 0 and "删去待确认 2 处" in done.stdout and "待确认的都核对完了" in done.stdout
    assert path.read_text("utf-8") == before, "the comment above the questions goes with them"


def test_one_question_is_confirmed_by_its_key(asked):
    data, path, before = asked
    name = path.relative_to(data).as_posix()
    done = confirmed(data, key_of(name, "编号由程序暂拟，请确认。", ()))
    assert "还有 1 处待确认" in done.stdout
    left = path.read_text("utf-8")
    assert left == before + QUESTIONS.replace("  q1:\n    question: 编号由程序暂拟，请确认。\n    line: 3\n", "")
    assert run("format", "--check", "--data", data).returncode == 0
    confirmed(data, key_of(name, "与“市林业局”写法相近。", ("市林业局", "市林草局")))
    assert path.read_text("utf-8") == before


def test_questions_of_an_entry_of_a_register(city_data):
    path = city_data / "jurisdictions.yml"
    before = path.read_text("utf-8")
    head, _, rest = before.partition("\n  level: ")
    level, _, rest = rest.partition("\n")
    question = "\n  review:\n    q1:\n      question: 名称由程序推断，请确认。\n"
    path.write_text(f"{head}\n  level: {level}{question}{rest}", "utf-8")
    assert still_open(load(city_data)) == 1
    assert confirmed(city_data, path).returncode == 0
    assert path.read_text("utf-8") == before and check(load(city_data)).ledger


def test_what_is_not_there_is_told(asked):
    data, path, _ = asked
    before = path.read_text("utf-8")
    done = confirmed(data, "0123456789ab")
    assert (
        done.returncode == 1
        and done.stderr.startswith("0123456789ab：没有这个代号")
        and path.read_text("utf-8") == before
    )


def test_each_word_that_means_nothing_is_told_beside_what_was_done(asked):
    """A file may be named as the import names it: below the data folder."""
    data, path, _ = asked
    done = confirmed(data, path.relative_to(data), "departments/nobody.yml", "0123456789ab", "themes.yml")
    assert done.returncode == 1 and "review" not in path.read_text("utf-8")
    assert done.stderr.splitlines() == [
        "departments/nobody.yml：没有这个文件。请检查路径和 --data。",
        "0123456789ab：没有这个代号：已经删去，或者写得不全。",
        "themes.yml：这个文件里没有待确认。",
    ]


@pytest.mark.parametrize("odd", ["review: {q1: {question: 甲}}\n", "review: &r\n  q1: {question: 甲}\n"])
def test_odd_yaml_is_left_to_a_person(city_data, odd):
    path = sorted((city_data / "departments").glob("*.yml"))[0]
    before = path.read_text("utf-8")
    path.write_text(before + odd, "utf-8")
    for one in confirm(load(city_data), city_data, {path.resolve()}, set()):
        assert one.text in (before, None)
