"""Proofs on the built site: no dead link, no request to another host, no page that lacks what a reader needs, and every
CSV read back by an independent reader as its JSON says."""

import csv
import io
import json
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from html.parser import HTMLParser
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csvkit.utilities.csvformat import CSVFormat

# Elements that make a browser fetch an address as soon as it sees them, and the attribute that names it.
FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
}
NOT_FETCHED = {"canonical", "license", "alternate", "prev", "next"}  # relations of <link> that only inform


@dataclass
class Seen(HTMLParser):
    """What one page links to, fetches, and offers as targets."""

    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, int]] = field(default_factory=list)
    fetched: list[tuple[str, int]] = field(default_factory=list)
    lang: str = ""
    title: str = ""
    description: str = ""
    headings: int = 0
    repeated: list[str] = field(default_factory=list)
    _in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        line = self.getpos()[0]
        if "id" in given:
            if given["id"] in self.ids:
                self.repeated.append(given["id"])
            self.ids.add(given["id"])
        match tag:
            case "html":
                self.lang = given.get("lang", "")
            case "title":
                self._in_title = not self.title
            case "meta" if given.get("name") == "description":
                self.description = given.get("content", "")
            case "h1":
                self.headings += 1
            case "a" | "area" if "href" in given:
                self.links.append((given["href"], line))
            case "link" if given.get("rel") == "alternate" and "href" in given:  # a feed
                self.links.append((given["href"], line))
            case "form" if "action" in given:
                self.links.append((given["action"], line))
        if tag in FETCHED and FETCHED[tag] in given and not NOT_FETCHED & set(given.get("rel", "").split()):
            self.fetched.append((given[FETCHED[tag]], line))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def prove(site: Path, home: str = "") -> list[str]:
    """Everything that is wrong with a built site, one line each; empty if it is sound. `home` is its own address."""
    pages = {path: _seen(path) for path in sorted(site.rglob("*.html"))}
    faults = [fault for path, seen in pages.items() for fault in _faults(site, path, seen, pages, home)]
    return [*faults, *_unlike_twins(site)]


def _seen(path: Path) -> Seen:
    seen = Seen()
    seen.feed(path.read_text("utf-8"))
    seen.close()
    return seen


def _faults(site: Path, path: Path, seen: Seen, pages: dict[Path, Seen], home: str) -> Iterator[str]:
    here = path.relative_to(site).as_posix()
    for name, value in (("语言", seen.lang), ("标题", seen.title.strip()), ("摘要", seen.description.strip())):
        if not value:
            yield f"{here}: 没有{name}。"
    if seen.headings != 1:
        yield f"{here}: 应有一个一级标题，现有 {seen.headings} 个。"
    for id in seen.repeated:
        yield f"{here}: 锚点“{id}”出现了两次。"
    for address, line in seen.fetched:
        if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//|javascript:", address, re.IGNORECASE):
            yield f"{here}:{line}: 向别的网站取文件：{address}"
    for address, line in (*seen.links, *seen.fetched):
        if fault := _dead(address, path, site, pages, home):
            yield f"{here}:{line}: {fault}：{address}"


def _dead(address: str, path: Path, site: Path, pages: dict[Path, Seen], home: str) -> str:
    """Why a link leads nowhere; "" if it leads somewhere within the site, or out of it by a safe scheme."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "网址写法不对"
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("http", "https", "mailto", "tel") else "不安全的链接"
    target = path if not parts.path else _file(unquote(parts.path), path, site, urlsplit(home).path)
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file() or site.resolve() not in target.resolve().parents:
        return "链接没有目标"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "锚点不存在"
    return ""


def _file(way: str, path: Path, site: Path, base: str) -> Path:
    if way.startswith("/"):  # only 404.html, which is shown at any address
        return site / way.removeprefix(base if base and way.startswith(base) else "/").lstrip("/")
    return Path(normpath(path.parent / way))


def _unlike_twins(site: Path) -> Iterator[str]:
    """Tables whose CSV, read by csvkit without inference, is not what their JSON says."""
    for path in sorted((site / "data" / "v1").glob("*.csv")):
        expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        names, rows = read_csv(path)
        found = [dict(zip(names, row, strict=True)) for row in rows]
        if len(found) != len(expected) or not all(map(same_row, found, expected)):
            yield f"data/v1/{path.name}: 与 {path.stem}.json 不一致。"


def read_csv(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows as csvkit reads them. No type is guessed: 2020.10 stays 2020.10."""
    out = io.StringIO()
    with _process_as_it_was(), redirect_stdout(out):
        CSVFormat(["-U", "1", str(path)], out).run()  # quote all: what csvkit writes is read back cell by cell
    header, *rows = csv.reader(io.StringIO(out.getvalue(), newline=""))
    return header, rows


@contextmanager
def _process_as_it_was() -> Iterator[None]:
    """csvkit takes the process for its own: from then on a closed pipe would end ours without a word."""
    pipe, hook = getattr(signal, "SIGPIPE", None), sys.excepthook
    handler = signal.getsignal(pipe) if pipe else None
    try:
        yield
    finally:
        sys.excepthook = hook
        if pipe:
            signal.signal(pipe, handler)


def same_row(cells: dict[str, str], row: dict[str, object]) -> bool:
    """Do the cells of a CSV say what a JSON row says? Numbers are compared as numbers: 42.50 is 42.5."""
    return cells.keys() == row.keys() and all(same(cells[name], value) for name, value in row.items())


def same(cell: str, value: object) -> bool:
    match value:
        case bool():
            return cell == ("true" if value else "false")
        case int() | float():
            return float(cell or "nan") == value
        case _:
            return cell == (value or "")
