"""Everything that the small made-up ledger becomes, file by file. `pytest --update-golden` rewrites it; read the diff."""

import shutil

from scripts.downloads import make_downloads
from scripts.history import Dates
from scripts.pages import make_pages
from tests.conftest import CITY

GOLDEN = CITY / "golden"
DATES = {"policies/qingchuan-notice/measures/01.yml": Dates("2026-01-31 09:00", "2026-02-01 10:30")}
BINARY = (".xlsx", ".docx", ".png")  # read by test_tables instead


def made(city):
    downloads = make_downloads(city)
    files = make_pages(city, downloads, DATES) | downloads
    return {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
        if not path.endswith(BINARY)
    }


def test_the_staged_tree_is_as_it_was(city, request):
    files = made(city)
    if request.config.getoption("--update-golden"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, content in files.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(content)
    golden = {path.relative_to(GOLDEN).as_posix(): path.read_bytes() for path in GOLDEN.rglob("*") if path.is_file()}
    assert sorted(files) == sorted(golden)
    for path, content in files.items():
        assert content.decode() == golden[path].decode(), path


def test_the_same_input_gives_the_same_bytes(city):
    assert make_downloads(city) == make_downloads(city)


def test_no_html_block_holds_a_blank_line(city):
    """Some Markdown parsers end an HTML block at a blank line; then data would be read as Markdown."""
    for path, content in made(city).items():
        if not path.endswith(".md"):
            continue
        depth = 0
        for line in content.decode().split("---\n", 2)[2].split("\n"):
            assert line.strip() or depth == 0, path
            for tag in ("article", "section", "header", "nav", "div", "dl", "ul", "ol", "form", "table"):
                depth += line.count(f"<{tag}>") + line.count(f"<{tag} ") - line.count(f"</{tag}>")
        assert depth == 0, path
