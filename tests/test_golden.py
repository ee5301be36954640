"""Everything that the small made-up ledger becomes, file by file. `pytest --update-golden` rewrites it; read the diff."""

import json
import re
import shutil

from scripts.downloads.schemas import table_schema
from scripts.made import made as made_file
from scripts.pages import make_pages
from tests.conftest import CITY, ROOT, downloads_of

GOLDEN = CITY / "golden"
LAYOUT = ROOT / "data/schemas/tables.schema.json"
# Binary files, and files that hold their hashes, are read by other tests: another library packs the same otherwise.
ELSEWHERE = (
    ".xlsx",
    ".docx",
    ".png",
    ".sqlite",
    ".parquet",
    ".zip",
    "/datapackage.json",
    "/index.json",
    "SUMS",
    ".jsonld",
)


def masked(page):
    """The page without the sizes and hashes of files that another library packs otherwise."""
    return re.sub(r"[0-9a-f]{64}|\b[0-9.]+ (?:B|KB)\b", "…", page)


def made(city):
    downloads = downloads_of(city)
    files = make_pages(city, [made_file(*pair) for pair in downloads.items()]) | downloads
    return {
        path: (masked(content) if path == "data/index.md" else content).encode()
        if isinstance(content, str)
        else content
        for path, content in files.items()
        if not path.endswith(ELSEWHERE)
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
    assert downloads_of(city) == downloads_of(city)


def test_the_layout_of_the_tables_is_written_down(request):
    """The history tells from this file when a column came or went; within /data/v1/ none goes."""
    layout = table_schema()
    if request.config.getoption("--update-golden"):
        LAYOUT.write_text(json.dumps(layout, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert json.loads(LAYOUT.read_text("utf-8")) == layout, "run pytest --update-golden and read the diff"


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
