"""Canonical YAML, and what is mended by machine: how a file is written may change, what it says may not."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.fix import fix, mended, said
from scripts.fix.lines import MENDS
from scripts.format import formatted, scalar
from scripts.load import load, plain
from scripts.load.decode import forbidden
from scripts.load.folder import files
from scripts.load.reader import Reader, read_yaml
from scripts.rules import MENDED, RULES
from tests.conftest import CITY, DATA, run

RECORDS = [
    (file.path.read_text("utf-8"), file.kind)
    for data in (DATA, CITY / "data")
    for file in files(data)
    if file.path.suffix == ".yml"
]
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


# ---- Canonical form

LAYOUTS = {
    "order of the schema": ("text: 正文\nnumber: '1'\n", "number: '1'\ntext: 正文\n"),
    "comments go with their field": (
        "# 正\ntext: 正文\n\n# 序\nnumber: '1'\n# 末尾\n",
        "# 序\nnumber: '1'\n# 正\ntext: 正文\n# 末尾\n",
    ),
    "unknown fields stay behind their neighbour": (
        "number: '1'\nown: x\ntext: 正文\n",
        "number: '1'\nown: x\ntext: 正文\n",
    ),
    "a list has an item a line": (
        "number: '1'\nthemes: [a, 'b']\n",
        "number: '1'\nthemes:\n  - a\n  - b\n",
    ),
    "two spaces a level": (
        "targets:\n      t1:\n          value: 3\ndepartments:\n- 甲\n",
        "departments:\n  - 甲\ntargets:\n  t1:\n    value: 3\n",
    ),
    "what looks like a number or a word of YAML is quoted": (
        "number: 2020.10\ntext: no\ntitle: 12:30\nheading: 1+X\n",
        "number: '2020.10'\ntext: 'no'\nheading: 1+X\ntitle: '12:30'\n",
    ),
    "numbers of the schema are not": ("targets:\n  t1:\n    value: '3'\n", "targets:\n  t1:\n    value: 3\n"),
    "quotes only where they are needed": ("text: \"正文\"\nnumber: '（一）'\n", "number: （一）\ntext: 正文\n"),
    "empty lines": ("\n\nnumber: '1'\n\n\n\ntext: 正文   \n\n\n", "number: '1'\n\ntext: 正文\n"),
    "marks of a document": ("%YAML 1.1\n---\nnumber: '1'\n...\n", "number: '1'\n"),
    "block text": ('text: "一\\n二"\n', "text: |\n  一\n  二\n"),
    "lines in block text are no comments": ("text: |\n  # 一\n  二\nnote: 三\n", "text: |\n  # 一\n  二\nnote: 三\n"),
    "comments in lists and rows": (
        "departments:\n # 甲\n - 市教育局\n\n # 乙\n - 市财政局\nparts: []\n",
        "departments:\n  # 甲\n  - 市教育局\n\n  # 乙\n  - 市财政局\nparts: []\n",
    ),
    "fields left empty": ("text:\nnumber: '1'\n", "number: '1'\ntext:\n"),
}


@pytest.mark.parametrize(("before", "after"), LAYOUTS.values(), ids=LAYOUTS)
def test_layout(before, after):
    assert formatted(before, "measure") == after
    assert formatted(after, "measure") == after


def test_records_are_canonical():
    assert run("format", "--check").returncode == 0
    assert all(formatted(text, kind) == text for text, kind in RECORDS)


def test_fields_of_an_item_stand_together():
    before = "parts:\n    - section: 一\n    # 措施\n    - measure: '01'\n"
    assert formatted(before, "policy") == "parts:\n  - section: 一\n  # 措施\n  - measure: '01'\n"


def test_what_cannot_be_read_stays_as_it_is():
    for text in (
        "number：1\n",
        "text: 正\x00文 \n",
        "text: 正\u200b文 \n",
        "number: '1'\nnumber: '2'\n",
        "text: a # b\n",
        "- a\n",
        "",
    ):
        assert formatted(text, "measure") == text


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_every_text_is_written_so_that_all_read_the_same(text):
    """By our reader and by PyYAML, which guesses types."""
    written = f"text: {scalar(text, '', 2)}\n"
    theirs = yaml.safe_load(written)["text"]
    assert isinstance(theirs, str) and theirs.removesuffix("\n") == text.removesuffix("\n")
    if "\n" not in text:
        assert theirs == text
    ours, _ = read_yaml(written, "")
    assert ours is not None and ours.text("text") == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("市教育局", "市教育局"),
        ("“十四五”规划", "“十四五”规划"),
        ("https://news.example/1?a=1&b=2", "https://news.example/1?a=1&b=2"),
        ("2020.10", "'2020.10'"),
        ("2025-03-01", "'2025-03-01'"),
        ("2025-02-30", "'2025-02-30'"),
        ("07", "'07'"),
        ("9" * 5000, f"'{'9' * 5000}'"),
        ("[" * 3000, f"'{'[' * 3000}'"),
        ("-", "'-'"),
        ("<<", "'<<'"),
        ("1e5", "'1e5'"),
        ("no", "'no'"),
        ("null", "'null'"),
        ("~", "'~'"),
        ("- 一项", "'- 一项'"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("it's", "it's"),
        ("'a' b", "'''a'' b'"),
        ("&a", "'&a'"),
        ("*a", "'*a'"),
        ("!a", "'!a'"),
        ("[a", "'[a'"),
        ("%", "'%'"),
        (" a", "' a'"),
        ("", "''"),
    ],
)
def test_values_are_quoted_where_they_must_be(value, written):
    assert scalar(value) == written
    root, problems = read_yaml(f"a: {written}\n", "x")
    assert root.text("a") == value and not problems


@given(st.dictionaries(st.sampled_from(["number", "text", "title", "note"]), TEXTS, min_size=1), st.lists(TEXTS))
@settings(max_examples=300, deadline=None)
def test_formatting_twice_changes_nothing(fields, items):
    text = "".join(f"{name}: {scalar(value, '', 2)}\n" for name, value in fields.items())
    text += "departments:\n" + "".join(f"- {scalar(item, '', 2)}\n" for item in items)
    once = formatted(text, "measure")
    assert formatted(once, "measure") == once
    assert plain(Reader(once, "").root) == plain(Reader(text, "").root)


def test_format_writes_and_check_only_tells(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    path = data / "departments/qingchuan-water.yml"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"\n", b"\r\n") + b"\n\n")
    bad = path.read_bytes()
    told = run("format", "--check", "--data", str(data))
    assert told.returncode == 1 and "qingchuan-water.yml：要整理" in told.stdout and path.read_bytes() == bad
    assert run("format", "--data", str(data)).returncode == 0
    assert path.read_bytes() == good


# ---- What is mended by machine

GOOD = "number: '1'\ntext: 市、区县、各职业院校建立工作专班，分别制定方案\n"
ENCODED = ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]
DAMAGED = {
    "full-width colon": "number：'1'\ntext：正文\n",
    "full-width colon in a row": "number: '1'\ntext: 正文\ntargets:\n  t1：\n    quote：正文\n",
    "small colon": "number﹕'1'\ntext: 正文\n",
    "no space behind the colon": "number:'1'\ntext:正文\n",
    "tab": "number: '1'\ntext: 正文\nthemes:\n\t- a\n",
    "wide space": "number: '1'\ntext: 正文\nthemes:\n　- a\n",
    "no-break space": "number: '1'\ntext: 正文\nthemes:\n\u00a0- a\n",
    "wide space behind the dash": "number: '1'\ntext: 正文\nthemes:\n  -　a\n",
    "wide dash": "number: '1'\ntext: 正文\nthemes:\n  － a\n",
    "long dash": "number: '1'\ntext: 正文\nthemes:\n—a\n",
    "bullet": "number: '1'\ntext: 正文\nthemes:\n  • a\n",
    "no space behind the dash": "number: '1'\ntext: 正文\nthemes:\n  -a\n",
    "full-width hash": "＃ 说明\nnumber: '1'\ntext: 正文\n",
    "colon in the text": "number: '1'\ntext: 通知: 正文\n",
    "bracket": "number: '1'\ntext: [注]正文\n",
    "star": "number: '1'\ntext: *正文*重点\n",
    "percent": "number: '1'\ntext: %正文\n",
    "at": "number: '1'\ntext: @正文\n",
    "exclamation": "number: '1'\ntext: !正文\n",
    "tag": "number: '1'\ntext: !!str 正文\n",
    "the same line twice": "number: '1'\ntext: 正文\nnumber: '1'\n",
    "hidden sign in a name": "num\u200bber: '1'\ntext: 正文\n",
    "byte order mark inside": "number: '1'\n\ufefftext: 正文\n",
    "line ends of Windows": "number: '1'\r\ntext: 正文\r\n",
    "line ends of old Macs": "number: '1'\rtext: 正文\r",
    "NEL": "number: '1'\x85text: 正文\x85",
    "line separator": "number: '1'\u2028text: 正文\u2028",
    "order": "text: 正文\nnumber: '1'\n",
    "quotes": "number: 1\ntext: 正文\n",
    "indent": "number: '1'\ntext: 正文\nthemes:\n    - a\n",
    "one line": "number: '1'\ntext: 正文\nthemes: [a]\n",
    "no line end": "number: '1'\ntext: 正文",
    "spaces at the end": "number: '1'   \ntext: 正文  \n",
    "marks of a document": "---\nnumber: '1'\ntext: 正文\n",
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_slips_are_mended(damaged):
    text, what = mended(damaged.encode("utf-8"), "measure")
    assert text and what
    root, problems = read_yaml(text, "")
    assert root and not problems
    assert root.text("number") == "1" and "正文" in root.text("text")
    assert mended(text.encode("utf-8"), "measure") == (text, [])


@pytest.mark.parametrize("encoding", ENCODED)
def test_other_encodings_are_mended(encoding):
    assert mended(GOOD.encode(encoding), "measure")[0] == GOOD


def test_traditional_chinese_is_told_from_simplified():
    text = "number: '1'\ntext: 各縣市政府應於期限內完成職業教育資源之整合\n"
    assert mended(text.encode("big5"), "measure") == (text, ["Big5 编码"])


@pytest.mark.parametrize(
    "text",
    [
        "text: &a 正文\n",  # may be meant as YAML
        "text: *a\n",
        "text: 正文 # 说明\n",  # text or comment?
        "text: 一\n  二\n",  # with a space between, or without?
        "number: '1'\nnumber: '2'\n",  # which?
        "标题：正文\n",  # no field's name
        "text: |\n  注：一\n  －二\n",  # official text
        "text: －正文：\n",
        "text: 正\u200b文\n",
    ],
)
def test_what_is_not_sure_is_left_to_a_person(text):
    assert mended(text.encode("utf-8"), "measure") == (text, [])


@pytest.mark.parametrize("text", ["\r\r\n", "\u2028\n\ufeff", "\r\u200b\n", "：\x85\n\ufeff", "\r\u202e\n"])
def test_nothing_is_left_to_mend(text):
    """What one slip hides is mended with it: line ends behind signs that nobody sees."""
    made, what = mended(text.encode("utf-8"), "measure")
    assert made is not None and what and mended(made.encode("utf-8"), "measure") == (made, [])


def test_what_can_be_mended_is_told_on_the_page_of_rules():
    assert {*MENDS, "not-utf-8", "mojibake", "line-separator", "unknown-file"} == MENDED <= set(RULES)


def test_the_real_records_have_nothing_to_mend():
    assert [*fix(DATA)] == [] and [*fix(CITY / "data")] == []


@given(st.sampled_from(RECORDS), st.data())
@settings(max_examples=150, deadline=None)
def test_no_mending_changes_what_a_file_says(record, data):
    """Signs of an input method are put in anywhere; what could be read before says the same after."""
    text, kind = record
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 2))
        text = (
            text[:place]
            + data.draw(st.sampled_from("：－—　\t＃*&!\u200b\ufeff\r\n'\"[]{}|>#:- "))
            + text[place + length :]
        )
    before, problems = read_yaml(text, "")
    made, _ = mended(text.encode("utf-8"), kind)
    assert made is not None
    after, _ = read_yaml(made, "")
    if before and not problems and not any(forbidden(text)):
        assert after and said(plain(after)) == said(plain(before))
    assert mended(made.encode("utf-8"), kind)[0] == made


def test_check_mends_and_says_so(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    path = data / "departments/qingchuan-water.yml"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"name:", "name：".encode()).replace(b"\n", b"\r\n"))
    path.rename(path.with_suffix(".yaml"))
    made = run("check", "--fix", "--data", str(data))
    assert made.returncode == 0, made.stdout + made.stderr
    assert "qingchuan-water.yml：已改正Windows 换行符、字段名后的全角冒号" in made.stderr
    assert path.read_bytes() == good and not path.with_suffix(".yaml").exists()
    assert [record.path for record in load(data).records] == [record.path for record in load(CITY / "data").records]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    from scripts.write import write_file

    path = tmp_path / "a.yml"
    path.write_text("before")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError):
        write_file(path, b"after")
    assert path.read_text() == "before"
