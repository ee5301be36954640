"""Facts that the importer finds in official text: targets, time limits, documents. All texts are made up."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scripts.check.numbers import numbers
from scripts.importer.cited import find_instruments
from scripts.importer.dates import cell_deadline, find_deadlines
from scripts.importer.quantities import BEHIND, comparators
from scripts.importer.targets import find_targets
from scripts.period import read_period
from tests.test_importer_structure import UNITS, imported

DATA = Path(__file__).parents[1] / "data" / "policies"
FIELDS = ("quote", "subject", "comparator", "value", "value_max", "unit", "scope", "by_text")

# A text and its targets: value or range, unit, comparator, subject.
TARGETS = [
    (
        "到2025年，全市规模以上工业企业研发投入强度达到2%以上，高新技术企业突破500家，新增专精特新企业20家以上。",
        ["2|%|以上|规模以上工业企业研发投入强度", "500|家||高新技术企业", "20|家|以上|专精特新企业"],
    ),
    ("培育10家以上年营业收入超百亿元的龙头企业。", ["10|家|以上|龙头企业"]),
    ("培育年营业收入超10亿元的龙头企业5家。", ["5|家||年营业收入超10亿元的龙头企业"]),
    ("每年培训不少于1万人次。", ["1|万人次|不少于|培训"]),
    ("力争到2025年底，累计建成充电桩2万个以上。", ["2|万个|以上|充电桩"]),
    ("对新认定的省级企业技术中心，给予一次性奖励100万元。", ["100|万元||一次性奖励"]),
    ("按照不超过实际投资额的10%给予补助，最高不超过500万元。", ["10|%|不超过|补助", "500|万元|不超过|补助"]),
    ("市场主体开办时间压缩至1个工作日以内。", ["1|个工作日|以内|市场主体开办时间"]),
    ("审批事项平均办理时限压减50%以上。", ["50|%|以上|审批事项平均办理时限"]),
    ("地区生产总值年均增长7%左右。", ["7|%|左右|地区生产总值"]),
    ("政务服务事项网上可办率达到100%。", ["100|%|达到|政务服务事项网上可办率"]),
    ("每千人口拥有3岁以下婴幼儿托位数达到4.5个。", ["4.5|个|达到|3岁以下婴幼儿托位数"]),
    ("新建居住区按照每千人口不少于10个托位规划、建设托育设施。", ["10|个|不少于|托位"]),
    ("受理部门应当在5个工作日内作出决定。", ["5|个工作日|内|作出决定"]),
    ("自受理之日起30日内办结。", ["30|日|内|办结"]),
    ("每个镇至少建成1所公办幼儿园。", ["1|所|至少|公办幼儿园"]),
    ("建设2—3个区域性养老服务中心。", ["2-3|个||区域性养老服务中心"]),
    ("将税前扣除比例提高至10%～15%。", ["10-15|%||税前扣除比例"]),
    ("小学、初中、高中入学率分别达到99%、98%、95%。", ["99|%|达到|小学", "98|%|达到|初中", "95|%|达到|高中入学率"]),
    ("完成改造老旧小区200个、棚户区5000户。", ["200|个||老旧小区", "5000|户||棚户区"]),
    ("用三年时间，培养三百名技术能手。", ["300|名||技术能手"]),
    ("建设十个以上特色小镇。", ["10|个|以上|特色小镇"]),
    ("每年举办一次职业技能大赛。", ["1|次|每|职业技能大赛"]),
    ("每半年至少开展一次督查。", ["1|次|至少|督查"]),
    ("专任教师每人每年培训不少于72学时。", ["72|学时|不少于|培训"]),
    ("一般公共预算教育支出占比不低于20%。", ["20|%|不低于|一般公共预算教育支出占比"]),
    ("新建绿道100公里。", ["100|公里||绿道"]),
    ("新建100公里绿道，新增公园绿地50公顷。", ["100|公里||绿道", "50|公顷||公园绿地"]),
    ("全市农村自来水普及率提高5个百分点。", ["5|个百分点||农村自来水普及率"]),
    ("单位地区生产总值能耗比2020年下降13.5%。", ["13.5|%||单位地区生产总值能耗"]),
    ("万元工业增加值用水量降低10%以上。", ["10|%|以上|万元工业增加值用水量"]),
    ("高标准农田面积达到50万亩。", ["50|万亩|达到|高标准农田面积"]),
    ("服务业增加值总量突破1000亿元。", ["1000|亿元||服务业增加值总量"]),
    ("80%以上的行政村建成综合性文化服务中心。", ["80|%|以上|行政村"]),
    ("城镇登记失业率控制在4%以内。", ["4|%|以内|城镇登记失业率"]),
    ("公示时间不少于7天。", ["7|天|不少于|公示时间"]),
    ("给予最高50万元奖励。", ["50|万元||奖励"]),
    ("每张床位给予1万元建设补贴。", ["1|万元|每|建设补贴"]),
    ("对首次认定的企业给予20万元的一次性奖励。", ["20|万元||一次性奖励"]),
    (
        "对国家级、省级、市级示范企业，分别给予50万元、30万元、10万元奖励。",
        ["50|万元||奖励", "30|万元||奖励", "10|万元||奖励"],
    ),
    ("对年产值首次突破10亿元的企业，给予100万元奖励。", ["100|万元||奖励"]),
    ("投资额达到5000万元以上的，给予不超过300万元的补助。", ["300|万元|不超过|补助"]),
    ("农产品加工业产值与农业总产值比提高到2.5倍。", ["2.5|倍||农产品加工业产值与农业总产值比"]),
    ("确保居民满意度不低于百分之九十。", ["90|百分之|不低于|居民满意度"]),
    ("营商环境评价进入全省前5名。", ["5|名||营商环境评价"]),
    ("招收学生3000人左右。", ["3000|人|左右|学生"]),
    ("发展家庭农场1.2万家、农民合作社5000家。", ["1.2|万家||家庭农场", "5000|家||农民合作社"]),
    ("数字经济核心产业增加值占地区生产总值比重达到10%。", ["10|%|达到|数字经济核心产业增加值占地区生产总值比重"]),
    ("选派不少于100名科技特派员。", ["100|名|不少于|科技特派员"]),
    ("打造3条以上精品旅游线路，举办节庆活动10场次。", ["3|条|以上|精品旅游线路", "10|场次||节庆活动"]),
    ("新增发电装机容量20万千瓦。", ["20|万千瓦||发电装机容量"]),
    ("建成5G基站2000个。", ["2000|个||5G基站"]),
    ("教师企业实践每5年累计不少于6个月。", ["6|个月|不少于|教师企业实践"]),
    ("公共服务岗位中安排残疾人就业的比例不低于1.5%。", ["1.5|%|不低于|公共服务岗位中安排残疾人就业的比例"]),
    ("力争实现总产值翻一番。", ["1|番||总产值"]),
    ("为全市60岁以上老年人建立健康档案，建档率达到70%。", ["70|%|达到|建档率"]),
    ("至少有1名专职人员负责。", ["1|名|至少|专职人员"]),
    ("依托龙头企业建设两个省级工程研究中心。", ["2|个||省级工程研究中心"]),
    ("推进“一镇一品”，到2024年底前，建成３个示范园。", ["3|个||示范园"]),
    ("每10万人口全科医生数不少于4名。", ["4|名|不少于|全科医生数"]),
    ("办理时限由15个工作日压缩至5个工作日。", ["5|个工作日||办理时限"]),
    ("补助标准由每人每月500元提高到600元。", ["600|元||补助标准"]),
    ("市级财政每年安排不少于2000万元专项资金。", ["2000|万元|不少于|专项资金"]),
    ("设立总规模10亿元的产业引导基金。", ["10|亿元||产业引导基金"]),
    ("各县、各校分别制定“一县一案”“一校一案”。", []),
    ("推进1+X证书制度试点，实施“3+2”贯通培养。", []),
    ("落实《示例市五项改革实施细则》，推进三项制度改革。", []),
    ("贯彻示政发〔2021〕43号文件，执行第12条规定。", []),
    ("促进3岁以下婴幼儿照护服务发展，关爱60岁以上老年人。", []),
    ("按照“十四五”规划要求，推动5G应用和4K产业发展。", []),
    ("执行GB50016—2014和2018年版标准。", []),
    ("近年来，全市累计建成公园50个。", []),
    ("2019年，全市实现产值300亿元，同比增长8%。", []),
    ("目前，已建成托育机构120家。", []),
    ("截至去年底，已有30家企业入驻。", []),
    ("深化“三教”改革，选树一批名师，推出一系列举措。", []),
    ("服务热线12345，联系电话0533-1234567。", []),
    ("实行24小时值班制度，打造15分钟便民生活圈。", []),
    ("中央八项规定精神落实到位，坚持四个意识。", []),
    ("世界500强企业和双一流高校落户。", []),
    ("1.加强领导。（2）压实责任。3、强化督导。", []),
    ("具有3年以上工作经验的人员可以申报。", []),
    ("第3批试点名单和第二届大会。", []),
    ("实施三年行动计划和十大工程。", []),
    ("支持三方评估，建立两级网络。", []),
    ("自2024年1月1日起施行，有效期5年。", []),
    ("对连续3年亏损的企业依法处置。", []),
    ("由6部门联合印发，5个方面发力。", []),
    ("比例为1:3，面积1,500平方米。", []),
    ("几十家企业、数百名学生参加。", []),
    ("形成1个人负责、个人申报的机制。", []),
    ("各级财政投入不少于上年度福彩公益金的55%用于养老服务。", ["55|%|不少于|各级财政投入"]),
    (
        "不动产一般登记、抵押登记业务办理时间分别压缩至3个、1个工作日以内。",
        ["3|个工作日||不动产一般登记", "1|个工作日|以内|抵押登记业务办理时间"],
    ),
    ("依法处20万元以上50万元以下罚款。", ["20-50|万元|以下|罚款"]),
    ("推进全市26个乡镇污水处理设施建设，实现污水处理率95%。", ["95|%||污水处理率"]),
    ("每季度召开1次会议。", ["1|次|每|会议"]),
    ("将农村低保标准提高到不低于每人每年6000元。", ["6000|元|不低于|农村低保标准"]),
    ("对符合条件的高校毕业生，按每人每月1500元的标准给予生活补贴。", ["1500|元|每|生活补贴"]),
    ("各县区每年至少组织2次联合演练。", ["2|次|至少|联合演练"]),
]


@pytest.mark.parametrize(("text", "expected"), TARGETS, ids=[text[:16] for text, _ in TARGETS])
def test_a_target_has_value_unit_comparator_and_subject(text, expected):
    found = find_targets(text)
    assert [
        f"{one.value}{'-' * bool(one.value_max)}{one.value_max}|{one.unit}|{one.comparator}|{one.subject}"
        for one in found
    ] == expected
    for one in found:
        obeys_the_checker(one, text)


@pytest.mark.parametrize(
    ("text", "quote", "scope", "by"),
    [
        ("到2030年，建设2个中心、5个左右基地。", "到2030年，建设2个中心", "", "到2030年"),
        ("利用3年时间，将参保率调至42%以上。", "利用3年时间，将参保率调至42%以上", "", "利用3年时间"),
        ("培训不少于30名骨干教师。", "不少于30名骨干教师", "", ""),
        ("每个区县建成1个实训基地。", "每个区县建成1个实训基地", "每个区县", ""),
        ("全市年服务总量达到15万人次以上。", "全市年服务总量达到15万人次以上", "全市", ""),
        ("力争10家左右企业入选省级名单。", "10家左右企业入选省级名单", "入选省级名单", ""),
        ("硕士教师占教师总数80%以上。", "硕士教师占教师总数80%以上", "教师总数", ""),
        ("新建小区每千人口不少于8个托位。", "每千人口不少于8个托位", "每千人口", ""),
        ("确保年底前完成90%的整改任务。", "年底前完成90%的整改任务", "", "年底前"),
        ("按投资额的30%给予补助。", "按投资额的30%给予补助", "投资额", ""),
    ],
)
def test_a_quote_is_the_shortest_stretch_with_all_of_it(text, quote, scope, by):
    found = find_targets(text)[0]
    assert (found.quote, found.scope, found.by_text) == (quote, scope, by)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2022年，建成三个中心。", ["到2022年"]),
        ("2025年12月底前出台方案，2026年6月30日前完成。", ["2025年12月底前", "2026年6月30日前"]),
        ("债务到2020年底化解完毕，到2020年底不再新增。", ["到2020年底"]),
        ("2014年4季度完成验收。", ["2014年4季度"]),
        ("2024年第二季度末前报送。", ["2024年第二季度末前"]),
        ("2026年，全市覆盖率达到90%。", ["2026年"]),
        ("力争2027年建成示范区。", ["2027年"]),
        ("于 2025 年 6 月底前完成。", ["2025 年 6 月底前"]),
        ("到2025年年底，全面完成。", ["到2025年年底"]),
        ("确保2025年10月1日前投入使用。", ["2025年10月1日前"]),
        ("2023年3月底前，制定方案；2023年9月底前，全面推开。", ["2023年3月底前", "2023年9月底前"]),
        ("《示例市2021—2025年规划》实施以来", []),
        ("落实示政发〔2021〕43号文件。", []),
        ("执行《建筑规范》（2018年版）。", []),
        ("自2019年以来，成效明显。", []),
        ("2018年印发的意见继续有效。", []),
        ("自2024年1月1日起施行。", []),
        ("2023—2025年，逐年推进。", []),
        ("2023年至2025年分步实施。", []),
        ("在2020年基础上提高5%。", []),
        ("比2020年下降13%。", []),
        ("截至2019年底，全市共有学校50所。", []),
        ("2021年前完成。", []),
        ("2019年，实现产值30亿元，同比增长8%。", []),
        ("“2025年行动”持续开展。", []),
        ("2025年上半年完成。", ["2025年上半年"]),
        ("利用3年时间完成。", []),
        ("2023年度考核优秀。", []),
        ("2009年春节前，粮油每日一报。", []),
    ],
)
def test_time_limits_in_a_text(text, expected):
    assert find_deadlines(text) == expected
    assert all(read_period(words) for words in expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2017年6月底前出台实施意见", "2017年6月底前"),
        ("2020年底前完成", "2020年底前"),
        ("2025年12月", "2025年12月"),
        ("2020.6", "2020.6"),
        ("2020-06-30", "2020-06-30"),
        ("完成时限：2025年6月30日前", "2025年6月30日前"),
        ("2024年4季度", "2024年4季度"),
        ("2020年底前完成，长期坚持", "2020年底前"),
        ("时限：2009年春节前", ""),
        ("2015年汛期前完成", ""),
        ("持续推进", ""),
        ("长期", ""),
        ("", ""),
        ("中省出台具体要求后启动试点", ""),
        ("2020年6月启动，2021年底完成", ""),
        ("2020年6月启动", ""),
        ("2023—2025年", "2023—2025年"),  # of a range the end
        ("2026年7月至9月", "2026年7月至9月"),
        ("2026年1-6月", "2026年1-6月"),
        ("2026年1-6月开展排查，7月整改", ""),
        ("自2024年1月起", ""),
        ("每年12月底前", ""),
        ("2021年前", ""),
    ],
)
def test_the_time_limit_of_a_cell(words, expected):
    assert cell_deadline(words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制定出台《示例市办学细则》。", ["示例市办学细则||promised"]),
        ("研究制定《示例市养老条例》《示例市托育办法》。", ["示例市养老条例||promised", "示例市托育办法||promised"]),
        ("根据《甲市意见》（甲政发〔2021〕43 号）精神，", ["甲市意见|甲政发〔2021〕43 号|basis"]),
        (
            "贯彻落实《甲法》（国令第735号）和《乙规定》（乙发〔2020〕1号），",
            ["甲法|国令第735号|basis", "乙规定|乙发〔2020〕1号|basis"],
        ),
        ("按照省厅印发的《设置标准（试行）》《管理规范》执行。", ["设置标准（试行）||basis", "管理规范||basis"]),
        ("按照《甲意见》要求，制定《乙方案》。", ["甲意见||basis", "乙方案||promised"]),
        ("制定《甲条例》实施细则。", ["甲条例||basis"]),
        ("做好《甲规划》编制工作。", ["甲规划||promised"]),
        ("符合《用地目录》的，可以划拨。", ["用地目录||cited"]),
        ("《关于印发〈甲办法〉的通知》继续有效。", ["关于印发〈甲办法〉的通知||cited"]),
        ("执行《防火规范》（GB50016—2014）（2018年版）。", ["防火规范|GB50016—2014|basis"]),
        ("核发《食品经营许可证》，填写《申请登记表》。", []),
        ("在《示例日报》刊登，学习《论语》。", []),
        ("根据《甲市托育条例》（以下简称《条例》）规定，落实《条例》。", ["甲市托育条例||basis"]),
        ("修订完善《应急预案》，启动《甲规划》修订。", ["应急预案||promised", "甲规划||promised"]),
        ("根据示例省职业学校质量考核办法，提升质量。", ["示例省职业学校质量考核办法||basis"]),
        ("根据有关规定，按照职责办法，落实。", []),
        ("落实《甲意见》。再学《甲意见》。", ["甲意见||basis"]),
        ("《没有完的书名", []),
    ],
)
def test_documents_that_a_text_names(text, expected):
    assert [f"{one.title}|{one.number}|{one.relation}" for one in find_instruments(text)] == expected


def test_in_a_preamble_a_basis_holds_to_the_end_of_its_sentence():
    text = "根据省里部署，结合《甲规划》，制定本措施。"
    assert [one.relation for one in find_instruments(text)] == ["cited"]
    assert [one.relation for one in find_instruments(text, is_preamble=True)] == ["basis"]


def records(pattern: str):
    for path in sorted(DATA.glob(pattern)):
        record = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        yield record, record.get("text") or "".join(words for part in record["parts"] for words in part.values())


def rows(record: dict, name: str) -> list[dict]:
    return list((record.get(name) or {}).values())


def test_the_hand_made_annotations_of_this_project_are_found():
    """Measured: all 21 targets, 4 time limits and 5 documents, and nothing else."""
    for record, text in records("*/measures/*.yml"):
        wanted = [tuple(row.get(field, "") for field in FIELDS) for row in rows(record, "targets")]
        assert [tuple(getattr(one, field) for field in FIELDS) for one in find_targets(text)] == wanted
        assert find_deadlines(text) == [row["quote"] for row in rows(record, "inner_deadlines")]
        named = {(row["title"], row.get("number", ""), row["relation"]) for row in rows(record, "instruments")}
        assert {(one.title, one.number, one.relation) for one in find_instruments(text)} == named
    for record, text in records("*/policy.yml"):
        named = {(row["title"], row.get("number", ""), row["relation"]) for row in rows(record, "instruments")}
        own = {words for part in record["parts"] for kind, words in part.items() if kind == "title"}
        found = {(one.title, one.number, one.relation) for one in find_instruments(text, True) if one.title not in own}
        assert found == named


def obeys_the_checker(one, text):
    """What scripts/check/measures.py asks of a target."""
    assert one.quote in text and one.scope in text and one.by_text in text
    assert one.subject.strip() and one.subject in one.quote and one.unit.strip() and one.unit in one.quote
    assert one.comparator in one.quote and (not one.comparator or one.comparator in comparators())
    assert one.value in numbers(one.quote) and (not one.value_max or one.value_max in numbers(one.quote))
    assert not one.value_max or float(one.value) <= float(one.value_max)


FRAGMENTS = st.sampled_from(
    [
        *(piece for text, _ in TARGETS for piece in text.split("，")),
        *"，。、；：（）《》“”的和每占按到至内以上左右不少于分别年月日个%元1０十百万-—.\n 　",
        "到2022年",
        "2025年底前",
        "〔2021〕43号",
        "𠀋",
        "\u200b",
        "1:1",
    ]
)


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_whatever_is_found_obeys_the_checker(text):
    found = find_targets(text)
    assert len(set(found)) == len(found)
    for one in found:
        obeys_the_checker(one, text)
    for words in find_deadlines(text):
        assert words in text and read_period(words)
    assert cell_deadline(text) in text
    for one in find_instruments(text):
        assert one.title in text and one.number in text


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "一" * 50_000,
        "《" * 50_000,
        "《" * 25_000 + "》" * 25_000,
        "到2022年" * 5_000,
        "（" * 50_000,
        "“" * 50_000,
        "1" + " " * 50_000,
        "2020" + " " * 50_000,
        "每" * 50_000,
        "的" * 50_000 + "5%",
        "根据示例省" * 10_000,
        "《甲》（" * 10_000,
        "到2025年，全市建成示范基地10个以上，覆盖率达到95%，办理时限压缩至3个工作日内。" * 250,
    ],
    ids=range(14),
)
def test_hostile_texts_take_no_time(text):
    start = time.process_time()
    find_targets(text), find_deadlines(text), find_instruments(text), cell_deadline(text)
    assert time.process_time() - start < 2  # seconds; about 0.2 on a quiet machine


def test_comparators_are_those_of_the_schema():
    assert set(BEHIND) < set(comparators())


def test_a_day_up_to_which_figures_run_is_no_date_of_the_document(tmp_path):
    lines = [
        "青川市安全生产工作台账",
        "（截至2025年5月31日）",
        f"一、整治。排查隐患。{UNITS}",
        f"二、培训。轮训人员。{UNITS}",
    ]
    values = imported("\n".join(lines), ".txt", tmp_path).draft.policy.values
    assert "issued" not in values and values["title"] == lines[0]


def test_the_day_below_a_body_comes_before_that_of_the_print(tmp_path):
    head = "首页 政务公开 最新文件 区管委会文件 青川区管委会办公室关于印发治水方案的通知"
    notice = "各乡镇：现将方案印发给你们。青川区管委会办公室 2021年4月29日 治水方案 "
    items = f"一、整治。排查隐患。{UNITS}二、培训。轮训人员。{UNITS}青川区管委会办公室 2021年5月6日印发"
    values = imported(f"{head} {notice}{items}", ".txt", tmp_path).draft.policy.values
    assert values["issued"] == "2021年4月29日" and not str(values.get("issuer", "")).startswith("首页")


def test_whom_a_document_is_addressed_to_is_no_title(tmp_path):
    lines = ["各县（市、区）人民政府，市级各部门：", "经市政府同意，现提出以下意见。"]
    items = [f"一、整治。排查隐患。{UNITS}", f"二、培训。轮训人员。{UNITS}"]
    title = imported("\n".join([*lines, *items]), ".txt", tmp_path).draft.policy.values["title"]
    assert not title.startswith("各县")
