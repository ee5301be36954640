"""The page on which an editor checks a draft against its source. All texts are made up."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scripts.importer import import_document
from scripts.importer.page import as_page
from scripts.importer.page.doubts import SEVERITY, severity

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
VOID = {"meta", "input", "br", "link", "img", "hr"}
ID = "sample-plan"

NOTICE = """\r
示例市人民政府办公室\r
关于促进托育服务发展的若干措施\r
\r
各县（市、区）人民政府，市政府各部门：\r
为促进托育服务发展，根据《示例省托育服务条例》（示例省令第3号），制定本措施。\r
一、扩大供给\r
（一）建设示范机构。到2025年底，建成5个示范托育机构。制定《示例市托育机构管理办法》。\u3000请抓\r
紧。（市卫生健康局牵头，市财政局、市教育局等配合）\r
- 2 -\r
（二）支持用人单位。每个县至少建成1所托育园。（责任单位：市总工会、市财政局市教育局）\r
二、加强保障\r
（三）落实补贴。补贴按月发放。（责任单位：市财政局，市卫生健康局）\r
以上措施自印发之日起施行。\r
示例市人民政府办公室\r
2024年3月1日\r
"""
HOSTILE = """关于“<script>alert(1)</script>”{{ 7*7 }}的\u202e若干措施
一、{% raw %}<!-- 章节 -->
（一）<b onclick='alert(2)'>甲</b>"onmouseover="alert(3)&amp;&#13;</style></script>。（责任单位：市<i>局、市"教育"局）
（二）乙\u200b\u2067事项 javascript:alert(4)。（责任单位：市'财政'局、市{{ config }}局）
"""
TABLE = """示例市托育工作任务清单
序号\t重点任务\t责任部门\t完成时限
1\t建设10个示范园。\t市卫生健康局、市教育局\t2025.6
2\t培训保育员500人次以上。\t市人力资源社会保障局\t2025年12月底前
3\t开展一次督查。\t市卫生健康局\t长期
"""


class Seen(HTMLParser):
    """What a browser would make of a page: whether tags close in order, ids, links, and texts by where they stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple, str]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        assert len(given) == len(attributes), f"an attribute twice: {attributes}"
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, self.getpos()

    def handle_data(self, data):
        self.texts.append((tuple(self.open), data))

    def text(self, **wanted: str) -> str:
        """The text of the elements that bear these attributes (data_part for data-part; "" for any value)."""
        named = {name.replace("_", "-"): value for name, value in wanted.items()}

        def fits(given: dict) -> bool:
            return all(name in given and value in ("", given[name]) for name, value in named.items())

        return "".join(data for around, data in self.texts if any(fits(given) for _, given in around))

    def all(self, attribute: str) -> list[str]:
        return [given[attribute] or "" for _, given in self.tags if attribute in given]


def drafted(text: str, folder: Path):
    file = folder / "document.txt"
    file.write_bytes(text.encode("utf-8"))
    return import_document(file, ID, folder / "none")


@pytest.fixture(params=[NOTICE, HOSTILE, TABLE], ids=["notice", "hostile", "table"])
def pair(request, tmp_path):
    imported = drafted(request.param, tmp_path)
    return imported, Seen(as_page(imported, ID))


def test_the_source_stands_on_the_page_character_by_character(pair):
    imported, seen = pair
    assert seen.text(data_source="") == imported.received.text


def test_every_part_of_the_draft_stands_on_the_page(pair):
    imported, seen = pair
    for number, measure in enumerate(imported.draft.measures, 1):
        own = within(seen, f"m{number}")
        for part in ("number", "text", "clause", "deadline"):
            assert own.get(part, "") == measure.values.get(part, ""), measure.path
        shown = [seen.text(id=f"m{number}-d{place}") for place, _ in enumerate(measure.values["departments"], 1)]
        assert shown == measure.values["departments"]
    parts = [(kind, text) for part in imported.draft.policy.values["parts"] for kind, text in part.items()]
    shown = seen.text(id="draft")
    assert all(text in shown for kind, text in parts if kind != "measure")


def within(seen: Seen, id: str) -> dict[str, str]:
    """The official parts in the card of a measure."""
    found: dict[str, str] = {}
    for around, data in seen.texts:
        if any(given.get("id") == id for _, given in around):
            for _, given in around:
                if "data-part" in given:
                    found[given["data-part"]] = found.get(given["data-part"], "") + data
    return found


def test_words_in_the_source_and_in_the_card_say_the_same(pair):
    """A marked stretch, layout aside, is what the card links to it."""
    _, seen = pair
    marked: dict[str, str] = {}
    for around, data in seen.texts:
        for _, given in around:
            for id in (given.get("data-in") or "").split():
                marked[id] = marked.get(id, "") + re.sub(r"\s", "", data)
    linked = {id for id in seen.all("id") if re.fullmatch(r"m\d+-[deti]\d+", id)}
    assert linked == marked.keys()
    for id in linked:
        assert marked[id] == re.sub(r"\s", "", seen.text(id=id))


def test_links_resolve_and_ids_are_unique(pair):
    _, seen = pair
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    links = seen.all("href")
    assert links and all(link.startswith("#") and link[1:] in ids for link in links)
    assert {word for given in seen.all("aria-labelledby") for word in given.split()} <= {*ids}


def test_hostile_text_is_text(tmp_path):
    page = as_page(drafted(HOSTILE, tmp_path), ID)
    seen = Seen(page)
    assert [tag for tag, _ in seen.tags if tag in ("script", "style")] == ["style", "script"]
    assert not [name for _, given in seen.tags for name in given if name.startswith("on")]
    assert "{{ 7*7 }}" in seen.text(id="draft") and "<script>alert(1)</script>" in seen.text(id="draft")
    assert not any({*given} & {"style", "src", "srcset", "action"} for _, given in seen.tags)
    title = re.search("<title>(.*?)</title>", page)
    assert title and "&lt;script&gt;" in title.group(1)


def test_characters_without_shape_are_shown_and_stay_in_their_place(tmp_path):
    seen = Seen(as_page(drafted(HOSTILE, tmp_path), ID))
    assert [sign for sign in seen.all("data-sign")] == ["U+202E", "U+200B", "U+2067"]
    for sign in ("\u202e", "\u2067"):
        assert sign not in seen.text(id="draft") and sign not in seen.text(id="doubts")


def test_the_page_may_run_its_own_script_and_nothing_else(tmp_path):
    page = as_page(drafted(NOTICE, tmp_path), ID)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy and "default-src 'none'" in policy.group(1) and "unsafe" not in policy.group(1)
    for tag in ("style", "script"):
        inside = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(inside) == 1
        digest = b64encode(sha256(inside[0].encode("utf-8")).digest()).decode("ascii")
        assert f"{tag}-src 'sha256-{digest}'" in policy.group(1)
    assert not re.search(r"innerHTML|insertAdjacentHTML|outerHTML|document\.write|\beval\b|https?://", page)


def test_doubts_stand_worst_first(tmp_path):
    imported = drafted(NOTICE, tmp_path)
    seen = Seen(as_page(imported, ID))
    shown = seen.text(id="doubts")
    names = [name for name, _, _ in SEVERITY if name in shown]
    assert names == sorted(names, key=shown.index) and names[0] == SEVERITY[0][0] and len(names) >= 4
    asked = [(record, doubt) for record in imported.draft.records for doubt in record.doubts]
    assert len(seen.all("data-key")) == len(set(seen.all("data-key"))) == len(asked)
    for record, doubt in asked:
        assert record.path in shown
        assert all(choice in shown for choice in doubt.choices)
        if record.kind != "department":
            assert doubt.what in shown
    first = seen.text(id="q1")
    assert "原文第 11 行" in first or "原文第 8 行" in first or "原文第 9 行" in first


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (("measure", "departments"), ("policy", "parts")),
        (("measure", "lead.evidence"), ("policy", "")),
        (("policy", "parts"), ("measure", "inner_deadlines")),
        (("measure", "deadline"), ("policy", "title")),
        (("policy", "short_title"), ("department", "")),
        (("department", "name"), ("department", "")),
        (("department", ""), ("jurisdictions", "")),
    ],
)
def test_what_misleads_readers_is_worse_than_what_is_unhandy(worse, better):
    assert severity(*worse) < severity(*better)


def test_coverage_is_counted(tmp_path):
    imported = drafted(NOTICE, tmp_path)
    total = len(imported.draft.document.script.solid)
    assert f"原文 {total} 字，全部写进了草稿（另有页码 1 处）" in Seen(as_page(imported, ID)).text(**{"class": "good"})
    first, *others = imported.draft.measures
    shortened = replace(first, values={**first.values, "clause": "（责任单位：市财政局）"})
    lacking = replace(imported, draft=replace(imported.draft, measures=(shortened, *others)))
    seen = Seen(as_page(lacking, ID))
    clause = re.sub(r"\s", "", first.values["clause"])
    assert f"原文 {total} 字，有 {len(clause)} 字没有写进草稿" in seen.text(**{"class": "bad"})
    assert seen.text(data_source="") == NOTICE and "s-missing-1" in seen.all("id")


def test_a_long_document_stays_small(tmp_path):
    words = "完善托育服务体系，到2027年建成示范托育机构12个以上，制定《示例市托育服务管理办法》，" * 3
    rows = [
        f"{number}. {words}{number}号地块优先。（责任单位：市卫生健康局，市教育局、市财政局）\n"
        for number in range(1, 301)
    ]
    text = f"示例市托育服务三年行动方案\n{''.join(rows)}"
    assert len(text) > 40_000
    imported = drafted(text, tmp_path)
    assert len(imported.draft.measures) == 300
    assert len(as_page(imported, ID).encode("utf-8")) < 3_000_000


def test_the_same_draft_makes_the_same_page(tmp_path):
    assert as_page(drafted(NOTICE, tmp_path), ID) == as_page(drafted(NOTICE, tmp_path), ID)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1400, "light"), (1400, "dark"), (900, "light"), (390, "light"), (390, "dark")]
)
def test_in_a_browser(browser, tmp_path, width, scheme):
    place = tmp_path / "index.html"
    place.write_text(as_page(drafted(NOTICE, tmp_path), ID), "utf-8", newline="")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(place.as_uri())
    assert page.locator("[data-source]").evaluate("(one) => one.textContent") == NOTICE
    total = page.locator("[data-key]").count()

    for name in ("doubts", "source", "draft"):
        if width < 768:
            page.click(f".tabs a[href='#{name}']")
            assert page.locator("main > section:visible").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE)
        found = page.evaluate("axe.run().then((result) => result.violations.map((one) => [one.id, one.nodes[0].html]))")
        assert found == []

    def lit(which: str) -> str:
        return page.evaluate(f"[...document.querySelectorAll('{which}')].map((one) => one.textContent).join('')")

    page.locator("#m2 h3").click()
    assert "支持用人单位" in lit("[data-source] .here") and "建设示范机构" not in lit("[data-source] .here")
    page.locator("#m1-d1").focus()
    assert lit("[data-source] [data-in].on") == "市卫生健康局"
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-in~=m1-d1].here")
    page.locator("#s-m3").click()
    page.wait_for_selector("#m3.here")
    page.locator("#m3-d1").hover()
    assert lit("[data-source] [data-in].on") == "市财政局"

    if width < 768:
        page.click(".tabs a[href='#doubts']")
    page.locator("#q1 input").check()
    page.locator("#q2 input").check()
    assert page.locator("#progress").text_content() == f"已核对 2 / {total}"
    assert page.locator("progress").evaluate("(one) => one.value") == 2
    assert page.evaluate("axe.run('#confirm').then((result) => result.violations)") == []
    keys = page.locator("[data-key]").evaluate_all("(all) => all.slice(0, 2).map((one) => one.dataset.key)")
    assert page.locator("#command").input_value().endswith(f" {' '.join(keys)}")
    page.locator("#only").check()
    assert not page.locator("#q1").is_visible() and page.locator("#q3").is_visible()
    for _ in range(20):  # the browser writes what a page keeps a moment later
        page.reload()
        if page.locator("#q1 input").is_checked():
            break
        page.wait_for_timeout(250)
    assert page.locator("#q1 input").is_checked() and page.locator("#progress").text_content().startswith("已核对 2 /")
    page.click("#next")
    assert page.evaluate("document.activeElement.closest('.question').id") == "q3"
    assert trouble == []
    context.close()


def test_without_scripts_all_of_it_is_there(browser, tmp_path):
    place = tmp_path / "index.html"
    place.write_text(as_page(drafted(NOTICE, tmp_path), ID), "utf-8", newline="")
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(place.as_uri())
    for name in ("doubts", "source", "draft"):
        assert page.locator(f"#{name}").is_visible()
    assert not page.locator("#next").is_visible()
    page.click("#m2 header a")
    page.wait_for_url("**#s-m2")
    context.close()
