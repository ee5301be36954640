"""The page that edits records in a form, in a real browser: what it writes is canonical, passes the checks, and keeps what
nobody meant to change."""

import json
import re
import shutil
from pathlib import Path

import pytest

from scripts.check import check
from scripts.check.numbers import numbers
from scripts.check.shape import has_the_right_shape
from scripts.edit import HEADINGS, LAYERS, REGISTERS, Written, make_edit
from scripts.format import formatted, scalar
from scripts.load import Record, load, plain
from scripts.load.folder import place
from scripts.load.reader import read_yaml
from scripts.period import day_in, read_period
from scripts.schemas import schemas
from scripts.stage import as_written
from tests.conftest import CITY, DATA, ROOT, run

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
READY = "[data-edit-tool][data-state=ready]"
SETTLED = 400  # milliseconds after which the page has told what it thinks of a change


def data_of(ledger) -> Path:
    return DATA if ledger.files[0].place.is_relative_to(DATA) else CITY / "data"


@pytest.fixture
def editing(served, page):
    """open(record or query) opens the page on it; page.problems() tells what it says is wrong."""
    address, ledger = served
    page.set_default_timeout(5000)

    def open(query: str = ""):
        page.goto(f"{address}edit/{query if query.startswith('?') else f'?record={query}' if query else ''}")
        page.wait_for_selector(READY)
        return page

    return open, page, ledger


def yaml_of(page) -> str:
    page.wait_for_timeout(SETTLED)
    return page.evaluate("document.querySelector('[data-edit-yaml]').textContent")


def problems(page) -> str:
    page.wait_for_timeout(SETTLED)
    return "\n".join(page.locator("[data-edit-problems] li").all_text_contents())


def field(page, path: str):
    return page.locator(f"[id='root{''.join(f'[{step}]' for step in path.split('.'))}']")


def add(page, title: str, within: str = "[data-edit-form]") -> None:
    """Press “添加字段”, and the field."""
    place = page.locator(
        f"{within} .pl-offer", has=page.get_by_role("button", name=title, exact=True, include_hidden=True)
    )
    place.first.locator("summary").first.click()
    place.first.get_by_role("button", name=title, exact=True).first.click()


# ---- The same YAML in the browser as in Python

SCALARS = (
    *["1", "01", "0", "-1", "+1", "1.5", ".5", "1.", "1e5", "1E+5", "0x1f", "0o17", "0b101", "1_000", "1,000", "12:30", "1:2:3.5", "2020.10", "2020-01", "2020-01-31"],
    *["2020-01-31T10:00", "2020-1-1", "yes", "No", "ON", "off", "y", "N", "true", "False", "null", "NULL", "~", "=", "<<", ".inf", "-.INF", ".nan", "1+X", "-1x", "二十", "20年"],
    "2020-01-31 10:00", "", " ", " a", "a ", "　", "# x", "a # b", "a #b", "a: b", "a:b", "a:", ": a", ":", "- a", "-", "-a", "? a",
    "[a", "{a", "*a", "&a", "!a", "|", ">", "'", "it's", '"a"', "%", "@a", "`a", ",a", "]a", "---", "--- a", "...", "...a",
    "一\n二", "一\n\n二", "\n一", "一\n", " 一\n二", "一\n 二", "a\n# b", "\t", "a\tb", "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\u200b",
    "\ufffe", "\U0001f600", "👨‍👩‍👧", "\u00a0a", "一\r\n二", "一\u2028\n", '一\n"二"\\\x01', ".ınf", ".İNF", "ye\u017f", "\ufdd0", "½", "１",
)  # fmt: skip


def test_scalars_are_written_as_in_python(editing):
    open, page, _ = editing
    open()
    for type in ("", "number", "boolean"):
        for indent in (2, 6):
            made = page.evaluate(
                f"texts => texts.map((text) => policyYaml.scalar(text, '{type}', {indent}))", list(SCALARS)
            )
            assert dict(zip(SCALARS, made, strict=True)) == {text: scalar(text, type, indent) for text in SCALARS}
    assert page.trouble == []


# Every record through a form of its own and out again.
ROUND_TRIP = """async () => {
    const { desk, shelf, records, shelfOf, keyOf } = policyEditDesk;
    await loadScript("assets/vendor/jsoneditor.js");
    const made = {};
    for (const [kind, id] of records) {
        const record = (await shelf(shelfOf(kind, id))).get(keyOf(kind, id));
        if (record.isNew) continue;
        const holder = document.createElement("div");
        document.querySelector("[data-edit-form]").append(holder);
        const one = desk(record, holder, () => {});
        await one.fill(one.original);
        made[record.path] = one.read().yaml;
        holder.remove();
    }
    return made;
}"""


def test_every_record_comes_out_of_the_form_as_it_went_in(editing):
    open, page, ledger = editing
    open()
    made = page.evaluate(ROUND_TRIP)
    assert sorted(made) == sorted(file.path for file in ledger.files)
    for file in ledger.files:
        assert made[file.path] == file.place.read_text("utf-8"), file.path
    assert page.trouble == []


# ---- What the page is given


def test_every_field_has_a_layer_and_its_place():
    for kind, layers in LAYERS.items():
        properties = [*schemas()[kind]["properties"]]
        assert sorted(" ".join(layers.values()).split()) == sorted(properties)
        for fields in (*layers.values(), *HEADINGS[kind].values()):
            assert fields.split() == [name for name in properties if name in fields.split()]


def test_files_that_are_not_canonical_are_given_as_they_should_be(city):
    path = "departments/qingchuan-water.yml"
    mess = 'jurisdiction:   qingchuan\n# 名\nname: "市水务局"\nkind: 政府部门\n'
    files = [Written(one.kind, one.id, one.path, mess if one.path == path else one.text) for one in as_written(city)]
    made = make_edit(city, files)
    held = json.loads(
        next(text for name, text in made.items() if "/departments." in name).split("=", 1)[1].rstrip(";\n")
    )
    [record] = [record for record in held if record["path"] == path]
    assert list(record["value"]) == ["name", "jurisdiction", "kind"] and record["above"] == {'["name"]': ["# 名"]}
    assert formatted(mess, "department").startswith("# 名\nname: 市水务局\n")


def test_registers_that_are_not_there_can_be_begun(city):
    base = next(text for name, text in make_edit(city, as_written(city)).items() if "/base." in name)
    held = json.loads(base.split("=", 1)[1].rstrip(";\n"))
    assert sorted(record["kind"] for record in held["registers"]) == sorted(REGISTERS)
    assert [record["kind"] for record in held["registers"] if record.get("isNew")] == ["removed"]


# ---- One field changed, of every kind of file


def changed_copy(tmp_path: Path, ledger, path: str, text: str) -> Path:
    """A copy of the ledger's data folder with one file as the page wrote it."""
    copy = shutil.copytree(data_of(ledger), tmp_path / "data", dirs_exist_ok=True)
    (copy / path).parent.mkdir(parents=True, exist_ok=True)
    (copy / path).write_text(text, "utf-8")
    return copy


def assert_good(copy: Path, path: str) -> None:
    report = check(load(copy))
    assert report.ledger, [problem.message for problem in report.problems if problem.level == "error"]
    text = (copy / path).read_text("utf-8")
    assert formatted(text, place(path)[0]) == text


CHANGES = {
    "measure": ("说明", "note", "一条说明：有冒号 # 和井号"),
    "policy": ("说明", "note", "- 一条说明"),
    "department": ("说明", "note", "'引号'"),
    "site": (None, "description", "又一句说明"),
    "themes": (None, "rows.0.description", "1.0"),
    "audiences": (None, "rows.0.name", "no"),
    "jurisdictions": (None, "rows.0.name", "某某市"),
    "glossary": (None, "rows.0._key", "another-name"),
    "synonyms": (None, "rows.0.words.0", "另一个说法"),
}


def test_one_field_changed_is_one_field_changed(editing, tmp_path):
    open, page, ledger = editing
    for kind, (title, path, value) in CHANGES.items():
        file = next(file for file in ledger.files if file.kind == kind)
        address = {"department": "departments/", "policy": "policies/", "measure": "policies/"}.get(kind, "") + file.id
        open(address)
        if title and not field(page, path).count():
            add(page, title)
        field(page, path).fill(value)
        text = yaml_of(page)
        assert problems(page) == "", kind
        assert page.locator("[data-edit-path]").text_content() == f"data/{file.path}"
        assert value in page.locator("[data-edit-changes]").text_content() or path.endswith("_key")
        before = file.place.read_text("utf-8").splitlines()
        assert len(set(text.splitlines()) - set(before)) <= 2, "comments and all other lines stay"
        assert [line for line in before if line.strip().startswith("#")] == [
            line for line in text.splitlines() if line.strip().startswith("#")
        ] or title
        assert_good(changed_copy(tmp_path / kind, ledger, file.path, text), file.path)
        with page.expect_download() as waiting:
            page.click("[data-edit-download]")
        assert waiting.value.path().read_text("utf-8") == text
        assert waiting.value.suggested_filename == Path(file.path).name
        page.click("[data-edit-discard]")
        assert yaml_of(page) == file.place.read_text("utf-8")
        assert page.locator("[data-edit-status]").text_content().startswith("没有改动")
    assert page.trouble == []


def test_the_commands_accept_what_the_page_writes(editing, tmp_path):
    open, page, ledger = editing
    file = next(file for file in ledger.files if file.kind == "department")
    open(f"departments/{file.id}")
    if not field(page, "aliases.0").count():
        add(page, "简称和俗称")
    field(page, "aliases.0").fill("某个简称")
    copy = changed_copy(tmp_path, ledger, file.path, yaml_of(page))
    assert run("check", "--data", str(copy)).returncode == 0
    assert run("format", "--check", "--data", str(copy)).returncode == 0
    page.click("[data-edit-discard]")
    yaml_of(page)


def test_rows_get_their_keys_and_headings_stay_above_their_fields(editing):
    open, page, ledger = editing
    with_targets = next(measure for measure in ledger.measures if measure.targets)
    open(with_targets.address.rstrip("/"))
    last = len(with_targets.targets)
    page.get_by_role("button", name="添加量化目标").click()
    field(page, f"targets.{last}.quote").fill(with_targets.text[:6])
    page.get_by_role("button", name="添加量化目标").click()
    text = yaml_of(page)
    assert f"  t{last + 1}:\n    quote: " in text
    page.get_by_role("button", name=f"删去：量化目标 {last + 1}").click()
    page.wait_for_timeout(SETTLED)
    page.get_by_role("button", name="去掉“量化目标”").click()
    assert "targets:" not in yaml_of(page)
    add(page, "量化目标")
    page.click("[data-edit-discard]")
    source = next(file for file in ledger.files if file.id == with_targets.id).place.read_text("utf-8")
    assert yaml_of(page) == source
    if "# 编辑整理" in source:
        for name in ("title", "relations", "anomalies", "note", "progress", "checked"):
            if page.locator(f"[data-schemapath='root.{name}'] > .pl-remove").count():
                page.locator(f"[data-schemapath='root.{name}'] > .pl-remove").click()
        assert "# 编辑整理" not in yaml_of(page), "a heading without a field goes with the last"
        add(page, "说明")
        field(page, "note").fill("说明")
        assert "\n\n# 编辑整理：不是原文\nnote: 说明\n" in yaml_of(page)
        add(page, "标题")
        field(page, "title").fill("标题")
        assert "\n\n# 编辑整理：不是原文\ntitle: 标题\nnote: 说明\n" in yaml_of(page)
        page.click("[data-edit-discard]")
        assert yaml_of(page) == source
    assert page.trouble == []


# ---- New records


def test_a_new_department_is_a_good_file(editing, tmp_path):
    open, page, ledger = editing
    open()
    page.click("[data-edit-new] [value=department]")
    page.wait_for_selector(READY)
    assert page.locator("[data-edit-copy]").is_disabled() and "名称" in problems(page)
    page.fill("[data-edit-id]", "Water")
    assert "不能用作编号" in page.locator("[data-edit-id-problem]").text_content()
    page.fill("[data-edit-id]", ledger.departments[0].id)
    assert "已经有了" in page.locator("[data-edit-id-problem]").text_content()
    page.fill("[data-edit-id]", "new-water")
    field(page, "name").fill("市新水务局")
    field(page, "jurisdiction").select_option(ledger.jurisdictions[0].id)
    field(page, "kind").select_option("政府部门")
    text = yaml_of(page)
    assert problems(page) == "" and page.locator("[data-edit-path]").text_content() == "data/departments/new-water.yml"
    assert_good(changed_copy(tmp_path, ledger, "departments/new-water.yml", text), "departments/new-water.yml")
    add(page, "简称和俗称")
    field(page, "aliases.0").fill("水务")
    assert "\n\n# 编辑整理：简称只供查找，不出现在原文里\naliases:\n  - 水务\n" in yaml_of(page)
    page.click("[data-edit-download]")
    assert page.trouble == []


def shape_of(kind: str, text: str) -> list:
    root, found = read_yaml(text, "x.yml")
    return [*found, *has_the_right_shape(Record(kind, "x", "x.yml", "x.yml", root))]


def test_a_new_measure_is_a_good_file(editing):
    open, page, ledger = editing
    policy = ledger.policies[0]
    open()
    page.select_option("[data-edit-policies]", policy.id)
    page.click("[data-edit-new] [value=measure]")
    page.wait_for_selector(READY)
    number = int(ledger.measures_of(policy)[-1].id.split("/")[1]) + 1
    assert page.locator("[data-edit-path]").text_content() == f"data/policies/{policy.id}/measures/{number:02}.yml"
    body = next(body for body in ledger.departments if body.jurisdiction.id == policy.jurisdiction.id)
    field(page, "number").fill("1")
    field(page, "text").fill("做好一件事：到2030年底完成3项。")
    field(page, "clause").fill(f"（责任单位：{body.name}）")
    field(page, "deadline").fill("2030.10")
    page.get_by_role("button", name="添加部门").click()
    field(page, "departments.0").fill(body.name)
    field(page, "title").fill("做好一件事")
    page.wait_for_timeout(SETTLED)
    while page.get_by_role("button", name="写明为什么没有").count():
        page.get_by_role("button", name="写明为什么没有").first.click()
        row = page.locator("[data-schemapath='root.unknowns'] .je-object__container").last
        row.locator("select").nth(1).select_option("未载明")
        row.locator("textarea").fill("原文没有写。")
        page.wait_for_timeout(SETTLED)
    text = yaml_of(page)
    assert problems(page) == "" and shape_of("measure", text) == [] and formatted(text, "measure") == text
    assert text.startswith("# 原文：照抄存档文本，一字不改\nnumber: '1'\n") and "deadline: '2030.10'" in text
    assert "\n\n# 标注：只用原文里的词句，或 data/ 里登记过的编号\ndepartments:" in text
    assert "\n\n# 编辑整理：不是原文\ntitle:" in text
    page.click("[data-edit-download]")
    assert page.trouble == []


def test_a_new_policy_is_a_good_file(editing):
    open, page, ledger = editing
    open("?new=policy")
    page.fill("[data-edit-id]", "new-policy")
    for path, value in {
        "title": "某某办法",
        "short_title": "办法",
        "measure_term": "措施",
        "issuer": "某某市人民政府",
    }.items():
        field(page, path).fill(value)
    field(page, "issued").fill("2030年1月1日")
    field(page, "jurisdiction").select_option(ledger.jurisdictions[0].id)
    for number, (kind, words) in enumerate(
        [("issuer", "某某市人民政府"), ("title", "某某办法"), ("date", "2030年1月1日")]
    ):
        page.get_by_role("button", name="添加段落").click()
        field(page, f"parts.{number}._key").select_option(kind)
        field(page, f"parts.{number}._value").fill(words)
    page.wait_for_timeout(SETTLED)
    while page.get_by_role("button", name="写明为什么没有").count():
        page.get_by_role("button", name="写明为什么没有").first.click()
        row = page.locator("[data-schemapath='root.unknowns'] .je-object__container").last
        row.locator("select").nth(1).select_option("未载明")
        row.locator("textarea").fill("原文没有写。")
        page.wait_for_timeout(SETTLED)
    text = yaml_of(page)
    assert problems(page) == "" and shape_of("policy", text) == [] and formatted(text, "policy") == text
    assert text.startswith("# 这份文件是什么\ntitle: 某某办法\n") and "\nparts:\n  - issuer: 某某市人民政府\n" in text
    page.click("[data-edit-download]")
    assert page.trouble == []


# ---- The rules, in the same words as the check

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
    ("measure", "v['deadline'] = '持续推进'", "deadline-not-a-date"),
    ("measure", "v['deadline'] = '2021年前'", "deadline-not-a-date"),
    ("measure", "v['inner_deadlines'] = {'d1': {'quote': '到2031年底'}}", "not-in-source"),
    ("measure", "v['inner_deadlines'] = {'d1': {'quote': '2031年13月'}}", "deadline-not-a-date"),
    ("measure", "v['inner_deadlines'] = {'x1': {'quote': '2031年'}}", "bad-id"),
    ("measure", "v['targets']['t1']['quote'] = '没有的词'", "not-in-source"),
    ("measure", "v['targets']['t1']['subject'] = '没有的词'", "not-in-source"),
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
    ("measure", "v['text'] = v['heading'] = '甲乙'", "term-without-evidence"),
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
    ("policy", "v['effective'] = '发布之日'; v.get('unknowns', {}).pop('effective', 0)", "deadline-not-a-date"),
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
                exec(change, {"v": value})
            except (KeyError, AssertionError, IndexError):
                continue
            return file, value
    return None, None


def told(rule: str, message: str, help: str, level: str) -> tuple[str, ...]:
    """The check names lines, the page items; of a schema that others refer to, the page has their own words."""
    return rule, re.sub(r"第 \d+ [行项]", "第", message), "" if rule == "wrong-form" else help, level


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


def test_reading_is_as_in_python(editing):
    open, page, _ = editing
    open()
    dates = "2020.6 2020年6月 2025年12月底前 2022年 到2020年底 2024年四季度 2023年9月1日 2021年前 2020.13 2023年2月30日 自2024年7月1日起施行 2014年Q4 ２０２０.6 x"
    for words in dates.split():
        found = page.evaluate("words => [Boolean(policyEditRead.periodOf(words)), policyEditRead.dayIn(words)]", words)
        assert found == [read_period(words) is not None, day_in(words)], words
    for words in ("30%", "２０个", "二十", "一百二十", "二〇二五", "三千五百万", "1.5—3 亿", "两亿三千万", "十"):
        assert set(page.evaluate("words => [...policyEditRead.numbers(words)]", words)) == numbers(words), words


# ---- What people meet


def test_a_problem_stands_below_its_field_and_is_read_out(editing):
    open, page, ledger = editing
    measure = next(measure for measure in ledger.measures if measure.targets and measure.departments)
    open(measure.address.rstrip("/"))
    for path, value, words in (
        ("departments.0", measure.departments[0].name[:-1] + "甲", "没有名为"),
        ("targets.0.unit", "光年", "这个指标的“原文词句”里找不到“光年”。"),
        ("number", "", "缺少“序号”。"),
    ):
        before = field(page, path).input_value()
        field(page, path).fill(value)
        assert words in problems(page)
        assert field(page, path).get_attribute("aria-invalid") == "true"
        told = field(page, path).get_attribute("aria-describedby").split()
        assert any(words in page.locator(f"[id='{id}']").text_content() for id in told)
        page.locator("[data-edit-problems] button").first.click()
        assert page.evaluate("document.activeElement.closest('[data-edit-form]') !== null")
        field(page, path).fill(before)
        assert problems(page) == "" and field(page, path).get_attribute("aria-invalid") is None
    for words in page.locator(".pl-editing :is(label, p, button, summary, legend):visible").all_text_contents():
        assert not re.search(r"[A-Za-z]{4,}", words.replace("source.txt", "")) or re.search("[一-龥]", words), words
    field(page, "text").fill(measure.text + "。")
    page.wait_for_timeout(SETTLED)
    assert "改动了原文" in page.locator("[data-edit-warnings]").text_content()
    page.click("[data-edit-discard]")
    assert page.trouble == []


def test_a_draft_survives_and_leaving_asks(editing):
    open, page, ledger = editing
    record = ledger.departments[0].address.rstrip("/")
    source = yaml_of(open(record))
    if not field(page, "note").count():
        add(page, "说明")
    field(page, "note").fill("草稿 <b>里</b>的说明")
    changed = yaml_of(page)
    page.locator("[data-edit-copy]").focus()
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(SETTLED)
    assert page.trouble == [""], "the browser asked"
    page.trouble.clear()
    page.click("[data-edit-download]")
    page.reload()
    page.wait_for_selector(READY)
    assert yaml_of(page) == source and "没有提交的草稿" in page.locator("[data-edit-draft]").text_content()
    page.click("[data-edit-restore]")
    assert yaml_of(page) == changed and not page.locator("[data-edit-draft]").is_visible()
    page.click("[data-edit-download]")
    page.reload()
    page.wait_for_selector(READY)
    page.click("[data-edit-drop]")
    page.reload()
    page.wait_for_selector(READY)
    assert not page.locator("[data-edit-draft]").is_visible() and yaml_of(page) == source
    assert page.trouble == []


def test_ways_to_hand_in(editing):
    open, page, ledger = editing
    department, policy = ledger.departments[0], ledger.policies[0]
    open(department.address.rstrip("/"))
    has_mail, platform = "@" in ledger.site.contact, ledger.site.edit_address
    assert page.locator("[data-edit-mail]").is_visible() is has_mail
    assert page.locator("[data-edit-platform]").is_visible() is bool(platform)
    if platform:
        link = page.locator("[data-edit-platform]").get_attribute("href")
        assert link == platform.replace("{path}", department.source)
    assert page.locator("[data-edit-copy]").is_disabled()
    if not field(page, "note").count():
        add(page, "说明")
    field(page, "note").fill("短")
    page.wait_for_timeout(SETTLED)
    page.click("[data-edit-copy]")
    assert page.locator("[data-edit-done]").text_content()
    if has_mail:
        field(page, "note").fill("长" * 2000)
        page.wait_for_timeout(SETTLED)
        page.click("[data-edit-mail]")
        assert "下载" in page.locator("[data-edit-mail-note]").text_content()
        assert page.locator("[data-edit-mail-note]").is_visible()
    page.click("[data-edit-discard]")
    assert policy and page.trouble == []


def test_keyboard_alone_will_do(editing):
    open, page, ledger = editing
    open()
    page.focus("[data-edit-search]")
    page.keyboard.type(ledger.departments[0].id)
    while page.evaluate("document.activeElement.closest('[data-edit-records]') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{READY} [data-edit-status]:not(:empty)")
    page.focus("[id='root[name]']")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.pl-offer > summary')"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-edit-form] :is(input, textarea, select)')")
    page.keyboard.type("键盘")
    assert "键盘" in yaml_of(page)
    page.click("[data-edit-discard]")
    assert page.evaluate("document.activeElement.matches('[data-edit-title]')")
    assert page.trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_axe_finds_nothing_and_nothing_is_too_wide(served, browser, width, height, scheme):
    """WCAG 2.2 AA, and AAA contrast, with problems shown and everything open; large type, too."""
    address, ledger = served
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    measure = next(measure for measure in ledger.measures if measure.targets)
    for query in (
        "",
        f"?record={measure.address}",
        f"?record={ledger.policies[0].address}",
        "?record=themes",
        "?new=department",
    ):
        page.goto(f"{address}edit/{query}")
        page.wait_for_selector(READY)
        if "measure" in query or query.endswith(measure.address):
            field(page, "number").fill("")
            field(page, "targets.0.unit").fill("光年")
            page.click("[data-choice=size]")
        page.wait_for_timeout(SETTLED)
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        page.evaluate(AXE)
        for rules in ("", "'#content', {runOnly: ['color-contrast-enhanced']}"):
            found = page.evaluate(
                f"axe.run({rules}).then((result) => result.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
            )
            assert found == [], query
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query
        small = page.evaluate(
            "[...document.querySelectorAll('.pl-editing :is(button, input, select, summary)')].filter((one) => one.checkVisibility())"
            ".map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()]).filter(([, box]) => box.height < 24 || box.width < 24)"
        )
        assert small == [], query
    context.close()


def test_without_scripts_the_page_says_where_to_go(served, browser):
    address, _ = served
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}edit/")
    assert page.locator("noscript a").count() == 4 and not page.locator("[data-edit-tool]").is_visible()
    context.close()


def test_the_page_works_from_the_disk(site, page):
    out, ledger = site
    page.goto((out / ledger.departments[0].address / "index.html").as_uri())
    page.click("text=用表单编辑")
    page.wait_for_selector(f"{READY} [data-edit-status]:not(:empty)")
    if not field(page, "note").count():
        add(page, "说明")
    field(page, "note").fill("从磁盘打开")
    assert "\nnote: 从磁盘打开\n" in yaml_of(page)
    page.click("[data-edit-download]")
    page.click("text=改另一条")
    page.wait_for_selector("[data-edit-records] a")
    assert page.trouble == []


def test_records_lead_here_and_only_this_page_loads_the_library(site, served, page):
    out, ledger = site
    address, _ = served
    for path in out.rglob("*.html"):
        text = path.read_text("utf-8")
        assert ("edit.js" in text) is ("edit.css" in text) is (path == out / "edit/index.html"), path
    records = [*ledger.measures, *ledger.departments, *ledger.policies]
    for record in (ledger.measures[0], ledger.departments[0], ledger.policies[0]):
        page.goto(address + record.address)
        page.click("text=用表单编辑")
        page.wait_for_selector(READY)
        assert record.source == page.locator("[data-edit-path]").text_content()
    page.goto(f"{address}edit/#{records[0].address}")
    page.wait_for_selector(f"{READY} [data-edit-status]:not(:empty)")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for other in ("", "edit/", "measures/", ledger.measures[0].address):
        page.goto(address + other)
        page.wait_for_timeout(SETTLED)
    assert not [url for url in asked if "jsoneditor" in url]
    assert "网页编辑" in (ROOT / "docs/contribute.md").read_text("utf-8")
    assert page.trouble == []
