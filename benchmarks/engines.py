"""The same queries to this project's search and to three ready-made ones, in a browser; writes benchmarks/engines.md.

Run by `.venv/bin/python benchmarks/engines.py [--queries FILE]` after `make site`; another file of queries is only
printed. Needs npm and a Chromium. The others get the same facts: one page per measure and per department.
"""

import argparse
import gzip
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page, sync_playwright
from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.check import check
from scripts.ledger import Ledger
from scripts.load import load
from tests import chromium
from tests.search import browse
from tests.search.score import NEGATIVE, Score, Shown, mean, rows, score
from tests.server import serving

FOLDER = ROOT / "build/engines"
QUERIES = ROOT / "tests/search/queries.json"
PYTHON = {"mkdocs": "1.6.1", "mkdocs-material": "9.8.1", "jieba": "0.42.1", "zensical": "0.0.73"}
PAGEFIND = "1.6.0"
ORDINARY = "财政局"  # the query whose files are weighed
FIRST, ALL = 10, 10_000  # results to read, where each is a file of its own
# The settings, of those that their manuals name, under which each ranks the project's own queries best.
SEARCH = {
    "material": {"lang": "zh", "separator": r'[\s\u200b\u3000\-_,:!=\[\]()"/、。，．？！；：“”《》（）%+]+|\.(?!\d)'},
    "zensical": {"separator": r"[\s\u200b\u3000\-、。，．？！；：“”《》（）%]+"},
}
PAGEFIND_CHARACTERS = "+%."
# Keeps what a page and its worker say to each other: 2 is a query, 3 its answer, 4 a failure.
LISTEN = """Object.assign(self, { asked: [], answers: [] });
self.Worker = class extends Worker {
    constructor(...how) {
        super(...how);
        self.worker = this;
        this.addEventListener("message", ({ data }) => data.type > 2 && self.answers.push(data));
    }
    postMessage(said) {
        said.type === 2 ? self.asked.push(said) : (self.corpus = said.data);
        super.postMessage(said);
    }
};"""
ANSWERED = """() => {
    const { data } = self.asked.at(-1) ?? {};
    return (data?.input ?? data) && self.answers.length === self.asked.length;
}"""
MATERIAL = "() => self.answers.at(-1).data.items.map(([page]) => page.location)"
# Ten results a message; the page asks for the next in this way when it is scrolled, and at times of its own accord.
ZENSICAL = """async () => {
    const { type, data } = self.asked.at(-1);
    for (let page = true; page; ) {
        while (self.answers.length < self.asked.length) await new Promise((done) => setTimeout(done));
        page = self.answers.at(-1).data?.pagination.next;
        if (page) self.worker.postMessage({ type, data: { ...data, page } });
    }
    const parts = self.answers.filter((_, place) => self.asked[place].data.input === data.input);
    return parts.flatMap((part) => part.data?.items ?? []).map(({ id }) => self.corpus.items[id].location);
}"""
PAGEFIND_API = """async ([query, most]) => {
    const { results } = await (await import("/pagefind/pagefind.js")).search(query);
    return (await Promise.all(results.slice(0, most).map((one) => one.data()))).map(({ url }) => url);
}"""
NOTES = f"""
- The others search one page per measure (number and title, text, departments and deadline as written) and one per
  department (name, other names, short forms) of the same ledger. The queries also want what only this project's search
  sets out to do: a department's short form leads to its measures, dates in other spellings, traditional characters,
  pinyin, slips. It was made with the project's own queries in sight.
- The others' settings are the best of those tried on the project's own queries. Zensical and Pagefind get the language
  zh from the pages. Separators: Material (`lang: zh`) `{SEARCH["material"]["separator"]}`,
  Zensical `{SEARCH["zensical"]["separator"]}`. Pagefind is asked through its API; it
  includes the characters `{PAGEFIND_CHARACTERS}`.
- Every list is read to its end. Precision is a mean over lists that are not empty; empty is the share of empty lists;
  negatives is the share of queries without an answer whose results are none, or labelled approximate.
- Bytes: all files fetched until the first results for {ORDINARY} stand, each by gzip -6, but for those that the HTML of the
  page names: so without the code of a search box where every page loads it, and without Pagefind's own interface.
  Where a result is a file of its own, the first {FIRST}.
"""
Ask = Callable[[Page, str, str, int], list[Shown]]  # page of a browser, address of the site, query, how many results


def run(*command: str | Path) -> None:
    made = subprocess.run(
        command, cwd=FOLDER, env={**os.environ, "TMPDIR": str(FOLDER)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        sys.exit(made.stdout.decode())


def install() -> None:
    """The others: Python packages in an environment of their own, and an npm package; once per set of versions."""
    wanted = [*(f"{name}=={version}" for name, version in PYTHON.items()), f"pagefind@{PAGEFIND}"]
    stamp = FOLDER / "installed"
    if stamp.exists() and stamp.read_text("utf-8").split() == wanted:
        return
    if not shutil.which("npm"):
        sys.exit("测量需要 Node.js 和 npm（pagefind）。请先安装，再运行。")
    FOLDER.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "venv", "--clear", "venv")
    run("venv/bin/pip", "install", "--quiet", *wanted[:-1])
    run("npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", FOLDER, wanted[-1])
    stamp.write_text("\n".join(wanted), "utf-8")


def corpus(ledger: Ledger) -> Iterator[tuple[str, str, list[str]]]:
    """(address, title, paragraphs) of every page."""
    for measure in ledger.measures:
        names = "、".join(share.name_as_written for share in measure.responsibilities)
        due = [measure.deadline.quote] if measure.deadline else []
        yield measure.address, f"{measure.number} {measure.title}", [*measure.text.splitlines(), names, *due]
    for department in ledger.departments:
        yield department.address, department.name, [*department.other_names, *department.aliases]


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def marked_down(text: str) -> str:
    """A line that means itself in Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!])", r"\\\1", html.escape(text, quote=False))


def build(ledger: Ledger) -> None:
    """A copy of this site, and the others' sites, each with a home page that no search finds."""
    for name in ("docs", "pagefind", "site"):
        shutil.rmtree(FOLDER / name, ignore_errors=True)
    shutil.copytree(ROOT / "site", FOLDER / "site")
    put(FOLDER / "docs/index.md", "---\nsearch: {exclude: true}\n---\n# 首页\n")
    page = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>{0}</title><body {1}><h1>{0}</h1>{2}\n'
    put(FOLDER / "pagefind/index.html", page.format("首页", "", ""))
    for address, title, lines in corpus(ledger):
        texts = [f"# {marked_down(title)}", *map(marked_down, lines)]
        put(FOLDER / f"docs/{address.rstrip('/')}.md", "\n\n".join(texts) + "\n")
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        put(FOLDER / f"pagefind/{address}index.html", page.format(html.escape(title), "data-pagefind-body", body))
    theme = {"name": "material", "language": "zh", "font": False}
    for name, search in SEARCH.items():
        site = {
            "site_name": "corpus",
            "docs_dir": "docs",
            "site_dir": name,
            "theme": theme,
            "plugins": [{"search": search}],
        }
        put(FOLDER / f"{name}.yml", json.dumps(site))
    run("venv/bin/mkdocs", "build", "--quiet", "--config-file", "material.yml")
    run("venv/bin/zensical", "build", "--clean", "--config-file", "zensical.yml")
    run("node_modules/.bin/pagefind", "--site", "pagefind", "--include-characters", PAGEFIND_CHARACTERS)


def records(home: str, locations: Sequence[str]) -> list[Shown]:
    """Addresses as records, each where it first appears."""
    ids = (location.removeprefix(home).strip("/").removeprefix("policies/") for location in locations)
    return [Shown(id, approximate=False) for id in dict.fromkeys(ids)]


def typed(button: str, box: str, read: str) -> Ask:
    """Opens a search, types into its box (Material's listens to keys alone), and reads what the worker answered."""

    def ask(page: Page, home: str, query: str, _: int) -> list[Shown]:
        page.goto(home)
        page.click(button)
        page.fill(box, query)
        page.press(box, "End")
        page.wait_for_function(ANSWERED)
        return records(home, page.evaluate(read))

    return ask


def ask_pagefind(page: Page, home: str, query: str, most: int) -> list[Shown]:
    page.goto(home)
    return records(home, page.evaluate(PAGEFIND_API, [query, most]))


ENGINES: dict[str, tuple[str, Ask]] = {
    "this project": ("site", lambda page, home, query, _: browse.results(page, home, query)),
    "Material": ("material", typed(".md-search__input", ".md-search__input", MATERIAL)),
    "Zensical": ("zensical", typed(".md-search__button", "[role=combobox]", ZENSICAL)),
    "Pagefind": ("pagefind", ask_pagefind),
}


def weight(page: Page, home: str, site: Path, ask: Ask) -> int:
    """Bytes, each file by gzip -6, that a first query fetches beyond what the page's own HTML names."""
    fetched: list[str] = []
    page.context.on("request", lambda request: fetched.append(request.url))
    ask(page, home, ORDINARY, FIRST)
    own = re.findall(r'(?:src|href)="?([^"\s>]+)', page.request.get(fetched[0]).text())
    beyond = set(fetched) - {urljoin(fetched[0], path) for path in own}
    files = [site / urlsplit(address).path.lstrip("/") for address in beyond]
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files if file.is_file())


def read_queries(path: Path, ledger: Ledger) -> list[Mapping]:
    """Queries; a department may be written as departments:<name>, and two names of one body are one record."""
    shares = [share for measure in ledger.measures for share in measure.responsibilities]
    ids = {f"departments:{share.name_as_written}": f"departments/{share.department.id}" for share in shares}
    ids |= {f"departments:{name}": f"departments/{it.id}" for it in ledger.departments for name in it.names}
    queries = []
    for query in json.loads(path.read_text("utf-8")):
        expected, beside = ([ids.get(id, id) for id in query[field]] for field in ("expected", "dont_care"))
        assert not any(id.startswith("departments:") for id in expected + beside), query
        graded = sorted(query["grades"].items(), key=lambda pair: pair[1])  # the higher stays
        told = {"expected": list(dict.fromkeys(expected)), "dont_care": sorted(set(beside) - set(expected))}
        queries.append({**query, **told, "grades": {ids.get(id, id): grade for id, grade in graded}})
    return queries


def table(*lines: Sequence[str]) -> str:
    rule = ["---"] + ["---:"] * (len(lines[0]) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:]))


def faults(one: Score) -> str:
    told = [f"{name} {', '.join(ids)}" for name, ids in (("missed", one.missed), ("wrong", one.wrong)) if ids]
    return "; ".join(told + ["answered though nothing is meant"] * (one.quiet is False))


def report(scores: Mapping[str, list[Score]], weights: Mapping[str, int], version: str) -> str:
    found = {name: {kind: numbers for kind, *numbers in rows(own)} for name, own in scores.items()}
    ours = scores["this project"]
    measures = ("recall", "precision", "nDCG@10", "empty")
    heads = ["engine", *(f"{group} {one}" for group in ("core", "all") for one in measures), "negatives", "bytes"]
    engines = []
    for name, own in scores.items():
        numbers = [*found[name]["core"][1:], *found[name]["all"][1:], mean(one.quiet for one in own)]
        engines.append([name, *(f"{number:.3f}" for number in numbers), f"{weights[name]:,}"])
    kinds = []
    for kind, (count, *_) in found["this project"].items():
        kinds.append([kind, str(count), *(f"{one[kind][3]:.3f}" for one in found.values())])
    wrong = [f"- {one.query['query']} ({one.query['kind']}): {faults(one)}" for one in ours if faults(one)]
    versions = ", ".join(f"{name} {number}" for name, number in (*PYTHON.items(), ("pagefind (extended)", PAGEFIND)))
    negatives = sum(one.query["kind"] == NEGATIVE for one in ours)
    return "\n".join(
        [
            f"# Search engines\n\n{len(ours)} queries, {negatives} of them without an answer, in a headless browser.",
            f"Chromium {version.split('.')[0]}, {versions}.\n\n{table(heads, *engines)}\n",
            f"nDCG@10 by kind:\n\n{table(['kind', 'queries', *scores], *kinds)}\n{NOTES}",
            "## What this project's search misses\n",
            *(wrong or ["Nothing."]),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queries", type=Path, default=QUERIES)
    file = parser.parse_args().queries
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    queries = read_queries(file, ledger)
    install()
    build(ledger)
    scores, weights = {}, {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        for name, (folder, ask) in ENGINES.items():
            with serving(FOLDER / folder) as home:
                pages = [browser.new_context().new_page() for _ in range(2)]  # the second has nothing stored
                for page in pages:
                    page.context.add_init_script(LISTEN)
                scores[name] = [score(query, ask(pages[0], home, query["query"], ALL)) for query in queries]
                weights[name] = weight(pages[1], home, FOLDER / folder, ask)
        text = report(scores, weights, browser.version)
    if file.resolve() == QUERIES:
        put(ROOT / "benchmarks/engines.md", text + "\n")
    print(text)


if __name__ == "__main__":
    main()
