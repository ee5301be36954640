"""Pages whose line ends were lost: where a notice ends, what its title is, and what is no part of the last item."""

import pytest

from tests.test_importer_clauses import named
from tests.test_importer_structure import UNITS, divided, imported, told

HEAD = "各县（市、区）人民政府，市级各部门："
NOTICE = f"{HEAD}《青川市治水若干措施》已经市政府同意，现印发给你们，请认真贯彻落实。"
SIGNED = "青川市人民政府办公室2025年3月4日"
PAGE = "相关附件：二维码开始扫一扫在手机打开当前页用来校验该浏览器是否支持HTML5"
ITEMS = f"一、清淤。清理河道。{UNITS}二、护岸。加固堤岸。{UNITS}三、绿化。沿河种树。{UNITS}"
WHY = "为加强治水工作，改善水环境质量，结合我市实际，制定以下措施。"


@pytest.mark.parametrize("title", ["青川市治水若干措施", "关于加强治水工作的意见", "治水九条措施（试行）"])
def test_a_title_stands_behind_the_signature_of_the_notice(title):
    found = told(divided(f"{NOTICE}{SIGNED}{title}{WHY}{ITEMS}{SIGNED}{PAGE}"))
    assert f"title: {title}" in found
    assert found[found.index("date: 2025年3月4日") - 1] == "signature: 青川市人民政府办公室"
    assert f"preamble: {WHY}" in found


def test_a_notice_with_items_of_its_own_ends_at_its_signature():
    """Its items are not counted together with those of the text that it carries."""
    own = "一、加强宣传。各地要加强宣传。二、抓好落实。各地要抓好落实。"
    found = told(divided(f"{HEAD}现就治水工作通知如下。{own}{SIGNED}（本文有删减）青川市治水若干措施{WHY}{ITEMS}"))
    assert [line[:5] for line in found if line[0] in "一二三"] == ["一、 清淤", "二、 护岸", "三、 绿化"]
    assert {"section: 一、加强宣传。", "publication: （本文有删减）", "title: 青川市治水若干措施"} <= {*found}


@pytest.mark.parametrize(
    ("behind", "parts"),
    [
        (SIGNED, [f"date: {SIGNED}"]),
        (PAGE, [f"closing: {PAGE}"]),
        (f"附件：1.名单2.图纸{PAGE}", ["attachment: 附件：1.名单2.图纸", f"closing: {PAGE}"]),
        (
            f"附件：1.名单(/a.docx)2.图纸(/b.docx){SIGNED}{PAGE}",
            [
                "attachment: 附件：1.名单(/a.docx)2.图纸(/b.docx)",
                "signature: 青川市人民政府办公室",
                "date: 2025年3月4日",
                f"closing: {PAGE}",
            ],
        ),
        (
            f"本措施自印发之日起施行，有效期3年。{SIGNED}",
            ["closing: 本措施自印发之日起施行，有效期3年。", "signature: 青川市人民政府办公室", "date: 2025年3月4日"],
        ),
    ],
)
def test_what_stands_behind_the_last_item_is_no_part_of_it(behind, parts):
    """No item bears a clause, so that nothing but what follows tells where the last one ends."""
    items = "一、清淤。清理河道，运走淤泥。二、护岸。加固堤岸，抛石护脚。三、绿化。沿河种树，保护树木。"
    found = told(divided(f"{NOTICE}{SIGNED}青川市治水若干措施{WHY}{items}{behind}"))
    assert found[found.index("三、 绿化。沿河种树，保护树木。") + 1 :] == parts


def test_the_next_section_is_found_behind_the_cells_of_a_table():
    table = "指标单位数值治理河道公里30水质优良率%95预期性"
    groups = f"（一）清淤。1.疏浚。{UNITS}2.护岸。{UNITS}（二）绿化。3.种树。{UNITS}"
    found = told(divided(f"治水方案{WHY}一、工作目标到2025年治理河道30公里。{table}二、重点任务{groups}"))
    assert {"section: 二、重点任务", "subsection: （一）清淤。", "subsection: （二）绿化。"} <= {*found}


def test_attachments_are_no_measures(tmp_path):
    items = "一、清淤。清理河道，运走淤泥。二、护岸。加固堤岸，抛石护脚。三、绿化。沿河种树，保护树木。"
    made = imported(f"{NOTICE}{SIGNED}青川市治水若干措施{WHY}{items}附件：1.名单2.图纸3.清单", ".txt", tmp_path)
    assert len(made.draft.measures) == 3


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("市民政局（牵头）和各县（市、区）人民政府、园区管委会", "*市民政局 各县（市、区）人民政府 园区管委会"),
        ("市民政局（牵头）会同有关部门和各区县人民政府", "*市民政局 各区县人民政府"),
        ("市民政局（牵头）、市卫生局等相关部门和各区县人民政府", "*市民政局 市卫生局 各区县人民政府"),
        ("市住房和城乡建设局（牵头）、市民政局", "*市住房和城乡建设局 市民政局"),
    ],
)
def test_and_divides_names_behind_what_is_said_of_one(clause, names):
    assert " ".join(f"{'*' if leads else ''}{name}" for name, leads in named(clause)) == names


def test_a_number_right_before_the_title_is_none_of_it():
    title = "青川市人民政府关于加强治水工作的实施意见"
    found = told(divided(f"首页 微博 QQ空间 青政综〔2015〕92号{title} 各县（市、区）人民政府：{WHY}{ITEMS}"))
    assert {"document_number: 青政综〔2015〕92号", f"title: {title}"} <= {*found}


def test_a_number_of_an_item_may_stand_right_behind_that_of_a_page():
    found = told(
        divided(
            f"一、清淤。清理— 1 —河道。{UNITS}— 2 —二、护岸。加固堤岸。{UNITS}— 3 —3座桥要修。三、绿化。种树。{UNITS}"
        )
    )
    assert not [line for line in found if "—" in line and not line.startswith("page_number")]


def test_a_space_within_a_name_that_ends_like_a_body_divides_nothing():
    text = "一、清淤。清理河道。（责任单位：市住房和城乡 建设局、市水利局）二、护岸。（责任单位：市住房和城乡建设局）"
    assert [line.split(" ", 2)[2] for line in told(divided(text))] == [
        "市住房和城乡建设局 市水利局",
        "市住房和城乡建设局",
    ]


def test_who_does_it_within_the_text_of_an_item_is_asked_and_never_lost(tmp_path):
    """Items without numbers, whose clauses have neither brackets nor stops, run together in one."""
    text = "一、清淤。清理河道。牵头单位：市水利局“护岸”行动。加固堤岸。牵头单位：市城管局“绿化”行动。沿河种树。牵头单位：市林业局"
    others = "二、治污。截污纳管。牵头单位：市生态环境局三、巡河。定期巡河。牵头单位：市水利局"
    made = imported(f"青川市治水若干措施{WHY}{text}{others}", ".txt", tmp_path)
    asked = [doubt.what for doubt in made.draft.measures[0].doubts]
    assert [what for what in asked if "还有2处写明由谁负责（如“牵头单位：市水利局" in what]
    assert not [doubt for measure in made.draft.measures[1:] for doubt in measure.doubts if "由谁负责" in doubt.what]


def test_who_does_it_before_the_first_item_is_asked(tmp_path):
    text = f"河道，按1:1分担。〔责任单位：市水利局、市财政局〕{ITEMS}"
    made = imported(text, ".txt", tmp_path)
    assert [doubt for doubt in made.draft.policy.doubts if "文字里有1处写明由谁负责" in doubt.what]
