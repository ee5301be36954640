"""Small parts of the checks of targets, names and quotes, each by itself."""

import pytest

from scripts.check.quotes import way_out
from scripts.check.targets import targets_are_told_once, units_follow_their_numbers
from scripts.load import At, Record, Text
from scripts.load.reader import Reader
from scripts.load.stumbles import ROWS_OF, orphan
from scripts.schemas import resolved, row_letter, schemas
from tests.test_small_parts import changed

TARGET = "targets:\n  t1:\n    quote: {quote}\n    subject: 合作\n    value: {value}\n    unit: {unit}\n"


def of_targets(text: str) -> Record:
    """A measure that holds nothing but targets."""
    return Record("measure", "city/01", "x", "x", Reader(text, "x").root)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "words"),
    [
        ("到2025年合作3年", "2025", "年", "是日期"),
        ("到2025年合作3年", "3", "年", ""),
        ("6月底前合作5个", "6", "个", "是日期"),
        ("30日内合作", "30", "日", ""),
        ("合作15万人次", "15", "万人", "没有写全"),
        ("合作15万人次", "15", "万人次", ""),
        ("合作15人", "15", "人", ""),
    ],
)
def test_a_number_is_told_from_a_date_and_a_unit_from_its_beginning(quote, value, unit, words):
    measure = of_targets(TARGET.format(quote=quote, value=value, unit=unit))
    found = [problem.message for problem in units_follow_their_numbers(measure, None)]
    assert [words in message for message in found] == [True] * bool(words)


def test_targets_are_the_same_where_number_quote_and_subject_are():
    second = "  t2:\n    quote: {}\n    subject: {}\n    value: {}\n    unit: 个\n"
    first = TARGET.format(quote="合作100个", value=100, unit="个")
    for quote, subject, value, count in (
        ("新增合作100个", "合作", 100, 1),
        ("新增合作100个", "新增合作", 100, 1),
        ("新增基地100个", "基地", 100, 0),
        ("新增合作100个", "基地", 100, 0),
        ("新增合作100个", "合作", 10, 0),
    ):
        measure = of_targets(first + second.format(quote, subject, value))
        assert len(list(targets_are_told_once(measure, None))) == count, (quote, subject, value)
    twice = of_targets(f"text: 合作100个，新增合作100个\n{first}{second.format('新增合作100个', '合作', 100)}")
    assert not list(targets_are_told_once(twice, None))  # the words come twice
    row = of_targets(first + second.format("合作100个、100个", "合作", 100))
    assert not list(targets_are_told_once(row, None))


def test_a_renamed_body_is_told_once_and_only_where_it_is_the_only_one(tmp_path):
    path = "departments/qingchuan-finance.yml"
    renamed = changed(tmp_path / "one", path, "name: 市财政局", "name: 全然两样")
    assert [one.rule for one in renamed if one.at.file.endswith(path)] == ["unknown-department"]
    assert not [one for one in renamed if one.rule == "unknown-department" and not one.at.file.endswith(path)]


@pytest.mark.parametrize(
    ("quote", "words", "help"),
    [
        ("深化职业教育纵向贯穿", "一是深化职业教育纵向贯通、横向融通。", "深化职业教育纵向贯通"),
        ("职业培训总量", "全市年培训总量达到15万人次", ""),
        ("淄博高新区管委会", "淄博高新区现代职业教育中心", ""),
        ("2023-09-01", "二〇二三年，2023 年 9 月 1 日印发", "2023 年 9 月 1 日"),
        ("办学条件。", "改善办学条件，", "写成“办学条件”"),
        ("甲乙丙丁戊己庚辛", "子丑寅卯甲乙丙丁辰巳午未", ""),
    ],
)
def test_what_a_quote_was_meant_to_be(quote, words, help):
    _, told = way_out(Text(quote, At("")), words)
    assert (help in told) if help else told == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: 甲\n  p1:\n    date: x\n", 2),
        ("audiences:\n  - a\n# 说明\n  p1:\n    date: x\n", 4),
        ("progress:\n  p1:\n    date: x\n", 0),
        ("p1:\n  p2:\n    date: x\n", 0),
        ("title: 甲\n  z1:\n    date: x\n", 0),
    ],
)
def test_a_row_without_its_field_is_found(text, line):
    found = orphan(text.splitlines(), frozenset(), "x")
    assert (found.at.line if found else 0) == line


def test_the_letters_of_rows_are_those_of_the_schemas():
    fields = {name: resolved(schema) for name, schema in schemas()["measure"]["properties"].items()}
    letters = {row_letter(schema): name for name, schema in fields.items() if row_letter(schema)}
    assert letters == {**ROWS_OF, "q": "review"}
