"""Small parts of load, check, fix and escape, each by itself."""

import os
import re
import shutil
from dataclasses import replace
from hashlib import sha256

import pytest
from markupsafe import Markup

from scripts.characters import solid_places
from scripts.check import check, source
from scripts.check.clause import read_clause
from scripts.check.hints import jurisdiction_hint, measure_hint
from scripts.check.numbers import chinese_number, numbers
from scripts.check.quotes import VERBATIM, not_found
from scripts.check.reviews import nothing_is_left_to_decide
from scripts.check.targets import units_are_whole
from scripts.check.unfilled import EXPLAIN, TO_FILL
from scripts.check.world import World
from scripts.fix import RENAMED, fix, lines, said
from scripts.load import At, Record, Source, Text, decode, load
from scripts.load.reader import Reader, walk
from scripts.pages.cite import citations
from scripts.pages.escape import as_html
from scripts.problem import is_error
from tests.conftest import CITY, DATA


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


def piece(kind, words, measure="m"):
    return source.Piece(kind, Text(words, At("x")), measure)


def marked(pieces, text):
    places = solid_places(text)
    squeezed = "".join(text[place] for place in places)
    return source.across(pieces, [None] * 3, 0, squeezed, 0, source.line_starts(text, places))


def test_a_page_number_between_dashes_needs_no_line_of_its_own():
    dashed = [piece("text", "甲乙丙丁"), piece("page_number", "- 1 -")]
    assert marked(dashed, "甲乙- 1 -丙丁") == {0: (0, 7), 1: (2, 5)}
    assert marked([piece("text", "甲乙丙丁"), piece("page_number", "第1页")], "甲乙第1页丙丁") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲乙\n12\n丙丁", {0: (0, 6), 1: (2, 4)}),
        ("12\n甲乙丙丁", {0: (2, 6), 1: (0, 2)}),
        ("甲乙\n12\n13\n丙丁", {0: (0, 8), 1: (2, 4), 2: (4, 6)}),
        ("甲乙\n12丙丁", None),  # not on a line of its own
        ("甲乙12\n丙丁", None),
        ("甲乙\n14\n丙丁", None),
        ("甲乙\n丙丁", None),  # no page number within
    ],
)
def test_a_text_may_go_on_behind_a_page_number(text, found):
    pieces = [piece("text", "甲乙丙丁"), piece("page_number", "12"), piece("page_number", "13")]
    assert marked(pieces, text) == found


def test_what_is_listed_behind_a_measure():
    pieces = [
        piece("text", "甲"),
        piece("note", "注"),
        piece("page_number", "1"),
        piece("clause", "乙"),
        piece("page_number", "2"),
        source.Piece("page_number", None, "m"),
        piece("text", "丙", "n"),
        piece("page_number", "3", "n"),
    ]
    ranges = [None] * len(pieces)
    assert [*source._listed_behind(pieces, ranges, 0, "page_number")] == [2, 4]
    assert [*source._listed_behind(pieces, ranges, 0, "note")] == [1]
    assert [*source._listed_behind(pieces, [None, None, (0, 1), *ranges[3:]], 0, "page_number")] == [4]
    assert [*source._listed_behind([piece("text", "甲", ""), *pieces[3:]], ranges, 0, "page_number")] == []


def test_words_go_on_where_no_space_is_before_them():
    assert source._goes_on("甲乙 丙", 1, 1)
    assert not source._goes_on("甲 乙 丙", 2, 2) and not source._goes_on("甲乙丙", 1, 1)
    assert not source._goes_on("甲 乙", 0, 0), "nothing is before the first"


def test_what_the_parser_gave_up_on_has_no_echo():
    """One slip, one message: the signs and comments of a file that cannot be read are not told beside it."""

    def told(text):
        return [problem.rule for problem in Reader(text, "x").problems]

    assert told("departments: [甲，乙\ntitle: 丙\n") == ["yaml-syntax"]
    assert told("title: 甲 # 乙\ndepartments: [\n") == ["yaml-syntax"]
    assert told("title: &a 甲\ndepartments: [\n") == ["no-anchors", "yaml-syntax"]
    assert Reader("title: 甲\ndepartments: [\n", "x").root is None


def test_a_level_is_inherited_unless_it_is_said_to_be_none(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    path = data / "departments/qingchuan-water.yml"
    path.write_text(path.read_text("utf-8").replace("level: 市级\n", ""), "utf-8")
    ledger = check(load(data)).ledger
    levels = {body.id: body.level for body in ledger.departments}
    assert levels["qingchuan-water"] == "市级" and levels["qingchuan-east-village"] == ""


def test_a_measure_is_known_by_the_section_above_it():
    tree = load(DATA)
    records = {kind: {one.id: one for one in tree.records if one.kind == kind} for kind in ("policy", "measure")}
    world = World(tree, {}, records["policy"], records["measure"], {}, {}, frozenset())
    sections = [world.section_of(f"zibo-hitech-measures/{number}") for number in ("01", "03", "14")]
    assert sections[0] == "一、完善职业教育管理机制" and all(sections) and sections[0] != sections[2]
    assert world.section_of("zibo-hitech-measures/99") == sections[2], "what is not listed belongs to the last"
    assert world.section_of("zibo-city-tasks/01") == ""


def test_a_name_within_a_longer_one_leaves_nothing_over():
    names = [Text(words, At("x")) for words in ("市教育局", "市教育局督导室")]
    reading = read_clause("市教育局、市教育局督导室；落实：市教育局督导室", names, "")
    assert not reading.left_over and not reading.not_found


def test_who_leads_by_the_clause_has_its_label_as_evidence(city):
    shares = [share for measure in city.measures for share in measure.responsibilities]
    assert {share.role for share in shares} == {"lead", "support", "unmarked"}
    assert all(share.role_evidence for share in shares if share.role != "unmarked")
    assert not any(share.role_evidence for share in shares if share.role == "unmarked")


def test_identifiers_are_read(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    path = data / "departments/qingchuan-finance.yml"
    path.write_text(f"{path.read_text('utf-8')}identifiers:\n  统一社会信用代码: 12100000400010275N\n", "utf-8")
    bodies = {body.id: body for body in check(load(data)).ledger.departments}
    assert [(one.scheme, one.value) for one in bodies["qingchuan-finance"].identifiers] == [
        ("统一社会信用代码", "12100000400010275N")
    ]


def test_all_texts_of_a_record_are_met():
    root = Reader("title: 甲\nwords:\n  - 乙\n  - 丙\nrows:\n  t1:\n    quote: 丁\n", "x").root
    assert [text.value for text in walk(root)] == ["甲", "乙", "丙", "丁"]


def test_a_field_left_empty_beside_a_known_one_is_told(data):
    path = next((data / "departments").glob("*.yml"))
    path.write_text(f"{path.read_text('utf-8')}note:\nnotes:\n", "utf-8")
    told = [problem.rule for problem in check(load(data)).problems if problem.at.file.endswith(path.name)]
    assert "unknown-field" in told


def test_slips_within_a_quote_that_goes_on_are_none():
    """Where the parser gives up, what stands in a quote over several lines is text, and behind it are slips again."""
    text = "text: '甲\n  －乙\n  丙'\ntitle：丁\n"
    assert {(problem.rule, problem.at.line) for problem in Reader(text, "x").problems} == {("fullwidth-colon", 4)}


# ---- Reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('note: "甲\n  － 乙"\ntitle： 丙\n', {("fullwidth-colon", 3)}),  # the last line of a quote is within it
        ("text: |\n  － 乙\n\n  － 丙\ntitle： 丁\n", {("fullwidth-colon", 5)}),
        (
            "rows:\n  note: |\n    － 乙\n  － 丙\n: 丁\n",
            {("wide-dash", 4)},
        ),  # block text ends where the indentation does
        ("a: 'b\n  － c'\n－ d\n  '\n: e\n", {("wide-dash", 3)}),
        ("a: 'b\n－ c\n", {("wide-dash", 2)}),  # a quote that nothing closes holds nothing
    ],
)
def test_slips_are_told_outside_of_texts_alone(text, expected):
    assert {(problem.rule, problem.at.line) for problem in Reader(text, "x").problems} == expected


def test_a_sign_for_comments_within_a_quote_loses_nothing():
    assert not Reader("note: '甲 # 乙'\n", "x").problems
    (problem,) = Reader("rows: [甲, 乙] # 丙\n", "x").problems
    assert (problem.rule, problem.at.column) == ("comment-after-value", 14)
    quoted = Reader("note: '甲\n\n  # 乙'\n", "x").problems
    assert "comment-after-value" not in {problem.rule for problem in quoted}


@pytest.mark.parametrize("text", ["title: 甲\nnote:", "title: 甲\nnote:\n", "title: 甲\nwords:\n  -"])
def test_what_ends_without_a_value_is_read(text):
    read = Reader(text, "x")
    assert read.root.text("title") == "甲"
    assert all(1 <= problem.at.line <= 3 for problem in read.problems)
    assert [problem.at.line for problem in Reader("{&a ,a|", "x").problems][-1] == 1


def test_places_within_a_value_count_from_how_it_is_written():
    assert Text("5'30", At("x", 2, 7), "5'30").at_offset(3) == At("x", 2, 10)
    assert Text("a'b", At("x", 2, 7), "'a''b'").at_offset(2) == At("x", 2, 11)


def test_what_is_no_file_is_named(data):
    os.mkfifo(data / "departments/pipe.yml")
    (found,) = problems(data, "unknown-file")
    assert found.at.file.endswith("pipe.yml") and "不是普通文件" in found.message


def test_the_last_row_of_the_common_characters_of_big5_is_common():
    assert decode._in_big5_level_1("籲") and decode._in_big5_level_1("一")
    assert not decode._in_big5_level_1("乂") and not decode._in_big5_level_1("镇")


def test_pairs_of_letters_and_signs_are_garbled_only_if_all_of_them_are():
    pair = "市".encode("gb2312") + "局".encode("gb2312")
    assert not decode._was_gbk_read_as_utf_8("甲乙") and len(pair) == 4
    pairs = [latin + sign for latin in map(chr, range(0x100, 0x250)) for sign in map(chr, range(0xA1, 0xC0))]
    for words in pairs:
        read = decode._read_again(words, "utf-8", "gb2312")
        assert decode._was_gbk_read_as_utf_8(words) == (bool(read) and all("\u4e00" <= one <= "\u9fff" for one in read))


def test_names_of_fields_at_every_level_are_known():
    names = lines._names("measure")
    assert {"text", "quote", "value_max", "state"} <= names


# ---- The text of a document


def aligned(text, *pieces):
    raw = text.encode()
    return source.align(pieces, Source("x", raw, text), At("x"))


def test_a_text_with_page_numbers_within_stands_where_it_stands():
    text = "一、甲乙\n- 1 -\n丙丁\n二、戊\n"
    found = aligned(
        text,
        piece("number", "一、"),
        piece("text", "甲乙丙丁"),
        piece("page_number", "- 1 -"),
        piece("number", "二、", "n"),
        piece("text", "戊", "n"),
    )
    assert found.problems == ()
    assert [text[slice(*one)] for one in found.ranges] == ["一、", "甲乙\n- 1 -\n丙丁", "- 1 -", "二、", "戊"]


def test_a_page_number_above_a_text_is_not_within_it():
    text = "一、\n- 1 -\n甲 乙\n- 2 -\n丙\n"
    pieces = (
        piece("number", "一、"),
        piece("text", "甲 乙丙"),
        piece("page_number", "- 1 -"),
        piece("page_number", "- 2 -"),
    )
    found = aligned(text, *pieces)
    assert found.problems == ()
    assert [text[slice(*one)] for one in found.ranges] == ["一、", "甲 乙\n- 2 -\n丙", "- 1 -", "- 2 -"]


def test_a_note_within_a_measure_stands_where_its_words_do():
    text = "甲\n备注\n乙\n后注\n"
    found = aligned(
        text, piece("text", "甲"), piece("clause", "乙"), piece("note", "备注", ""), piece("note", "后注", "")
    )
    assert found.problems == ()
    other = aligned("甲\n乙\n后注\n", piece("text", "甲"), piece("clause", "乙"), piece("note", "后注", ""))
    assert other.problems == ()
    wrong = aligned("甲\n别的\n乙\n", piece("text", "甲"), piece("clause", "乙"), piece("note", "备注", ""))
    assert [problem.rule for problem in wrong.problems] != []


def test_characters_that_are_frequent_count_in_a_comparison():
    written = str(7**350)
    (code,) = source._opcodes(written, f"{written[:100]}有{written[100:]}")
    assert code == ("insert", 100, 100, 100, 101)


@pytest.mark.parametrize(("missing", "belongs"), [("甲乙丙", True), ("甲乙", False), ("。”", True)])
def test_longer_words_before_a_number_belong_to_what_is_above(missing, belongs):
    assert source._ends(missing, piece("number", "二、")) is belongs
    assert not source._ends("甲乙丙", piece("text", "丁"))


# ---- Checks


def test_a_quote_at_the_beginning_that_differs_in_spaces_has_the_original_words():
    assert "原文是“甲 乙”" in not_found(Text("甲乙", At("x")), "正文", "甲 乙丙").help
    assert "原文是" not in not_found(Text("丁", At("x")), "正文", "甲 乙丙").help


def test_of_two_labels_that_which_leads_counts():
    names = [Text("市水务局", At("x")), Text("市财政局", At("x"))]
    words = "（责任单位：市水务局、市财政局）（牵头单位：市水务局）"
    assert [(one.label, one.role) for one in read_clause(words, names, "").named] == [
        ("牵头单位", "lead"),
        ("责任单位", "unmarked"),
    ]


def changed(tmp_path, path, old, new):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    file = data / path
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    return check(load(data)).problems


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: 疏浚三条河道", "title: 【待填】", "短标题"),
        ("number: '1'", "number: 【待填】", EXPLAIN),
        ("    quote: 疏浚河道三条", "    quote: 【待填】", "正文里的词句"),
    ],
)
def test_what_is_to_be_filled_in_is_explained(old, new, words, tmp_path):
    (problem,) = changed(tmp_path, "policies/qingchuan-east-table/measures/01.yml", old, new)
    assert problem.rule == "left-to-fill" and words in problem.help
    assert (EXPLAIN in problem.help) == (words == EXPLAIN)


def test_a_skeleton_s_date_is_not_read(tmp_path):
    (problem,) = changed(
        tmp_path, "policies/qingchuan-east-table/measures/01.yml", "deadline: 2024年4季度", "deadline: 【待填】"
    )
    assert problem.rule == "left-to-fill"


def test_parts_that_are_lists_are_told_and_no_more(tmp_path):
    found = changed(
        tmp_path, "policies/qingchuan-east-table/policy.yml", "- title: 东区河道任务表", "- title: [东区, 河道任务表]"
    )
    assert [problem.rule for problem in found] == ["wrong-type"]


def test_what_was_done_on_the_day_of_the_document_is_not_too_early(tmp_path):
    path, written = "policies/qingchuan-notice/measures/01.yml", "date: '2025-03-01'"
    rules = [one.rule for one in changed(tmp_path / "same", path, written, "date: '2024-02-20'")]
    assert "before-the-document" not in rules
    rules = [one.rule for one in changed(tmp_path / "before", path, written, "date: '2024-02-19'")]
    assert "before-the-document" in rules


@pytest.mark.parametrize("quote", ["到2025年底，清淤", "2025年底"])
def test_a_date_is_listed_by_more_or_fewer_words(quote, tmp_path):
    path = "policies/qingchuan-notice/measures/01.yml"
    rules = {one.rule for one in changed(tmp_path, path, "quote: 到2025年底", f"quote: {quote}")}
    assert "unlisted-deadline" not in rules


def test_a_name_that_is_in_the_clause_is_not_taken_for_its_slip(tmp_path):
    """市水务局 is written in the clause; what is wrong is the register."""
    path = "policies/qingchuan-notice/measures/01.yml"
    (problem,) = [
        one
        for one in changed(tmp_path, path, "  - 市财政局\n", "  - 财政局\n")
        if one.rule in ("unknown-department", "department-not-in-clause")
    ]
    assert "是不是“市财政局”" in problem.help and "责任条款里的写法" not in problem.help


def test_the_year_of_deadlines_is_that_of_the_document(tmp_path):
    """A deadline that names only a month is a date where the document says of which year."""
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    folder = data / "policies/qingchuan-east-table"
    source = (folder / "source.txt").read_text("utf-8").replace("2020.10", "10月底前")
    (folder / "source.txt").write_text(source, "utf-8")
    measure = folder / "measures/02.yml"
    measure.write_text(measure.read_text("utf-8").replace("deadline: '2020.10'", "deadline: 10月底前"), "utf-8")
    policy = folder / "policy.yml"
    words = re.sub(
        "source_sha256: .*", f"source_sha256: {sha256(source.encode()).hexdigest()}", policy.read_text("utf-8")
    )
    policy.write_text(words, "utf-8")
    assert [one.rule for one in check(load(data)).problems if is_error(one)] == ["deadline-not-a-date"]
    policy.write_text(f"{words}deadline_year: '2031'\n", "utf-8")
    assert [one.rule for one in check(load(data)).problems if is_error(one)] == ["not-in-source"]
    policy.write_text(f"{words.replace('东区河道任务表', '东区2031年河道任务表', 2)}deadline_year: '2031'\n", "utf-8")
    source = source.replace("东区河道任务表", "东区2031年河道任务表", 1)
    (folder / "source.txt").write_text(source, "utf-8")
    policy.write_text(
        re.sub("source_sha256: .*", f"source_sha256: {sha256(source.encode()).hexdigest()}", policy.read_text("utf-8")),
        "utf-8",
    )
    report = check(load(data))
    assert not [one for one in report.problems if is_error(one)]
    (due,) = [one.deadline for one in report.ledger.measures if one.id == "qingchuan-east-table/02"]
    assert (due.quote, due.period.text) == ("10月底前", "2031-10")


def test_what_is_said_and_the_comments_of_a_file_are_compared():
    assert Reader("# 乙\na: 1\n# 甲\n", "x").comments() == ["# 乙", "# 甲"]
    assert said(["甲"]) != said(["乙"]) and said({"a": ["甲"]}) == said({"a": ["甲"]})


def test_places_in_block_text_count_its_lines():
    text = Reader("text: |\n  甲\n  乙丙\n", "x").root.get("text")
    assert text.at_offset(3) == At("x", 3, 4)


def test_an_open_list_is_told_where_it_is():
    reading = read_clause("市水务局、市财政局等", [Text(one, At("x")) for one in ("市水务局", "市财政局")], "")
    assert reading.open_at == 9


def test_a_ledger_without_a_document_says_so(data):
    shutil.rmtree(data / "policies")
    (data / "policies").mkdir()
    assert any("没有一份政策文件" in problem.message for problem in problems(data, "missing-file"))


def test_a_word_that_proves_no_relation_is_told_once(tmp_path):
    path = "policies/qingchuan-notice/measures/01.yml"
    found = changed(tmp_path, path, "      - 疏浚河道\n", "      - 甲\n")
    assert [one.rule for one in found if one.rule == "relation-without-evidence"] == ["relation-without-evidence"]


def test_a_limit_that_is_said_twice_is_told_once(tmp_path):
    path = "policies/qingchuan-east-table/measures/01.yml"
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    file = data / path
    words = file.read_text("utf-8").replace("疏浚河道三条", "疏浚河道不少于三条，不少于三条")
    file.write_text(words, "utf-8")
    assert [one.rule for one in check(load(data)).problems].count("unlisted-comparator") == 1


def test_a_folder_that_is_not_there_is_named(tmp_path):
    (problem,) = load(tmp_path / "nowhere").problems
    assert problem.rule == "missing-folder" and problem.at.file.endswith("nowhere")


def test_a_range_of_one_number_is_no_slip(tmp_path):
    path = "policies/qingchuan-east-table/measures/01.yml"
    found = changed(tmp_path, path, "    value: 3\n", "    value: 3\n    value_max: 3\n")
    assert "range-upside-down" not in {one.rule for one in found}


def test_what_a_mapping_says_is_compared():
    assert said({"a": "甲"}) != said({"a": "乙"}) and said({"a": "甲"}) is not None


def test_slips_in_block_text_at_the_margin_are_text():
    read = Reader("text: |\n －甲\n: 乙\n", "x")
    assert ("wide-dash", 2) not in {(problem.rule, problem.at.line) for problem in read.problems}


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("city-tasks/7", "请写成“city-tasks/07”。"),
        ("policies/city-tasks/measures/07.yml", "请写成“city-tasks/07”。"),
        ("https://example.org/policies/city-tasks/07/", "请写成“city-tasks/07”。"),
        ("City-Tasks/０７", "请写成“city-tasks/07”。"),
        ("8", "请写成“city-tasks/08”。"),
        ("city-tasks/99", "“city-tasks”的措施是 06—08，写法如 city-tasks/06。"),
        ("city-tasks", "“city-tasks”的措施是 06—08，写法如 city-tasks/06。"),
        ("notice/09", "“notice”的措施是 01、03，写法如 notice/01。"),
        ("notices/01", "是不是“notice/01”？"),
        ("某一条", "编号写成 文件编号/两位数，如 city-tasks/07。文件编号有：city-tasks、notice。"),
        ("3", "是不是“notice/03”？"),
    ],
)
def test_the_id_of_a_measure_is_made_out_of_what_was_written(written, hint):
    assert (
        measure_hint(
            written, ["city-tasks/06", "city-tasks/07", "city-tasks/08", "notice/01", "notice/03"], "city-tasks"
        )
        == hint
    )


def test_jurisdictions_are_listed_unless_there_are_many():
    few = {"qingchuan": None, "east": None}
    assert jurisdiction_hint("beijing", few, "请添加。") == "可以写：qingchuan、east；请添加。"
    assert jurisdiction_hint("qingchaun", few, "请添加。") == "是不是“qingchuan”？"
    assert jurisdiction_hint("beijing", {f"no{place}": None for place in range(9)}, "请添加。") == "请添加。"
    assert "no7" in jurisdiction_hint("beijing", {f"no{place}": None for place in range(8)}, "请添加。")


def test_a_quote_is_told_where_it_differs():
    def told(value: str, words: str) -> tuple[int, str]:
        problem = not_found(Text(value, At("x", 1, 5), raw=value), "正文", words)
        return problem.at.column, problem.help

    assert told("达到90％", "满意度达到90%以上") == (9, "原文这里是“%”，不是“％”。原文是“达到90%”，请照录。")
    assert told('称"双招"', "称 “双招”的") == (6, '原文这里是““”，不是“"”。原文是“称 “双招””，请照录。')
    assert told("乙", "甲") == (5, VERBATIM)
    assert told(" ", "甲") == (5, VERBATIM)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "told"),
    [
        ("培训15万人次以上", "15", "人次", "请写成 万人次。"),
        ("培训15万人次以上", "15", "万人次", ""),
        ("培训15人次，到15万人次", "15", "人次", ""),  # one of them is meant
        ("投入3.5亿元", "3.5", "元", "请写成 亿元。"),
        ("建成15所", "15", "所", ""),
    ],
)
def test_a_unit_has_what_stands_behind_the_number(quote, value, unit, told):
    written = f"text: {quote}\ntargets:\n  t1:\n    quote: {quote}\n    value: {value}\n    unit: {unit}\n"
    measure = Record("measure", "city/01", "x", "x", Reader(written, "x").root)
    assert "".join(problem.help for problem in units_are_whole(measure, None)) == told


@pytest.mark.parametrize(
    ("row", "help"),
    [
        ("line: 3\n    choices:\n      - 甲\n      - 乙", "见 policies/city/source.txt 第 3 行。可能是：甲｜乙。"),
        ("line: 3", "见 policies/city/source.txt 第 3 行。"),
        ("choices:\n      - 甲", "可能是：甲。"),
    ],
)
def test_a_question_is_told_with_its_line_and_its_choices(row, help):
    text = f"review:\n  q1:\n    question: 是不是？\n    {row}\n"
    record = Record("measure", "city/01", "x", "x", Reader(text, "x").root)
    (problem,) = nothing_is_left_to_decide(record, None)
    assert problem.help.startswith(help + "对照原文")


def test_a_citation_tells_measures_with_the_same_number_apart(ledger):
    policy = ledger.policies[0]
    first, second, *_ = ledger.measures_of(policy)
    assert "“" not in dict(citations(policy, ledger, first))["公文"]
    twins = [replace(one, number="（一）", section=section) for one, section in ((first, "一、甲"), (second, "二、乙"))]
    here = replace(ledger, measures=tuple(twins))
    told = [dict(citations(policy, here, one))["公文"] for one in twins]
    assert [one.partition("“")[2] for one in told] == ["一、甲”第（一）项", "二、乙”第（一）项"]
