"""How documents are divided: rows of numbers, headings without them, tables, sentences that say who does it."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.check import check
from scripts.importer import Imported, Refused, draft_of, import_document
from scripts.importer.document import Document, read_document
from scripts.importer.entry import Entry
from scripts.importer.names import sort_out
from scripts.importer.read import read
from scripts.importer.received import Received
from scripts.importer.script import Script
from scripts.importer.targets import Target, find_targets
from scripts.ledger import Ledger
from scripts.load import load
from scripts.pages.views import marked_source
from scripts.problem import is_error
from tests.conftest import pages_of

UNITS = "（牵头单位：市教育局，配合单位：市财政局）"


def divided(text: str, suffix: str = ".txt", tmp_path: Path | None = None) -> Document:
    if tmp_path:
        (tmp_path / f"text{suffix}").write_text(text, "utf-8")
        found = read(tmp_path / f"text{suffix}")
        return read_document(Script(found.text), found.tables)
    return read_document(Script(text))


def names_in(document: Document, entry: Entry) -> list[str]:
    """The names of a measure, a star before those that lead."""
    return [f"{'*' if name.leads else ''}{document.script.solid[name.start : name.end]}" for name in entry.names]


def told(document: Document) -> list[str]:
    """Each part as its kind and words, each measure as its number, the beginning of its text, and who does it."""
    solid = document.script.solid
    found = []
    for piece in document.pieces:
        if isinstance(piece, Entry):
            number = solid[slice(*piece.number)] if piece.number else "-"
            found.append(" ".join([number, solid[slice(*piece.text)], *names_in(document, piece)]))
        else:
            found.append(f"{piece.kind}: {solid[piece.start : piece.end]}")
    return found


def imported(text: str, suffix: str, tmp_path: Path) -> Imported:
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / f"text{suffix}").write_text(text, "utf-8")
    return import_document(tmp_path / f"text{suffix}", "document", tmp_path / "data")


def drafted(text: str, suffix: str, tmp_path: Path) -> Ledger:
    """The draft in a data folder that passes the check."""
    draft = imported(text, suffix, tmp_path)
    assert not any(map(is_error, draft.problems))
    for path, content in draft.files.items():
        (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / path).write_bytes(content)
    ledger = check(load(tmp_path / "data")).ledger
    assert ledger
    return ledger


def checked(text: str, suffix: str, tmp_path: Path) -> tuple[list[str], str]:
    """The parts of the draft in a data folder that passes the check, and the archived text."""
    ledger = drafted(text, suffix, tmp_path)
    assert ledger.policies[0].coverage() == (1.0, 0)
    policy = ledger.policies[0]
    marked = "".join(segment.text for one in marked_source(policy, ledger) for segment in one.segments)
    assert marked == policy.source_text
    return [f"{part.kind}: {part.text}" for part in policy.parts], policy.source_text


def test_a_row_of_numbers_runs_on_across_sections_and_over_what_was_left_out():
    text = f"关于甲的意见\n一、目标\n1.目标。到明年有成效。\n二、任务\n（一）第一方面。做好如下项目：\n2.甲项目。做甲。{UNITS}\n3.乙项目。做乙。{UNITS}\n（二）第二方面。做好如下项目：\n10.丙项目。做丙。{UNITS}\n11.121人才项目。做丁。{UNITS}\n"
    document = divided(text)
    assert [line.split()[0] for line in told(document) if "项目。" in line] == ["2.", "3.", "10.", "11."]
    assert "subsection: （一）第一方面。" in told(document)
    assert any("从“3.”到了“10.”" in doubt.what for doubt in document.doubts)


def test_a_decimal_is_no_item():
    text = f"关于甲的意见\n1.甲。做甲。{UNITS}\n2.乙。投入\n3.5万元。{UNITS}\n3.丙。做丙。{UNITS}\n"
    assert [line[:4] for line in told(divided(text))][1:] == ["1. 甲", "2. 乙", "3. 丙"]


def test_headings_without_numbers_come_in_two_levels():
    text = "市数字建设2025年工作要点\n发展引擎\n创新高地\n1. 攻关\n做好攻关。\n责任单位：市科技局牵头\n2. 协同\n做好协同。\n责任单位：市工信局牵头，市财政局按职责分工负责\n要素市场\n3. 制度\n做好制度。\n责任单位：市数据局牵头\n数字政府\n服务质效\n4. 办事\n做好办事。\n责任单位：市数据局、市司法局按职责分工负责\n"
    assert told(divided(text)) == [
        "title: 市数字建设2025年工作要点",
        "section: 发展引擎",
        "subsection: 创新高地",
        "1. 攻关做好攻关。 *市科技局",
        "2. 协同做好协同。 *市工信局 市财政局",
        "subsection: 要素市场",
        "3. 制度做好制度。 *市数据局",
        "section: 数字政府",
        "subsection: 服务质效",
        "4. 办事做好办事。 市数据局 市司法局",
    ]


def test_a_page_copied_as_one_line_has_spaces_for_its_line_ends():
    text = f"关于甲的意见       为做好甲，提出以下意见。　　一、目标　　1.有成效。　　二、行动　　2.甲项目。做甲。{UNITS}　　3.乙项目。做乙。{UNITS}"
    assert told(divided(text))[-3:] == [
        "section: 二、行动",
        "2. 甲项目。做甲。 *市教育局 市财政局",
        "3. 乙项目。做乙。 *市教育局 市财政局",
    ]


def test_a_list_without_clauses_is_of_measures_where_the_title_says_so():
    items = "一、建设。各县要建设。\n二、提升。各县要提升。\n三、保障。各县要保障。\n市政府将定期通报。\n"
    assert told(divided(f"关于推动敬老院发展三条措施的通知\n各县：\n{items}"))[-2:] == [
        "三、 保障。各县要保障。",
        "closing: 市政府将定期通报。",
    ]
    assert not divided(f"关于放假的通知\n各县：\n{items}").entries


SHARED = [
    ("（责任单位：市教育局，各区、县级市）", "市教育局 各区、县级市"),
    ("（责任单位：各县、区人民政府（管委会）、市教育局）", "各县、区人民政府（管委会） 市教育局"),
    ("（责任单位：各区、各街道）", "各区 各街道"),
    ("（责任单位：各县区、市教育局）", "各县区 市教育局"),
    ("（责任单位：市住建局、东关、西关、北关街道办事处）", "市住建局 东关、西关、北关街道办事处"),
    ("（由市教育局会同市财政局、市人社局负责）", "市教育局 市财政局 市人社局"),
    ("（市教育局牵头，会同市财政局落实）", "*市教育局 市财政局"),
    ("（市教育局牵头督导，市财政局参与，各县政府负责落实）", "*市教育局 市财政局 各县政府"),
    ("（牵头单位：市教育局；配合单位：无）", "*市教育局"),
]


@pytest.mark.parametrize(("clause", "names"), SHARED, ids=[clause for clause, _ in SHARED])
def test_names_that_share_a_word_and_words_between_names(clause, names):
    document = divided(f"关于甲的若干措施\n（一）甲。做甲。{clause}\n（二）乙。做乙。{clause}\n")
    assert [line.split(" ", 2)[2] for line in told(document) if line.startswith("（")] == [names, names]


def test_what_is_said_once_for_all_that_follow_is_asked_and_lays_nothing_on_anybody():
    text = "关于甲的方案\n1.甲。做甲。〔市教育局牵头，市财政局参与，各县政府落实。以下各项工作均需各县政府落实，不再列出。〕按要求做。（市人社局牵头）\n2.乙。做乙。（市人社局牵头）\n"
    imported = draft_of(Received(text, (), (), text.encode(), ".txt"), "document", Path("nowhere"))
    first, second = imported.draft.measures
    assert first.values["departments"] == ["市教育局", "市财政局", "各县政府", "市人社局"]
    assert second.values["departments"] == ["市人社局"]
    assert any("不再列出" in doubt.what for doubt in first.doubts)
    assert not any(map(is_error, imported.problems))


def test_sentences_say_who_does_it():
    text = (
        "关于落实甲意见的分工方案\n一、机制\n"
        "1．关于“健全机构，由县长任主任”的要求。由县教育局牵头，会同县委编办提出方案，2026年12月底前报县政府审定。\n"
        "2．关于“督查、评估”的问题，由县财政局、县教育局、县商务局等部门研究提出落实意见。\n"
        "3．关于“约谈制度”的要求。县教育局牵头，每年开两次会。\n"
        "4．关于“问责”的要求。由县教育局会同县纪委监委机关、县委组织部按照各自职责研究制定具体办法。\n"
    )
    document = divided(text)
    names = [" ".join(document.script.solid[one.start : one.end] for one in entry.names) for entry in document.entries]
    assert names == ["县教育局 县委编办", "县财政局 县教育局 县商务局", "", "县教育局 县纪委监委机关 县委组织部"]
    assert [entry.is_open for entry in document.entries] == [False, True, False, False]
    assert any("像是写明了谁来做" in doubt.what for doubt in document.doubts)
    imported = draft_of(Received(text, (), (), text.encode(), ".txt"), "document", Path("nowhere"))
    assert not any(map(is_error, imported.problems))


ROWS = "\t序号\n\t工作领域\n\t重点任务\n\t具体举措\n\t牵头单位\n\t配合单位\n\t完成时间\n\n\t1\n\t全链发展\n\t推动甲。\n\t做好甲的一。\n\t省发展改革委\n\t省经信厅\n\t2026年12月\n\n\t2\n\t做好甲的二。\n\t省经信厅\n\t无\n\t持续推进\n\n\t4\n\t推动乙。\n\t做好乙。\n\t省能源局\n\t省经信厅、省科技厅\n\t2026年6月\n"


def test_groups_that_go_over_several_rows_stand_behind_the_number(tmp_path):
    parts, _ = checked(f"省人工智能重点任务清单\n\n{ROWS}", ".txt", tmp_path)
    assert parts[2:7] == [
        "section: 全链发展",
        "subsection: 推动甲。",
        "number: 1",
        "text: 做好甲的一。",
        "clause: 省发展改革委 省经信厅",
    ]
    assert parts[8:12] == ["number: 2", "text: 做好甲的二。", "clause: 省经信厅 无", "deadline: 持续推进"]
    assert parts[12:14] == ["subsection: 推动乙。", "number: 4"]


def test_a_column_of_persons_is_a_note_within_its_row(tmp_path):
    text = "县重点工作分解表\n序号\t工作任务\t分管领导\t牵头单位\t配合单位\t完成时限\t进展情况\n一\t项目建设（2项）\n1\t建设甲厂\t张某某\t县住建局\t县财政局\t2026年12月\t已开工\n2\t建设乙路\t李某某\t县交通局\t县财政局\t2026.6\t已招标\n第 2 页 共 3 页\n序号\t工作任务\t分管领导\t牵头单位\t配合单位\t完成时限\t进展情况\n3\t建设丙校\t王某某\t县教育局\t同上\t长期\t\n"
    parts, _ = checked(text, ".txt", tmp_path)
    assert parts[2:9] == [
        "section: 一\t项目建设（2项）",
        "number: 1",
        "text: 建设甲厂",
        "clause: 县住建局\t县财政局",
        "deadline: 2026年12月",
        "note: 张某某",
        "note: 已开工",
    ]
    assert [part for part in parts if part.startswith("text")] == ["text: 建设甲厂", "text: 建设乙路", "text: 建设丙校"]


DRAWN = {
    "markdown": "| 序号 | 重点任务 | 责任部门 | 完成时限 |\n| --- | --- | --- | --- |\n| 1 | 建设基地。 | 市教育局、市财政局 | 2026.6 |\n| 2 | 开展培训。 | 市人社局 | 长期 |\n",
    "box": "┌──┬────┬────┬────┐\n│序号│重点任务│责任部门│完成时限│\n├──┼────┼────┼────┤\n│1│建设基│市教育局、│2026.6│\n│ │地。│市财政局│ │\n├──┼────┼────┼────┤\n│2│开展培训。│市人社局│长期│\n└──┴────┴────┴────┘\n",
    "cells": "序号 |\n重点任务 |\n责任部门 |\n完成时限 |\n1 |\n建设基地。 |\n市教育局、市财政局 |\n2026.6 |\n2 |\n开展培训。 |\n市人社局 |\n长期 |\n",
}


@pytest.mark.parametrize("way", DRAWN)
def test_a_drawn_table_is_read_without_its_frame_and_archived_with_it(way, tmp_path):
    parts, source = checked(f"市重点任务分工表\n\n{DRAWN[way]}", ".txt", tmp_path)
    assert parts[2:] == [
        "number: 1",
        "text: 建设基地。",
        "clause: 市教育局、市财政局",
        "deadline: 2026.6",
        "number: 2",
        "text: 开展培训。",
        "clause: 市人社局",
        "deadline: 长期",
    ]
    assert "|" not in source and "│" not in source
    assert (tmp_path / "data/policies/document/original.txt").read_text("utf-8").endswith(DRAWN[way])


def test_what_is_drawn_but_no_table_stays_as_it_is(tmp_path):
    text = f"首页 | 公开\n位置 | 甲 | 乙\n关于甲的措施\n（一）甲。做甲。{UNITS}\n（二）乙。做乙。{UNITS}\n"
    (tmp_path / "text.txt").write_text(text, "utf-8")
    assert read(tmp_path / "text.txt").text == text


def test_a_part_of_a_table_begins_with_any_number_and_rows_may_lack_cells(tmp_path):
    text = "民生实事推进情况\n序号 |\n主要任务 |\n全年目标 |\n分管领导 |\n牵头单位 |\n协同单位 |\n推进情况 |\n说明 |\n24 |\n优化50条街巷。 |\n徐某 |\n城管局 |\n市政局、相关街道 |\n已进场。 |\n||\n25 |\n新增小区210个。 |\n徐某 |\n城管局 |\n环卫处、各街道 |\n正在推进。 |\n合同滞后。 |\n"
    document = divided(text, tmp_path=tmp_path)
    entries = [line for line in told(document) if line[0].isdigit()]
    assert entries == ["24 优化50条街巷。 *城管局 市政局 相关街道", "25 新增小区210个。 *城管局 环卫处 各街道"]


def test_the_head_of_a_portal_says_what_the_document_does_not():
    text = f"索 引 号： 0001/2014 主题分类： 农业\n发文机关： 省政府办公厅 成文日期： 2014年02月23日\n标  题： 省政府办公厅关于甲的通知\n发文字号： 省办函〔2014〕31号 发布日期： 2014年03月10日\n\n省政府办公厅\n关于甲的通知\n\n各市人民政府：\n现通知如下。\n一、甲。做甲。{UNITS}\n二、乙。做乙。{UNITS}\n"
    values = draft_of(Received(text, (), (), text.encode(), ".txt"), "document", Path("nowhere")).draft.policy.values
    assert (values["issued"], values["document_number"]) == ("2014年02月23日", "省办函〔2014〕31号")
    assert "标题" not in values["title"]


def names_of(document: Document) -> list[str]:
    """What each measure lists."""
    return ["、".join(names_in(document, piece)) for piece in document.pieces if isinstance(piece, Entry)]


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("（责任单位：*市水务局、市财政局）", "市水务局、市财政局"),  # nothing says what the sign means
        ("（河东、河西区政府，市水务局按职责分工负责）", "河东、河西区政府、市水务局"),
        ("（温州、湖口市政府配合，省水利厅牵头）", "温州、湖口市政府、*省水利厅"),
        ("（责任单位：市水务局、各区人民政府〈含新区、景区管委会〉）", "市水务局、各区人民政府"),  # no name of theirs
        ("（责任单位：市水务局、各区人民政府（含新区管委会，下同）等）", "市水务局、各区人民政府"),
        ("（市水务局，各县（区）政府。以下工作均涉及各县（区）政府，不再一一列出）", "市水务局、各县（区）政府"),
        ("（市水务局、市财政局等市直有关部门（单位）按职责分工负责）", "市水务局、市财政局"),
        ("（责任单位：市水务局；目标位置：全省前5）", "市水务局"),
        ("（市水务局会同市有关部门单位负责）", "市水务局"),
        ("（责任部门：市水务局、市财政局。时间节点：2025年3月）", "市水务局、市财政局"),
        ("〔责任单位：市水务局、市财政局、各县区，由市财政局牵头〕", "市水务局、市财政局、各县区、*市财政局"),
        ("（牵头单位：市水务局；由市财政局、市审计局配合）", "*市水务局、市财政局、市审计局"),
        ("（市水务局负责。各项任务均需各县区政府落实，不再逐一列出）", "市水务局"),
        (
            "（责任单位：市水务局，各区〔县、市〕政府。以下均需各区〔县、市〕政府落实，不再列出）",
            "市水务局、各区〔县、市〕政府",
        ),
    ],
)
def test_names_with_signs_and_shared_words(clause, names):
    document = divided(f"关于治水的意见\n一、清淤。清理河道。{clause}\n二、绿化。种树。（责任单位：市园林局）\n")
    assert names_of(document) == [names, "市园林局"]


def test_a_stated_rule_holds_for_the_clauses_within_a_text():
    text = (
        "关于治水的意见\n一、清淤。清理河道。（责任单位：市水务局、市财政局。列第一位的为牵头单位，下同）\n"
        "二、绿化。种树。（责任单位：市园林局、市水务局）护岸。（责任单位：市水务局）\n"
    )
    assert names_of(divided(text)) == ["*市水务局、市财政局", "*市园林局、市水务局、*市水务局"]


def test_who_leads_in_one_clause_of_a_measure_leads(tmp_path):
    text = (
        "青川市关于治水的意见\n一、清淤。清理河道。（牵头单位：市水务局，责任单位：市财政局）疏浚。（牵头单位：市财政局，责任单位：市水务局）\n"
        "二、绿化。种树。（牵头单位：市园林局，责任单位：市水务局）\n"
    )
    ledger = drafted(text, ".txt", tmp_path)
    leads = [
        [one.name_as_written for one in measure.responsibilities if one.role == "lead"] for measure in ledger.measures
    ]
    assert leads == [["市水务局", "市财政局"], ["市园林局"]]


def test_a_fragment_begins_with_a_later_section():
    text = f"三、清淤\n5.疏浚。清理河道。{UNITS}\n6.护岸。加固堤岸。{UNITS}\n四、绿化\n7.种树。沿河种树。{UNITS}\n"
    found = told(divided(text))
    assert [line.split("：")[0] for line in found if line.startswith("section")] == [
        "section: 三、清淤",
        "section: 四、绿化",
    ]
    assert [line[:2] for line in found if line[0].isdigit()] == ["5.", "6.", "7."]
    alone = told(divided(f"三、主要任务\n（一）疏浚。清理河道。{UNITS}\n（二）护岸。加固堤岸。{UNITS}\n"))
    assert alone[0] == "section: 三、主要任务"


def test_a_number_may_be_left_out_at_a_new_section():
    text = f"关于治水的意见\n一、清淤\n（一）疏浚。清理。{UNITS}\n（二）护岸。加固。{UNITS}\n二、绿化\n（四）种树。种树。{UNITS}\n"
    found = told(divided(text))
    assert "section: 二、绿化" in found and any(line.startswith("（四）") for line in found)


@pytest.mark.parametrize("above", ["政策解读\n政策原文\n", "首页\n青川\n"])
def test_what_a_page_writes_above_a_title_is_none_of_it(above):
    found = told(
        divided(f"{above}青川市人民政府办公室关于治水的意见\n一、清淤。清理河道。{UNITS}\n二、绿化。种树。{UNITS}\n")
    )
    assert "title: 青川市人民政府办公室关于治水的意见" in found
    split = told(
        divided(f"青川市人民政府办公室\n关于治水的意见\n一、清淤。清理河道。{UNITS}\n二、绿化。种树。{UNITS}\n")
    )
    assert "title: 关于治水的意见" in split and "issuer: 青川市人民政府办公室" in split


def test_a_level_that_only_the_first_of_a_row_bears_is_asked_about(tmp_path):
    text = (
        "湖东省关于治水的意见\n一、清淤。清理河道。（省水利厅、财政厅、科技厅，湖东银保监局，各市人民政府按职责分工负责）\n"
        "二、绿化。种树。（省林业局、团省委负责）\n"
    )
    asked = {}
    for path, content in imported(text, ".txt", tmp_path).files.items():
        if path.startswith("departments/"):
            record = content.decode()
            asked[record.split("name: ")[1].split("\n")[0]] = "可能是承前面的名称省略了" in record
    assert {name for name, is_asked in asked.items() if is_asked} == {"财政厅", "科技厅"}


def test_from_when_a_document_holds_is_no_part_of_its_last_measure():
    text = "青川市治水若干措施\n一、清淤。清理河道。\n运走淤泥。\n二、护岸。加固堤岸。\n三、绿化。沿河种树。\n保护树木。\n施行说明：本措施自印发之日起施行，有效期3年。\n"
    found = told(divided(text))
    assert found[-2:] == ["三、 绿化。沿河种树。保护树木。", "closing: 施行说明：本措施自印发之日起施行，有效期3年。"]


def test_months_are_those_of_the_year_in_the_title(tmp_path):
    rows = "1\t清淤。\t市水务局\t6月底前\n2\t绿化。9月底前种树。\t市林业局\t持续推进\n3\t普查。\t市水务局\t第三季度\n"
    head = "序号\t工作任务\t责任单位\t完成时限\n"
    ledger = drafted(f"青川市2026年治水任务表\n{head}{rows}", ".txt", tmp_path / "one")
    assert ledger.policies[0].deadline_year == "2026"
    due = [one.deadline.period.text if one.deadline.period else "" for one in ledger.measures]
    assert due == ["2026-06", "", "2026-Q3"]
    assert [one.period.text for one in ledger.measures[1].inner_deadlines] == ["2026-09"]
    other = drafted(f"青川市2025—2026年治水任务表\n{head}{rows}", ".txt", tmp_path / "two")
    assert not other.policies[0].deadline_year and not any(one.deadline.period for one in other.measures)


def test_paragraphs_that_end_in_clauses_of_their_own_are_measures():
    document = divided(
        "青川市关于治水的若干意见\n一、治水\n（一）清淤\n清理河道。（市水务局、市财政局）\n疏浚湖面。（市水务局、市城管局）\n"
        "（二）绿化\n沿河种树。（市林业局、市水务局）\n管护林带。（市林业局、市财政局）\n"
    )
    assert told(document)[1:] == [
        "section: 一、治水",
        "subsection: （一）清淤",
        "- 清理河道。 市水务局 市财政局",
        "- 疏浚湖面。 市水务局 市城管局",
        "subsection: （二）绿化",
        "- 沿河种树。 市林业局 市水务局",
        "- 管护林带。 市林业局 市财政局",
    ]


def test_a_clause_right_behind_a_heading_is_that_of_all_below_it():
    document = divided(
        "青川市治水工作方案\n一、整治河道\n（本部分工作由市水务局牵头，市财政局配合）\n（一）清淤。清理河道。\n（二）护岸。加固堤岸。\n"
        "二、绿化\n（一）种树。沿河种树。（责任单位：市林业局）\n（二）护林。管护林带。（责任单位：市林业局）\n"
    )
    assert told(document)[1:] == [
        "section: 一、整治河道",
        "paragraph: （本部分工作由市水务局牵头，市财政局配合）",
        "（一） 清淤。清理河道。 *市水务局 市财政局",
        "（二） 护岸。加固堤岸。 *市水务局 市财政局",
        "section: 二、绿化",
        "（一） 种树。沿河种树。 市林业局",
        "（二） 护林。管护林带。 市林业局",
    ]
    asked = [doubt.what for doubt in document.doubts if doubt.field == "parts"]
    assert len(asked) == 1 and "市水务局牵头" in asked[0], "nothing is laid on anybody without asking"


def test_a_merged_cell_holds_for_each_of_its_rows(tmp_path):
    ledger = drafted(
        "<p>青川市治水任务分工表</p><table><tr><th rowspan=2>序号<th rowspan=2>任务<th colspan=2>责任单位<th rowspan=2>完成时限"
        "<tr><th>牵头单位<th>配合单位"
        "<tr><td>1<td>清理河道。<td rowspan=3>市水务局<td>市财政局<td rowspan=2>2026年6月底前"
        "<tr><td>2<td>加固堤岸。<td rowspan=2>市住建局、市林业局"
        "<tr><td>3<td>沿河种树。<td>2026年12月底前"
        "<tr><td>4<td>管护林带。<td>市水务局<td>市林业局<td>2026年6月底前</table>",
        ".html",
        tmp_path,
    )
    told = [
        (
            [f"{share.name_as_written} {share.role}" for share in measure.responsibilities],
            measure.shared_clause and (measure.shared_clause.text, measure.shared_clause.part.measure[-2:]),
            measure.deadline.quote,
            measure.shared_deadline and measure.shared_deadline.part.measure[-2:],
            [question.question for question in measure.reviews if "合并" in question.question],
        )
        for measure in ledger.measures
    ]
    both = ["市水务局 lead", "市住建局 support", "市林业局 support"]
    assert told == [
        (["市水务局 lead", "市财政局 support"], None, "2026年6月底前", None, []),
        (both, ("市水务局", "01"), "2026年6月底前", "01", []),
        (both, ("市水务局\n市住建局、市林业局", "01"), "2026年12月底前", None, []),
        (["市水务局 lead", "市林业局 support"], None, "2026年6月底前", None, []),
    ]
    page = pages_of(ledger)["policies/document/03.md"]
    assert "市住建局、市林业局</span>" in page and "source/#m01" in page


def test_a_clause_in_a_paragraph_of_its_own_belongs_to_the_text_above():
    document = divided(
        "关于支持农业的若干措施\n为支持农业，制定本措施。\n扩大种植。新建茶园500亩。\n责任单位：市农业局、市财政局\n"
        "打响品牌\n制定团体标准。\n责任单位：市农业局、市市场监管局\n壮大主体。奖励龙头企业。［责任单位：市农业局］\n"
    )
    assert [one for one in told(document) if one.startswith("- ")] == [
        "- 扩大种植。新建茶园500亩。 市农业局 市财政局",
        "- 打响品牌制定团体标准。 市农业局 市市场监管局",
        "- 壮大主体。奖励龙头企业。 市农业局",
    ]


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        (
            "市水务局牵头负责，市城管局、河阴水务公司（市供水总公司）协助。",
            "*市水务局、市城管局、河阴水务公司（市供水总公司）",
        ),
        ("该项工作以市农业局为牵头单位，市水务局、市财政局为配合单位。", "*市农业局、市水务局、市财政局"),
        ("市城管局、市商务局依职责分头负责。", "市城管局、市商务局"),
        ("（市公安局、市交通局双牵头，各街道办事处落实属地责任）", "*市公安局、*市交通局、各街道办事处"),
        ("牵头单位：市城管局；协同单位：市公安局、市交通局", "*市城管局、市公安局、市交通局"),
    ],
)
def test_more_ways_to_say_who_does_it(clause, names):
    document = divided(
        f"关于节水的办法\n第一条节水。推广器具。{clause}\n第二条供水。改造管网。（市水务局、市财政局）\n"
    )
    assert names_of(document)[0] == names


def test_the_list_of_an_annex_is_no_head_of_a_table():
    document = divided(
        "青川市关于印发方案的通知\n各街道办事处，区政府各部门，有关单位：\n现印发给你们。\n附件：1.成员单位名单\n2.监测指标\n\n"
        "青川市治水方案\n\n一、清淤\n（一）清理河道。（责任单位：市水务局）\n（二）疏浚湖面。（责任单位：市水务局）\n"
    )
    assert not any(one.startswith("table_header") for one in told(document))
    assert len(document.entries) == 2


def test_a_sentence_below_the_last_item_of_a_section_is_that_of_all_of_them(tmp_path):
    ledger = drafted(
        "青川市治水工作方案\n一、整治河道\n（一）清淤。清理河道。\n（二）护岸。加固堤岸。\n以上任务由市水务局牵头，市财政局配合，2026年6月底前完成。\n"
        "二、绿化\n（一）种树。沿河种树。（责任单位：市林业局）\n（二）护林。管护林带。（责任单位：市林业局）\n",
        ".txt",
        tmp_path,
    )
    told = [
        (measure.text, [f"{share.name_as_written} {share.role}" for share in measure.responsibilities])
        for measure in ledger.measures
    ]
    both = ["市水务局 lead", "市财政局 unmarked"]
    assert told[:3] == [
        ("清淤。清理河道。", both),
        ("护岸。加固堤岸。", both),
        ("种树。沿河种树。", ["市林业局 unmarked"]),
    ]
    assert [measure.deadline and measure.deadline.quote for measure in ledger.measures] == ["2026年6月底前"] * 2 + [
        None
    ] * 2
    assert ledger.measures[1].shared_clause.part.kind == "paragraph"


def test_a_number_without_words_is_no_item_that_ends_in_a_sentence():
    document = divided(
        "青川市治水方案\n一、河道\n（一）清淤。清理河道。（责任单位：市水务局）\n（二）\n二、绿化\n（一）种树。（责任单位：市林业局）\n（二）"
    )
    assert [one for one in told(document) if "市" in one][1:] == [
        "（一） 清淤。清理河道。 市水务局",
        "（一） 种树。 市林业局",
    ]


def test_a_clause_within_the_text_is_told_at_the_one_behind_it(tmp_path):
    drafted(
        "关于治水的若干措施\n一、清理河道。（责任单位：市水务局等）加固堤岸。（责任单位：市财政局）\n二、沿河种树。（责任单位：市林业局）\n",
        ".txt",
        tmp_path,
    )
    path = tmp_path / "data/policies/document/measures/01.yml"
    path.write_text(path.read_text("utf-8").replace("open_list: true\n", ""), "utf-8")
    line = next(
        place for place, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line.startswith("clause:")
    )
    (told,) = [problem for problem in check(load(tmp_path / "data")).problems if problem.rule == "open-list"]
    assert (told.at.line, told.at.column) == (line, 9)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("（列第一位的为牵头单位）", "note: （列第一位的为牵头单位）"),
        ("（2024—2026年）", "title: 青川市治水行动重点任务分工（2024—2026年）"),
    ],
)
def test_a_line_in_brackets_below_the_title_belongs_to_it_unless_it_speaks_of_bodies(line, part):
    rows = "序号\t重点任务\t责任单位\n1\t清淤。\t市水务局、市财政局\n2\t护岸。\t市水务局、市城管局\n"
    found = divided(f"附件1\n青川市治水行动重点任务分工\n{line}\n{rows}")
    assert part in told(found)
    assert [names_in(found, entry) for entry in found.entries] == (
        [["*市水务局", "市财政局"], ["*市水务局", "市城管局"]]
        if "牵头" in line
        else [["市水务局", "市财政局"], ["市水务局", "市城管局"]]
    )


TWO = "（责任单位：市水务局，市财政局。逗号前为牵头单位，下同）", "（责任单位：市林业局，市财政局）"


@pytest.mark.parametrize("between", ["", "\n"])
def test_paragraphs_below_a_heading_are_measures_with_and_without_line_ends(between):
    """The item is a heading, and each paragraph below it begins with a heading and ends in a clause."""
    groups = (
        ["（一）坚持治水优先。", f"疏浚河道。清理淤泥，护好堤岸。{TWO[0]}", f"涵养水源。沿河种树，封山育林。{TWO[1]}"],
        [
            "（二）坚持节水优先。",
            f"节约用水。推广节水器具，改造管网。{TWO[1]}",
            f"循环用水。推广再生水，减少取水。{TWO[1]}",
        ],
        ["二、保障", f"（三）加强宣传。大力宣传节水知识，营造良好氛围。{TWO[1]}"],
    )
    lines = ["关于治水的意见", "为治水，提出以下意见。", "一、任务", *(line for group in groups for line in group)]
    found = divided(between.join(lines))
    assert [names_in(found, entry) for entry in found.entries] == [
        ["*市水务局", "市财政局"],
        *[["*市林业局", "市财政局"]] * 4,
    ]
    told_ = told(found)
    assert "subsection: （一）坚持治水优先。" in told_
    assert any(line.startswith("- 疏浚河道。清理淤泥") for line in told_)


def test_a_name_before_the_rule_for_the_lead_is_a_name():
    clause = "（市水务局负责。排在第一位的部门为牵头部门，下同）"
    found = divided(f"关于治水的意见\n一、清淤。清理河道。{clause}\n二、绿化。种树。（市林业局、市水务局负责）\n")
    assert [names_in(found, entry) for entry in found.entries] == [["*市水务局"], ["*市林业局", "市水务局"]]
    assert found.rule == "排在第一位的部门为牵头部门，下同"


def test_a_table_of_indicators_has_units_and_no_bodies(tmp_path):
    rows = "<tr><td>指标</td><td>单位</td><td>2025年</td></tr><tr><td>治理河道</td><td>公里</td><td>30</td></tr>"
    text = f"<p>关于治水的意见</p><p>一、清淤。清理河道。{UNITS}</p><p>二、绿化。种树。{UNITS}</p><table>{rows}</table>"
    found = divided(f"<html><body>{text}</body></html>", ".html", tmp_path)
    assert len(found.entries) == 2


def test_a_place_whose_name_begins_with_and_is_not_cut():
    text = "和丰县治水若干措施\n一、清淤。清理河道。（责任单位：市生态环境局和丰分局、县水务局和县财政局）\n二、绿化。种树。（责任单位：县林业局）\n"
    found = divided(text)
    sorted_out = sort_out(found, ())[found.entries[0].start].names
    assert [one.words for one in sorted_out] == ["市生态环境局和丰分局", "县水务局", "县财政局"]


def test_bodies_on_lines_of_their_own_in_a_cell_are_apart(tmp_path):
    cell = "省工商联<br>省发展改革委（省民营经济发展局）<br>各市（州）人民政府"
    rows = f"<tr><td>序号</td><td>任务</td><td>责任单位</td></tr><tr><td>1</td><td>清淤。</td><td>{cell}</td></tr>"
    found = divided(f"<html><body><p>治水任务表</p><table>{rows}</table></body></html>", ".html", tmp_path)
    assert names_in(found, found.entries[0]) == cell.split("<br>")


def test_a_column_that_names_each_project_holds_headings_although_a_cell_is_merged(tmp_path):
    head = "<tr><td>序号</td><td>项目名称</td><td>目标任务</td><td>责任单位</td></tr>"
    rows = "".join(
        f"<tr><td>{n}</td><td>第{n}项目</td><td>治理河道{n}公里。</td><td>市水务局</td></tr>" for n in range(1, 5)
    )
    merged = (
        "<tr><td>5</td><td rowspan='2'>第五项目</td><td>种树。</td><td>市林业局</td></tr>"
        "<tr><td>6</td><td>护树。</td><td>市林业局</td></tr>"
    )
    found = divided(
        f"<html><body><p>治水任务表</p><table>{head}{rows}{merged}</table></body></html>", ".html", tmp_path
    )
    assert "1 第1项目治理河道1公里。 市水务局" in told(found)
    assert not any(line.startswith(("section", "subsection")) for line in told(found))
    assert [bool(entry.heading_end) for entry in found.entries] == [True] * 5 + [False]


def test_several_clauses_of_bare_names_in_one_item():
    text = "治水工作要点\n1.清淤。清理河道。（市水务局、市财政局）沿河种树。（市林业局、市城管局）\n2.护岸。加固（含抛石）。（市水务局）\n"
    found = divided(text)
    assert [names_in(found, entry) for entry in found.entries] == [
        ["市水务局", "市财政局", "市林业局", "市城管局"],
        ["市水务局"],
    ]


CELLS = (
    "治水任务清单", "任务类型", "序号", "工作任务", "推进单位",
    "行动一：清水行动", "1", "清淤。", "区水务局、区“两河”专班", "2", "护岸。", "区水务局",
    "行动二：绿岸行动", "种树护树", "3", "种树。", "区绿化市容局、各相关街镇", "4", "护树。",
    "开花添彩", "5", "种花。", "区绿化市容局",
)  # fmt: skip


def test_groups_before_the_numbers_are_no_bodies():
    """A cell a line; the column of groups is the first, and rows whose bodies are merged lack a cell."""
    found = told(divided("\n\n".join(CELLS) + "\n"))
    assert found[found.index("table_header: 任务类型序号工作任务推进单位") :] == [
        "table_header: 任务类型序号工作任务推进单位",
        "section: 行动一：清水行动",
        "1 清淤。 区水务局 区“两河”专班",
        "2 护岸。 区水务局",
        "section: 行动二：绿岸行动",
        "section: 种树护树",
        "3 种树。 区绿化市容局 各相关街镇",
        "4 护树。",
        "section: 开花添彩",
        "5 种花。 区绿化市容局",
    ]


def test_a_table_that_ran_together_is_refused(tmp_path):
    rows = "1推进治水1、疏浚河道3月区水务局区财政局1、全区工作会议2、护岸6月区水务局2绿化3、种树12月区林业局"
    text = f"治水工作要点\n一、治水。疏浚河道，护好堤岸。\n二、绿化。沿河种树。\n附件 序号主要工作任务具体工作措施完成时限主要责任单位任务来源{rows}\n"
    with pytest.raises(Refused, match="各栏连在了一起"):
        imported(text, ".txt", tmp_path)


def test_spaces_within_names_and_numbers_divide_nothing():
    """Old line ends of a page in one line are spaces, in whatever word they fell."""
    first = "清 理淤泥。（区水务局牵 头，各乡镇 人民政府、区 财政局配合）"
    last = "绿化河岸。（区林业局、区法制 办按职能分工负责）"
    numbers = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十 一")
    items = "".join(f"（{number}）治理河道。{last if number == '十 一' else first}" for number in numbers)
    text = f"关于治水的意见 为治水，提出以下意见。 一、任务 {items}"
    found = divided(text)
    assert [names_in(found, entry) for entry in found.entries] == [
        *[["*区水务局", "各乡镇人民政府", "区财政局"]] * 10,
        ["区林业局", "区法制办"],
    ]


def test_tasks_that_begin_with_their_number_need_no_column_of_numbers():
    """A cell a line behind a tab; an empty cell is a tab alone, and the first column holds the groups."""
    cells = ("工作任务", "工作要求", "牵头单位", "配合单位", "一、治水", "1.清淤。", "市水务局", "市财政局",
             "2.护岸。", "", "市水务局", "二、绿化", "3.种树。", "市林业局", "")  # fmt: skip
    text = "附件\n治水任务分解表\n" + "".join(f"\t{cell}\n" for cell in cells)
    assert told(divided(text)) == [
        "attachment: 附件",
        "title: 治水任务分解表",
        "table_header: 工作任务工作要求牵头单位配合单位",
        "section: 一、治水",
        "- 1.清淤。 *市水务局 市财政局",
        "- 2.护岸。 市水务局",
        "section: 二、绿化",
        "- 3.种树。 *市林业局",
    ]


def test_a_sentence_about_the_lead_that_a_page_cut_in_two_is_one_part(tmp_path):
    text = f"关于治水的意见\n为治水，提出以下意见。\n各项措施中排在第一位的\n\n为牵头单位。\n一、清淤。清理河道。{UNITS}\n二、绿化。种树。（责任单位：市林业局、市水务局）\n"
    parts, _ = checked(text, ".txt", tmp_path)
    assert any(part.startswith("paragraph: 各项措施中排在第一位的") and part.endswith("为牵头单位。") for part in parts)


def test_no_month_is_made_of_a_number_that_is_none(tmp_path):
    text = "青川市2026年治水要点\n一、清淤。52月底前清理河道。（责任单位：市水务局）\n二、护岸。6月底前加固堤岸。（责任单位：市水务局）\n"
    ledger = drafted(text, ".txt", tmp_path)
    assert [[one.quote for one in measure.inner_deadlines] for measure in ledger.measures] == [[], ["6月底前"]]


LONG_TASK = "疏浚城区河道，清理淤泥和垃圾，加固两岸堤防，沿河种植树木，建立日常巡查和养护制度，定期公布水质监测结果。"
BROKEN = (
    "治水任务分解表", "序号", "任务类型", "重点内容", "责任单位", "参考文件",
    "1", "河道", "综合治理", LONG_TASK, "区水务局、区城管局、", "区财政局等相关部门，", "各街镇", "《治水规划》", "（区发〔2024〕3号）",
    "2", "水质监测", LONG_TASK, "区生态环境局", "《监测方案》",
    "序号", "任务类型", "重点内容", "责任单位", "参考文件",
    "3", "宣传", "教育", LONG_TASK, "区水务局、", "区教育局", "《宣传方案》",
)  # fmt: skip


def test_cells_whose_lines_were_broken_are_told_by_the_lines_of_bodies():
    found = divided("\n".join(BROKEN) + "\n")
    assert [names_in(found, entry) for entry in found.entries] == [
        ["区水务局", "区城管局", "区财政局", "各街镇"],
        ["区生态环境局"],
        ["区水务局", "区教育局"],
    ]
    texts = [found.script.solid[slice(*entry.text)] for entry in found.entries]
    assert texts == [f"{name}{LONG_TASK}" for name in ("河道综合治理", "水质监测", "宣传教育")]
    assert [entry.is_open for entry in found.entries] == [True, False, False]
    heads = [line for line in told(found) if line.startswith("table_header")]
    assert len(heads) == 2  # the second page repeats it
    assert {"note: 《治水规划》（区发〔2024〕3号）", "note: 《宣传方案》"} <= {*told(found)}


PLANS = [
    "各县（市、区）人民政府：",
    "现将三个方案印发给你们。",
    "青川市办事专项行动方案",
    "一、总体要求",
    "坚持便民。",
    "二、主要措施",
    f"1．清理证明。能减则减。{UNITS}",
    f"2．公开流程。张榜公布。{UNITS}",
    "青川市收费专项行动方案",
    "一、总体要求",
    "坚持减负。",
    "二、主要措施",
    f"1．清理收费。应免尽免。{UNITS}",
    f"2．公开收费。张榜公布。{UNITS}",
]


def test_a_line_above_numbers_that_begin_again_is_the_title_of_another_text():
    found = told(divided("\n".join(PLANS)))
    assert [line.split(": ")[1] for line in found if line.startswith("title: ")] == [PLANS[2], PLANS[8]]
    assert [line[:6] for line in found if line[0].isdigit()] == ["1． 清理证", "2． 公开流", "1． 清理收", "2． 公开收"]


def test_a_heading_that_ends_as_titles_do_begins_no_other_text():
    lines = [*PLANS[2:7], "三、建立健全长效治理工作方案", "一、加强领导。各地要加强领导。"]
    assert sum(line.startswith("title: ") for line in told(divided("\n".join(lines)))) == 1


def test_labels_on_lines_of_their_own_belong_to_the_paragraph_above():
    body = ["责任部门：市教育局、市财政局", "完成时限：2026年6月底前"]
    lines = ["一、办好学校", "改善校舍。修缮旧房。", *body, "配齐教师。面向社会招聘。", *body, "二、办好医院"]
    found = told(divided("\n".join([*lines, "改善病房。修缮旧房。", *body, "配齐医生。面向社会招聘。", *body])))
    assert found == [
        "section: 一、办好学校",
        "- 改善校舍。修缮旧房。 市教育局 市财政局",
        "- 配齐教师。面向社会招聘。 市教育局 市财政局",
        "section: 二、办好医院",
        "- 改善病房。修缮旧房。 市教育局 市财政局",
        "- 配齐医生。面向社会招聘。 市教育局 市财政局",
    ]


def test_paragraphs_with_headings_of_their_own_are_measures_below_the_text_of_their_item():
    def item(number: str) -> list[str]:
        return [
            f"（{number}）打造社区。以园区为重点，分类推进。",
            f"“一核”：建设核心区。{UNITS}",
            f"双园：建设园区。{UNITS}",
        ]

    found = told(divided("\n".join(["一、重点任务", *item("一"), *item("二")])))
    assert found[1:5] == [
        "subsection: （一）打造社区。",
        "paragraph: 以园区为重点，分类推进。",
        "- “一核”：建设核心区。 *市教育局 市财政局",
        "- 双园：建设园区。 *市教育局 市财政局",
    ]


@pytest.mark.parametrize("mark", ["# Page 93:", "--- Page 3 ---", "Page 3 of 10", "第 3 页 共 10 页", "— 3 —"])
def test_marks_of_pages_are_no_part_of_a_measure(mark, tmp_path):
    lines = [
        "关于办好学校的若干措施",
        "一、改善校舍。修缮",
        mark,
        f"旧房。{UNITS}",
        f"二、配齐教师。面向社会招聘。{UNITS}",
    ]
    measures = imported("\n".join(lines), ".txt", tmp_path).draft.measures
    assert [one.values["text"].replace("\n", "") for one in measures] == [
        "改善校舍。修缮旧房。",
        "配齐教师。面向社会招聘。",
    ]


def test_the_small_full_stop_follows_numbers_too():
    found = told(divided(f"1﹒改善校舍。修缮旧房。{UNITS}\n2﹒配齐教师。面向社会招聘。{UNITS}"))
    assert [line[:2] for line in found] == ["1﹒", "2﹒"]


def test_figures_of_a_table_are_no_numbers_of_items():
    cells = [
        "附件",
        "公园名称",
        "面积",
        "唐草公园",
        "0.35",
        "50",
        "西渡公园",
        "1.5",
        "19",
        "江边公园",
        "2.6",
        "20",
        "合计",
    ]
    found = told(divided("\n".join([f"一、改善校舍。修缮旧房。{UNITS}", f"二、配齐教师。招聘。{UNITS}", *cells])))
    assert not [line for line in found if line.startswith(("section", "subsection"))]


def test_a_title_goes_on_where_its_first_line_ends_in_what_it_is_about():
    lines = [
        "关于优化调整稳就业政策",
        "全力促发展惠民生的若干措施",
        f"一、改善校舍。修缮。{UNITS}",
        f"二、配齐教师。{UNITS}",
    ]
    assert told(divided("\n".join(lines)))[0] == "title: 关于优化调整稳就业政策全力促发展惠民生的若干措施"


def test_the_rule_begins_with_its_own_line(tmp_path):
    """Behind a clause without a sign at its end."""
    items = [
        f"{number}、办好{what}。修缮旧房。责任单位：市教育局、市财政局"
        for number, what in zip("一二", "学校医院", strict=False)
    ]
    end = ["三、附则", "各项任务的责任单位中，排在首位的为牵头单位。", "本措施自印发之日起施行。"]
    policy = imported("\n".join(["关于办好学校的若干措施", *items, *end]), ".txt", tmp_path).draft.policy
    assert policy.values["lead_rule"] == "各项任务的责任单位中，排在首位的为牵头单位"


def test_whose_sections_a_column_names_is_asked_once(tmp_path):
    rows = [("1", "改善校舍", "法规科、监管科"), ("2", "配齐教师", "监管科、人事股"), ("3", "整治食堂", "法规科")]
    table = "\n".join("\t".join(row) for row in (("序号", "重点任务", "责任科室"), *rows))
    draft = imported(f"青川市教育局任务分工表\n{table}\n", ".txt", tmp_path).draft
    asked = [doubt.what for record in draft.measures for doubt in record.doubts if doubt.field == "departments"]
    assert len(asked) == 1 and "内设科室" in asked[0]


def test_a_name_that_may_be_none_is_asked_once(tmp_path):
    lines = [f"{number}、办好学校。修缮旧房。（责任单位：市教育局、城运）" for number in "一二三"]
    draft = imported("\n".join(["关于办好学校的若干措施", *lines]), ".txt", tmp_path).draft
    asked = [doubt.what for record in draft.measures for doubt in record.doubts]
    assert sum("“城运”是不是部门名称" in what for what in asked) == 1


def test_equal_numbers_within_one_quote_are_two_where_lines_were_broken(tmp_path):
    text = "对接企业。参会企业达25家、50\n家、50家及以上的分别给予每场5万元、10万元奖励。"
    lines = [f"一、{text}{UNITS}", f"二、配齐教师。面向社会招聘。{UNITS}"]
    assert imported("\n".join(["关于对接企业的若干措施", *lines]), ".txt", tmp_path).draft.measures


def test_a_measure_knows_the_headings_above_it(tmp_path):
    items = [f"{n}.办好学校。修缮旧房。{UNITS}" for n in (1, 2)]
    lines = [
        "关于办好学校的若干措施",
        "一、重点任务",
        "（一）强化保障",
        *items,
        "（二）强化管理",
        f"3.办好食堂。{UNITS}",
        "二、其他任务",
    ]
    ledger = drafted("\n".join([*lines, f"4.办好宿舍。修缮旧房。{UNITS}"]), ".txt", tmp_path)
    found = [(measure.section, measure.subsection) for measure in ledger.measures]
    assert found == [("一、重点任务", "（一）强化保障")] * 2 + [
        ("一、重点任务", "（二）强化管理"),
        ("二、其他任务", ""),
    ]
    pages = pages_of(ledger)
    assert "一、重点任务 · （一）强化保障</p>" in pages[next(path for path in pages if path.endswith("/01.md"))]


def test_what_the_check_would_refuse_is_left_out_and_asked(tmp_path, monkeypatch):
    """One number that is read wrong does not cost the whole import."""

    def misread(text: str) -> list[Target]:
        return [replace(one, unit=one.unit.removesuffix("次")) for one in find_targets(text)]

    monkeypatch.setattr("scripts.importer.draft.find_targets", misread)
    lines = [f"一、清扫街道。每年清扫不少于800条次，建设站点30个。{UNITS}", f"二、配齐教师。面向社会招聘。{UNITS}"]
    measure = imported("\n".join(["关于清扫街道的若干措施", *lines]), ".txt", tmp_path).draft.measures[0]
    assert [row["value"] for row in measure.values["targets"].values()] == ["30"]
    (doubt,) = [doubt for doubt in measure.doubts if doubt.field == "targets"]
    assert "800条" in doubt.what and "没有写进草稿" in doubt.what


def test_the_number_of_a_document_in_a_collection_is_no_item():
    head = ["1. 青川省政府办公厅印发关于办好学校若干", "政策措施的通知", "关于办好学校的若干政策措施"]
    items = [f"一、重点任务{n}。修缮旧房。{UNITS}" for n in (1, 2)]
    found = told(divided("\n".join([*head, *items, "2.办好食堂。", "3.办好宿舍。"])))
    assert not found[0].startswith("section")


def test_a_table_whose_cells_cannot_be_told_apart_is_refused(tmp_path):
    """Cells of several paragraphs, one below the other, shift the others: no task becomes a body."""
    heads = ["序号", "内容", "牵头部门", "配合部门", "2024年工作任务", "2025年工作计划", "备注"]
    rows = [
        ["1", "编制体系规划", "规划处", "各处室", "1.继续完善综合交通规划", "2.编制都市圈综合交通规划", "1.启动编制规划", "2.深化规划成果"],
        ["2", "实施干线建设", "规划处", "—", "1.积极推进十九号线前期工作", "2.推进轨道交通四期规划编制", "1.开工建设", "2.验收"],
        ["3", "建设处", "养护处", "有序推进快速路项目建设", "有序推进快速路项目建设"],
        ["4", "实施慢行系统建设", "运行处", "规划处", "养护处", "全力推进慢行交通品质提升", "完成慢行交通品质提升"],
        ["5", "养护处", "—", "推进内环高架年轻化工程", "持续推进内环高架工程", "完成前期研究"],
    ]  # fmt: skip
    lines = ["青川市交通建设任务分解表", *heads, *(cell for row in rows for cell in row)]
    with pytest.raises(Refused, match="分不清"):
        imported("\n".join(lines), ".txt", tmp_path)


def test_a_fragment_in_one_line_begins_with_a_section_and_a_number_above_one():
    text = f"水平显著提升。二、提升预报能力（五）完善站网。加密布设。{UNITS}（六）提高准确率。发展技术。{UNITS}三、强化防范（七）开展普查。建库。{UNITS}"
    found = told(divided(text))
    assert [line for line in found if line.startswith("section")] == [
        "section: 二、提升预报能力",
        "section: 三、强化防范",
    ]
    assert [line.split()[0] for line in found if line[0] == "（"] == ["（五）", "（六）", "（七）"]


def test_a_group_of_one_item_is_a_measure_where_groups_are(tmp_path):
    """A clause closes each group: it is of all its items, and of the only one, too."""

    def group(number: str, *items: str) -> list[str]:
        return [f"（{number}）办好事项", *items[:-1], f"{items[-1]}{UNITS}"]

    rows = [
        *group("一", "1.清理证明。", "2.公开流程。"),
        *group("二", "3.清理收费。"),
        *group("三", "4.办热线。", "5.办网站。"),
    ]
    found = told(divided("\n".join(["一、优化服务", *rows, "二、强化监管", *group("一", "6.抽查。", "7.通报。")])))
    assert [line.split()[0] for line in found if "市教育局" in line] == ["（一）", "（二）", "（三）", "（一）"]


def test_a_cell_over_the_columns_of_lead_and_support_tells_not_who_leads(tmp_path):
    head = "<tr><td>序号</td><td>任务</td><td>牵头单位</td><td>配合单位</td></tr>"
    rows = (
        "<tr><td>1</td><td>清淤。</td><td>市水务局</td><td>市财政局</td></tr>"
        "<tr><td>2</td><td>护岸。</td><td colspan='2'>市水务局、市城管局</td></tr>"
    )
    page = f"<html><body><p>青川市治水任务表</p><table>{head}{rows}</table></body></html>"
    first, second = imported(page, ".html", tmp_path).draft.measures
    assert first.values["lead"]["departments"] == ["市水务局"]
    assert second.values["departments"] == ["市水务局", "市城管局"] and "lead" not in second.values
    assert [doubt.what for doubt in second.doubts if "“牵头单位”“配合单位”两栏里" in doubt.what]


def test_a_cell_over_two_columns_of_support_supports(tmp_path):
    head = "<tr><td>序号</td><td>任务</td><td>牵头单位</td><td>配合单位</td><td>参与单位</td></tr>"
    row = "<tr><td>1</td><td>护岸。</td><td>市水务局</td><td colspan='2'>市财政局、市城管局</td></tr>"
    page = f"<html><body><p>青川市治水任务表</p><table>{head}{row}</table></body></html>"
    (only,) = imported(page, ".html", tmp_path).draft.measures
    assert only.values["departments"] == ["市水务局", "市财政局", "市城管局"]
    assert only.values["lead"]["departments"] == ["市水务局"]
    assert not [doubt.what for doubt in only.doubts if "两栏里" in doubt.what]


def test_lines_of_bodies_whose_columns_cannot_be_told_apart_lead_to_no_lead(tmp_path):
    """The group has no cell in the third row, and a cell of two lines takes its place; in the last a sign ends a line."""
    rows = [
        ["1", "治水", "清理全市河道，运走淤泥。", "市水务局", "市财政局", "2025年6月"],
        ["2", "沿河种树，保护树木。", "市林业局", "市财政局", "2025年7月"],
        ["3", "开展护岸工程，加固堤岸。", "市水务局", "市财政局", "市城管局", "2025年8月"],
        ["4", "巡河", "定期巡河，发现问题。", "市水务局、", "市公安局", "2025年9月"],
    ]
    head = ["序号", "任务名称", "任务内容", "牵头单位", "配合单位", "完成时限"]
    lines = "\n".join(["青川市治水任务清单", *(cell for row in [head, *rows] for cell in row)])
    made = imported(f"{lines}\n", ".txt", tmp_path).draft.measures
    assert [one.values["text"] for one in made] == [rows[0][2], rows[1][1], rows[2][1], rows[3][2]]
    assert ["lead" in one.values for one in made] == [True, True, False, False]
    assert made[2].values["departments"] == ["市水务局", "市财政局", "市城管局"]


def test_labels_on_lines_of_their_own_are_words_apart(tmp_path):
    text = "青川市治水措施\n一、清淤。清理河道。\n牵头单位：市水务局\n配合单位：市财政局\n二、绿化。种树。\n牵头单位：市林业局\n配合单位：市财政局\n"
    first, _ = imported(text, ".txt", tmp_path).draft.measures
    assert first.values["clause"] == "牵头单位：市水务局 配合单位：市财政局"


def test_a_group_of_one_item_with_a_list_is_a_group():
    within = "（1）清淤；（2）护岸；（3）绿化。"
    text = f"一、任务\n（一）治水\n1.治河。其中：{within}{UNITS}\n（二）治污\n2.截污。{UNITS}\n3.纳管。{UNITS}\n"
    assert {"subsection: （一）治水", "subsection: （二）治污"} <= {*told(divided(f"关于治水的意见\n{text}"))}


def test_a_fragment_may_begin_below_two_headings():
    items = "".join(f"{n}.治理{n}号河道。{UNITS}\n" for n in (55, 56, 57))
    found = told(divided(f"四、加强治水\n（十七）治河\n{items}（十八）治湖\n58.治湖。{UNITS}\n59.退田。{UNITS}\n"))
    assert [line.split()[0] for line in found if line[0].isdigit()] == ["55.", "56.", "57.", "58.", "59."]


def test_a_clause_behind_the_heading_of_one_item_holds_for_it():
    text = "一、任务\n（一）土地（牵头部门：市自然资源局）\n1、供地。优化供地方式。\n（二）税收（牵头部门：市税务局）\n2、减税。落实政策。\n3、便民。减少资料。\n"
    document = divided(f"关于营商环境的意见\n{text}")
    assert names_of(document) == ["*市自然资源局", "*市税务局", "*市税务局"]


def test_a_document_of_a_collection_bears_its_number_and_its_day_around_the_title():
    found = told(
        divided(
            f"3.青川市关于加强治水的意见（2025年3月4日）\n青政发〔2025〕7号\n各县区：\n一、清淤。清理河道。{UNITS}\n二、护岸。加固堤岸。{UNITS}\n"
        )
    )
    assert found[:4] == [
        "paragraph: 3.",
        "title: 青川市关于加强治水的意见",
        "date: （2025年3月4日）",
        "document_number: 青政发〔2025〕7号",
    ]


def test_the_last_item_ends_before_attachments_and_the_day():
    text = f"关于治水的意见\n一、清淤。清理河道。{UNITS}\n二、护岸。{UNITS}\n三、保障。各地要抓好落实。\n附件：名单\n2025年3月4日\n"
    assert told(divided(text))[-3:] == ["三、 保障。各地要抓好落实。", "attachment: 附件：名单", "date: 2025年3月4日"]


def test_a_clause_that_cannot_be_read_costs_a_question_and_not_the_import(tmp_path):
    odd = "（责任单位：省民政厅，各市、县〔区〕政府。以下各条责任里头还包含各市、县〔区〕政府，不再列出）"
    text = f"关于养老的意见\n一、建点。建设站点。{odd}\n二、助餐。开办食堂。（责任单位：省民政厅）\n"
    first, second = imported(text, ".txt", tmp_path).draft.measures
    assert {"省民政厅", "各市、县〔区〕政府"} <= {*first.values["departments"]} and first.doubts
    assert second.values["departments"] == ["省民政厅"]


def test_what_holds_for_all_items_from_here_on_is_no_name():
    for said in (
        "以下责任单位中均包含各市、县〔区〕政府，不再列出",
        "各市州、县市区人民政府均为责任单位，以下不再列出",
    ):
        text = f"关于养老的意见\n一、建点。（省民政厅、省财政厅按职责分工负责。{said}）\n二、助餐。（省民政厅负责）\n"
        assert names_of(divided(text)) == ["省民政厅、省财政厅", "省民政厅"]


def test_a_group_of_a_collection_above_the_title_is_no_item():
    text = f"（一）青川\n1.青川市人民政府关于加强治水的意见（2025年3月4日）\n各县区：\n一、清淤\n（一）清河道。{UNITS}\n（二）清沟渠。{UNITS}\n二、护岸\n（三）加固。{UNITS}\n"
    found = told(divided(text))
    assert "title: 青川市人民政府关于加强治水的意见" in found and "section: 一、清淤" in found


def test_a_list_in_an_annex_is_asked_about_where_it_stands():
    text = (
        "关于治水的若干措施\n一、清理河道。（责任单位：市水务局）\n二、加固堤岸。（责任单位：市水务局）\n"
        "附件\n申报材料清单\n1.申请表。\n2.照片和图纸。\n3.权属证明。\n"
    )
    found = divided(text)
    solid = found.script.solid
    assert [solid[one.at : one.at + 5] for one in found.doubts if "没有算作措施" in one.what] == ["1.申请表"]
    assert not any("各条没有责任条款" in one.what for one in found.doubts)


WRAPPED_ROWS = (
    [
        "1",
        "1.治理河道",
        "沟渠",
        "清理全市河道，把淤泥运到指定",
        "的地点。",
        "市水务局、",
        "市城管局",
        "市财政局、市农业",
        "农村局",
    ],
    ["2", "加固全市堤岸，补种沿岸草木。", "市水务局", "市林业局、人民", "银行青川支行"],
    ["3", "2.保障供水", "更换老旧水管，降低管网漏损，", "检测水质。", "市住房城", "乡建设局", "—"],
    ["4", "公布自来水水质，每月一次，由", "水厂登报。", "市卫生健康委、", "市水务局、市住", "房城乡建设局"],
)


def test_a_wrapped_table_has_time_limits_behind_the_bodies():
    head = ["序号", "主要任务", "责任单位", "完成时限"]
    rows = (
        ["1", "清理全市河道，把淤泥运到指定", "的地点。", "市水务局、市城管", "局、市农业农村局", "2026年6", "月底前"],
        ["2", "加固全市堤岸，补种沿岸草木，", "设立警示牌。", "市林业局、人民银", "行青川支行", "长期坚持"],
        ["3", "更换老旧水管，降低管网漏损，", "检测水质。", "市住房城", "乡建设局", "2026年底"],
        ["4", "公布自来水水质，每月一次，由", "水厂登报。", "市卫生健康委、市", "水务局", "持续推进"],
    )
    found = divided("\n".join(["青川市治水任务表", *head, *itertools.chain.from_iterable(rows)]))
    solid = found.script.solid
    assert [(names_in(found, one), solid[slice(*one.deadline)]) for one in found.entries] == [
        (["市水务局", "市城管局", "市农业农村局"], "2026年6月底前"),
        (["市林业局", "人民银行青川支行"], "长期坚持"),
        (["市住房城乡建设局"], "2026年底"),
        (["市卫生健康委", "市水务局"], "持续推进"),
    ]


def test_a_table_whose_cells_go_over_several_lines_is_read():
    """As it is copied from a page: the second column of bodies begins where a name does and no sign divides it."""
    head = ["序号", "重点任务", "主要内容", "牵头部门", "责任单位"]
    last = ["5", "修建水厂，扩大供水范围，把水", "市水务局", "市发展改革委", *head, "送到各村。", "、市财政局"]
    lines = [
        "青川市治水责任清单",
        *head,
        *WRAPPED_ROWS[0],
        *WRAPPED_ROWS[1],
        *head,
        *WRAPPED_ROWS[2],
        *WRAPPED_ROWS[3],
        *last,
    ]
    found = divided("\n".join(lines))
    assert told(found)[1:] == [
        "table_header: 序号重点任务主要内容牵头部门责任单位",
        "section: 1.治理河道沟渠",
        "1 清理全市河道，把淤泥运到指定的地点。 *市水务局 *市城管局 市财政局 市农业农村局",
        "2 加固全市堤岸，补种沿岸草木。 *市水务局 市林业局 人民银行青川支行",
        "table_header: 序号重点任务主要内容牵头部门责任单位",
        "section: 2.保障供水",
        "3 更换老旧水管，降低管网漏损，检测水质。 *市住房城乡建设局",
        "4 公布自来水水质，每月一次，由水厂登报。 市卫生健康委 市水务局 市住房城乡建设局",
        "5 修建水厂，扩大供水范围，把水市水务局市发展改革委序号重点任务主要内容牵头部门责任单位送到各村。、市财政局",
    ]
    asked = {found.script.solid[one.at]: one.what for one in found.doubts if one.field in ("lead", "departments")}
    assert "“牵头部门”“责任单位”两栏里" in asked["4"] and "被换页切成了两半" in asked["5"] and len(asked) == 2
