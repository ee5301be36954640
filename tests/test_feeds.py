"""Calendars and feeds: every deadline and every change, in files that other people's programs read."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from scripts.calendars import make_calendars
from scripts.feeds import make_feeds
from scripts.history import read_history
from scripts.ledger import Change, Dates, History, Ledger, Release, Removal
from scripts.load.decode import forbidden
from scripts.period import read_period
from scripts.wording import (
    COUNTED,
    address_of,
    excerpt,
    field_of,
    kind_of,
    name_of,
    summary,
    values_of,
    visible,
)
from tests.conftest import CITY, DATA, ROOT, ledger_of

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert(1)</script>]]>&amp;<!-- \"'>\u0001\u202e\ufffe\ud800"


# --- calendars


def lines_of(content: bytes) -> list[tuple[str, dict[str, str], str]]:
    """A calendar read by the letter of RFC 5545, section 3.1, and by no library: (name, parameters, raw value)."""
    assert content.endswith(b"\r\n") and not re.search(rb"(?<!\r)\n|\r(?!\n)", content), "every line ends in CRLF"
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "no line is longer than 75 octets"
    for line in content.split(b"\r\n"):
        line.decode()  # no character is cut in two
    found = []
    for line in content.decode().replace("\r\n ", "")[:-2].split("\r\n"):
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", line)
        head, value = re.fullmatch(r"([A-Z-]+(?:;[A-Z-]+=[A-Z]+)*):(.*)", line, re.DOTALL).groups()
        name, *parameters = head.split(";")
        found.append((name, dict(one.split("=") for one in parameters), value))
    return found


def text_of(value: str) -> str:
    """A TEXT value (section 3.3.11) without its escapes; nothing that must be escaped stands bare."""
    assert not re.search(r"[,;]|\\[^\\,;nN]|\\$", re.sub(r"\\[\\,;nN]", "", value)), value
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) in "nN" else found.group(1), value)


def events_of(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar, raw values by property; every property once."""
    events, current = [], None
    for name, _, value in lines_of(content):
        if (name, value) == ("BEGIN", "VEVENT"):
            current = {}
        elif (name, value) == ("END", "VEVENT"):
            events.append(current)
            current = None
        elif current is not None:
            assert name not in current, name
            current[name] = value
    return events


def periods_of(ledger: Ledger) -> dict:
    return {
        deadline.id: (measure, deadline)
        for measure in ledger.measures
        for deadline in measure.deadlines
        if deadline.period
    }


@pytest.fixture(params=["ledger", "city"])
def either(request) -> Ledger:
    return request.getfixturevalue(request.param)


def test_calendars_follow_the_standard(either):
    files = dict(make_calendars(either))
    assert "calendars/all.ics" in files
    for path, content in files.items():
        lines = lines_of(content)
        assert lines[0] == ("BEGIN", {}, "VCALENDAR") and lines[-1] == ("END", {}, "VCALENDAR")
        head = [(name, value) for name, _, value in lines[1 : lines.index(("BEGIN", {}, "VEVENT"))]]
        assert len(dict(head)) == len(head)
        assert dict(head).keys() >= {"VERSION", "PRODID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL"}
        assert dict(head)["VERSION"] == "2.0" and "METHOD" not in dict(head)
        assert ("REFRESH-INTERVAL", {"VALUE": "DURATION"}, "P1D") in lines
        uids = [event["UID"] for event in events_of(content)]
        assert len(set(uids)) == len(uids) > 0, path
        for event in events_of(content):
            assert event.keys() >= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}
            assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"]) and event["TRANSP"] == "TRANSPARENT"
        for name, parameters, value in lines:
            if name in ("DTSTART", "DTEND"):
                assert parameters == {"VALUE": "DATE"} and re.fullmatch(r"\d{8}", value)


def test_the_library_reads_what_the_letter_of_the_standard_says(either):
    for content in dict(make_calendars(either)).values():
        calendar = Calendar.from_ical(content)
        assert not calendar.errors and not any(event.errors for event in calendar.events)
        for event, raw in zip(calendar.events, events_of(content), strict=True):
            assert str(event["SUMMARY"]) == text_of(raw["SUMMARY"])
            assert str(event["DESCRIPTION"]) == text_of(raw["DESCRIPTION"])
            assert event.start.strftime("%Y%m%d") == raw["DTSTART"] and event.end.strftime("%Y%m%d") == raw["DTEND"]


def test_every_deadline_with_a_period_is_an_event(either):
    files = dict(make_calendars(either))
    periods = periods_of(either)
    assert len(events_of(files.pop("calendars/all.ics"))) == len(periods) > 0
    for policy in either.policies:
        own = [id for id, (measure, _) in periods.items() if measure.policy == policy]
        content = files.pop(f"calendars/policy-{policy.id}.ics", None)
        assert len(events_of(content) if content else []) == len(own)
    for department in either.departments:
        own = [id for id, (measure, _) in periods.items() if department in measure.departments]
        content = files.pop(f"calendars/department-{department.id}.ics", None)
        assert len(events_of(content) if content else []) == len(own)
    assert not files


def test_nothing_due_no_calendar(city):
    assert not dict(make_calendars(replace(city, measures=(city.measures[2],)))), "持续推进 is no date"


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2022.12", "20221201", "20230101"),
        ("2024年2月底前", "20240229", "20240301"),
        ("2024年4季度", "20241001", "20250101"),
        ("2023年第一季度", "20230101", "20230401"),
        ("到2022年底", "20221231", "20230101"),
        ("2022年", "20220101", "20230101"),
        ("2023年12月31日前", "20231231", "20240101"),
    ],
)
def test_an_event_lasts_as_long_as_the_words_leave_open(city, written, start, end):
    measure = city.measures[0]
    deadline = replace(measure.deadline, quote=written, period=read_period(written))
    due = replace(city, measures=(replace(measure, deadline=deadline),))
    (event,) = events_of(dict(make_calendars(due))["calendars/all.ics"])
    assert (event["DTSTART"], event["DTEND"]) == (start, end)
    assert text_of(event["SUMMARY"]) == f"{measure.number} {measure.title}（时限：{written}）"
    said = text_of(event["DESCRIPTION"])
    assert f"“{written}”" in said
    last = date.fromisoformat(end) - timedelta(days=1)
    computed = f"没有写到日；最后一天 {last} 是自动计算的" in said
    assert computed != ("日" in written), "a day that the text names is not computed"


def test_a_description_says_who_where_and_that_the_lead_is_unknown(city):
    events = {text_of(event["SUMMARY"]): event for event in events_of(dict(make_calendars(city))["calendars/all.ics"])}
    said = text_of(events["1 疏浚三条河道（时限：2024年4季度）"]["DESCRIPTION"])
    assert "《东区河道任务表》" in said and "完成时限一栏写“2024年4季度”" in said and "只写到季度" in said
    assert "区水务中心、村（居）委会和合作社、市财政局" in said
    assert "牵头部门：未载明。纯文本没有保留加粗。" in said
    address = "https://ledger.example/qingchuan/policies/qingchuan-east-table/01/"
    assert said.endswith(address) and events["1 疏浚三条河道（时限：2024年4季度）"]["URL"] == address
    inner = text_of(events["1. 疏浚河道（正文：到2025年底）"]["DESCRIPTION"])
    assert "正文里写“到2025年底”" in inner and "牵头部门：市水务局" in inner
    nowhere = replace(city, site=replace(city.site, address=""))
    for content in dict(make_calendars(nowhere)).values():
        assert b"URL" not in content and b"https://ledger" not in content


def uids(ledger: Ledger) -> dict[str, set[str]]:
    return {path: {event["UID"] for event in events_of(content)} for path, content in make_calendars(ledger)}


def test_an_event_is_the_same_in_every_calendar_and_after_every_renaming(city):
    known = uids(city)
    everything = known["calendars/all.ics"]
    assert all(found <= everything for found in known.values())
    assert set().union(*(found for path, found in known.items() if "department" in path)) == everything
    renamed = replace(
        city,
        site=replace(city.site, address="https://elsewhere.example/", name="另一个名字"),
        measures=tuple(replace(measure, title=f"新{measure.title}", number="99") for measure in city.measures),
    )
    assert uids(renamed) == known


def test_an_event_is_dated_by_the_last_change_of_its_file_or_not_at_all(city):
    first = city.measures[0]
    path = first.source.removeprefix("data/")
    known = replace(city, history=History(dates={path: Dates("2026-01-01 08:00", "2026-11-22 07:30")}))
    dated, *others = events_of(dict(make_calendars(known))["calendars/all.ics"])
    assert dated["DTSTAMP"] == dated["LAST-MODIFIED"] == "20261121T233000Z", "half past seven in China"
    assert others and all(event["DTSTAMP"] == "19700101T000000Z" for event in others)
    assert not any("LAST-MODIFIED" in event for event in others)


PIECES = ("\\N", "\\n", "\\", ",", ";", "\n", "\t", "END:VCALENDAR", "\nEND:VEVENT\n", ":", '"', "𠮷", " ", "^n", "%2C")
CHARACTERS = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")).filter(
    lambda character: not next(forbidden(character), None)
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(CHARACTERS, max_size=30), min_size=1, max_size=12).map(
    lambda pieces: f"甲{''.join(pieces)}"
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=TEXTS, quote=TEXTS, theme=TEXTS, name=TEXTS)
def test_no_text_is_altered_by_a_calendar(title, quote, theme, name):
    city = checked()
    measure = city.measures[0]
    measure = replace(
        measure,
        title=title,
        deadline=replace(measure.deadline, quote=quote),
        themes=tuple(replace(term, name=theme) for term in measure.themes),
    )
    files = dict(make_calendars(replace(city, site=replace(city.site, name=name), measures=(measure,))))
    content = files["calendars/all.ics"]
    (event,) = events_of(content)
    assert text_of(event["SUMMARY"]) == f"{measure.number} {title}（时限：{quote}）"
    assert f"一栏写“{quote}”。" in text_of(event["DESCRIPTION"])
    assert text_of(event["CATEGORIES"]) == theme
    assert (f"{name}：完成时限") in [text_of(value) for key, _, value in lines_of(content) if key == "NAME"]
    calendar = Calendar.from_ical(content)
    assert calendar.events[0]["SUMMARY"] == text_of(event["SUMMARY"])
    assert calendar.events[0]["DESCRIPTION"] == text_of(event["DESCRIPTION"])


def checked(found=[]) -> Ledger:  # noqa: B006 - read once: Hypothesis and fixtures do not go together
    if not found:
        found.append(ledger_of(CITY / "data"))
    return found[0]


# --- feeds

TABLE, NOTICE = "policies/qingchuan-east-table", "policies/qingchuan-notice"


def release(number: int, *changes: Change, reason: str = "") -> Release:
    return Release(
        version=f"1.0.{number}",
        time=f"2026-11-{number + 1:02} 09:30",
        commit=f"{number:040x}",
        reason=reason,
        changes=changes,
    )


def added(record: str) -> Change:
    return Change(record=record, action="added")


def changed(record: str, field: str, before: str, after: str) -> Change:
    return Change(record=record, action="changed", field=field, before=before, after=after)


RELEASES = (
    release(
        0,
        *(added(f"{policy}{part}") for policy in (TABLE, NOTICE) for part in ("", "/source", "/01", "/02", "/03")),
        *(added(f"departments/qingchuan-{id}") for id in ("water", "finance", "east-water")),
    ),
    release(1, changed(f"{TABLE}/02", "deadline", "2020.1", "2020.10"), reason="抄错 <b>月份</b>"),
    release(2, changed("departments/qingchuan-finance", "name", "财政局", "市财政局")),
    release(
        3, changed("themes/water", "name", "水", "水利"), Change(record="tables/targets", action="added", field="by")
    ),
    release(
        4, Change(record=f"{NOTICE}/04", action="removed"), changed(f"{NOTICE}/01", "targets.t1.value", "12", "12.5")
    ),
)


@pytest.fixture
def told(city) -> Ledger:
    gone = Removal(id=f"{NOTICE[9:]}/04", name="第四条", on="2026-11-05", reason="并入第三条", replaced_by="")
    return replace(city, history=History(releases=RELEASES), removed=(replace(gone, id=f"{NOTICE}/04"),))


def feeds_of(ledger: Ledger) -> dict[str, ET.Element]:
    return {
        path.removeprefix("feeds/").removesuffix(".atom"): ET.fromstring(content)
        for path, content in make_feeds(ledger)
    }


def titles_of(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


class Inside(HTMLParser):
    """The elements, addresses and words of a piece of HTML."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.links, self.words = Counter(), [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        assert tag == "a" or not attributes
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.words += data


def contents_of(feed: ET.Element) -> list[Inside]:
    found = [entry.find(f"{ATOM}content") for entry in feed.iter(f"{ATOM}entry")]
    assert all(content.get("type") == "html" for content in found)
    return [Inside(content.text) for content in found]


def test_no_feed_without_history(either):
    assert not dict(make_feeds(replace(either, history=History())))


def test_feeds_have_what_the_standard_requires(told):
    for name, feed in feeds_of(told).items():
        assert feed.tag == f"{ATOM}feed"
        entries = list(feed.iter(f"{ATOM}entry"))
        for element in (feed, *entries):
            for required in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{required}")) == 1, required
            stamp = element.findtext(f"{ATOM}updated")
            assert datetime.fromisoformat(stamp).utcoffset() == timedelta(hours=8), stamp
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id"))
        assert feed.find(f"{ATOM}author/{ATOM}name").text == "青川市测试单位"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://ledger.example/qingchuan/feeds/{name}.atom"
        assert links["alternate"].startswith("https://ledger.example/qingchuan/")
        assert all(entry.find(f"{ATOM}link[@rel='alternate']") is not None for entry in entries)
        stamps = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert stamps == sorted(stamps, reverse=True) != [] and feed.findtext(f"{ATOM}updated") == stamps[0]


def ids_of(ledger: Ledger) -> dict[str, list[str]]:
    return {name: [id.text for id in feed.iter(f"{ATOM}id")] for name, feed in feeds_of(ledger).items()}


def test_ids_are_unique_and_stay(told):
    known = ids_of(told)
    every = [id for ids in known.values() for id in ids]
    assert len(set(every)) == len(every)
    moved = replace(
        told,
        site=replace(told.site, address="", name="新名"),
        history=History(
            releases=(*(replace(old, version="9.9.9") for old in RELEASES), release(9, added(f"{TABLE}/01")))
        ),
    )
    now = ids_of(moved)
    assert all(known[name][0] == now[name][0] for name in known), "the feed is still the same feed"
    assert now["all"][2:] == known["all"][1:] and now["policy-qingchuan-notice"] == known["policy-qingchuan-notice"]


def test_the_same_history_gives_the_same_bytes(told):
    assert dict(make_feeds(told)) == dict(make_feeds(replace(told)))


def test_each_feed_tells_what_touched_its_subject(told):
    feeds = feeds_of(told)
    assert titles_of(feeds["all"]) == [
        "2026-11-05：移除 1 条措施：第四条；更正 1 条措施：1. 疏浚河道（量化目标 · 数值）",
        "2026-11-04：更正 1 个主题：水利（名称）；调整 1 张数据表：targets（by 列）",
        "2026-11-03：更正 1 个部门：市财政局（名称）",
        "2026-11-02：更正 1 条措施：2 =巡查堤坝（完成时限）",
        "2026-11-01：新增 2 份政策文件、6 条措施、2 份存档原文、3 个部门",
    ]
    assert titles_of(feeds["policy-qingchuan-east-table"]) == [
        "2026-11-02：更正 1 条措施：2 =巡查堤坝（完成时限）",
        "2026-11-01：新增 1 份政策文件、3 条措施、1 份存档原文",
    ]
    assert titles_of(feeds["department-qingchuan-east-water"]) == [
        "2026-11-02：更正 1 条措施：2 =巡查堤坝（完成时限）",
        "2026-11-01：新增 2 条措施、1 个部门",
    ]
    assert titles_of(feeds["department-qingchuan-finance"])[:2] == [
        "2026-11-05：更正 1 条措施：1. 疏浚河道（量化目标 · 数值）",
        "2026-11-03：更正 1 个部门：市财政局（名称）",
    ]
    for department in told.departments:
        duties = {measure.address.strip("/") for measure in told.duties_of(department)}
        duties.add(department.address.strip("/"))
        expected = [one.on for one in reversed(RELEASES) if any(change.record in duties for change in one.changes)]
        feed = feeds.pop(f"department-{department.id}", None)
        assert [title[:10] for title in (titles_of(feed) if feed is not None else [])] == expected
    assert set(feeds) == {"all", *(f"policy-{policy.id}" for policy in told.policies)}


def test_what_no_commit_touched_yet_has_an_empty_feed(told):
    feeds = feeds_of(replace(told, history=History(releases=(release(3, added(TABLE)),))))
    assert set(feeds) == {"all", *(f"{kind}-{one.id}" for kind in ("policy", "department") for one in ALL[kind](told))}
    empty = feeds["policy-qingchuan-notice"]
    assert titles_of(empty) == [] and empty.findtext(f"{ATOM}updated") == "2026-11-04T09:30:00+08:00"


ALL = {"policy": lambda ledger: ledger.policies, "department": lambda ledger: ledger.departments}


def test_a_correction_can_be_read(told):
    entry = contents_of(feeds_of(told)["all"])[3]
    assert "完成时限：“2020.1” → “2020.10”" in entry.words
    assert "原因：抄错 <b>月份</b>" in entry.words and "b" not in entry.tags
    assert "数据版本 1.0.1，2026-11-02 09:30（北京时间）" in entry.words
    assert entry.links == ["https://ledger.example/qingchuan/policies/qingchuan-east-table/02/"]
    removed, *_ = contents_of(feeds_of(told)["all"])
    assert "没有写明原因" in removed.words and "第四条" in removed.words
    assert "量化目标 · 数值：“12” → “12.5”" in removed.words


def test_links_lead_out_of_the_folder_where_the_site_has_no_address(told):
    feeds = feeds_of(replace(told, site=replace(told.site, address="", operator="")))
    feed = feeds["policy-qingchuan-notice"]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "../policies/qingchuan-notice/", "self": "policy-qingchuan-notice.atom"}
    assert feed.find(f"{ATOM}author/{ATOM}name").text == told.site.name
    for one in feeds.values():
        for link in (*one.iter(f"{ATOM}link"), *(Inside(c.text) for c in one.iter(f"{ATOM}content"))):
            for address in link.links if isinstance(link, Inside) else [link.get("href")]:
                assert address.startswith("../") or address.endswith(".atom"), address


@pytest.mark.parametrize("field", ["title", "text", "note", HOSTILE])
def test_hostile_texts_are_only_texts(told, field):
    measure = replace(told.measures[0], title=HOSTILE)
    change = changed(f"{TABLE}/01", field, f"前{HOSTILE}\n二行", f"后{HOSTILE}")
    hostile = replace(
        told,
        site=replace(told.site, name=HOSTILE, operator=HOSTILE),
        measures=(measure, *told.measures[1:]),
        history=History(releases=(release(0, change, reason=HOSTILE),)),
    )
    shown = set()
    for name, content in make_feeds(hostile):
        feed = ET.fromstring(content)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe]", content.decode()), name
        if not (found := contents_of(feed)):
            continue
        (inside,) = found
        assert set(inside.tags) <= {"p", "ul", "li", "a", "br", "del", "ins"}
        assert inside.words.count("<script>alert(1)</script>]]>&amp;<!--") >= 3
        assert "[U+0001][U+202E][U+FFFE][U+D800]" in inside.words
        assert "<script>" in feed.find(f"{ATOM}entry/{ATOM}title").text
        shown.add(name)
    assert shown >= {"feeds/all.atom", "feeds/policy-qingchuan-east-table.atom"}


def test_a_long_history_and_a_large_release_stay_readable(city):
    records = [added(f"{TABLE}/{number:02}") for number in range(1, 400)]
    fields = [
        changed(f"{TABLE}/{1 + number % 3:02}", f"targets.t{number + 1}.unit", "个", "所") for number in range(400)
    ]
    history = History(releases=(*(release(0, *records) for _ in range(60)), release(1, *fields)))
    feed = feeds_of(replace(city, history=history))["all"]
    assert len(titles_of(feed)) == 50 and titles_of(feed)[0] == "2026-11-02：更正 3 条措施（量化目标 · 单位）"
    corrected, large, *_ = contents_of(feed)
    assert corrected.words.count("→") == 100 and "另有 300 处" in corrected.words
    assert large.tags["li"] == 101 and "另有 299 处" in large.words


# --- wording


def test_every_record_that_may_change_has_a_name_a_kind_and_an_address(city):
    pages = {
        TABLE: ("policy", "《东区河道任务表》", f"{TABLE}/"),
        f"{TABLE}/source": ("source", "《东区河道任务表》存档原文", f"{TABLE}/source/"),
        f"{TABLE}/02": ("measure", "2 =巡查堤坝", f"{TABLE}/02/"),
        "departments/qingchuan-water": ("department", "市水务局", "departments/qingchuan-water/"),
        "themes/water": ("themes", "水利", "themes/water/"),
        "tables/measures": ("tables", "measures", ""),
        f"{TABLE}/77": ("measure", f"{TABLE}/77", ""),
    }
    pages |= {f"audiences/{one.id}": ("audiences", one.name, f"audiences/{one.id}/") for one in city.audiences}
    pages |= {f"glossary/{one.id}": ("glossary", one.term, f"glossary/#{one.id}") for one in city.glossary}
    pages |= {f"jurisdictions/{one.id}": ("jurisdictions", one.name, "") for one in city.jurisdictions}
    assert {kind for kind, _, _ in pages.values()} == set(COUNTED)
    for record, expected in pages.items():
        change = added(record)
        assert (kind_of(record), name_of(change, city), address_of(change, city)) == expected
    gone = Removal(id=f"{TABLE}/77", name="旧条", on="2026-01-01", reason="并入", replaced_by="")
    left = replace(city, removed=(gone,))
    assert (name_of(added(gone.id), left), address_of(added(gone.id), left)) == ("旧条", f"{TABLE}/77/")


@pytest.mark.parametrize(
    ("record", "field", "words"),
    [
        ("policies/x/20", "deadline", "完成时限"),
        ("policies/x/20", "targets.t1.value", "量化目标 · 数值"),
        ("policies/x/20", "targets.t1", "量化目标"),
        ("policies/x/20", "unknowns.deadline.reason", "空缺项 · 完成时限 · 原因"),
        ("policies/x/20", "once_known", "once_known"),
        ("policies/x", "instruments.i1.search.result", "提到的文件 · 检索 · 结果"),
        ("departments/x", "identifiers.统一社会信用代码", "外部编号 · 统一社会信用代码"),
        ("themes/water", "description", "一句话说明"),
        ("glossary/x", "definition", "解释"),
        ("jurisdictions/x", "short_name", "简称"),
        ("tables/measures", "deadline_end", "deadline_end 列"),
        ("policies/x/20", "", ""),
    ],
)
def test_fields_bear_the_titles_that_editors_see(record, field, words):
    assert field_of(Change(record=record, action="changed", field=field)) == words


def test_ids_in_values_are_told_by_name(city):
    theme = city.themes[0]
    assert values_of(changed(f"{TABLE}/01", "themes", "nothing", f"{theme.id}；gone"), city) == (
        "nothing",
        f"{theme.name}；gone",
    )
    assert values_of(changed(f"{TABLE}/01", "open_list", "", "true"), city) == ("", "是")
    assert values_of(changed(f"{TABLE}/01", "title", theme.id, "true"), city) == (theme.id, "true")


def test_what_happened_to_one_record_is_one_line(city):
    change = Change(record=f"{TABLE}/source", action="changed")
    assert summary([change], city) == "更换 1 份存档原文：《东区河道任务表》存档原文"
    new = Change(record=f"{TABLE}/01", action="added", field="note", after="新的说明")
    assert summary([new], city) == "补充 1 条措施：1 疏浚三条河道（说明）"


def marked(before: str, after: str) -> str:
    """An excerpt as plain text: [-deleted-]{+inserted+}, … for what is left out."""
    around = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(
        around[piece.kind].format("…" if piece.is_left_out else piece.text) for piece in excerpt(before, after)
    )


LONG = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥。" * 4


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("2022.12", "2023.6", "[-2022.12-]{+2023.6+}"),
        ("院校", "学生；院校", "{+学生；+}院校"),
        ("市教育局、市财政局", "市教育局、市水务局、市财政局", "市教育局、{+市水务局、+}市财政局"),
        ("到2020年底建成", "到2022年底建成", "到[-2020-]{+2022+}年底建成"),
        ("加强管理", "完全另一回事", "[-加强管理-]{+完全另一回事+}"),
        ("", "新", "{+新+}"),
        ("同", "同", "同"),
        (f"{LONG}建成三所{LONG}", f"{LONG}建成五所{LONG}", f"…{LONG[-14:]}建成[-三-]{{+五+}}所{LONG[:15]}…"),
    ],
)
def test_an_excerpt_shows_the_difference(before, after, shown):
    assert marked(before, after) == shown


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    *[
        st.lists(st.sampled_from(["教育局", "市", "，", "。", "12", ".5", "a", "\n", "的" * 40]), max_size=60).map(
            "".join
        )
    ]
    * 2
)
def test_the_pieces_of_an_excerpt_make_up_both_texts(before, after):
    pieces = excerpt(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == after
    assert all(piece.text for piece in pieces)


def test_an_excerpt_of_anything_takes_no_time():
    for before, after in (("的" * 50_000, "得的" * 25_000), ("一。" * 30_000, "。二" * 30_000)):
        began = datetime.now()
        excerpt(before, after)
        assert datetime.now() - began < timedelta(seconds=5)


def test_what_cannot_be_seen_is_told():
    assert visible("甲\u200b乙\u0007\n\t丙") == "甲[U+200B]乙[U+0007]\n\t丙"
    assert visible("𠮷，α") == "𠮷，α"


# --- with a real history


def test_feeds_and_calendars_of_a_real_repository(tmp_path, monkeypatch):
    data = shutil.copytree(CITY / "data", tmp_path / "data")

    def commit(message: str, time: str) -> None:
        monkeypatch.setenv("GIT_COMMITTER_DATE", time)
        for arguments in (("add", "."), ("commit", "-q", "-m", message)):
            git = ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "core.autocrlf=false", *arguments]
            subprocess.run(git, cwd=tmp_path, check=True, capture_output=True)

    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    commit("收录", "2026-01-02T23:04:05+00:00")
    measure = data / "policies/qingchuan-east-table/measures/02.yml"
    measure.write_text(measure.read_text("utf-8").replace("=巡查堤坝", "巡查堤坝"), "utf-8")
    commit("改标题\n\n原因：多了一个等号", "2026-02-03T12:00:00+08:00")
    ledger = replace(ledger_of(data), history=read_history(data))
    feeds = feeds_of(ledger)
    assert titles_of(feeds["all"])[0] == "2026-02-03：更正 1 条措施：2 巡查堤坝（标题）"
    assert titles_of(feeds["all"])[1].startswith("2026-01-03：新增 2 份政策文件、6 条措施")
    newest = contents_of(feeds["policy-qingchuan-east-table"])[0]
    assert "原因：多了一个等号" in newest.words and "标题：“=巡查堤坝” → “巡查堤坝”" in newest.words
    stamps = {
        text_of(event["SUMMARY"])[0]: event["DTSTAMP"]
        for event in events_of(dict(make_calendars(ledger))["calendars/policy-qingchuan-east-table.ics"])
    }
    assert stamps == {"1": "20260102T230400Z", "2": "20260203T040000Z"}


def test_other_machines_make_the_same_bytes():
    code = (
        "import sys; from dataclasses import replace; from hashlib import sha256; from tests import test_feeds as t;"
        "from scripts.ledger import History;"
        "ledger = replace(t.checked(), history=History(releases=t.RELEASES));"
        "print(sha256(repr([*t.make_feeds(ledger), *t.make_calendars(ledger)]).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            check=True,
            capture_output=True,
        ).stdout
        for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2"))
    }
    assert len(digests) == 1


def test_the_seeds_have_a_whole_feed_or_none():
    history = read_history(DATA)
    feeds = dict(make_feeds(replace(ledger_of(DATA), history=history)))
    assert bool(feeds) == bool(history.releases)
