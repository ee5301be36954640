"""Clauses of responsibility as they are written: how the lead is marked, dates in them, pages whose line ends were lost."""

import pytest

from scripts.importer.bodies import new_bodies
from scripts.importer.clause_names import read_names
from scripts.importer.clauses import find_clause
from scripts.importer.lead_rule import RULE
from scripts.importer.names import sort_out
from tests.test_importer_structure import UNITS, divided, told

FIRST_LEADS = (
    "排名第一的为牵头单位",
    "排第一的为牵头单位，其余为配合单位",
    "位列首位的单位牵头，以下各条同",
    "列第一位者为牵头单位，下同",
    "居首位的为牵头部门",
    "第一责任单位为牵头单位",
    "首个单位为牵头单位",
    "责任单位中第一位为牵头单位",
    "各项工作任务责任单位排在首位的为牵头单位",
    "排在最前的为牵头单位，以此类推",
    "列在首位的部门牵头，后同",
    "排第一位的单位牵头，以下同此",
)
NOBODY_LEADS = (  # that cannot be told from the text
    "排名在前的为牵头单位",
    "带下划线的为牵头单位",
    "加黑的为牵头单位",
    "加“*”的为牵头单位",
)
FORMS = (
    "（责任单位：市教育局、市财政局；{}）",
    "（责任单位：市教育局、市财政局，{}）",
    "（市教育局、市财政局负责。{}）",
    "（责任单位：市教育局、市财政局（{}））",
)


def named(clause: str, rule: str = "") -> list[tuple[str, bool | None]]:
    found = read_names(clause, 0, len(clause), rule)
    return [(clause[name.start : name.end], name.leads) for name in found.names]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", FIRST_LEADS + NOBODY_LEADS)
def test_a_sentence_about_the_lead_is_no_body(rule, form):
    clause = form.format(rule)
    leads = (True, False) if rule in FIRST_LEADS else (None, None)
    assert named(clause) == list(zip(("市教育局", "市财政局"), leads, strict=True))
    assert read_names(clause, 0, len(clause), "").rule.startswith(rule[:4])


@pytest.mark.parametrize(
    "words",
    [
        "推动全市经济位居前列。由市统计局牵头。",
        "在前期工作基础上由市发展改革委牵头制定方案",
        "第一时间由市应急局牵头处置",
        "力争排名第一位，市工信局牵头落实",
    ],
)
def test_what_only_sounds_like_a_rule_is_none(words):
    assert not RULE.search(words)


@pytest.mark.parametrize(
    "clause, leads",
    [
        ("（责任单位：*市教育局、市财政局）", [True, False]),
        ("（责任单位：市教育局、市财政局★）", [False, True]),
        ("（责任单位：市教育局、市财政局）", [None, None]),
    ],
)
def test_a_sign_at_a_name_leads_where_the_document_says_so(clause, leads):
    assert named(clause, "标*的为牵头单位") == list(zip(("市教育局", "市财政局"), leads, strict=True))


@pytest.mark.parametrize(
    "clause, names",
    [
        ("（国家发展改革委牵头，年内持续推进）", ["国家发展改革委"]),
        ("（财政部、税务总局牵头，3月底前出台相关政策，年内持续推进）", ["财政部", "税务总局"]),
        ("（人力资源社会保障部牵头，国家发展改革委等按职责分工负责，年内持续推进）", ["人力资源社会保障部", "国家发展改革委"]),
        ("（6月底完成，牵头考核单位：市审批服务局）", ["市审批服务局"]),
        ("（5月底取得明显成效并持续推进，牵头考核单位：市住建局、审批服务局）", ["市住建局", "审批服务局"]),
        ("（11月份取得明显成效，牵头单位：市工信局）", ["市工信局"]),
        ("（按进度推进，责任单位：市发改委）", ["市发改委"]),
        ("（国务院各部门分别负责，年内持续推进）", ["国务院各部门"]),
    ],
)  # fmt: skip
def test_dates_stand_before_and_behind_the_bodies(clause, names):
    text = f"做好工作。{clause}"
    assert find_clause(text, 0, len(text)) == (5, len(text))
    assert [name for name, _ in named(clause)] == names


LOST = "一、促进竞争1.{}责任单位：区发改局2.{}责任单位：区财政局、区教育局二、优化服务3.{}责任单位：区司法局"


def test_a_page_without_line_ends_stands_below_lines_of_a_head():
    text = "平等对待各类企业。" + "落实全国统一的准入清单，不另设门槛。" * 40
    page = LOST.format(text, text, text)
    found = told(divided(f"标题: 某区的若干措施\n发布时间: 2023-10-24\n==== 正文 ====\n{page}\n"))
    items = [f"{one[:9]}…{one.split('。')[-1]}" for one in found if one.startswith(("1.", "2.", "3.", "section"))]
    assert items == [
        "section: …section: 一、促进竞争",
        "1. 平等对待各类… 区发改局",
        "2. 平等对待各类… 区财政局 区教育局",
        "section: …section: 二、优化服务",
        "3. 平等对待各类… 区司法局",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市财政局", "政府部门"),
        ("省发展改革委", "政府部门"),
        ("市政府办公室", "政府部门"),
        ("市委组织部", "党委部门"),
        ("市直机关工委", "党委部门"),
        ("县委办公室", "党委部门"),
        ("团市委", "群团"),
        ("共青团中央", "群团"),
        ("市总工会", "群团"),
        ("城投公司", "企业"),
        ("市第一职业学校", "学校"),
        ("市图书馆", "事业单位"),
        ("各县（市、区）人民政府", "集合主体"),
        ("东街街道办事处", "派出机构"),
        ("发展和改革局", ""),  # of a zone or of a government: its name does not tell
        ("市委党校", ""),
        ("市政协提案委", ""),
        ("市委", ""),
        ("市中级人民法院", ""),
    ],
)
def test_the_kind_of_a_new_body_is_proposed_where_its_name_tells_it(name, kind):
    (body,) = new_bodies([name], "x", (), ())
    assert body.kind == kind


@pytest.mark.parametrize("label", ["支撑单位", "监督单位", "审核单位", "联络部门"])
def test_a_label_of_any_words_ends_the_list_of_those_who_lead(label):
    assert named(f"（牵头单位：市教育局、市财政局，{label}：市审计局）") == [
        ("市教育局", True),
        ("市财政局", True),
        ("市审计局", False),
    ]


def test_no_departments_concerned_lead_by_standing_first():
    rule = "列第一位者为牵头单位"
    assert named("（责任单位：各有关部门和单位按职责分工负责）", rule)[0] == ("各有关部门和单位", None)
    assert named("（责任单位：市教育局、各有关部门）", rule) == [("市教育局", True), ("各有关部门", False)]


def test_a_colon_too_many_is_no_part_of_a_name():
    assert named("（责任单位：：市教育局、市财政局）") == [("市教育局", None), ("市财政局", None)]


def test_a_rule_about_semicolons_counts_semicolons():
    rule = "分号前的为牵头单位，以下同此"
    assert named("〔市发展改革委、市教育局；市财政局、市科技局（" + rule + "）〕") == [
        ("市发展改革委", True),
        ("市教育局", True),
        ("市财政局", False),
        ("市科技局", False),
    ]
    assert named("〔市发展改革委，市教育局〕", rule) == [("市发展改革委", None), ("市教育局", None)]


@pytest.mark.parametrize(
    "clause",
    [
        "〔省数据局，省司法厅；完成时限：2025年12月底前（逗号前为牵头单位，其余为配合单位，下同）〕",
        "（省数据局、省司法厅按职责分工负责，列在首位的部门牵头，后同）",
    ],
)
def test_a_clause_may_end_in_the_rule(clause):
    text = f"推进登记。{clause}"
    assert find_clause(text, 0, len(text)) == (5, len(text))
    assert named(clause) == [("省数据局", True), ("省司法厅", False)]


def test_departments_of_a_city_leave_a_list_open():
    assert read_names("（责任单位：市教育局、市财政局等市有关部门）", 0, 21, "").is_open
    assert named("（责任单位：市教育局、市财政局等市有关部门）") == [("市教育局", None), ("市财政局", None)]
    assert named("（责任单位：市数据局。技术支撑单位：市大数据中心）") == [("市数据局", None), ("市大数据中心", None)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("市文化和旅游局市体育局", ["市文化和旅游局", "市体育局"]),
        ("市教育局、市体育局", ["市教育局", "市体育局"]),
        ("市场监管局", ["市场监管局"]),
        ("省市场监管局", ["省市场监管局"]),
        ("市直相关部门及各地", ["市直相关部门", "各地"]),
        ("市城管局市容科", ["市城管局市容科"]),
        ("市教育局市体育局市文旅局", ["市教育局市体育局市文旅局"]),  # which cannot be told from one name with two signs
    ],
)
def test_two_names_that_run_together_are_two_where_nothing_else_can_be_meant(words, names):
    text = f"关于治水的意见\n一、清淤。清理河道。（责任单位：{words}）\n二、绿化。种树。（责任单位：县林业局）\n"
    found = divided(text)
    assert [one.words for one in sort_out(found, ())[found.entries[0].start].names] == names


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("（市数据局会同各旗县区人民政府负责）", ["市数据局", "各旗县区人民政府"]),
        ("（市教育局、各市（县）、区人民政府）", ["市教育局", "各市（县）、区人民政府"]),
        ("（市教育局，各市、县〔区〕人民政府按职责分工负责）", ["市教育局", "各市、县〔区〕人民政府"]),
        ("（由市委宣传部会同市教育局及有关部门负责）", ["市委宣传部", "市教育局"]),
        ("本条任务由市数据局负责。", ["市数据局"]),
        ("〔责任单位：市数据局、市教育局，2027年上半年〕", ["市数据局", "市教育局"]),
        ("（市数据局牵头，市教育局配合，2025年底前取得阶段性成果）", ["市数据局", "市教育局"]),
        ("（市数据局负责；2026年底前建成试运行，2027年6月底前全面应用）", ["市数据局"]),
        ("（市数据局牵头，市教育局配合；2026年6月底前出台操作办法）", ["市数据局", "市教育局"]),
        ("（责任处室：城建处、房产处，时限要求：持续推进）", ["城建处", "房产处"]),
        ("（责任单位：市财政局，以下政策均需市、县（市、区）人民政府落实，不再单独列出）", ["市财政局"]),
    ],
)
def test_groups_and_what_is_said_beside_names(clause, names):
    assert [name for name, _ in named(clause)] == names


def test_a_sentence_at_the_end_may_say_by_when():
    text = "优化热线。整合各类热线。由市数据局牵头，市信访局配合，2026年第四季度完成。"
    assert text[slice(*find_clause(text, 0, len(text)))].startswith("由市数据局")


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("（市审批局牵头，市公安局配合完成，2023年10月底前完成）", ["*市审批局", "市公安局"]),
        ("（各县〈市、区〉人民政府、市直各单位按职责完成有关工作）", ["各县〈市、区〉人民政府", "市直各单位"]),
        ("（责任单位：各市〔州〕、县〔市、区、特区〕人民政府）", ["各市〔州〕、县〔市、区、特区〕人民政府"]),
        (
            "（市市场监管局、市“双随机、一公开”联席会议成员单位负责）",
            ["市市场监管局", "市“双随机、一公开”联席会议成员单位"],
        ),
        ("（市住建委、市政务办等市项目审批改革领导小组有关成员单位负责）", ["市住建委", "市政务办"]),
        ("（市住建局、市水务局（共同牵头）、市财政局）", ["*市住建局", "*市水务局", "市财政局"]),
        ("（市住建局、市水务局等行业主管部门负责）", ["市住建局", "市水务局"]),
        ("（市工信局、市中院牵头并按职责分工负责，各县落实）", ["*市工信局", "*市中院", "各县"]),
        ("（市水务局负责，各区人民政府结合实际贯彻落实）", ["市水务局", "各区人民政府"]),
        ("──由市林业局会同有关部门和各县市区组织落实。", ["市林业局", "各县市区"]),
        ("（市工信局、市交通局、中国电信、中国移动）", ["市工信局", "市交通局", "中国电信", "中国移动"]),
        ("（责任单位：市委、市政府督查室、市委宣传部）", ["市委、市政府督查室", "市委宣传部"]),
        ("（市委、市政府、市财政局负责）", ["市委", "市政府", "市财政局"]),
        ("（市机场集团、市交通局、龙华区政府）", ["市机场集团", "市交通局", "龙华区政府"]),
        (
            "（市交通局、南山区政府，市规划局。列逗号之前的为牵头单位，其他有关单位按职责分工配合，下同）",
            ["*市交通局", "*南山区政府", "市规划局"],
        ),
    ],
)
def test_forms_of_clauses(clause, names):
    found = told(divided(f"关于治水的若干措施\n一、清理河道。运走淤泥。{clause}\n二、加固堤岸。{UNITS}\n"))
    assert found[1] == " ".join(["一、", "清理河道。运走淤泥。", *names])


@pytest.mark.parametrize("wrap", [False, True])
def test_paragraphs_with_headings_and_clauses_are_measures_also_where_lines_were_wrapped(wrap):
    """Lines of a page that were torn before brackets and quotes, too, as text is that was copied from it."""

    def paragraph(heading: str, body: str) -> str:
        return f"{heading}。推动各镇各街道按照统一标准{body}，在示例（东）片区先行先试，及时总结经验并在全市推广应用。{UNITS}"

    def item(number: str, heading: str, *paragraphs: str) -> str:
        rows = (
            [row[place : place + 30] for row in paragraphs for place in range(0, len(row), 30)] if wrap else paragraphs
        )
        return "\n".join([f"{number}{heading}。", *rows])

    text = "\n".join(
        [
            "关于治水的若干措施",
            item("1．", "管好河道", paragraph("清理全市河道", "运走淤泥"), paragraph("加固全市堤岸", "种植草木")),
            item("2．", "管好水库", paragraph("加高水库大坝", "更换闸门"), paragraph("守好水源保护地", "拆除违建")),
            item("3．", "管好水厂", paragraph("更换老旧水管", "降低漏损"), paragraph("检测自来水水质", "按月公布")),
        ]
    )
    found = told(divided(text))
    assert [line[2:8] for line in found if line.startswith("- ")] == [
        *("清理全市河道", "加固全市堤岸", "加高水库大坝", "守好水源保护", "更换老旧水管", "检测自来水水"),
    ]
    assert [line for line in found if line.startswith("section")] == [
        *("section: 1．管好河道。", "section: 2．管好水库。", "section: 3．管好水厂。"),
    ]


def test_a_sentence_torn_before_brackets_and_quotes_is_one_paragraph():
    lines = [
        "为贯彻落实国家关于水利工作的各项决策部署，推动示例市水利事业",
        "高质量发展，按照",
        "“先急后缓”",
        "的原则，在中国",
        "（示例）",
        "水利试验区先行先试，结合示例市实际和各镇各街道的需要，现制定",
        "如下措施。",
    ]
    items = [
        f"{number}、清理全市各镇各街道范围内的河道和沟渠，把淤泥运到指定的地\n点。{UNITS}"
        for number in "一二三四五六七八"
    ]
    found = told(divided("\n".join(["关于治水的若干措施", *lines, *items])))
    assert found[1] == f"preamble: {''.join(lines)}"


def test_a_head_torn_into_lines_is_put_together():
    """A date and a title torn within brackets and quotes, and a signature below a line that is full."""
    lines = [
        "青川市深化水利改革十条措施",
        "（2023年6月25",
        "日）",
        "各区人民政府，市直有关部门：",
        "现将《青川市深化水利改革十条措施》印发给你们，请认真贯彻落实。",
        "青川市推进政府职能转变和水利改革协调小组办公室",
        "2023年6月25日",
        "青川市深化水利改革十条措施",
        "为贯彻落实《青川市水利条例》和",
        "《青川市人民政府办公室关于印发青川市持",
        "续深化水利改革奋力打造节水标杆城市实施方案的通知》",
        "（青政办发〔2023〕6号）",
        "文件精神，制定以下措施。",
    ]
    items = [
        f"{one}、清理全市各镇各街道范围内的河道和沟渠，把淤泥运到指\n定的地点。{UNITS}" for one in "一二三四五六七八"
    ]
    assert told(divided("\n".join([*lines, *items])))[:8] == [
        f"title: {lines[0]}",
        "date: （2023年6月25日）",
        f"addressees: {lines[3]}",
        f"paragraph: {lines[4]}",
        f"signature: {lines[5]}",
        f"date: {lines[6]}",
        f"title: {lines[7]}",
        f"preamble: {''.join(lines[8:])}",
    ]


def test_a_body_that_leads_in_one_clause_of_a_measure_only_is_asked_about():
    first, second = "（牵头单位：市水务局；配合单位：市财政局）", "（牵头单位：市财政局；配合单位：市林业局）"
    found = divided(f"关于治水的若干措施\n一、治河。清淤。{first}护岸。{second}\n二、植树。绿化。{first}\n")
    one, other = (sort_out(found, ())[entry.start] for entry in found.entries)
    assert [name.words for name in one.names if name.leads] == ["市水务局", "市财政局"]
    assert [doubt.what for doubt in one.doubts if "“市财政局”在这一条里列了不止一次" in doubt.what]
    assert not other.doubts


def test_a_clause_in_brackets_that_is_of_no_measure_is_asked_about():
    text = (
        "关于治水的若干措施\n一、治理河湖\n（一）加强治理。（市水务局牵头，市财政局按职责分工负责）各区参照执行，确保取得实效。\n"
        f"1.清淤。清理全市河道。{UNITS}\n2.护岸。加固全市堤岸。{UNITS}\n"
        f"（二）保障供水\n3.修建水厂。扩大供水范围。{UNITS}\n"
    )
    found = divided(text)
    asked = [one for one in found.doubts if "写明由谁负责" in one.what]
    assert [found.script.solid[one.at : one.at + 8] for one in asked] == ["（市水务局牵头，"]


def test_a_task_and_the_steps_below_it_may_each_bear_a_clause():
    text = (
        "关于治水的工作方案\n一、治理河湖\n（一）治理全市河道，做到河畅水清。（市水务局、市财政局按职责分工负责）\n具体举措：\n"
        f"1.清淤。清理全市河道。{UNITS}\n2.护岸。推行动态二维码扫码巡查。{UNITS}\n"
        f"（二）保障全市供水。（市水务局负责）\n具体举措：\n1.修建水厂。推行二维码缴费。{UNITS}\n"
    )
    found = [line for line in told(divided(text)) if "教育局" in line or "水务局" in line]
    assert [line.split()[0] for line in found] == ["（一）", "1.", "2.", "（二）", "1."]
    assert found[0].split()[2:] == ["市水务局", "市财政局"]
