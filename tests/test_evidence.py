"""Evidence of what was done, searches that found nothing, and who compared a record with its source."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from scripts.check import check
from scripts.load import load
from scripts.load.folder import EVIDENCE, LONGEST_ID
from scripts.schemas import schemas
from scripts.stage import stage
from tests.conftest import CITY, ROOT, downloads_of, pages_of

M1 = "policies/qingchuan-notice/measures/01.yml"
M3 = "policies/qingchuan-notice/measures/03.yml"
KEPT = "policies/qingchuan-notice/evidence/"


@pytest.fixture
def data(tmp_path) -> Path:
    return shutil.copytree(CITY / "data", tmp_path / "data")


def edit(data: Path, path: str, before: str, after: str) -> None:
    text = (data / path).read_text("utf-8")
    assert before in text
    (data / path).write_text(text.replace(before, after, 1), "utf-8")


def found(data: Path) -> set[tuple[str, str, int, str]]:
    return {
        (problem.rule, Path(problem.at.file).relative_to(data).as_posix(), problem.at.line, problem.level)
        for problem in check(load(data)).problems
    }


def line(path: str, words: str) -> int:
    text = (CITY / "data" / path).read_text("utf-8")
    return text[: text.index(words)].count("\n") + 1


# What is done to which file; what must be said of it, and where.
DAMAGE = (
    (M1, "    evidence_file: reply-2025.pdf\n", "", "missing-field", "error"),
    (M1, "evidence_file: reply-2025.pdf", "evidence_file: reply-2024.pdf", "missing-file", "error"),
    (M1, "evidence_file: reply-2025.pdf", "evidence_file: ../source.txt", "wrong-form", "error"),
    (M1, "evidence_file: reply-2025.pdf", "evidence_file: reply-2025.svg", "wrong-form", "error"),
    (M1, "result: 已找到", "result: 找到了", "not-allowed", "error"),
    (M3, "    where: 市水务局网站\n", "", "missing-field", "error"),
    (M1, "date: '2025-12-20'", "date: '2024-01-01'", "before-the-document", "warning"),
    (M1, "'on': '2026-01-31'\n    by: 测试员\n    where", "'on': '2023-01-31'\n    by: 测试员\n    where", "before-the-document", "warning"),
    (M3, "result: 未见公开结果", "result: 已找到", "found-not-recorded", "warning"),
)  # fmt: skip


@pytest.mark.parametrize("row", DAMAGE, ids=[f"{number}-{row[3]}" for number, row in enumerate(DAMAGE)])
def test_what_is_wrong_is_named_at_its_place(row, data):
    path, before, after, rule, level = row
    edit(data, path, before, after)
    said = {(name, where, how) for name, where, _, how in found(data)}
    assert (rule, path, level) in said
    if after:
        assert (rule, path, line(path, before), level) in found(data)


def test_a_file_that_no_entry_names_is_a_reminder_and_is_not_published(data, tmp_path):
    (data / KEPT / "unused.txt").write_text("x", "utf-8")
    assert found(data) == {("unused-evidence", f"{KEPT}unused.txt", 1, "warning")}
    assert "unused.txt" not in str(check(load(data)).ledger.attachments)


def test_a_file_that_is_too_large_is_refused(data):
    (data / KEPT / "reply-2025.pdf").write_bytes(b"%PDF-" + bytes(5_000_000))
    assert ("evidence-too-large", f"{KEPT}reply-2025.pdf", 1, "error") in found(data)
    (data / KEPT / "reply-2025.pdf").write_bytes(bytes(5_000_000))
    assert found(data) == set()


@pytest.mark.parametrize("name", ["Reply.pdf", "答复.pdf", "reply.svg", "reply.exe", "a" * 70 + ".pdf", "in/reply.pdf"])
def test_a_file_with_another_name_may_not_stand_there(name, data):
    path = data / KEPT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert ("unknown-file", f"{KEPT}{name}", 1, "error") in found(data)


def test_links_to_other_files_are_refused(data):
    (data / KEPT / "reply-2025.pdf").unlink()
    (data / KEPT / "reply-2025.pdf").symlink_to(data / "site.yml")
    assert ("no-links", f"{KEPT}reply-2025.pdf", 1, "error") in found(data)


def test_the_shape_and_the_folder_agree_on_names():
    rows = schemas()["measure"]["properties"]["progress"]["additionalProperties"]["properties"]
    assert rows["evidence_file"]["pattern"] == f"^{EVIDENCE.replace('?:', '')}$"
    assert rows["evidence_file"]["maxLength"] == LONGEST_ID


def test_every_new_field_is_explained_to_editors():
    properties = schemas()["measure"]["properties"]
    for name in ("progress", "searches"):
        for field in properties[name]["additionalProperties"]["properties"].values():
            whole = schemas()["common"]["$defs"][field["$ref"].rsplit("/", 1)[1]] | field if "$ref" in field else field
            assert whole["title"] and whole["description"]
            assert whole.get("examples") or "enum" in whole, whole


def test_kept_files_are_published_byte_for_byte_with_their_hash(city, tmp_path):
    """A web page is published as text: its scripts would run as if they were the site's own."""
    assert stage(city, ROOT, tmp_path / "docs") == 0
    names = {"reply-2025.pdf": "reply-2025.pdf", "page-2025.html": "page-2025.html.txt"}
    page = pages_of(city)["policies/qingchuan-notice/01.md"]
    for name, published in names.items():
        raw = (CITY / "data" / KEPT / name).read_bytes()
        assert (tmp_path / "docs" / KEPT / published).read_bytes() == raw
        assert hashlib.sha256(raw).hexdigest() in page and f'href="../evidence/{published}"' in page
    assert not [*(tmp_path / "docs").glob("policies/*/evidence/*.html")]


def test_searches_stand_on_the_page_and_in_the_data(city):
    files, pages = downloads_of(city), pages_of(city)
    page = re.sub(r"<[^>]+>", "", pages["policies/qingchuan-notice/03.md"])
    assert "2026-06-30，张某在市水务局网站检索，未见公开结果。" in page
    assert "尚无进展记录；" in page and "也没有检索记录" not in page
    assert "尚无进展记录，也没有检索记录；" in pages["policies/qingchuan-notice/02.md"]
    rows = json.loads(files["data/v1/searches.json"])
    assert [row["id"] for row in rows] == ["qingchuan-notice/01/s1", "qingchuan-notice/03/s1", "qingchuan-notice/03/s2"]
    record = json.loads(files["data/v1/measures/qingchuan-notice/03.json"])["editorial"]
    assert [search["result"] for search in record["searches"]] == ["未见公开结果"] * 2 and not record["progress"]
    progress = json.loads(files["data/v1/progress.json"])
    assert [row["evidence_url"] is None for row in progress] == [False, True, False]
    assert progress[1]["evidence_file"] == f"https://ledger.example/qingchuan/{KEPT}reply-2025.pdf"


@pytest.mark.parametrize("table", ["themes", "audiences", "glossary", "jurisdictions"])
def test_who_checked_an_entry_stands_in_its_table(table, city):
    rows = json.loads(downloads_of(city)[f"data/v1/{table}.json"])
    assert [row["checked_on"] for row in rows if row["checked_by"]] == ["2026-02-02"]


def test_who_checked_a_record_stands_on_its_page(city):
    pages = pages_of(city)
    for path, day in (
        ("policies/qingchuan-notice/index.md", "2026-01-15"),
        ("policies/qingchuan-notice/01.md", "2026-01-31"),
        ("departments/qingchuan-water.md", "2026-01-31"),
        ("themes/water.md", "2026-02-02"),
        ("audiences/residents.md", "2026-02-02"),
        ("glossary/index.md", "2026-02-02"),
    ):
        assert f'测试员于 <time datetime="{day}">{day}</time>' in pages[path], path
    assert "尚无核对记录。" in pages["themes/markup.md"] and "尚无核对记录。" in pages["departments/qingchuan-towns.md"]
