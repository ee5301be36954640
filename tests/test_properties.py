"""Random ledgers: what goes in as YAML comes out of the tables as it was, and of the pages too."""

import hashlib
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.check import check
from scripts.load import load
from scripts.load.reader import read_yaml
from scripts.pages.address import link
from scripts.pages.escape import as_html
from scripts.prove import read_csv, same_row
from scripts.report import as_text
from scripts.tables import TABLES, cell
from tests.conftest import downloads_of, pages_of
from tests.readers import READERS, unpack

NASTY = [
    "<script>",
    "</title>",
    "*重点*",
    "{{ x }}",
    "--8<--",
    "|",
    "`",
    "~~~",
    "\n\n",
    "１．",
    "=1+1",
    "@x",
    "&lt;",
    '"',
    "'",
    "\\",
    "#",
    ": ",
    "- ",
    "\t",
    "𠮷",
    "2020.10",
    "no",
    "NA",
    ",",
    ";",
    "%",
    "!",
    "[x](y)",
    "<!--",
    "]]>",
    "$",
    "^",
]
CHARACTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFFF).filter(
    lambda character: character >= "\u0800" or character.isascii()
)  # letters below U+0800 are refused as mojibake
WORDS = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(CHARACTERS, min_size=1, max_size=6)), min_size=1, max_size=6
).map("".join)
VISIBLE = WORDS.filter(lambda text: text.strip() and text == text.strip() and yaml_keeps(text))
NAMES = st.text(st.sampled_from("市区县水务财政教育管理服务中心局委办"), min_size=2, max_size=8)


def yaml_keeps(text: str) -> bool:
    """Some characters cannot stand in a YAML file as they are; data has no use for them."""
    return read_yaml(emit({"a": text}), "f")[1] == []


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


Dumper.add_representer(str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"'))


def emit(record: dict) -> str:
    return yaml.dump(record, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9)


@st.composite
def ledgers(draw):
    """The files of a random data folder with one policy, as path → record, and its source text."""
    names = draw(
        st.lists(NAMES, min_size=1, max_size=4, unique=True).filter(
            lambda names: not any(a != b and a in b for a in names for b in names)
        )
    )
    measures = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
        separators = [draw(st.sampled_from("、，；")) for _ in chosen]
        clause = "".join(name + separator for name, separator in zip(chosen, separators, strict=True))[:-1]
        measures.append(
            {
                "number": f"{number}．",
                "text": draw(VISIBLE),
                "clause": f"（责任单位：{clause}）",
                "departments": chosen,
                "title": draw(VISIBLE),
                "deadline": f"{draw(st.integers(2000, 2099))}.{draw(st.integers(1, 12))}",
            }
        )
    gap = {"state": "未载明", "reason": "没有写。"}
    title = draw(VISIBLE)
    source = (
        title
        + "\n\n"
        + "\n\f".join(
            "\n".join(measure[part] for part in ("number", "text", "clause", "deadline")) for measure in measures
        )
    )
    files = {
        "site.yml": {"name": draw(VISIBLE)},
        "jurisdictions.yml": {"x": {"name": "某市", "level": "市级"}},
        "themes.yml": {"t": {"name": "主题", "words": ["词"]}},
        "audiences.yml": {"a": {"name": "对象", "words": ["词"]}},
        "policies/p/policy.yml": {
            "title": title,
            "short_title": draw(VISIBLE),
            "jurisdiction": "x",
            "measure_term": "任务",
            "source_sha256": hashlib.sha256(source.encode()).hexdigest(),
            "parts": [{"title": title}, *({"measure": f"{n:02}"} for n in range(1, len(measures) + 1))],
            "unknowns": dict.fromkeys(
                (
                    "issuer",
                    "document_number",
                    "issued",
                    "effective",
                    "valid_until",
                    "status",
                    "source_address",
                    "received",
                ),
                gap,
            ),
            "measure_unknowns": dict.fromkeys(("lead", "section", "heading", "themes", "audiences"), gap),
        },
        **{
            f"departments/d{n}.yml": {"name": name, "jurisdiction": "x", "kind": "政府部门", "level": "市级"}
            for n, name in enumerate(names)
        },
        **{f"policies/p/measures/{n:02}.yml": measure for n, measure in enumerate(measures, 1)},
    }
    return files, source


def checked(files, source, folder: Path):
    for path, record in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(emit(record), "utf-8")
    (folder / "policies/p/source.txt").write_bytes(source.encode())
    report = check(load(folder))
    assert report.ledger, as_text(report.problems)
    return report.ledger


SLOW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(ledgers())
def test_yaml_to_tables_and_back(made):
    files, source = made
    with TemporaryDirectory() as name:
        ledger = checked(files, source, Path(name))
        downloads = downloads_of(ledger)
        measures = [files[path] for path in sorted(files) if "/measures/" in path]
        for kind in ("csv", "json"):

            def table(which, kind=kind):
                path = Path(name) / f"{which}.{kind}"
                path.write_bytes(downloads[f"data/v1/{which}.{kind}"])
                if kind == "json":
                    return json.loads(path.read_text("utf-8"))
                header, rows = read_csv(path)
                return [dict(zip(header, row, strict=True)) for row in rows]

            shares = table("responsibilities")
            back = [
                {
                    "number": row["number"],
                    "text": row["text"],
                    "clause": row["clause"],
                    "title": row["title"],
                    "deadline": row["deadline_text"],
                    "departments": [share["name_as_written"] for share in shares if share["measure_id"] == row["id"]],
                }
                for row in table("measures")
            ]
            assert back == measures
        assert all(policy.coverage() == (1.0, 0) for policy in ledger.policies)
        folder = unpack(downloads, Path(name))
        for table in TABLES:
            cells = [{column: cell(value) for column, value in row.items()} for row in table.records(ledger)]
            for read in READERS:
                rows = read(folder, table.name)
                assert len(cells) == len(rows) and all(map(same_row, cells, rows)), (read.__name__, table.name)


class Text(HTMLParser):
    """The text of each element that carries an official part."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.open = {}, None

    def handle_starttag(self, tag, attributes):
        part = dict(attributes).get("data-part")
        if part:
            self.open = part
            self.parts[part] = ""

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open:
            self.parts[self.open] += data


@SLOW
@given(ledgers())
def test_pages_say_what_the_yaml_says(made):
    files, source = made
    with TemporaryDirectory() as name:
        ledger = checked(files, source, Path(name))
        pages = pages_of(ledger)
    for path in sorted(files):
        if "/measures/" in path:
            page = pages[path.replace("measures/", "").replace(".yml", ".md")]
            _, front, body = page.split("---\n", 2)
            assert yaml.safe_load(front)["title"].startswith(files[path]["title"])
            seen = Text()
            seen.feed(body)
            assert seen.parts == {part: files[path][part] for part in ("number", "text", "clause", "deadline")}


@given(st.text())
def test_escaping_is_undone_by_a_browser_and_nothing_else(text):
    escaped = str(as_html(text))
    assert html.unescape(escaped) == text or "\r" in text or "\0" in text or any(0x80 <= ord(c) <= 0x9F for c in text)
    assert not re.search(r"[<>\"'`~\t\n]", escaped)


@given(st.text())
def test_the_reader_never_raises(text):
    root, problems = read_yaml(text, "f")
    assert root is not None or problems


SEGMENTS = st.lists(st.sampled_from(["policies", "x", "20", "data", "v1"]), max_size=4)


@given(SEGMENTS, SEGMENTS)
def test_a_relative_link_leads_where_it_should(start, to):
    import posixpath

    here, there = "".join(f"{part}/" for part in start), "".join(f"{part}/" for part in to)
    arrived = posixpath.normpath("/" + here + link(here, there)).lstrip("/")
    assert arrived == there.rstrip("/")
