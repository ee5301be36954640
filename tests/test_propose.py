"""Answers of an issue form become a change of the one file that they name, or nothing at all."""

from dataclasses import replace

import pytest

from scripts.check import check
from scripts.layout import GROUPS
from scripts.load import load, plain
from scripts.load.reader import read_yaml
from scripts.propose import CONFIRMED, MAKERS, propose
from scripts.propose.body import NeedsAPerson, read_body
from tests.conftest import CITY, DATA
from tests.forms import FORMS, GOOD, HOSTILE, M1, T1, body, form

TODAY = "2026-11-22"


@pytest.fixture(scope="module")
def tree():
    return load(CITY / "data")


def content(done) -> object:
    root, problems = read_yaml(done.content.decode("utf-8"), "x")
    assert root and not problems
    return plain(root)


def before(done) -> tuple[str, object]:
    text = done.file.read_text("utf-8")
    return text, plain(read_yaml(text, "x")[0])


# What becomes a change


def test_progress(tree):
    done = propose(tree, body("progress"), FORMS, TODAY)
    text, was = before(done)
    assert done.file == CITY / "data" / T1
    assert done.title == "补充进展：policies/qingchuan-east-table/01" and "p1（2026-01-05，推进中）" in done.told
    row = {name: GOOD["progress"][name] for name in ("date", "status", "summary", "evidence_url", "evidence_title")}
    assert content(done) == was | {"progress": {"p1": row}}
    assert done.content.decode("utf-8") == text + (
        "progress:\n  p1:\n    date: '2026-01-05'\n    status: 推进中\n    summary: 第一条河道开工。\n"
        "    evidence_url: https://news.example/2?a=1&b=2\n    evidence_title: '2026: 开工 #1'\n"
    )


def test_a_search_is_recorded(tree):
    done = propose(tree, body("search"), FORMS, TODAY)
    _, was = before(done)
    row = {name: GOOD["search"][name] for name in ("result", "on", "by", "where")}
    assert content(done) == was | {"searches": {"s1": row}}
    assert "s1（2026-01-06，未见公开结果）" in done.told
    behind = propose(tree, body("search", record="qingchuan-notice/03"), FORMS, TODAY)
    assert [*content(behind)["searches"]] == ["s1", "s2", "s3"]
    again = body("search", record="qingchuan-notice/03", on="2026-01-31", by="张某", where="市政府网站 <公开>")
    with pytest.raises(NeedsAPerson, match="已经有了"):
        propose(tree, again, FORMS, TODAY)


def test_more_progress_goes_behind_what_is_there(tree):
    done = propose(tree, body("progress", record="qingchuan-notice/01"), FORMS, TODAY)
    text, was = before(done)
    progress, known = content(done)["progress"], list(was["progress"])
    new = f"p{len(known) + 1}"
    assert list(progress) == [*known, new] and all(progress[key] == was["progress"][key] for key in known)
    after = done.content.decode("utf-8")
    assert after.index(f"  {new}:") < after.index("\nchecked:") and len(after) > len(text)
    again = body("progress", record=M1, date="2025-03-01", evidence_url="https://news.example/1?a=1&b=2")
    with pytest.raises(NeedsAPerson, match="已经有了"):
        propose(tree, again, FORMS, TODAY)


def test_a_department_confirms(tree):
    done = propose(tree, body("confirm"), FORMS, TODAY)
    text, was = before(done)
    assert content(done) == was | {"checked": {"by": "区水务中心办公室", "on": "2026-02-03"}}
    assert done.content.decode("utf-8") == text + "checked:\n  by: 区水务中心办公室\n  'on': '2026-02-03'\n"


@pytest.mark.parametrize(
    "record", [M1, "departments/qingchuan-water", "https://x.example/departments/qingchuan-water/"]
)
def test_a_later_confirmation_takes_the_place_of_an_earlier_one(record, tree):
    done = propose(tree, body("confirm", record=record, on="2026-02-03"), FORMS, TODAY)
    text, was = before(done)
    assert content(done) == was | {"checked": {"by": "区水务中心办公室", "on": "2026-02-03"}}
    assert len(done.content.decode("utf-8").split("\n")) == len(text.split("\n"))
    with pytest.raises(NeedsAPerson, match="2026-01-31"):
        propose(tree, body("confirm", record=record, on="2026-01-31"), FORMS, TODAY)


def test_a_policy_is_confirmed_too(tree):
    done = propose(tree, body("confirm", record="policies/qingchuan-notice"), FORMS, TODAY)
    assert done.file.name == "policy.yml" and content(done)["checked"]["on"] == "2026-02-03"


@pytest.mark.parametrize(
    ("record", "field", "right", "line"),
    [
        (T1, "title", "疏浚河道三条", "title: 疏浚河道三条"),
        (T1, "`title`", "3", "title: '3'"),
        (T1, "title", "- a: b #c", "title: '- a: b #c'"),
        (T1, "note", "说明：一", "note: 说明：一"),
        (M1, "progress.p1.summary", "开工", "    summary: 开工"),
        (M1, "targets.t1.quote", "清淤不少于12.5公里", None),
        (M1, "relations.r1.relation", "implements", "    relation: implements"),
        ("departments/qingchuan-water", "kind", "事业单位", "kind: 事业单位"),
        ("policies/qingchuan-notice", "short_title", "河道整治措施", "short_title: 河道整治措施"),
        ("policies/qingchuan-notice", "received", "2024-03-03", "received: '2024-03-03'"),
    ],
)
def test_a_correction(record, field, right, line, tree):
    asked = body("report", record=record, field=field, right=right)
    if line is None:
        with pytest.raises(NeedsAPerson, match="已经是这样"):
            propose(tree, asked, FORMS, TODAY)
        return
    done = propose(tree, asked, FORMS, TODAY)
    text, _ = before(done)
    old, new = text.split("\n"), done.content.decode("utf-8").split("\n")
    assert line in new and len({*new} - {*old}) == 1


def test_a_department_corrects(tree):
    done = propose(tree, body("confirm", result="需要更正", field="title", right="疏浚", wrong="太长。"), FORMS, TODAY)
    assert content(done)["title"] == "疏浚" and "checked" not in content(done)


def test_line_ends_of_the_form_do_not_matter(tree):
    assert propose(tree, body("progress").replace("\n", "\r\n"), FORMS, TODAY).content


@pytest.mark.parametrize("name", ["progress", "confirm"])
def test_every_real_record_can_be_changed(name):
    """In the order of the schema, under the comment of its group, with every comment kept and nothing else touched."""
    tree = load(DATA)
    records = [one for one in tree.records if one.kind == "measure" or (name == "confirm" and one.kind in GROUPS)]
    for record in records[:: 1 if name == "progress" else 7]:
        done = propose(replace(tree), body(name, record=f"data/{record.path}"), FORMS, TODAY)
        text, _ = before(done)
        after = done.content.decode("utf-8").split("\n")
        left = iter(after)
        assert all(line in left for line in text.split("\n")), "every line is there, in order"
        root, _ = read_yaml("\n".join(after), "x")
        order = [field for group in GROUPS[record.kind] for field in group.fields]
        assert list(root.keys) == sorted(root.keys, key=order.index)
        for group in GROUPS[record.kind]:
            first = next((field for field in root.keys if field in group.fields), None)
            if first and group.comment:
                assert after[root.keys[first].line - 2] == f"# {group.comment}", record.path


# What does not


@pytest.mark.parametrize(
    "record",
    [
        "",
        "…",
        "zibo",
        "qingchuan-notice/99",
        "../../../etc/passwd",
        "policies/../site",
        "policies/../../scripts/load",
        "data/policies/qingchuan-notice/measures/../policy.yml",
        "policies/qingchuan-notice/source.txt",
        "policies/qingchuan-notice/measures/01.yml\\n../x",
        "/etc/passwd",
        "file:///etc/passwd",
        "site",
        "site.yml",
        "data/site.yml",
        "themes",
        "schemas/measure",
        "departments/qingchuan-water/../../site",
        "departments/*",
        "policies/qingchuan-notice/０１",
        "$(touch x)/01",
        "`id`/01",
        "qingchuan-notice/01; rm -rf /",
        "https://x.example/" + "a/" * 900,
        "a-" * 900 + "/01",
    ],
)
def test_only_records_that_stand_there_are_changed(record, tree):
    for name in MAKERS:
        with pytest.raises(NeedsAPerson):
            propose(tree, body(name, record=record), FORMS, TODAY)


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("progress", {"record": "departments/qingchuan-water"}, "一条措施"),
        ("progress", {"date": "2026-1-5"}, "2026-01-31 的形式"),
        ("progress", {"date": "２０２６-01-05"}, "2026-01-31 的形式"),
        ("progress", {"date": "2026-02-30"}, "通不过"),
        ("progress", {"date": "2026-11-23"}, "还没有到"),
        ("progress", {"status": "差不多了"}, "选项"),
        ("progress", {"summary": ""}, "缺一项"),
        ("progress", {"file": "[a.pdf](https://files.example/a.pdf)"}, "evidence_file"),
        ("search", {"record": "departments/qingchuan-water"}, "一条措施"),
        ("search", {"where": ""}, "缺一项"),
        ("search", {"result": "没找"}, "选项"),
        ("search", {"on": "2026-11-23"}, "还没有到"),
        ("search", {"address": "javascript:alert(1)"}, "wrong-form"),
        ("progress", {"summary": "长" * 201}, "超过了 200"),
        ("progress", {"evidence_url": "javascript:alert(1)"}, "wrong-form"),
        ("progress", {"evidence_url": "https://x.example/文"}, "wrong-form"),
        ("progress", {"summary": "隐\u200b形"}, "zero-width"),
        ("progress", {"summary": "反\u202e向"}, "bidi-mark"),
        ("progress", {"summary": "【待填】"}, "left-to-fill"),
        ("confirm", {"by": ""}, "单位或人"),
        ("confirm", {"wrong": "这里不对"}, "请先问清楚"),
        ("confirm", {"result": "需要更正"}, "没有同时写明"),
        ("report", {"field": ""}, "没有同时写明"),
        ("report", {"right": ""}, "没有同时写明"),
        ("report", {"field": "titel"}, "不在数据文件里"),
        ("report", {"field": "标题"}, "不在数据文件里"),
        ("report", {"field": "departments"}, "不是一行文字"),
        ("report", {"field": "targets.t1"}, "不是一行文字"),
        ("report", {"field": "targets.t9.unit"}, "没有“targets.t9.unit”"),
        ("report", {"field": "progress.p9.date"}, "没有“progress.p9.date”"),
        ("report", {"field": "__class__"}, "不在数据文件里"),
        ("report", {"field": "text", "right": "疏浚大河三条。"}, "differs-from-source"),
        ("report", {"field": "targets.t1.value", "right": "4"}, "not-in-source"),
        ("report", {"field": "targets.t1.value", "right": "3 # x"}, "wrong-type"),
        (
            "report",
            {"record": "policies/qingchuan-notice", "field": "source_sha256", "right": "0" * 64},
            "source-changed",
        ),
        (
            "report",
            {"record": "policies/qingchuan-notice", "field": "jurisdiction", "right": "x"},
            "unknown-jurisdiction",
        ),
        ("report", {"record": "qingchuan-notice/02", "field": "text", "right": "x"}, "分几行|differs-from-source"),
    ],
)
def test_what_is_not_for_a_program_is_left_to_a_person(name, answers, words, tree):
    with pytest.raises(NeedsAPerson, match=words):
        propose(tree, body(name, **answers), FORMS, TODAY)


def test_a_new_document_is_for_a_person(tree):
    with pytest.raises(NeedsAPerson, match="要由人来办"):
        propose(tree, body("document", title="甲", address="乙"), FORMS, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: "只有一句话",
        lambda text: "先说一句\n\n" + text,
        lambda text: text.replace("### 公开的日期", "### 日期"),
        lambda text: text.replace("### 公开的日期", "#### 公开的日期"),
        lambda text: text + "\n\n### 公开的日期\n\n2020-01-01",
        lambda text: text.replace("第一条河道开工。", "开工\n\n### 哪一条\n\nqingchuan-notice/01"),
        lambda text: "\n\n".join(reversed(text.split("\n\n"))),
    ],
    ids=["empty", "sentence", "preface", "renamed", "level", "appended", "injected", "reversed"],
)
def test_a_body_that_is_no_form_is_refused(change, tree):
    with pytest.raises(NeedsAPerson):
        propose(tree, change(body("progress")), FORMS, TODAY)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_answer_changes_anything_but_what_it_answers(hostile, tree):
    for name in MAKERS:
        for question in form(name).questions:
            try:
                done = propose(tree, body(name, **{question.id: hostile}), FORMS, TODAY)
            except NeedsAPerson:
                continue
            _, was = before(done)
            now = content(done)
            assert done.file == CITY / "data" / T1
            other = {key for key in {*was, *now} if was.get(key) != now.get(key)}
            assert other <= {"title", "progress", "searches", "checked"}
            rows = (
                now.get("progress", {}).get("p1", {}),
                now.get("searches", {}).get("s1", {}),
                now.get("checked", {}),
            )
            values = [now["title"], *(value for row in rows for value in row.values())]
            assert question.id in ("wrong", "source") or not hostile.strip() or hostile.strip() in values
            assert hostile not in done.title + done.told or hostile in ("'", "：", "?", "=")
            root, _ = read_yaml(done.content.decode("utf-8"), "x")
            records = tuple(replace(one, root=root) if one.path == T1 else one for one in tree.records)
            assert check(replace(tree, records=records)).ledger


def test_the_programs_words_are_those_of_the_forms():
    assert {form.name for form in FORMS} == {*MAKERS, "document"}
    result = next(question for question in form("confirm").questions if question.id == "result")
    assert result.choices[0] == CONFIRMED
    asked = {name: {question.id for question in form(name).questions} for name in MAKERS}
    assert all(given.keys() <= asked[name] for name, given in GOOD.items())
    assert {"wrong", "field", "right"} <= asked["confirm"] & asked["report"]
    for one in FORMS:
        assert read_body(body(one.name, **{q.id: "\n" for q in one.questions}), FORMS)[0] == one
