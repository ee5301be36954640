"""The page that edits records in a form, in a real browser: what it writes is canonical, passes the checks, and keeps what
nobody meant to change."""

import json
import shutil
from pathlib import Path

from scripts.check import check
from scripts.check.shape import has_the_right_shape
from scripts.edit import LAYERS, REGISTERS, Written, make_edit
from scripts.format import formatted, scalar
from scripts.layout import GROUPS, modeline
from scripts.load import Record, load
from scripts.load.folder import place
from scripts.load.reader import read_yaml
from scripts.schemas import schemas
from scripts.stage import as_written
from tests.conftest import run
from tests.editing import READY, SETTLED, add, data_of, field, problems, yaml_of

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
        for fields in (*layers.values(), *(" ".join(group.fields) for group in GROUPS[kind])):
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
    text = yaml_of(page)
    page.click("[data-edit-discard]")
    assert "某个简称" not in yaml_of(page)
    page.click("[data-edit-restore]")
    assert yaml_of(page) == text, "what was undone by mistake comes back"
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
    assert page.locator("[data-edit-copy]").is_disabled()
    assert "缺少“名称”" in problems(page) and "缺少“辖区”" in problems(page), "nothing is chosen beforehand"
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
    assert (
        text.startswith(f"{modeline('measure')}\n# 原文：照抄存档文本，一字不改\nnumber: '1'\n")
        and "deadline: '2030.10'" in text
    )
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
    assert (
        text.startswith(f"{modeline('policy')}\n# 这份文件是什么\ntitle: 某某办法\n")
        and "\nparts:\n  - issuer: 某某市人民政府\n" in text
    )
    page.click("[data-edit-download]")
    assert page.trouble == []
