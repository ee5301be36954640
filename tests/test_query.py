"""The page that queries the database, in a real browser: its answers are SQLite's, nothing runs but queries, and each of
them can be stopped, shared and saved."""

import csv
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from scripts.ledger.facts import AFTER
from scripts.query import make_query
from scripts.tables import TABLES
from tests.conftest import ROOT

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
VENDOR = ROOT / "overrides/assets/vendor"
DONE = "[data-query-results][data-state=done]"
READY = "[data-query-tool][data-state=ready]"
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c"
# The cells as the page shows them, and as Python would.
CELLS = (
    "[...document.querySelectorAll('.pl-answer tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
)
HEADS = "[...document.querySelectorAll('.pl-answer thead th')].map((head) => head.textContent)"


@pytest.fixture
def asking(served, page):
    """The page, ready: (page, its address, Ledger)."""
    address, ledger = served
    page.goto(f"{address}data/query/")
    page.wait_for_selector(READY)
    return page, f"{address}data/query/", ledger


def ask(page, sql: str) -> None:
    page.fill("[data-query-editor]", sql)
    page.click("[data-query-run]")
    page.wait_for_selector(DONE, state="attached")


def told(page) -> str:
    return page.locator("[data-query-note]").text_content()


def fault(page) -> str:
    return page.locator("[data-query-fault]").text_content()


def expected(site: Path, sql: str) -> tuple[list[str], list[list[str]]]:
    """What Python's SQLite finds in the file that readers download; an empty cell is shown as 空."""
    with closing(sqlite3.connect(site / "data/v1/ledger.sqlite")) as database:
        found = database.execute(sql)
        rows = [["空" if value is None else shown(value) for value in row] for row in found]
        return [column[0] for column in found.description], rows


def shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_every_example_runs_and_finds_what_sqlite_finds(site, asking):
    page, _, ledger = asking
    out, _ = site
    examples = page.locator("[data-example]")
    assert examples.count() >= 12
    empty = []
    for number in range(examples.count()):
        examples.nth(number).click()
        page.wait_for_selector(DONE, state="attached")
        question, sql = examples.nth(number).text_content(), page.input_value("[data-query-editor]")
        assert fault(page) == "", question
        if page.locator("[data-view=table]").is_visible():
            page.click("[data-view=table]")
        heads, rows = expected(out, sql)
        assert page.evaluate(CELLS) == rows, question
        assert not rows or page.evaluate(HEADS) == heads, question
        assert rows or told(page).startswith(examples.nth(number).get_attribute("data-none")), question
        empty += [] if rows else [question]
    assert "某" not in page.locator(".pl-questions").inner_text(), "the words stand for what is chosen"
    assert not empty or len(ledger.measures) < 10, "the small ledger does not hold everything"
    assert page.trouble == []


def answer_of(page, question: str, **chosen: str) -> list[list[str]]:
    """The cells that a ready question finds, for what is chosen."""
    for name, value in chosen.items():
        page.select_option(f"select[name={name}]", value)
    page.locator("[data-example]", has_text=question).first.click()
    page.wait_for_selector(DONE, state="attached")
    if page.locator("[data-view=table]").is_visible():
        page.click("[data-view=table]")
    return page.evaluate(CELLS)


def test_what_is_due_is_told_by_its_last_day_and_measures_are_counted_once(asking):
    page, _, ledger = asking
    dues = [(measure, due) for measure in ledger.measures for due in measure.deadlines]
    year = max(due.period.end for _, due in dues if due.period)[:4]
    rows = answer_of(page, "年底前要完成什么", year=year)
    assert sorted((row[0], row[1], row[2], row[-1]) for row in rows) == sorted(
        (due.period.end, due.quote, {"row": "整条", "inner": "正文"}[due.scope], measure.id)
        for measure, due in dues
        if due.period
    )
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    count = len({row[-1] for row in rows})
    assert (f"共 {len(rows)} 行（{count} 条措施）" in told(page)) is (count < len(rows))

    def last_days(found) -> dict[str, str]:
        days = {}
        for measure, due in found:
            days.setdefault(due.period.end if due.period else due.quote, set()).add(measure.id)
        return {day: str(len(ids)) for day, ids in days.items()}

    assert dict(answer_of(page, "哪个时限要完成的措施最多")) == last_days(dues)
    for department in ledger.departments:
        duties = set(ledger.duties_of(department))
        rows = answer_of(page, "的时限排在什么时候", department=department.id)
        assert dict(rows) == last_days((measure, due) for measure, due in dues if measure in duties)
        days = [day for day, _ in rows if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
        assert [day for day, _ in rows][: len(days)] == sorted(days)
        if not rows:
            assert told(page) == "这个部门承担的措施都没有写时限。可以看“哪些措施没有写时限，为什么”。"
            page.locator("[data-query-note] a").click()
            page.wait_for_selector(".pl-answer")
            without = [measure.id for measure in ledger.measures if not measure.deadline]
            assert sorted(row[-1] for row in page.evaluate(CELLS)) == sorted(without)
    differing = [
        (inner.quote, measure.deadline.quote)
        for measure in ledger.measures
        for inner in measure.inner_deadlines
        if measure.deadline
        and (inner.period.end if inner.period else inner.quote)
        != (measure.deadline.period.end if measure.deadline.period else measure.deadline.quote)
    ]
    rows = answer_of(page, "不是同一天到期")
    assert sorted((row[1], row[3]) for row in rows) == sorted(differing)


def test_figures_are_whole_and_gaps_are_counted_once(asking):
    page, _, ledger = asking
    records = (*ledger.policies, *ledger.measures)
    figures = {(target.quote, target.figure) for record in records for target in getattr(record, "targets", ())}
    assert {(row[2], row[1]) for row in answer_of(page, "有哪些量化目标")} == figures
    sql = page.input_value("[data-query-editor]")
    assert all(f"'{word}'" in sql for word in AFTER)
    for department in ledger.departments:
        rows = answer_of(page, "承担的措施里有哪些量化目标", department=department.id)
        targets = [target for measure in ledger.duties_of(department) for target in measure.targets]
        assert {(row[2], row[1]) for row in rows} == {(target.quote, target.figure) for target in targets}
    records = (*ledger.policies, *ledger.measures, *ledger.departments)
    states = Counter(unknown.state for record in records for unknown in record.unknowns)
    assert dict(answer_of(page, "空缺项按种类统计")) == {state: str(count) for state, count in states.items()}


TRUTHS = (
    ("SELECT id FROM measures WHERE title_is_editorial = true", "请写成 title_is_editorial = 'true'"),
    ("SELECT count(*) FROM measures WHERE title_is_editorial IS NOT FALSE", "请写成 title_is_editorial = 'true'"),
    ('SELECT id FROM measures m WHERE m."open_list" = 1 LIMIT 3', "请写成 open_list = 'true'"),
    ("SELECT id FROM measures WHERE number = '1' AND (NOT open_list)", "请写成 open_list = 'true'"),
    ("SELECT id FROM departments WHERE collective -- 'x'", "请写成 collective = 'true'"),
    ("SELECT t FROM (SELECT open_list AS t FROM measures) WHERE t = true", "请写成 = 'true'"),
    ("SELECT open_list, count(*) FROM measures WHERE open_list = 'true' OR open_list = 'false' GROUP BY open_list", ""),
    ("SELECT id FROM measures WHERE title_is_editorial IS NULL AND title = 'WHERE open_list = true'", ""),
)


def test_truth_values_that_are_no_texts_are_pointed_out(asking):
    page, _, _ = asking
    for sql, words in TRUTHS:
        ask(page, sql)
        assert words in told(page) if words else "注意" not in told(page), sql


def test_examples_follow_the_choice(asking):
    page, _, ledger = asking
    department = page.locator("select[name=department]")
    ids = department.locator("option").evaluate_all("options => options.map((option) => option.value)")
    assert set(ids) == {body.id for body in ledger.departments}
    chosen = next(body for body in ledger.departments if body.id == ids[-1])
    department.select_option(chosen.id)
    page.click("[data-example]:has([data-slot=department]) >> nth=0")
    page.wait_for_selector(DONE, state="attached")
    assert f"'{chosen.id}'" in page.input_value("[data-query-editor]")
    links = page.locator(".pl-answer a").evaluate_all("links => links.map((link) => link.textContent)")
    assert links == [measure.id for measure in ledger.duties_of(chosen)], "each leads to its measure"


def test_the_page_lists_the_tables_and_columns_that_there_are(site, asking):
    page, _, _ = asking
    out, _ = site
    listed = {}
    for table, column in page.eval_on_selector_all(
        "[data-column]", "places => places.map((place) => [place.dataset.table, place.dataset.column])"
    ):
        listed.setdefault(table, []).append(column)
    with closing(sqlite3.connect(out / "data/v1/ledger.sqlite")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        held = {
            name: [column[0] for column in database.execute(f"SELECT * FROM {name} LIMIT 0").description]
            for name in names
        }
    assert listed == held
    assert {table.name for table in TABLES} <= set(listed)


def test_the_form_writes_a_query_that_runs_for_every_table_and_column(site, asking):
    page, _, _ = asking
    out, _ = site
    page.click(".pl-builder summary")
    form = page.locator("[data-query-form]")
    tables = form.locator("[name=table] option").evaluate_all("options => options.map((option) => option.value)")
    assert tables[: len(TABLES)] == [table.name for table in TABLES] and len(tables) > len(TABLES)
    relations = ["contains", "lacks", "equals", "differs", "before", "after", "empty", "filled"]
    for number, table in enumerate(tables):
        form.locator("[name=table]").select_option(table)
        columns = form.locator("[name=column]").evaluate_all("boxes => boxes.map((box) => box.value)")
        for box in form.locator("[name=column]").all():
            box.check()
        form.locator("[data-add]").click()
        condition = form.locator("[data-condition]")
        condition.locator("select").nth(0).select_option(columns[-1])
        condition.locator("select").nth(1).select_option(relations[number % len(relations)])
        if condition.locator("input").is_visible():
            condition.locator("input").fill("5")
        form.locator("[name=sort]").select_option(columns[0])
        for _ in range(2):  # rows, then counts
            form.locator("[type=submit]").click()
            page.wait_for_selector(DONE, state="attached")
            sql = page.input_value("[data-query-editor]")
            assert fault(page) == "" and f"FROM {table}" in sql and "WHERE" in sql
            heads, rows = expected(out, sql)
            assert len(page.evaluate(CELLS)) == len(rows), sql
            assert len(set(heads)) == len(heads) and all(HEAD.fullmatch(head) for head in heads), heads
            form.locator("[name=count]").select_option(columns[-1])
    assert page.trouble == []


HEAD = re.compile(r"(?=.*[一-龥])[^：；，]{1,16}")  # short words in Chinese


CONDITIONS = (
    ("title", "contains", "it's", "title LIKE '%it''s%'"),
    ("title", "contains", "90%", "instr(title, '90%') > 0"),
    ("title", "lacks", "x", "(title IS NULL OR instr(title, 'x') = 0)"),
    ("deadline", "before", "2022-06", "deadline < '2022-06'"),
    ("deadline", "after", "2022", "substr(deadline, 1, 4) > '2022'"),
    ("department_count", "after", "3", "department_count > 3"),
    ("section", "empty", "", "section IS NULL"),
)


def test_conditions_are_written_as_people_mean_them(asking):
    page, _, _ = asking
    page.click(".pl-builder summary")
    for column, relation, value, clause in CONDITIONS:
        page.select_option("[data-query-form] [name=table]", "policies")
        page.select_option("[data-query-form] [name=table]", "measures")  # another table takes the conditions away
        page.click("[data-add]")
        condition = page.locator("[data-condition]")
        condition.locator("select").nth(0).select_option(column)
        condition.locator("select").nth(1).select_option(relation)
        if value:
            condition.locator("input").fill(value)
        page.click("[data-query-form] [type=submit]")
        page.wait_for_selector(DONE, state="attached")
        sql = page.input_value("[data-query-editor]")
        assert sql.endswith(f"\nFROM measures\nWHERE {clause}")
        for named in ('deadline_text AS "完成时限（原文）"', 'deadline AS "完成时限（年月）"', 'id AS "编号"'):
            assert named in sql
        assert fault(page) == ""


def test_hostile_text_is_text(asking):
    page, _, ledger = asking
    ask(page, "SELECT text, clause, title FROM measures ORDER BY id")
    assert [row[0] for row in page.evaluate(CELLS)] == [
        measure.text for measure in sorted(ledger.measures, key=lambda measure: measure.id)
    ]
    hostile = "<img src=x onerror='window.pwned=1'><script>window.pwned=2</script>"
    quoted = hostile.replace("'", "''")
    ask(page, f"SELECT '{quoted}' AS \"{hostile}\", 1 AS n")
    assert page.evaluate(CELLS) == [[hostile, "1"]] and page.evaluate(HEADS) == [hostile, "n"]
    page.click("[data-view=chart]")
    assert hostile[:20] in page.locator(".pl-chart svg").text_content()
    ask(page, f'SELECT * FROM "{hostile}"')
    assert hostile in fault(page)
    assert page.evaluate("typeof window.pwned") == "undefined" and page.locator("#content img").count() == 0
    assert page.trouble == []


def test_a_query_without_end_can_be_stopped(asking):
    page, address, ledger = asking
    page.fill("[data-query-editor]", ENDLESS)
    page.press("[data-query-editor]", "Control+Enter")
    page.locator("[data-query-stop]").click()
    assert "已停止" in told(page) and not page.locator("[data-query-stop]").is_visible()
    ask(page, "SELECT count(*) FROM measures")
    assert page.evaluate(CELLS) == [[str(len(ledger.measures))]]
    page.goto(f"{address}?{urlencode({'sql': ENDLESS})}")  # as a link that somebody sends
    page.locator("[data-query-stop]").click()
    page.locator("[data-example]").first.click()
    page.wait_for_selector(DONE, state="attached")
    assert page.locator(".pl-chart").count() == 1
    assert page.trouble == []


FAULTS = (
    ("SELECT * FROM mesures", "第 1 行第 15 个字：没有名为“mesures”的表。是不是“measures”"),
    ("SELECT id,\n  titel FROM measures", "第 2 行第 3 个字：没有名为“titel”的列。是不是“title”"),
    ("SELECT m.titel FROM measures m", "没有名为“m.titel”的列。是不是“title”"),
    ("SELECT 部门 FROM ledger", "是不是“department”"),
    ("SELECT department FROM measures", "有这一列的表：ledger、duties"),
    ("SELECT * FORM measures", "第 1 行第 10 个字：在“FORM”处看不懂。是不是“FROM”？"),
    ("SELECT 1; SELECT 'FORM' FROM measures; SELEC 2", "第 1 行第 40 个字：在“SELEC”处看不懂。是不是“SELECT”？"),
    ("SELECT count(* FROM measures", "左括号和右括号个数不同"),
    ("SELECT id, FROM measures", "“FROM”前面可能多了逗号"),
    ("SELECT id FROM measures, policies", "不止一张表有“id”列，请在前面写明表名，如 policies.id"),
    ("SELECT * FROM measures WHERE", "这条语句没有写完"),
    ("SELECT * FROM measures WHERE title = 'x", "引号没有成对"),
    ("SELECT id，title FROM measures", "第 1 行第 10 个字：这里有中文标点 ， ，请改成英文的"),
    ("SELECT * FROM measures WHERE title = “x”", "这里有中文标点 “ "),
    ("SELECT foo(1)", "SQLite 没有名为“foo”的函数"),
    ("SELECT substr()", "函数 substr() 括号里的项数不对"),
    ("SELECT id FROM measures WHERE count(*) > 1", "汇总函数不能用在这里"),
    ("SELECT 1 UNION SELECT 1, 2", "UNION 前后两条查询的列数要相同"),
    ("SELECT zeroblob(2000000000)", "结果太大"),
    ("SELECT 1 LIMIT 'x'", "SQLite 报告了一个错误，原话是：datatype mismatch"),
)


def test_errors_are_told_in_chinese_with_the_place_and_a_way_out(asking):
    page, _, _ = asking
    for sql, words in FAULTS:
        ask(page, sql)
        assert words in fault(page)
        assert page.get_attribute("[data-query-editor]", "aria-invalid") == "true"
        if words.startswith("第"):
            page.click("text=到出错的地方")
            start = page.evaluate("document.activeElement.selectionStart")
            assert page.evaluate("document.activeElement.id") == "pl-sql" and 0 < start < len(sql)
    ask(page, "SELECT 1")
    assert fault(page) == "" and page.get_attribute("[data-query-editor]", "aria-invalid") is None
    assert page.trouble == []


def test_what_a_query_changes_is_gone_after_it(asking):
    page, _, ledger = asking
    ask(page, "DELETE FROM responsibilities; DELETE FROM measures; SELECT count(*) FROM measures")
    assert page.evaluate(CELLS) == [["0"]]
    ask(page, "DROP TABLE targets")
    assert "改动只在这一次查询里有效" in told(page)
    ask(page, "SELECT count(*) FROM measures UNION ALL SELECT count(*) FROM targets")
    targets = sum(len(measure.targets) for measure in ledger.measures)
    assert page.evaluate(CELLS) == [[str(len(ledger.measures))], [str(targets)]]


def test_the_address_remembers_the_query_and_the_view(asking):
    page, address, ledger = asking
    one, two = "SELECT id FROM measures -- 甲&乙=丙+丁%20", "SELECT name, measures FROM departments_by_load"
    ask(page, one)
    assert parse_qs(urlsplit(page.url).query) == {"sql": [one], "view": ["table"]}
    ask(page, two)
    page.click("[data-view=chart]")
    assert parse_qs(urlsplit(page.url).query) == {"sql": [two], "view": ["chart"]}
    assert page.locator(".pl-chart svg g").count() == min(40, len(ledger.departments))
    page.reload()
    page.wait_for_selector(".pl-chart")
    assert page.input_value("[data-query-editor]") == two
    page.go_back()
    page.wait_for_selector(".pl-answer")
    assert page.input_value("[data-query-editor]") == two
    page.go_back()
    expect(page.locator("[data-query-editor]")).to_have_value(re.compile("甲"))
    page.wait_for_selector(DONE, state="attached")
    assert page.evaluate(CELLS) == [[measure.id] for measure in sorted(ledger.measures, key=lambda one: one.id)]
    page.go_back()
    expect(page.locator(".pl-answer")).to_have_count(0)
    assert page.url == address and "FROM ledger" in page.input_value("[data-query-editor]")
    assert page.trouble == []


def test_only_what_can_be_drawn_is_offered_as_a_chart(asking):
    page, _, _ = asking
    ask(page, "SELECT id, title FROM measures")
    assert page.locator("[data-view=chart]").is_disabled()
    assert "这个结果没有数字列" in page.locator("[data-query-reason]").text_content()
    ask(page, "SELECT 'a' AS k, -2 AS n UNION ALL SELECT 'b', 4.5 UNION ALL SELECT NULL, NULL")
    page.click("[data-view=chart]")
    assert page.locator(".pl-chart title").all_text_contents() == ["a：-2", "b：4.5", "空：空"]
    assert page.get_attribute(".pl-chart svg", "role") == "img"
    assert "最大的是b（4.5）" in page.get_attribute(".pl-chart svg", "aria-label")


UNSAFE = r"""[\s\\/:*?"<>|]+"""  # in the name of a file


def saved_name(page) -> str:
    with page.expect_download() as waiting:
        page.click("[data-query-csv]")
    return waiting.value.suggested_filename


def test_the_csv_is_the_whole_result(site, asking):
    page, _, ledger = asking
    out, _ = site
    few = 'SELECT text, number, title, "a,b" FROM (SELECT *, NULL AS "a,b" FROM measures ORDER BY id)'
    many = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 2500) SELECT x, x * 2.5 AS y FROM c"
    for sql in (few, many, "SELECT 9007199254740993 AS large"):
        ask(page, sql)
        heads, rows = expected(out, sql)
        with page.expect_download() as waiting:
            page.click("[data-query-csv]")
        with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
            saved = list(csv.reader(file))
        assert saved == [heads, *([cell.replace("空", "") if cell == "空" else cell for cell in row] for row in rows)]
        drawn = page.evaluate(CELLS)
        assert drawn == rows[:1000]
    names = []
    for sql in (few, "SELECT name, measures FROM departments_by_load", "SELECT 1 AS n"):
        ask(page, sql)
        names.append(saved_name(page))
    answer_of(page, "承担哪些措施", department=ledger.departments[0].id)
    page.reload()  # what was asked is in the address
    page.wait_for_selector(DONE, state="attached")
    names.append(saved_name(page))
    version = f"-{ledger.history.version}" if ledger.history.version else ""
    question = f"{re.sub(UNSAFE, ' ', ledger.departments[0].name)}承担哪些措施"
    parts = ("措施和任务-查询结果", "各部门承担的措施数-查询结果", "查询结果", question)
    assert names == [f"{part}{version}.csv" for part in parts]
    ask(page, many)
    assert "共 2,500 行" in told(page) and "下面列出前 1,000 行" in told(page)


def test_a_click_on_a_column_puts_it_into_the_query(asking):
    page, _, _ = asking
    page.fill("[data-query-editor]", "SELECT")
    page.locator(".pl-dictionary summary").nth(0).click()
    page.locator(".pl-insert:visible >> text=title").nth(1).click()
    assert page.input_value("[data-query-editor]") == "SELECT title"
    assert "已把 title 放进查询里" in told(page)


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(320, 700, "light"), (1280, 900, "light"), (1280, 900, "dark")]
)
def test_axe_finds_nothing_and_nothing_is_too_wide(served, browser, width, height, scheme):
    """WCAG 2.2 AA, and AAA contrast, with a table, a chart, an error and every part open."""
    address, _ = served
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}data/query/")
    page.wait_for_selector(READY)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    page.click("[data-add]")
    page.evaluate(AXE)
    for sql in ("SELECT * FROM measures LIMIT 3", "SELECT name, measures FROM departments_by_load", "SELECT nothing"):
        ask(page, sql)
        if "measures FROM" in sql:
            page.click("[data-view=chart]")
        # What the dark scheme changes is colours alone.
        every = "" if scheme == "light" else "{runOnly: ['cat.color']}"
        for rules in (every, "'#content', {runOnly: ['color-contrast-enhanced']}"):
            found = page.evaluate(
                f"axe.run({rules}).then((result) => result.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
            )
            assert found == [], sql
        assert page.evaluate("document.documentElement.scrollWidth") <= width, sql
    context.close()


def test_keyboard_alone_will_do(asking):
    page, _, ledger = asking
    page.locator("[data-example]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".pl-chart")
    page.locator("[data-query-editor]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT id FROM measures")
    page.keyboard.press("Tab")  # the editor does not hold the focus
    assert page.evaluate("document.activeElement.textContent") == "运行"
    page.keyboard.press("Enter")
    expect(page.locator(".pl-answer tbody tr")).to_have_count(len(ledger.measures))


def test_without_scripts_the_page_says_where_to_go(served, browser):
    address, _ = served
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}data/query/")
    assert page.locator("noscript a").count() == 2 and not page.locator("[data-query-tool]").is_visible()
    assert page.locator("[data-column]").count() > 50
    context.close()


def test_the_page_works_from_the_disk(site, page):
    out, _ = site
    page.goto((out / "data/query/index.html").as_uri())
    page.wait_for_selector(READY)
    ask(page, "SELECT id FROM measures ORDER BY id LIMIT 1")
    page.locator(".pl-answer a").click()
    page.wait_for_selector("article[data-id]")
    page.go_back()
    page.wait_for_selector(DONE, state="attached")
    page.fill("[data-query-editor]", ENDLESS)
    page.click("[data-query-run]")
    expect(page.locator("[data-query-note]")).to_contain_text("不能中途停止")
    page.locator("[data-example]").nth(2).click()
    page.wait_for_selector(DONE, state="attached")
    assert page.locator(".pl-answer tbody tr").count() >= 1
    assert page.trouble == []


def test_sqlite_is_loaded_on_this_page_only(site, asking):
    page, address, ledger = asking
    out, _ = site
    for path in out.rglob("*.html"):
        text = path.read_text("utf-8")
        here = path == out / "data/query/index.html"
        assert ("query.js" in text) is ("query.css" in text) is ("wasm-unsafe-eval" in text) is here, path
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for other in ("", "data/", "measures/", "search/?q=x", ledger.measures[0].address):
        page.goto(address.removesuffix("data/query/") + other)
    assert not [url for url in asked if "sql-wasm" in url or "data/query/" in url]
    assert page.trouble == []


def test_the_vendored_files_are_the_published_ones():
    """Names, hashes and licence as overrides/assets/vendor/README.md states them."""
    listed = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text("utf-8"), re.M))
    held = {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir() if path.name != "README.md"}
    assert listed == held


def test_the_database_of_the_page_is_the_download(site, tmp_path):
    out, _ = site

    def made_of(database):
        return {
            path: content if isinstance(content, str) else content.read_text("utf-8")
            for path, content in make_query(database)
        }

    made = made_of(out / "data/v1/ledger.sqlite")
    assert {path: (out / path).read_text("utf-8") for path in made} == made
    assert sorted(path.name for path in (out / "data/query").glob("*.js")) == sorted(Path(path).name for path in made)
    again = shutil.copy(out / "data/v1/ledger.sqlite", tmp_path)
    assert made_of(Path(again)) == made, "the same data, the same names"
