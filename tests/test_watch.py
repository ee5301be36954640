"""Does a public address still serve the archived text? All of it offline, against a server on this machine."""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from html import escape
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.characters import solid
from scripts.watch import VERDICTS, originals, watch
from scripts.watch.compare import differences
from scripts.watch.page import decode
from scripts.watch.report import as_json, as_text, fingerprint, issues
from scripts.watch.web import Answer, fetch
from scripts.write import MARKER, write_tree
from tests.conftest import CITY, DATA, ROOT, ledger_of, run
from tests.server import Quiet

TODAY = "2026-11-20"
POLICY = "zibo-city-tasks"
HTML = "text/html; charset=utf-8"
MENU = "<nav><a href='/'>首页</a> <a href='/2020'>2020年公开</a> 市教育局 &copy;</nav>"
quick = partial(fetch, limit=5, waits=(0, 0))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def text(ledger) -> str:
    return archived(ledger).source_text


def archived(ledger, policy=POLICY):
    return next(one for one in ledger.policies if one.id == policy)


def at(ledger, address, **changes):
    """The ledger with one policy that has an address."""
    return replace(ledger, policies=(replace(archived(ledger), source_address=address, **changes),))


def page(text: str, head: str = "") -> str:
    """A page as a government site has it: menus around, each line its own paragraph."""
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return (
        f"<!DOCTYPE html><html><head>{head}<title>标题 - 政府网</title><style>p {{color: red}}</style></head><body>"
        f"{MENU}<script>var a = '<p>2020</p>';</script><!-- 附件 --><div id=zoom>{lines}</div><noscript>请开脚本"
        f"</noscript>{MENU}</body></html>"
    )


@contextmanager
def server(**routes):
    """Serve routes: name → (status, headers, body), or what handles a request. Gives the address and a list of requests."""
    asked = []

    class Routes(Quiet):
        def do_GET(self):
            asked.append((self.path, self.headers))
            route = routes[re.split("[.?]", self.path.strip("/"))[0] or "home"]
            if callable(route):
                route = route(self)
            if route:
                self.answer(*route)

        def answer(self, status, headers, body):
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    # As tests.server serves, but quicker to end: there are many of them.
    served = ThreadingHTTPServer(("127.0.0.1", 0), Routes)
    threading.Thread(target=partial(served.serve_forever, poll_interval=0.01), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{served.server_port}/", asked
    finally:
        served.shutdown()
        served.server_close()


def found(ledger, body, headers=None, status=200, files=(), get=quick):
    """What is found if the address of the policy serves this."""
    body = body.encode() if isinstance(body, str) else body
    with server(a=(status, {"Content-Type": HTML} if headers is None else headers, body)) as (address, _):
        return watch(at(ledger, f"{address}a"), {POLICY: files}, get)[0]


def shown(finding) -> list[tuple[str, str]]:
    return [(one.was, one.now) for one in finding.differences]


# The same text, however it is laid out and sent


def test_menus_and_wraps_and_entities_make_no_difference(ledger, text):
    wrapped = (
        page(text).replace("职业", "职<wbr>\n 业").replace("教育", "&#25945;<b>育</b>\u200b").replace("、", "、<br/>")
    )
    assert "&#25945;" in wrapped
    assert found(ledger, wrapped).verdict == "same"


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "template", "title"])
def test_what_no_reader_sees_is_no_text(ledger, text, tag):
    middle = "市教育局，各区县人民政府，各高职院校</p>"
    assert middle in page(text)
    hidden = page(text).replace(middle, f"{middle}<{tag}>不是正文</{tag}><!-- 也不是 -->")
    assert found(ledger, hidden).verdict == "same"
    assert found(ledger, hidden.replace(tag, "div")).verdict == "changed"


def test_plain_text_is_taken_as_it_is(ledger, text):
    assert found(ledger, text.replace("\n", "\r\n"), {"Content-Type": "text/plain; charset=UTF-8"}).verdict == "same"
    assert found(ledger, text, {}).verdict == "same"


@pytest.mark.parametrize(
    ("charset", "header", "head"),
    [
        ("gb18030", "text/html; charset=GB2312", ""),
        ("gb18030", "text/html", '<meta charset="gbk">'),
        ("gb18030", "text/html", "<META http-equiv=Content-Type content='text/html; charset=gb2312'>"),
        ("gb18030", "text/html", ""),
        ("gb18030", "text/html; charset=ISO-8859-1", ""),
        ("gb18030", "text/html; charset=utf-8", ""),
        ("gb18030", "text/html; charset=unicode_escape", ""),
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=gbk", '<meta charset="gbk">'),
        ("utf-8-sig", "text/html", '<meta charset="gbk">'),
        ("utf-16", "text/html", ""),
        ("big5hkscs", "text/html; charset=big5", ""),
        ("big5hkscs", "text/html", "<meta charset=big5>"),
    ],
)
def test_charset(ledger, text, charset, header, head):
    if charset == "big5hkscs":
        text = "關於促進職業教育創新發展的若干措施，自公布之日起施行，各區縣人民政府負責落實。" * 3
    body = page(text, head).replace("标题", "").replace("请开脚本", "").encode(charset, "ignore")
    with server(a=(200, {"Content-Type": header}, body)) as (address, _):
        assert watch(at(ledger, f"{address}a", source_text=text), fetch=quick)[0].verdict == "same"


def test_one_broken_byte_does_not_garble_the_page(ledger, text):
    body = page(text).encode().replace("政府网".encode(), "政府网".encode()[:-1])
    assert found(ledger, body).verdict == "same"
    assert decode(b"\xff" + ("關於促進職業教育的措施" * 20).encode("big5"), "big5").endswith("職業教育的措施")


def test_what_is_utf_8_is_read_as_such(ledger):
    text = "中国" * 50
    assert "\ufffd" not in text.encode().decode("gb18030"), "it could be the other, too"
    assert decode(text.encode(), "gbk") == text


def test_gzip_that_nobody_asked_for(ledger, text):
    headers = {"Content-Type": HTML, "Content-Encoding": "gzip"}
    assert found(ledger, gzip.compress(page(text).encode()), headers).verdict == "same"
    assert found(ledger, gzip.compress(page(text).encode())[:-99], headers).verdict == "gone"
    assert found(ledger, b"\0\0", {"Content-Type": HTML, "Content-Encoding": "br"}).verdict == "uncomparable"
    bomb = gzip.compress(b"0" * 3_000_000)
    assert found(ledger, bomb, headers, get=partial(quick, most=100_000)).verdict == "uncomparable"


def test_odd_markup_does_not_stop_the_watch(ledger, text):
    odd = "<![foo]><![CDATA[x]]><!DOCTYPE [<!><p <<a =''></title></script></template><?php ?>"
    assert found(ledger, page(text).replace("<body>", f"<body>{odd}")).verdict == "same"


# Another text


def test_a_changed_figure_is_shown_whole(ledger, text):
    changed = page(text).replace("2022.12", "2023.12", 1)
    finding = found(ledger, changed)
    assert (finding.verdict, shown(finding)) == ("changed", [("2022.12", "2023.12")])
    only = finding.differences[0]
    assert (
        only.before.endswith("各区县人民政府") and len(solid(only.before)) == 20 and "将职业教育创新发展" in only.after
    )


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("附件", "附录", ("附件", "附录")),  # the very first words
        ("牵头部门\n16", "牵头部门\n17", ("16", "17")),  # the very last
        ("各职业院校建立工作专班，", "", ("各职业院校建立工作专班，", "")),
        ("分别制定", "分别研究制定", ("", "研究")),
        ("教育费附加不低于30%和", "教育费附加不低于3%和", ("30%", "3%")),
        ("中德智能", "中德人工智能", ("", "人工")),
    ],
)
def test_what_changed_is_told(text, was, now, told):
    assert was in text
    (only,) = differences(text, f"首页 市教育局 2020\n{text.replace(was, now, 1)}\n版权所有 16 附件")
    assert (only.was, only.now) == told


def test_a_lost_paragraph_and_an_inserted_sentence(ledger, text):
    lost = next(line.strip() for line in text.splitlines() if "工作专班" in line)
    gone, added = (
        found(ledger, page(text.replace(lost, ""))),
        found(ledger, page(text.replace(lost, f"{lost}另行通知。"))),
    )
    assert (gone.verdict, shown(gone)) == ("changed", [(lost, "")])
    assert (added.verdict, shown(added)) == ("changed", [("", "另行通知。")])
    rows = found(ledger, page(text).replace(f"{lost}</p>", f"{lost}</p><p>另<b>行</b></p><p>通知。</p>"))
    assert shown(rows) == [("", "另行 通知。")]


@pytest.mark.parametrize("part", [slice(300, None), slice(None, 2000)])
def test_a_page_with_only_a_part_of_the_text(ledger, text, part):
    finding = found(ledger, page(text[part]))
    assert finding.verdict == "changed"
    (only,) = finding.differences
    missing = text[: part.start] if part.start else text[part.stop :]
    assert abs(len(solid(only.was)) - len(solid(missing))) < 12 and only.now == ""


def test_order_counts(text):
    assert differences(text, text[1500:] + text[:1500])
    assert differences(text, f"{text[:1600]}以下略去{text[1500:]}"), "all of it is there, but not in one piece"


def test_every_character_counts(text):
    marked = solid(text)
    for place in range(0, len(marked), 97):
        for changed in (
            marked[:place] + marked[place + 1 :],
            marked[:place] + "异" + marked[place + 1 :],
            marked[: place + 1] + "异" + marked[place + 1 :],
        ):
            if changed.find(marked) < 0:
                told = differences(marked, f"首页{changed}版权所有")
                assert len(told) == 1 and len(told[0].was) <= 12 and len(told[0].now) <= 12, place


def test_a_page_that_holds_the_changed_text_twice(text):
    changed = text.replace("2022.12", "2023.12", 1)
    (only,) = differences(text, f"首页 {changed} 打印版 {changed}")
    assert (only.was, only.now) == ("2022.12", "2023.12")


# No text


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_error_is_told_with_its_number_and_not_tried_again(ledger, status):
    with server(a=(status, {}, b"")) as (address, asked):
        finding = watch(at(ledger, f"{address}a"), fetch=quick)[0]
    assert (finding.verdict, len(asked)) == ("gone", 1)
    assert f"HTTP {status}" in finding.reason


def test_a_passing_fault_is_tried_again_after_waiting(ledger, text):
    answers = iter([(500, {}, b""), (503, {}, b""), (200, {"Content-Type": HTML}, page(text).encode())])
    waited = time.monotonic()
    with server(a=lambda _: next(answers)) as (address, asked):
        finding = watch(at(ledger, f"{address}a"), fetch=partial(fetch, waits=(0.05, 0.1)))[0]
    assert (finding.verdict, len(asked)) == ("same", 3)
    assert time.monotonic() - waited >= 0.15
    with server(a=(500, {}, b"")) as (address, asked):
        finding = watch(at(ledger, f"{address}a"), fetch=quick)[0]
    assert (finding.verdict, len(asked)) == ("gone", 3) and "HTTP 500" in finding.reason


def test_the_watcher_says_who_it_is(ledger, text):
    with server(a=(200, {"Content-Type": HTML}, page(text).encode())) as (address, asked):
        watch(at(ledger, f"{address}a"), fetch=quick)
    assert "policy-ledger-watch" in asked[0][1]["User-Agent"] and asked[0][1]["Accept-Encoding"] == "identity"


def test_redirects(ledger, text):
    def to(place):
        return (302, {"Location": place}, b"")

    good = (200, {"Content-Type": HTML}, page(text).encode())
    with server(
        **{f"s{n}": to(f"/s{n + 1}") for n in range(6)},
        s6=good,
        a=to("/b"),
        b=to("/a"),
        f=to("ftp://127.0.0.1/a"),
        file=to("file:///etc/passwd"),
        moved=to("/s6"),
    ) as (address, asked):

        def verdict(path):
            return watch(at(ledger, address + path), fetch=quick)[0]

        assert verdict("s1").verdict == "same"  # five redirects
        assert verdict("s0").verdict == "gone"  # six
        for path in ("a", "f", "file"):
            assert (verdict(path).verdict, "跳转" in verdict(path).reason) == ("gone", True), path
        assert verdict("moved").address == f"{address}s6"
    assert len([path for path, _ in asked if path in ("/a", "/b")]) < 14


def test_a_redirect_to_the_home_page_is_a_loss(ledger):
    home = (200, {"Content-Type": HTML}, page("欢迎访问政府网站").encode())
    with server(lost=(302, {"Location": "/"}, b""), home=home, other=home) as (address, _):
        lost, other = (watch(at(ledger, f"{address}{path}"), fetch=quick)[0] for path in ("lost", "other"))
    assert (lost.verdict, other.verdict) == ("gone", "gone")
    assert "首页" in lost.reason and "首页" not in other.reason


def test_empty_pages(ledger):
    for body in ("", "<html><body><script>load()</script></body></html>", " \n "):
        assert found(ledger, body).verdict == "gone"


@pytest.mark.parametrize("kind", ["head", "body"])
def test_a_slow_server_is_left_after_the_time_limit(ledger, kind):
    done = threading.Event()

    def drip(handler):
        if kind == "body":
            handler.send_response(200)
            handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b"H")
            if done.wait(0.05):
                break

    started = time.monotonic()
    with server(a=drip) as (address, asked):
        finding = watch(at(ledger, f"{address}a"), fetch=partial(fetch, limit=0.3, waits=(0,)))[0]
        took = time.monotonic() - started
        done.set()
    assert finding.verdict == "gone" and "0.3 秒" in finding.reason
    assert took < 2 and len(asked) == 2


def test_a_huge_body_is_not_read_to_its_end(ledger):
    finding = found(ledger, b"<p>" + b"0" * 300_000, get=partial(quick, most=100_000))
    assert finding.verdict == "uncomparable" and "MB" in finding.reason

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while True:
                handler.wfile.write(b"0" * 65536)

    with server(a=endless) as (address, _):
        finding = watch(at(ledger, f"{address}a"), fetch=partial(quick, most=100_000, limit=1))[0]
    assert finding.verdict == "uncomparable"


def test_a_body_that_breaks_off_is_no_changed_text(ledger, text):
    body = page(text).encode()
    finding = found(
        ledger, body[:5000], {"Content-Type": HTML, "Content-Length": str(len(body)), "Connection": "close"}
    )
    assert finding.verdict == "gone" and "完整" in finding.reason


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "ftp://127.0.0.1/a", "http://", "http://a..b/", "http://[::1", "x", "http://h/a\nb"],
)
def test_an_address_that_is_none_is_no_crash(address):
    answer = quick(address)
    assert answer.trouble and not answer.body


def test_chinese_in_an_address(ledger, text, monkeypatch):
    with server(**{"%E6%94%BF%E7%AD%96": (200, {"Content-Type": HTML}, page(text).encode())}) as (address, _):
        assert watch(at(ledger, f"{address}政策.html"), fetch=quick)[0].verdict == "same"
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_: asked.append(host) or [])
    quick("http://政务.example:8080/a")
    assert set(asked) == {"xn--zfr164b.example"}


# Files


def test_files_are_compared_by_their_digest(ledger):
    pdf = b"%PDF-1.7 " + b"x" * 99
    for headers in ({"Content-Type": "application/pdf"}, {"Content-Type": HTML}, {}):
        assert found(ledger, pdf, headers, files=[b"PK\x03\x04", pdf]).verdict == "same"
        other = found(ledger, pdf, headers, files=[b"%PDF-1.7 other"])
        assert other.verdict == "changed" and sha256(pdf).hexdigest() in other.reason
        without = found(ledger, pdf, headers)
        assert without.verdict == "uncomparable" and "原始文件" in without.reason


def test_originals_are_found_beside_their_policy(tmp_path):
    (tmp_path / "policies/a").mkdir(parents=True)
    (tmp_path / "policies/a/original.pdf").write_bytes(b"%PDF-")
    (tmp_path / "policies/a/source.txt").write_bytes(b"text")
    assert originals(tmp_path) == {"a": [b"%PDF-"]}


# The whole ledger


def test_policies_without_an_address_are_skipped_and_named(ledger):
    findings = watch(ledger, fetch=lambda _: pytest.fail("nothing to ask"))
    assert {finding.verdict for finding in findings} == {"skipped"}
    told = as_text(findings)
    assert all(f"{policy.id}: 没有公开网址" in told for policy in ledger.policies) and "跳过" in told
    assert issues(findings, TODAY) == {}


def two(ledger):
    first, second = ledger.policies[:2]
    return replace(
        ledger,
        policies=(
            replace(first, source_address="http://one.example/a"),
            replace(second, source_address="http://two.example/b"),
        ),
    )


def test_a_network_that_is_down_is_no_loss(ledger, monkeypatch):
    def refuse(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    findings = watch(two(ledger), fetch=quick)
    assert [finding.verdict for finding in findings] == ["offline", "offline"]
    assert issues(findings, TODAY) == {}
    assert "不算比对过" in as_text(findings)


def test_one_name_that_is_gone_among_others_is_a_loss(ledger):
    def half(address):
        if "one" in address:
            return Answer(address=address, trouble="查不到这个域名。", is_cut_off=True)
        return Answer(address=address, trouble="服务器答复 HTTP 404。")

    assert [finding.verdict for finding in watch(two(ledger), fetch=half)] == ["gone", "gone"]


# Reports


HOSTILE = (
    "</div><p>`````\n```</p><p>@someone #1 ::error::x ##[error]y <b>b</b> ![i](https://evil.example/x.png) "
    "&lt;script&gt;alert(1)&lt;/script&gt; --&gt; \u202e</p><p>::stop-commands::t</p><div>"
)


def outside_code(markdown: str) -> str:
    """What Markdown reads: everything but fenced code, by the rules of CommonMark."""
    kept, fence = [], ""
    for line in markdown.splitlines():
        if fence:
            if re.fullmatch(rf" {{0,3}}{fence}`*\s*", line):
                fence = ""
        elif opening := re.match(r"(`{3,})[^`]*$", line):
            fence = opening[1]
        else:
            kept.append(line)
    assert not fence, "a fence is left open"
    return "\n".join(kept)


def test_text_from_outside_stands_in_code_only(ledger, text):
    lost = next(line.strip() for line in text.splitlines() if "工作专班" in line)
    body = page(text).replace("</p>", f"</p>{HOSTILE}", 7)
    hostile = "任务](https://evil.example) @all `x` <img>"
    with server(a=(200, {"Content-Type": HTML}, body.encode())) as (address, _):
        ours = at(ledger, f"{address}a?@x`````", title=f"@all {hostile}", short_title=f"任务 @all `x` <b>\n{lost}")
        (finding,) = watch(ours, fetch=quick)
    (path, markdown), *rest = issues([finding], TODAY).items()
    assert (path, rest) == (f"{POLICY}.md", [])
    for part in ("@someone", "::error::", "##[error]", "<script>", "alert(1)", "![i]", "`````", "\\u202e"):
        assert part in markdown, part
    assert re.search(r"(?m)^`{6}text$", markdown) and re.search(r"(?m)^`{6}diff$", markdown)
    read = outside_code(markdown)
    title, mark, *_ = read.split("\n")
    assert not re.search(r"[@`<>\[\]!#]", title), title
    assert mark == f"<!-- source-watch {POLICY} {fingerprint(finding)} -->"
    assert not re.search(r"@|evil|alert|::|##|<(?!!-- source-watch )|!\[", read)
    assert not re.search(r"^\s*(::|@)", markdown, re.MULTILINE)
    for log in (as_text([finding]), as_json([finding])):
        assert not re.search(r"^\s*::|##\[", log, re.MULTILINE)
    assert "someone" not in as_text([finding])
    told = json.loads(as_json([finding]))[0]["differences"]
    assert any("@someone #1 ::error::x ##[error]y" in one["now"] for one in told)


def test_an_issue_says_what_and_where(ledger, text):
    finding = found(ledger, page(text).replace("2022.12", "2023.12", 1))
    markdown = issues([finding], TODAY)[f"{POLICY}.md"]
    assert markdown.startswith("原文网址不一致：") and f"（{POLICY}）\n" in markdown
    assert TODAY in markdown and "【2022.12】" in markdown and "【2023.12】" in markdown
    assert "\n- 原文：" in markdown and "\n+ 现在：" in markdown


def test_an_issue_stays_within_what_an_issue_holds(ledger, text):
    changed = re.sub(r"。", "。" + "增加的话" * 300, text)
    markdown = issues([found(ledger, page(changed))], TODAY)[f"{POLICY}.md"]
    assert len(markdown) < 60_000 and "没有列出" in markdown and "……（共 1200 字）" in markdown


def test_the_fingerprint_is_of_the_result_not_of_the_day(ledger, text):
    one, same, other = (
        found(ledger, page(text).replace("2022.12", now, 1)) for now in ("2023.12", "2023.12", "2024.12")
    )
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)


def test_every_verdict_has_its_words(ledger, text):
    gone = found(ledger, b"", status=404)
    for verdict in VERDICTS:
        finding = replace(gone, verdict=verdict)
        assert VERDICTS[verdict] in as_text([finding])
        assert len(issues([finding], TODAY)) == finding.needs_a_person


# The command


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def watched(tmp_path):
    """The made-up ledger in a folder; gives what sets the address of one of its policies and runs the command."""
    data = tmp_path / "data"
    for path, content in snapshot(CITY / "data").items():
        target = data / Path(path).relative_to(CITY / "data")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    policy = data / "policies/qingchuan-notice/policy.yml"

    def command(address, *arguments):
        policy.write_text(re.sub(r"(?m)^source_address: .*$", f"source_address: {address}", policy.read_text("utf-8")))
        before = snapshot(data)
        made = run("watch", "--data", str(data), "--out", str(tmp_path / "out"), *arguments)
        assert snapshot(data) == before, "nothing in data/ is ever written"
        return made

    return command


def test_the_command_writes_one_file_an_issue(watched, tmp_path):
    text = archived(ledger_of(CITY / "data"), "qingchuan-notice").source_text
    good = (200, {"Content-Type": HTML}, page(text).encode())
    bad = (200, {"Content-Type": HTML}, page(text.replace("河", "湖", 1)).encode())
    with server(good=good, bad=bad, none=(404, {}, b"")) as (address, _):
        made = watched(f"{address}bad", "--format", "json")
        assert made.returncode == 1, made.stderr
        assert {row["policy"]: row["verdict"] for row in json.loads(made.stdout)} == {
            "qingchuan-notice": "changed",
            "qingchuan-east-table": "skipped",
        }
        assert {path.name for path in (tmp_path / "out").iterdir()} == {"qingchuan-notice.md", MARKER}
        assert watched(f"{address}none").returncode == 1
        assert "打不开" in (tmp_path / "out/qingchuan-notice.md").read_text("utf-8")
        made = watched(f"{address}good")
        assert made.returncode == 0, made.stdout + made.stderr
        assert [path.name for path in (tmp_path / "out").iterdir()] == [MARKER]
        assert "qingchuan-east-table: 没有公开网址" in made.stdout
    assert run("watch", "--data", str(tmp_path / "nowhere")).returncode == 2
    assert run("watch", "--format", "yaml").returncode == 2


def test_watching_writes_nothing(ledger, text):
    before = snapshot(DATA)
    found(ledger, page(text.replace("附件", "")))
    assert snapshot(DATA) == before


# Issues, with a gh that only keeps a file

GH = f"""#!{sys.executable}
import json, os, sys
from pathlib import Path

store = Path(os.environ["FAKE_GH"])
state = json.loads(store.read_text()) if store.exists() else {{"issues": [], "comments": [], "calls": 0}}
state["calls"] += 1
given = sys.argv[1:]
option = lambda name: given[given.index(name) + 1]
match given[:2]:
    case ["label", "create"]:
        assert "--force" in given
        state["label"] = given[2]
    case ["issue", "list"]:
        assert option("--label") == state["label"] and option("--state") == "all"
        print(json.dumps([{{name: issue[name] for name in option("--json").split(",")}} for issue in state["issues"]]))
    case ["issue", "create"]:
        assert option("--label") == state["label"] and option("--body-file") == "-"
        number = len(state["issues"]) + 1
        issue = {{"number": number, "state": "OPEN", "stateReason": "", "title": option("--title")}}
        # as GitHub gives it back
        state["issues"].insert(0, {{**issue, "body": sys.stdin.read().replace("\\n", "\\r\\n")}})
    case ["issue", "comment"]:
        assert option("--body-file") == "-"
        state["comments"].append([int(given[2]), sys.stdin.read()])
    case ["api", "--method"]:
        number = int(given[3].removeprefix("repos/{{owner}}/{{repo}}/issues/"))
        assert given[2] == "PATCH" and option("--input") == "-"
        next(issue for issue in state["issues"] if issue["number"] == number).update(json.load(sys.stdin))
    case _:
        sys.exit(f"unknown: {{given}}")
store.write_text(json.dumps(state))
"""


class Tracker:
    """Runs the script that opens issues, and tells what the fake gh then keeps."""

    def __init__(self, folder: Path):
        self.store, self.out, self.bin = folder / "gh.json", folder / "watch", folder / "bin"
        self.bin.mkdir()
        (self.bin / "gh").write_text(GH, "utf-8")
        (self.bin / "gh").chmod(0o755)

    def tell(self, findings, today=TODAY):
        write_tree(self.out, issues(findings, today).items())
        return self.run()

    def run(self):
        made = subprocess.run(
            [sys.executable, ROOT / ".github/watch-issues.py", self.out],
            env={"PATH": str(self.bin), "FAKE_GH": str(self.store), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
        )
        self.said = made.stdout + made.stderr
        return made.returncode

    @property
    def state(self):
        return json.loads(self.store.read_text())

    def close(self, reason):
        state = self.state
        for issue in state["issues"]:
            issue.update(state="CLOSED", stateReason=reason)
        self.store.write_text(json.dumps(state))

    def counts(self):
        return len(self.state["issues"]), len(self.state["comments"])


@pytest.fixture
def tracker(tmp_path):
    return Tracker(tmp_path)


@pytest.fixture
def changed(ledger, text):
    return [found(ledger, page(text).replace("2022.12", now, 1)) for now in ("2023.12", "2024.12")]


def test_one_issue_a_policy_and_a_comment_when_the_result_changes(tracker, changed, ledger):
    first, second = changed
    assert tracker.tell([first]) == 0, tracker.said
    assert tracker.counts() == (1, 0)
    assert tracker.state["issues"][0]["title"].endswith(f"（{POLICY}）")
    assert tracker.tell([first], "2026-11-27") == 0
    assert tracker.counts() == (1, 0)
    assert tracker.tell([second], "2026-12-04") == 0, tracker.said
    assert tracker.counts() == (1, 1)
    number, comment = tracker.state["comments"][0]
    assert number == 1 and "【2024.12】" in comment
    assert "【2024.12】" in tracker.state["issues"][0]["body"]
    assert tracker.tell([second], "2026-12-11") == 0
    assert tracker.counts() == (1, 1)
    other = replace(first, policy=replace(first.policy, id="other"))
    assert tracker.tell([other, second]) == 0
    assert tracker.counts() == (2, 1)


def test_a_closed_issue(tracker, changed):
    first, second = changed
    tracker.tell([first])
    tracker.close("NOT_PLANNED")
    tracker.tell([first])
    assert tracker.counts() == (1, 0), "somebody has said that this result needs nothing"
    tracker.tell([second])
    assert tracker.counts() == (2, 0), "another result does"
    tracker.close("COMPLETED")
    tracker.tell([second])
    assert tracker.counts() == (3, 0), "what was mended and comes back is news"


def test_a_mark_inside_a_text_is_none(tracker, changed):
    first, _ = changed
    tracker.tell([first])
    state = tracker.state
    mark, _, rest = state["issues"][0]["body"].partition("\r\n")
    state["issues"][0]["body"] = f"somebody quotes {mark}{rest}"
    tracker.store.write_text(json.dumps(state))
    tracker.tell([first])
    assert tracker.counts() == (2, 0)


def test_nothing_to_tell_asks_nobody(tracker, ledger):
    assert tracker.tell(watch(ledger)) == 0
    assert not tracker.store.exists()


def test_without_a_complete_result_nothing_is_told(tracker):
    assert tracker.run() == 1 and "make watch" in tracker.said
    assert not tracker.store.exists()


def test_a_gh_that_fails_is_told(tracker, changed):
    (tracker.bin / "gh").write_text("#!/bin/sh\necho no rights >&2\nexit 1\n")
    assert tracker.tell(changed[:1]) == 1 and "no rights" in tracker.said
    (tracker.bin / "gh").unlink()
    assert tracker.run() == 1 and "没有 gh" in tracker.said


def test_the_script_and_the_program_name_the_same_marker():
    assert MARKER in (ROOT / ".github/watch-issues.py").read_text("utf-8")
