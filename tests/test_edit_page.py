"""The form as people meet it: problems beside their fields, drafts, keyboard, phone, dark, disk."""

import re

import pytest

from tests.conftest import ROOT
from tests.editing import AXE, READY, SETTLED, add, field, problems, yaml_of


def test_a_problem_stands_below_its_field_and_is_read_out(editing):
    open, page, ledger = editing
    measure = next(measure for measure in ledger.measures if measure.targets and measure.departments)
    open(measure.address.rstrip("/"))
    for path, value, words in (
        ("departments.0", measure.departments[0].name[:-1] + "甲", "没有名为"),
        ("targets.0.unit", "光年", "这个指标的“原文词句”里找不到“光年”。"),
        ("text", "", "缺少“正文”。"),
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


def test_a_new_row_shows_its_source_and_waits_to_be_filled_in(editing):
    open, page, ledger = editing
    measure = next(measure for measure in ledger.measures if not (measure.progress or measure.relations))
    open(measure.address.rstrip("/"))
    add(page, "进展")
    page.wait_for_timeout(SETTLED)
    for name in ("evidence_url", "evidence_title"):
        assert field(page, f"progress.0.{name}").is_visible()
    row = page.locator("[data-schemapath='root.progress.0']")
    assert "必填" not in row.locator("label", has_text="出处网址").text_content()
    assert row.locator("[aria-invalid=true]").count() <= 1, "only of the field that one has been in"
    assert "缺少“做了什么”" in problems(page)
    field(page, "progress.0.summary").focus()
    field(page, "progress.0.date").focus()
    page.wait_for_timeout(SETTLED)
    assert field(page, "progress.0.summary").get_attribute("aria-invalid") == "true"
    page.locator("[data-edit-problems] button", has_text="这条进展没有出处").click()
    assert page.evaluate("document.activeElement.id") == "root[progress][0][evidence_url]"
    add(page, "关联")
    options = field(page, "relations.0.relation").locator("option").all_text_contents()
    assert options == ["请选择", "文字相近", "原文写明是落实另一条"]
    form = page.locator("[data-edit-form]").text_content()
    assert not re.search(r"evidence_|data/|\.yml", form)
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
    page.wait_for_selector("[data-edit-done]:not(:empty)")
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


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(390, 844, "light"), (1280, 900, "light"), (1280, 900, "dark")]
)
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
        # What the dark scheme changes is colours alone.
        every = "" if scheme == "light" else "{runOnly: ['cat.color']}"
        for rules in (every, "'#content', {runOnly: ['color-contrast-enhanced']}"):
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


def test_pasted_lines_are_joined_and_official_words_put_back_with_a_button(editing):
    open, page, ledger = editing
    measure = next(measure for measure in ledger.measures if len(measure.text) > 12 and "\n" not in measure.text)
    open(measure.address.rstrip("/"))
    text = field(page, "text")
    text.fill(f"{measure.text[:2]}\n{measure.text[2:]}")
    assert "留下了原文的折行" in problems(page)
    page.get_by_role("button", name="接成一行").click()
    assert problems(page) == "" and text.input_value() == measure.text
    text.fill(f"{measure.text}又")
    page.wait_for_timeout(SETTLED)
    page.locator("[data-edit-warned] summary").click()
    page.get_by_role("button", name="改回").click()
    page.wait_for_timeout(SETTLED)
    assert text.input_value() == measure.text
    assert page.locator("[data-edit-status]").text_content().startswith("没有改动")
    assert page.trouble == []


def test_a_reason_that_is_no_longer_needed_is_led_to(editing):
    open, page, ledger = editing
    files = (file for file in ledger.files if file.kind == "policy")
    open(f"policies/{next(file.id for file in files if '  source_address:' in file.place.read_text('utf-8'))}")
    add(page, "原文公开网址")
    page.keyboard.type("https://news.example/1")
    assert "请删掉“空缺项”里的这一项" in problems(page)
    page.locator("[data-edit-problems] .pl-go").first.click()
    row = "document.activeElement.closest('[data-schemapath^=\"root.unknowns.\"]')"
    assert page.evaluate(f"{row} && document.activeElement.getBoundingClientRect().top > 0")


def test_records_are_found_by_short_forms_and_by_a_word_with_a_number(editing):
    open, page, ledger = editing
    open()
    department = next(one for one in ledger.departments if one.aliases)
    measure = ledger.measures[-1]
    number = "".join(filter(str.isdigit, measure.number)) or measure.number
    for words, label in (
        (department.aliases[0], department.name),
        (f"{measure.policy.short_title[-2:]}{number}", measure.title),
    ):
        page.locator("[data-edit-search]").fill(words)
        page.wait_for_timeout(SETTLED)
        assert label in "\n".join(page.locator("[data-edit-records] li").all_text_contents()), words
