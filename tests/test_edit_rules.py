"""The rules that the form knows, in the same words as the check."""

import re
import shutil

from scripts.check import check
from scripts.check.numbers import numbers
from scripts.load import load, plain
from scripts.load.reader import read_yaml
from scripts.period import day_in, read_period
from tests.editing import data_of

# Kind of file, what is done to its value (Python, `v`), and the rule that must speak. Each is done to the first record that
# has the field.
FAULTS = (
    ("measure", "v['heading'] = '别的'", "not-in-source"),
    ("measure", "v['heading'] = v['text'].split('。')[0] + '。'", "not-in-source"),
    ("measure", "v.pop('heading', 0); v.pop('title', 0)", "missing-field"),
    ("measure", "del v['text']", "missing-field"),
    ("measure", "v['departments'][0] += '甲'", "unknown-department"),
    ("measure", "v['departments'].append(v['departments'][0])", "repeated-item"),
    ("measure", "v['departments'] = v['departments'][1:]", "clause-left-over"),
    ("measure", "v['departments'].reverse(); assert len(v['departments']) > 1", "department-not-in-clause"),
    ("measure", "v['departments'].append('')", "empty-value"),
    ("measure", "v['open_list'] = 'true'; assert '等' not in v['clause']", "open-list"),
    ("measure", "v['open_list'] = 'maybe'", "wrong-type"),
    ("measure", "v['lead'] = {'departments': ['某局'], 'evidence': '黑体'}", "lead-not-named"),
    ("measure", "v['lead'] = {'departments': ['某局']}", "missing-field"),
    ("measure", "v['support'] = {'departments': ['某局'], 'evidence': '表头“配合单位”'}", "lead-not-named"),
    ("measure", "v['support'] = dict(v['lead'])", "lead-contradicts-clause"),
    ("measure", "v['lead']['evidence'] = '排在第一位'", "lead-without-evidence"),
    ("measure", "v['lead']['evidence'] = '不详'", "lead-without-evidence"),
    ("measure", "v['lead'] = {'departments': ['、'.join(v['departments'][:2])], 'evidence': '黑体'}; assert len(v['departments']) > 1", "lead-not-named"),
    ("measure", "next(t for t in v['targets'].values() if 'value_max' in t).pop('value_max')", "half-a-range"),
    ("measure", "t = next(t for t in v['targets'].values() if t['unit'][0] in '万亿'); t['unit'] = t['unit'][1:]; assert t['unit']", "not-in-source"),
    ("measure", "v['targets']['t1']['value'] = '2-3'", "wrong-type"),
    ("measure", "v['deadline'] = '持续推进'", "deadline-not-a-date"),
    ("measure", "v['deadline'] = '2021年前'", "deadline-not-a-date"),
    ("measure", "v['shared_deadline'] = v['deadline']", "needless-shared"),
    ("measure", "v['shared_clause'] = v['clause']", "needless-shared"),
    ("measure", "v['shared_clause'] = '没有的词'", "not-in-source"),
    ("measure", "v['shared_deadline'] = '2031年'; assert 'deadline' not in v", "not-in-source"),
    ("measure", "v['inner_deadlines'] = {'d1': {'quote': '到2031年底'}}", "not-in-source"),
    ("measure", "v['inner_deadlines'] = {'d1': {'quote': '2031年13月'}}", "not-in-source"),
    ("measure", "v['inner_deadlines'] = {'d1': {'quote': v['text'][:2]}}", "deadline-not-a-date"),
    ("measure", "v['departments'][0] += '、' + v['departments'].pop()", "unknown-department"),
    ("measure", "v['targets']['t1'].update(value='9871', value_max='3')", "not-in-source"),
    ("measure", "t = v['targets']['t1']; t['value'], t['value_max'] = t['value_max'], t['value']", "range-upside-down"),
    ("measure", "v['relations']['r1']['evidence'] = ['，']", "relation-without-evidence"),
    ("measure", "v['relations']['r1']['to'] = v['relations']['r1']['to'].split('/')[0] + '/99'", "unknown-measure"),
    ("measure", "v['relations']['r1']['to'] = v['relations']['r1']['to'].replace('/', '/measures/') + '.yml'", "unknown-measure"),
    ("measure", "v['relations']['r1']['to'] = '3'", "unknown-measure"),
    ("measure", "q = next(t for t in v['targets'].values() if '%' in t['quote']); q['quote'] = q['quote'].replace('%', '％')", "not-in-source"),
    ("measure", "next(t for t in v['targets'].values() if t['unit'] == '%')['unit'] = '％'", "not-in-source"),
    ("measure", "v['relations']['r9'] = dict(v['relations']['r1'])", "repeated-item"),
    ("measure", "v['targets']['t9'] = dict(v['targets']['t1'])", "repeated-item"),
    ("measure", "t = v['targets']['t1']; assert t['comparator'] == '不少于'; del t['comparator']", "unlisted-comparator"),
    ("measure", "t = next(t for t in v['targets'].values() if t['comparator'] == '以上'); del t['comparator']", "unlisted-comparator"),
    ("measure", "v['departments'] += ['某某局', '另一个局']", "department-not-in-clause"),
    ("measure", "v['progress']['p1']['evidence_url'] = 'https://www.example.gov.cn/1'", "left-to-fill"),
    ("measure", "v['progress']['p1']['evidence_url'] = 'www.a.cn/1'", "wrong-form"),
    ("measure", "v['progress']['p1']['evidence_url'] = 'https://www.a.cn/通知.html'", "wrong-form"),
    ("measure", "v['progress']['p1']['date'] = '２０２５-０３-01'", "wrong-form"),
    ("measure", "v['progress']['p1']['date'] = '2031-13-01'", "wrong-form"),
    ("measure", "v['progress']['p1']['date'] = '2025-03'", "wrong-form"),
    ("measure", "v['targets']['t1']['value'] = '十五万'", "wrong-type"),
    ("measure", "v['targets']['t1']['value'] = '１２'", "wrong-type"),
    ("measure", "q = v['targets']['t2']['quote']; v['targets']['t2']['quote'] = q[:5] + '又' + q[5:]", "not-in-source"),
    ("measure", "t = v['targets']['t1']; t['quote'] = v['text'][:3] + '……' + t['quote']; assert t['quote'] != v['text']", "not-in-source"),
    ("measure", "v['heading'] = v['heading'][:-1] + '好' + v['heading'][-1]", "not-in-source"),
    ("measure", "e = v['relations']['r1']['evidence']; e[0] = e[0][:2] + '、' + e[0][2:]", "relation-without-evidence"),
    ("measure", "v['progress']['p1']['date'] = '2025年3月1日'", "wrong-form"),
    ("measure", "v['progress']['p1']['date'] = '2025–03–01'", "wrong-form"),
    ("measure", "v['targets']['t1']['quote'] += '。'; assert v['targets']['t1']['quote'] not in v['text']", "not-in-source"),
    ("measure", "q = v['targets']['t1']['quote']; v['targets']['t1']['quote'] = q[:-1] + '甲'", "not-in-source"),
    ("measure", "t = v['targets']['t1']; t['quote'] = v['text'][:v['text'].index(t['quote'])] + t['quote']; t['value'] = '2025'; assert '2025年' in t['quote']", "not-in-source"),
    ("measure", "t = dict(v['targets']['t1']); del t['comparator']; v['targets']['t8'] = t", "repeated-item"),
    ("measure", "v['departments'] = ['、'.join(v['departments'][:2]) + '，' + v['departments'][2]]; assert len(v['departments'][0]) > 8", "unknown-department"),
    ("policy", "v['received'] = '2024-03-01'; v['unknowns']['received'] = {'state': '未载明', 'reason': '无'}", "needless-unknown"),
    ("measure", "v['progress']['p1']['evidence_url'] = 'https://news.example.cn/1。'; v['progress']['p1']['evidence_url'] = v['progress']['p1']['evidence_url'].replace('example.', 'a.')", "wrong-form"),
    ("measure", "t = next(t for t in v['targets'].values() if t['unit'][0] == '万'); t['value'] += '0000'", "not-in-source"),
    ("policy", "v['issued'] = '2022-08-31'", "not-in-source"),
    ("policy", "v['deadline_year'] = '1931'", "not-in-source"),
    ("policy", "v['document_number'] = '某发〔2024〕1号'; assert 'document_number' in v['unknowns']", "not-in-source"),
    ("measure", "v['checked'] = {'by': '某人', 'on': '“2026-01-30”'}", "wrong-form"),
    ("department", "v['kind'] = '“政府部门”'; v.get('unknowns', {}).pop('kind', 0)", "not-allowed"),
    ("measure", "v['deadline'] = '“持续推进”'; v.pop('unknowns', 0)", "deadline-not-a-date"),
    ("measure", "v['deadline'] = '6月底前'", "deadline-not-a-date"),
    ("policy", "v['title'] = v['title'][2:]", "not-in-source"),
    ("policy", "v['issuer'] = v['issuer'][:-2]", "not-in-source"),
    ("policy", "v['received'] = '1999-01-01'; v['issued']", "dates-out-of-order"),
    ("synonyms", "w = next(iter(v.values()))['words']; w.append(w[0])", "repeated-item"),
    ("measure", "v['inner_deadlines'] = {'x1': {'quote': '2031年'}}", "bad-id"),
    ("measure", "v['targets']['t1']['quote'] = '没有的词'", "not-in-source"),
    ("measure", "v['targets']['t1']['subject'] = '没有的词'", "not-in-source"),
    ("measure", "q = v['targets']['t1']['quote']; v['targets']['t1']['quote'] = q[0] + ' ' + q[1:]", "not-in-source"),
    ("measure", "v['progress'] = {'p1': {'date': '2026-01-05', 'status': '推进中', 'summary': '开工'}}", "missing-field"),
    ("measure", "v['searches'] = {'s1': {'result': '未找到', 'on': '2026-01-05', 'by': '甲', 'where': '乙'}}", "not-allowed"),
    ("measure", "v.pop('progress', 0); v['searches'] = {'s1': {'result': '已找到', 'on': '2026-01-05', 'by': '甲', 'where': '乙'}}", "found-not-recorded"),
    ("measure", "v['targets']['t1']['unit'] = '没有的词'", "not-in-source"),
    ("measure", "v['targets']['t1']['value'] = '9871'", "not-in-source"),
    ("measure", "v['targets']['t1']['value'] = '三'", "wrong-type"),
    ("measure", "v['targets']['t1']['comparator'] = '大约'", "not-allowed"),
    ("measure", "v['anomalies'] = {'a1': {'quote': '没有的词', 'explanation': '无'}}", "not-in-source"),
    ("measure", "v['instruments'] = {'i1': {'title': '没有的办法', 'relation': 'basis'}}", "not-in-source"),
    ("measure", "v['instruments'] = {'i1': {'title': '《办法》', 'relation': 'basis'}}", "wrong-form"),
    ("measure", "v['text'] += '见《某某办法》。到2035年底前完成。'", "unlisted-deadline"),
    ("measure", "v['themes'] = ['themess']", "unknown-theme"),
    ("measure", "v['themes'] = ['Themes']", "wrong-form"),
    ("measure", "v['themes'] = [next(t.id for t in ledger.themes if not any(w in v['text'] for w in t.words))]", "term-without-evidence"),
    ("measure", "v['audiences'] = ['somebody']", "unknown-audience"),
    ("measure", "v['relations'] = {'r1': {'to': 'x/01', 'relation': 'similar', 'evidence': ['甲']}}", "unknown-measure"),
    ("measure", "v['relations']['r1']['evidence'] = ['没有的词']", "relation-without-evidence"),
    ("measure", "v['relations']['r1']['evidence'] = ['a;b']", "wrong-form"),
    ("measure", "v['checked'] = {'by': '某人', 'on': '2026-02-30'}", "wrong-form"),
    ("measure", "v['checked'] = {'by': ' ', 'on': '2026-02-03'}", "empty-value"),
    ("measure", "del v['themes']", "unexplained-unknown"),
    ("measure", "v['unknowns'] = {'clause': {'state': '未载明', 'reason': '无'}}", "needless-unknown"),
    ("policy", "v['title'] = '别的标题'", "not-in-source"),
    ("policy", "v['issued'] = '某年'", "not-in-source"),
    ("policy", "v['effective'] = v['title']; v.get('unknowns', {}).pop('effective', 0)", "deadline-not-a-date"),
    ("policy", "v['jurisdiction'] = 'nowhere'", "unknown-jurisdiction"),
    ("policy", "v['source_address'] = 'www.example.com'", "wrong-form"),
    ("policy", "v['unknowns'].pop('issuer', 0); v.pop('issuer', 0)", "unexplained-unknown"),
    ("department", "v['jurisdiction'] = 'nowhere'", "unknown-jurisdiction"),
    ("department", "v['aliases'] = [v['name']]", "repeated-name"),
    ("department", "v['counterparts'] = ['no-such-body']", "unknown-department"),
    ("department", "v['identifiers'] = {'统一社会信用代码': '11370300004221858X'}", "wrong-code"),
    ("department", "v['identifiers'] = {'统一社会信用代码': '1137'}", "wrong-code"),
    ("department", "v.pop('kind', 0); v.pop('unknowns', 0)", "unexplained-unknown"),
    ("jurisdictions", "next(iter(v.values()))['parent'] = 'nowhere'", "unknown-jurisdiction"),
    ("jurisdictions", "k = next(iter(v)); v[k]['parent'] = k", "unknown-jurisdiction"),
    ("glossary", "next(iter(v.values()))['definition'] = '没有的词'", "not-in-source"),
    ("glossary", "next(iter(v.values()))['measure'] = 'x/01'", "unknown-measure"),
    ("synonyms", "next(iter(v.values()))['official'] = ['没有的词']", "not-in-source"),
    ("synonyms", "v['Bad Key'] = next(iter(v.values()))", "bad-id"),
    ("site", "v['address'] = 'example.org'", "wrong-form"),
)  # fmt: skip
JUDGED = """async ([kind, id, value]) => {
    const { judge, shelf, shelfOf, keyOf, records } = policyEditDesk;
    for (const [one, other] of records) await shelf(shelfOf(one, other));
    const record = (await shelf(shelfOf(kind, id))).get(keyOf(kind, id));
    return judge(record, value, () => {}).map(({ rule, message, help, level }) => [rule, message, help, level ?? "error"]);
}"""


def faulty(ledger, kind: str, change: str):
    """A file of this kind and its value, changed."""
    for file in ledger.files:
        if file.kind == kind:
            root, _ = read_yaml(file.place.read_text("utf-8"), "")
            value = plain(root)
            try:
                exec(change, {"v": value, "ledger": ledger})
            except (KeyError, AssertionError, IndexError, StopIteration):
                continue
            return file, value
    return None, None


def told(rule: str, message: str, help: str, level: str) -> tuple[str, ...]:
    """The check names lines, the page items; and beside a field's name its title, which is all that the page shows."""
    return rule, re.sub(r"(?<=第) \d+ [行项]|(?<=”)（\w+）(?=，也没有说明)", "", message), help, level


def test_the_rules_speak_as_the_check_does(editing, tmp_path):
    open, page, ledger = editing
    open()
    copy = shutil.copytree(data_of(ledger), tmp_path / "data")
    spoke = set()
    for kind, change, rule in FAULTS:
        file, value = faulty(ledger, kind, change)
        if not file:
            continue
        text = page.evaluate(
            "([kind, value]) => policyYaml.write(value, policyEdit_base.schemas[kind], {})", [kind, value]
        )
        (copy / file.path).write_text(text, "utf-8")
        expected = {
            told(problem.rule, problem.message, problem.help, problem.level)
            for problem in check(load(copy)).problems
            if problem.at.file == (copy / file.path).as_posix()
        }
        shutil.copy(file.place, copy / file.path)
        judged = page.evaluate(JUDGED, [kind, file.id, value])
        found = {told(*one) for one in judged}
        wanted = {one for one in expected if one[0] == rule}
        assert wanted and wanted <= found, (change, wanted, found)
        if not any(one[0] in SHAPES for one in expected):  # else the check says nothing more of the file
            assert {one for one in expected if one[0] in spoke} <= found, change
        spoke.add(rule)
    assert len(spoke) >= 20 and page.trouble == []


SHAPES = ("missing-field", "wrong-form", "wrong-type", "not-allowed", "empty-value", "bad-id", "repeated-item")


def test_a_name_that_measures_use_stays_with_its_department(editing):
    open, page, ledger = editing
    open()
    share = ledger.measures[0].responsibilities[0]
    uses = sum(one.name_as_written == share.name_as_written for m in ledger.measures for one in m.responsibilities)
    file = next(file for file in ledger.files if (file.kind, file.id) == ("department", share.department.id))
    value = plain(read_yaml(file.place.read_text("utf-8"), "")[0])
    told = [
        message
        for _, message, _, _ in page.evaluate(
            JUDGED, ["department", file.id, {**value, "name": "另一个名称", "other_names": []}]
        )
    ]
    assert f"{uses} 条措施写“{share.name_as_written}”，去掉这个名称以后对不上部门。" in told
    kept = {**value, "name": "另一个名称", "other_names": [value["name"], *value.get("other_names", [])]}
    assert not any("对不上部门" in message for _, message, _, _ in page.evaluate(JUDGED, ["department", file.id, kept]))


def test_reading_is_as_in_python(editing):
    open, page, _ = editing
    open()
    dates = "2020.6 2020年6月 2025年12月底前 2022年 到2020年底 2024年四季度 2025年11月上旬 2025年13月上旬 2025年11月上旬前 2025年上半年 2025年上半年前 2023年9月1日 2021年前 2020.13 2023年2月30日 自2024年7月1日起施行 2014年Q4 ２０２０.6 x 2025年6月底前签订协议，12月底前落地 2025年5月底前，持续推进 6月底前，12月底前 2025年6月， 2026年7月至9月 2025—2027年 2026年1-6月 2019年底前完成80%，2020年底前全部完成 2024年10月底前完成60公里，2025年10月底前全部完成 2024年10月底前完成3月 2026年1月1日起至2027年6月30日止 2024年1月起 2026年13月至9月 2026年全年 2026全年 2026年3月开工，2027年6月底前投产 2025.3（市级），2025.6（县级） 2025年3月、10月 2025年3月、试行 2025年（市级"
    for words in dates.split():
        found = page.evaluate("words => [Boolean(policyEditRead.periodOf(words)), policyEditRead.dayIn(words)]", words)
        assert found == [read_period(words) is not None, day_in(words)], words
    for words in ("30%", "２０个", "二十", "一百二十", "二〇二五", "三千五百万", "1.5—3 亿", "两亿三千万", "十"):
        assert set(page.evaluate("words => [...policyEditRead.numbers(words)]", words)) == numbers(words), words
