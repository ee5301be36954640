"""The site in a real browser: what it shows is the YAML, nothing runs, nothing is asked of another host."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from scripts.pages.views import ends
from tests.pages import one_of_each_kind

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
SIZES = [(320, 700), (390, 844), (1280, 900)]
# What the dark scheme changes is colours alone.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": ["cat.color"],
}
# At 400 % a window of 1280 × 900 has a quarter of its width and height.
ALL_WINDOWS = {"zoomed": (320, 225), "phone": (320, 700), "tablet": (768, 1024), "desktop": (1280, 900)}
WINDOWS = {"light": ("phone", "desktop"), "dark": ("desktop",)}  # without `--every-window`


def test_official_text_is_the_yaml_character_for_character(served, page):
    address, ledger = served
    for measure in ledger.measures:
        page.goto(address + measure.address)
        shown = page.evaluate("""() => {
            const article = document.querySelector("article[data-id]");
            const parts = [...article.querySelectorAll("[data-layer=official][data-part]")];
            return [article.dataset.id, parts.map((part) => [part.dataset.part, part.textContent])];
        }""")
        expected = [["number", measure.number], ["text", measure.text]]
        expected += [["clause", measure.clause]] if measure.clause else []
        expected += [["deadline", measure.deadline.quote]] if measure.deadline else []
        assert shown == [measure.id, expected]
    assert page.trouble == []


def test_titles_and_descriptions_are_text(served, page):
    address, ledger = served
    for measure in ledger.measures:
        page.goto(address + measure.address)
        assert page.evaluate("document.querySelector('h1').textContent") == measure.title
        assert measure.title in page.evaluate("document.querySelector('head title').text")
        assert ledger.site.name in page.evaluate("document.querySelector('head title').text")
        description = page.evaluate("document.querySelector('meta[name=description]').content")
        assert description.replace("\n", "") in measure.text.replace("\n", "") and description
        assert page.evaluate("document.querySelector('.pl-site').textContent") == ledger.site.name
        assert page.evaluate("typeof window.pwned") == "undefined"
    assert page.trouble == []


def test_every_page_runs_only_its_own_script_and_asks_no_other_host(served, page):
    address, ledger = served
    page.goto(address)
    todo, done = {page.url}, set()
    while todo:
        here = todo.pop()
        done.add(here)
        page.goto(here)
        scripts = page.evaluate(
            "[...document.scripts].filter((script) => script.type !== 'application/ld+json')"
            ".map((script) => script.getAttribute('src') ?? script.text)"
        )
        own = [] if "/embed/" in here else ["ledger.js"]
        if "/data/query/" in here:
            own += ["query.js", "manifest.js", "query-form.js", "query-chart.js", "query-errors.js"]
        if here.endswith("/edit/"):
            parts = [
                "yaml",
                "schema",
                "data",
                "read",
                "shape",
                "said",
                "measures",
                "records",
                "check",
                "form",
                "result",
            ]
            own += ["edit.js", "manifest.js", *(f"edit-{part}.js" for part in parts)]
        data = r"/search/|/edit/\w+\.\w{10}\.js$"
        assert [script.rsplit("/", 1)[-1] for script in scripts if not re.search(data, script)] == own, here
        assert page.evaluate("typeof window.pwned") == "undefined"
        links = page.evaluate(
            "[...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href.split('#')[0])"
        )
        todo |= {link for link in links if link.startswith(address) and (link.endswith(("/", ".html")))} - done
    assert len(done) >= len(ledger.measures) + len(ledger.departments) + 10
    assert page.trouble == []


def test_archived_text_is_shown_as_it_is(served, page):
    address, ledger = served
    for policy in ledger.policies:
        page.goto(f"{address}{policy.address}source/")
        shown = page.evaluate("document.querySelector('.pl-source').textContent")
        # A browser has one kind of line end, and no page break.
        assert shown.replace("\r\n", "\n") == policy.source_text.replace("\r\n", "\n")


def test_the_way_to_the_source_opens_exactly_this_measure(served, page):
    address, ledger = served
    measure = ledger.measures[-1]
    page.goto(address + measure.address)
    page.click(".pl-cite a")
    page.wait_for_url("**/source/#m*")
    marked = page.evaluate("document.querySelector(':target').textContent")
    assert marked == measure.policy.source_text[measure.source_start : measure.source_end]


def test_nothing_is_wider_than_the_screen(served, page):
    address, ledger = served
    for kind in one_of_each_kind(ledger):
        page.goto(address + kind)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (kind, width)


@pytest.mark.parametrize("scheme", RULES)
def test_axe_finds_nothing(served, browser, scheme, request):
    """WCAG 2.2 AA and axe's best practices, on every kind of page in every window, scripts running; for whatever stands
    in the body of a page, a contrast of 7 : 1, too (WCAG 2.2 AAA, 1.4.6)."""
    address, ledger = served
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()

    def violations(run):
        return page.evaluate(
            f"{run}.then(({{ violations }}) => violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
        )

    windows = WINDOWS[scheme] if ledger.site.address else WINDOWS[scheme][:1]  # the pages of both are of the same kinds
    if request.config.getoption("--every-window"):
        windows = tuple(ALL_WINDOWS)
    for kind in one_of_each_kind(ledger):
        page.goto(address + kind)
        page.evaluate(AXE)
        for window in windows:
            width, height = ALL_WINDOWS[window]
            page.set_viewport_size({"width": width, "height": height})
            assert violations(f"axe.run({{ resultTypes: ['violations'], runOnly: {RULES[scheme]} }})") == [], (
                kind,
                window,
            )
        assert violations("axe.run('#content', { runOnly: ['color-contrast-enhanced'] })") == [], kind
    context.close()


def test_passed_deadlines_are_told_by_the_reader_s_day_in_china(served, browser):
    address, ledger = served
    measure = next(measure for measure in ledger.measures if measure.deadline and measure.deadline.period)
    end = measure.deadline.period.end
    # The last minute of the last day in China, and the first of the next; the reader's own zone does not matter.
    for clock, passed in ((f"{end}T15:59:00Z", False), (f"{end}T16:01:00Z", True)):
        context = browser.new_context(timezone_id="America/Los_Angeles")
        page = context.new_page()
        page.clock.set_fixed_time(clock)
        page.goto(address + measure.address)
        text = page.evaluate("document.querySelector('dl.pl-facts').textContent")
        assert ("期限已过" in text) is passed and "逾期" not in text
        context.close()


def test_without_scripts_everything_stands_there(served, browser):
    address, ledger = served
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}measures/?q=不存在的词")
    assert page.locator("tr[data-id]").count() == len(ledger.measures)
    page.goto(address + ledger.measures[0].address)
    assert "期限已过" not in page.content()
    context.close()


def test_everything_can_be_reached_by_keyboard(served, page):
    address, ledger = served
    for kind in ("", "measures/", ledger.measures[0].address):
        page.goto(address + kind)
        wanted = page.evaluate("""() => {
            const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
            const seen = all.filter((element) => element.checkVisibility() && element.tabIndex >= 0);
            seen.forEach((element, number) => { element.dataset.stop = number; });
            return seen.length;
        }""")
        reached, unseen = [], []
        while len(reached) < wanted:
            page.keyboard.press("Tab")
            stop, outlined = page.evaluate("""() => {
                const here = document.activeElement, style = getComputedStyle(here);
                return [here.dataset.stop ?? null, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
            }""")
            reached.append(stop)
            unseen += [] if outlined else [stop]
        assert reached == [str(number) for number in range(wanted)], "in the order of the page"
        assert not unseen, "where the focus is can be seen"
        assert reached[0] == "0" and page.evaluate("document.querySelector('[data-stop=\"0\"]').className") == "pl-skip"


def test_facets_narrow_the_list_and_the_address_remembers(served, page):
    address, ledger = served
    department = max(ledger.departments, key=lambda body: len(ledger.duties_of(body)))
    duties = {measure.id for measure in ledger.duties_of(department)}
    promising = {measure.id for measure in ledger.measures if measure.targets}
    rows = "rows => rows.map((row) => row.dataset.id)"
    page.goto(f"{address}measures/")
    page.select_option("select[name=department]", department.id)
    assert set(page.eval_on_selector_all("tr[data-id]:not([hidden])", rows)) == duties
    told = page.locator("select[name=target] option[value=yes]").text_content()
    assert told == f"有（{len(duties & promising)}）"
    page.select_option("select[name=target]", "yes")
    assert set(page.eval_on_selector_all("tr[data-id]:not([hidden])", rows)) == duties & promising
    assert f"department={department.id}" in page.url and "target=yes" in page.url
    page.go_back()
    assert set(page.eval_on_selector_all("tr[data-id]:not([hidden])", rows)) == duties
    page.reload()
    assert set(page.eval_on_selector_all("tr[data-id]:not([hidden])", rows)) == duties
    with page.expect_download() as waiting:
        page.click("[data-rows-csv]")
    saved = list(csv.DictReader(waiting.value.path().read_text("utf-8-sig").splitlines(keepends=True)))
    assert {row["measure_id"]: row["text"] for row in saved} == {id: ledger.measure_by_id[id].text for id in duties}
    page.click("[data-reset]")
    assert page.locator("tr[data-id]:visible").count() == len(ledger.measures)
    last = max(end for measure in ledger.measures for end in ends(measure))
    page.select_option("select[name=from]", last[:7])
    assert set(page.eval_on_selector_all("tr[data-id]:not([hidden])", rows)) == {
        measure.id for measure in ledger.measures if last[:7] in {end[:7] for end in ends(measure)}
    }
    assert f"from={last[:7]}" in page.url
    assert page.trouble == []


def test_columns_sort_both_ways(served, page):
    address, _ = served
    page.goto(f"{address}matrix/")
    counts = "rows => rows.map((row) => parseInt(row.cells[1].textContent))"
    page.click(".pl-matrix >> nth=0 >> text=条数")
    falling = page.eval_on_selector_all(".pl-matrix >> nth=0 >> tbody tr", counts)
    page.click(".pl-matrix >> nth=0 >> text=条数")
    rising = page.eval_on_selector_all(".pl-matrix >> nth=0 >> tbody tr", counts)
    assert falling == sorted(falling, reverse=True) and rising == sorted(falling)


def test_the_address_remembers_the_order_of_the_list(served, page):
    address, ledger = served
    rows = "rows => rows.map((row) => row.dataset.id)"
    page.goto(f"{address}measures/")
    asis = page.eval_on_selector_all("tr[data-id]", rows)
    page.click("th[data-key=due] button")
    page.click("th[data-key=due] button")
    falling = page.eval_on_selector_all("tr[data-id]", rows)
    assert "sort=-due" in page.url and sorted(falling) == sorted(asis)
    assert not ends(ledger.measure_by_id[falling[0]]), "what has no last day comes after what has one"
    page.reload()
    assert page.eval_on_selector_all("tr[data-id]", rows) == falling
    page.goto(f"{address}measures/")
    assert page.eval_on_selector_all("tr[data-id]", rows) == asis == [measure.id for measure in ledger.measures]


def test_paper_is_light_although_the_screen_is_dark(served, browser):
    address, ledger = served
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + ledger.measures[0].address)
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    ink = "getComputedStyle(document.querySelector('.pl-text')).color"
    dark = page.evaluate(ink)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ink) == "rgb(27, 36, 48)" != dark
    context.close()


def test_citations_carry_the_address_that_the_reader_sees(served, page):
    address, ledger = served
    measure = ledger.measures[0]
    page.goto(f"{address}{measure.address}?from=feed#x")
    cited = page.locator("[data-copy]").first.text_content()
    assert (ledger.site.url(measure.address) if ledger.site.address else address + measure.address) in cited
    assert "〔" not in cited


def test_light_and_dark_can_be_chosen_and_are_kept(served, page):
    address, _ = served
    page.emulate_media(color_scheme="light")
    page.goto(address)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("button[data-choice=scheme]")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{address}about/")
    assert light != dark == page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_links_are_previewed_where_the_site_has_an_address(served, page):
    address, ledger = served
    measure = ledger.measures[0]
    page.goto(address + measure.address)
    preview = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('meta[property]')].map((tag) => [tag.getAttribute('property'), tag.content]))"
    )
    if not ledger.site.address:
        assert preview == {}, "what needs a full address is left out"
        return
    assert preview["og:url"] == ledger.site.url(measure.address) and measure.title in preview["og:title"]
    picture = preview["og:image"].replace(ledger.site.address, address)
    size = page.evaluate(
        "(src) => new Promise((done) => { const image = new Image(); image.onload = () => done([image.width, image.height]); image.src = src; })",
        picture,
    )
    assert size == [1200, 630]
    assert page.evaluate("document.querySelector('meta[name=SiteIDCode]').content") == ledger.site.site_code


def test_pages_of_a_government_site_carry_its_tags(served, page):
    """国办发〔2017〕47号: tags of the site, of columns and of articles, where there is a site code."""
    address, ledger = served

    def tags(path):
        page.goto(address + path)
        return page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('meta[name]')].map((tag) => [tag.name, tag.content]))"
        )

    measure = ledger.measures[0]
    site, column, article = {"SiteName", "SiteDomain", "SiteIDCode"}, tags("deadlines/"), tags(measure.address)
    if not ledger.site.site_code:
        assert not {name for name in (*column, *article) if name.startswith(("Site", "Column", "Article"))}
        return
    assert site | {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"} <= set(column)
    assert site | {"ArticleTitle", "Keywords", "Description", "Url"} <= set(article)
    assert article.get("ContentSource", "") == measure.policy.issuer, "an issuer that is unknown is not named"
    assert article["Keywords"] == ",".join(term.name for term in (*measure.themes, *measure.audiences))
    assert article["Url"] == ledger.site.url(measure.address) and column["ColumnName"] == "完成时限"


def test_paper_says_where_it_comes_from_and_of_which_day(served, page):
    address, ledger = served
    page.clock.set_fixed_time("2026-03-01T17:00:00Z")
    page.goto(address + ledger.measures[0].address)
    assert not page.locator("[data-printed]").is_visible()
    page.emulate_media(media="print")
    printed = page.locator("[data-printed]")
    assert printed.is_visible() and "2026-03-02" in printed.inner_text()
    assert (ledger.site.url(ledger.measures[0].address) if ledger.site.address else page.url) in printed.inner_text()


def test_a_card_can_be_embedded_in_another_page(served, page, tmp_path):
    address, ledger = served
    measure, department = ledger.measures[0], ledger.departments[0]
    page.goto(address + measure.address)
    snippet = page.locator("[data-embed]").text_content()
    assert f'src="{address}embed/measures/{measure.id}.html"' in snippet
    host = tmp_path / "host.html"
    host.write_text(f"<!doctype html><title>x</title>{snippet}", "utf-8")
    page.goto(host.as_uri())
    card = page.frame_locator("iframe")
    assert card.locator("blockquote").text_content() == measure.text
    page.goto(f"{address}embed/departments/{department.id}.html")
    assert page.locator("li").count() == len(ledger.duties_of(department))
    page.evaluate(AXE)
    assert page.evaluate("axe.run().then((result) => result.violations.map((one) => one.id))") == []
    assert page.trouble == []


def test_wechat_readers_are_told_how_to_download(served, browser):
    address, ledger = served
    for agent, told in (
        ("Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0", True),
        ("Mozilla/5.0 (Linux; Android 14)", False),
    ):
        context = browser.new_context(user_agent=agent)
        page = context.new_page()
        for kind in (ledger.measures[0].address, "data/"):
            page.goto(address + kind)
            assert ("在浏览器中打开" in page.locator("#content").text_content()) is told
        context.close()


def test_who_runs_the_site_stands_on_every_page(served, page):
    address, ledger = served
    for kind in one_of_each_kind(ledger):
        page.goto(address + kind)
        assert page.locator(".pl-notice").text_content() == (ledger.site.operator or "非官方整理，以原文为准")


def test_large_type_makes_text_larger_and_nothing_wider(served, page):
    address, ledger = served
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address + ledger.measures[0].address)
    size = "parseFloat(getComputedStyle(document.querySelector('.pl-text')).fontSize)"
    before = page.evaluate(size)
    page.click("button[data-choice=size]")
    assert page.evaluate(size) >= 1.2 * before
    for kind in one_of_each_kind(ledger):
        page.goto(address + kind)
        assert page.evaluate("document.documentElement.dataset.size") == "large"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, kind


def test_the_edit_link_follows_the_operator_s_template(served, page):
    address, ledger = served
    measure = ledger.measures[0]
    page.goto(address + measure.address)
    edit = page.locator(".pl-edit")
    assert measure.source in edit.text_content()
    assert ("编辑本条" in edit.text_content()) is bool(ledger.site.edit_address), "no link, no promise of one"
    if ledger.site.edit_address:
        assert edit.locator("a").first.get_attribute("href") == ledger.site.edit_address.replace(
            "{path}", measure.source
        )


def test_the_site_opens_from_the_disk(site, page):
    out, ledger = site
    page.goto((out / ledger.measures[0].address / "index.html").as_uri())
    assert page.evaluate("document.querySelector('h1').textContent") == ledger.measures[0].title
    assert page.evaluate("getComputedStyle(document.querySelector('.pl-official')).borderLeftStyle") == "solid"
    page.click(".pl-nav a >> text=责任部门")
    page.wait_for_url("**/departments/index.html")
    assert page.locator(".pl-departments a").count() == len(ledger.departments)
    page.fill(".pl-search input", ledger.measures[0].title)
    page.press(".pl-search input", "Enter")
    page.wait_for_url("**/search/index.html?q=*")
    page.wait_for_selector(f'[data-search-results] [data-id="{ledger.measures[0].id}"]')
    assert page.trouble == []


def test_the_policy_of_the_page_lets_nothing_foreign_run(site, page, tmp_path):
    """Even if a script, a style or an image from elsewhere got into a page, the browser would refuse it."""
    out, ledger = site
    copy = shutil.copytree(out, tmp_path / "site")
    path = copy / ledger.measures[0].address / "index.html"
    attack = (
        "<script>window.pwned=1</script><img src=x onerror='window.pwned=2'><style>h1{color:red}</style>"
        "<script src='https://evil.example/x.js'></script><img src='https://evil.example/x.png'>"
        "<iframe src='https://evil.example/'></iframe><base href='https://evil.example/'>"
    )
    path.write_text(path.read_text("utf-8").replace("</main>", f"{attack}</main>"), "utf-8")
    before = page.goto((out / ledger.measures[0].address / "index.html").as_uri()) and page.evaluate(COLOUR)
    refused = {}
    page.on("requestfailed", lambda request: refused.update({request.url: request.failure}))
    page.goto(path.as_uri())
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert page.evaluate(COLOUR) == before
    assert page.evaluate("document.baseURI").startswith("file:")
    asked = [trouble for trouble in page.trouble if trouble.startswith("https://evil")]
    assert all(refused[address] == "csp" for address in asked), "the browser refused before asking"
    assert any("Content Security Policy" in trouble for trouble in page.trouble)


COLOUR = "getComputedStyle(document.querySelector('h1')).color"
