"""Put one tree together for any site engine: hand-written pages, generated pages, downloads, feeds, search index."""

import sys
from collections.abc import Iterator
from pathlib import Path

import rjsmin

from scripts.calendars import make_calendars
from scripts.downloads import make_downloads
from scripts.edit import Written, make_edit
from scripts.feeds import make_feeds
from scripts.ledger import Ledger
from scripts.made import Content, made
from scripts.pages import make_pages
from scripts.query import make_query
from scripts.search import make_search
from scripts.write import NotOurs, write_tree

DATABASE = "data/v1/ledger.sqlite"


def stage(ledger: Ledger, root: Path, out: Path) -> int:
    """Write the tree to `out`, replacing what an earlier build left there. Returns the exit status."""
    try:
        write_tree(out, _files(ledger, root))
    except NotOurs as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


def _files(ledger: Ledger, root: Path) -> Iterator[tuple[str, Content]]:
    """Every file of the tree. The downloads go to the disk one by one; only what is known of them is kept."""
    downloads = []
    for path, content in make_downloads(ledger):
        downloads.append(made(path, content))
        if path == DATABASE:
            yield from make_query(content)
        yield path, content
    for snapshot in ledger.snapshots:
        yield from ((snapshot.address + name, path) for name, path in snapshot.files)
    yield from ((kept.address, kept.path) for kept in ledger.attachments)
    yield from make_calendars(ledger)
    yield from make_feeds(ledger)
    yield from make_edit(ledger, as_written(ledger)).items()
    tree = dict(hand_written(root / "docs")) | make_pages(ledger, downloads)
    yield from tree.items()
    pages = {path: _as_text(content) for path, content in tree.items() if path.endswith(".md")}
    yield from make_search(ledger, pages, programs(root / "overrides")).items()


def as_written(ledger: Ledger) -> Iterator[Written]:
    """The files that the ledger was read from, as they are now."""
    for file in ledger.files:
        text = file.place.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        yield Written(file.kind, file.id, file.path, text)


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
