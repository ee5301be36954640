"""Small parts of load, check, fix and escape, each by itself."""

import shutil

import pytest
from markupsafe import Markup

from scripts.characters import solid_places
from scripts.check import check, source
from scripts.check.clause import read_clause
from scripts.check.numbers import chinese_number, numbers
from scripts.check.unfilled import EXPLAIN, TO_FILL
from scripts.check.world import World
from scripts.fix import RENAMED, fix
from scripts.load import At, Text, load
from scripts.load.reader import Reader, walk
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
    places = solid_places(text)
    squeezed = "".join(text[place] for place in places)
    assert source.across(pieces, [None] * 3, 0, squeezed, 0, source.line_starts(text, places)) == found


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
