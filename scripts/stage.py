"""Put one tree together for any site engine: hand-written pages, generated pages, downloads, search index."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import rjsmin

from scripts.downloads import make_downloads
from scripts.history import Dates
from scripts.ledger import Ledger
from scripts.pages import make_pages
from scripts.search import make_search
from scripts.write import NotOurs, write_tree


def stage(ledger: Ledger, root: Path, out: Path, dates: Mapping[str, Dates]) -> int:
    """Write the tree to `out`, replacing what an earlier build left there. `dates`: see history. Returns the exit status."""
    downloads = make_downloads(ledger)
    tree = dict(hand_written(root / "docs")) | make_pages(ledger, downloads, dates)
    pages = {path: _as_text(content) for path, content in tree.items() if path.endswith(".md")}
    files = tree | downloads | make_search(ledger, pages, programs(root / "overrides"))
    try:
        write_tree(out, files)
    except NotOurs as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


def programs(overrides: Path) -> dict[str, str]:
    """The scripts of the search by name, without their comments."""
    paths = sorted((overrides / "assets").glob("search*.js"))
    return {path.stem: rjsmin.jsmin(path.read_text("utf-8")) for path in paths}


def _as_text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode(errors="replace")


def hand_written(docs: Path) -> Iterator[tuple[str, bytes]]:
    """The pages and files of docs/. Each page's front matter gets `source`, so that it can say where to edit it."""
    for path in sorted(docs.rglob("*")):
        if not path.is_file() or path.is_symlink() or path.name.startswith("."):
            continue
        inside = path.relative_to(docs).as_posix()
        content = path.read_bytes()
        if path.suffix == ".md":
            front, rest = (b"", content.removeprefix(b"---\n")) if content.startswith(b"---\n") else (b"---\n", content)
            content = f"---\nsource: docs/{inside}\n".encode() + front + rest
        yield inside, content
