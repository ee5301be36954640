"""What searching costs: time from a key press to the first results, painted, and bytes of a first query, from the two
documents to 10,000 measures. In headless Chromium with its processor slowed four times. Run by `make measure`; writes benchmarks/search.md.

The larger ledgers are made up: texts by a chain of the characters of the real ones, so no two are alike.
"""

import gzip
import json
import random
import shutil
import statistics
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright
from tools import ROOT

sys.path.insert(0, str(ROOT))

from scripts.check import check
from scripts.ledger import Ledger
from scripts.load import load
from scripts.search import make_search
from scripts.stage import programs
from tests import chromium
from tests.server import Quiet, serving

SIZES = (47, 1_000, 5_000, 10_000)  # measures
TYPED = 40  # queries that are typed, character by character
ORDINARY = "财政局"
SLOWER = 4
# A slow phone's network, as Lighthouse has it: 1.6 Mbit/s, 150 ms there and back.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
WATCH = """() => {
    const results = document.querySelector("[data-search-results]");
    let pressed = null;
    window.waits = [];
    document.addEventListener("input", () => { pressed = performance.now(); }, true);
    new MutationObserver(() => {
        if (pressed === null || !results.dataset.state) return;
        const since = pressed;
        pressed = null;
        requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - since)));
    }).observe(results, { attributes: true });
}"""
# The same for a page that only writes down what is typed: what the browser itself takes for a frame.
BARE = """() => {
    document.body.innerHTML = "<input id='pl-q' value='a'><p></p>";
    window.waits = [];
    document.addEventListener("input", (event) => {
        const since = performance.now();
        document.querySelector("p").textContent = event.target.value;
        requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - since)));
    });
}"""
FIRST = """() => new Promise((done) => {
    const look = () => document.querySelector("[data-search-results] [data-id]")
        ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5);
    look();
})"""


class Packed(Quiet):
    """A web server that compresses, as any that a site is put on."""

    def send_head(self):
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return super().send_head()
        packed = path.with_name(path.name + ".gz")
        if not packed.exists():
            packed.write_bytes(gzip.compress(path.read_bytes(), 6))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(packed.stat().st_size))
        self.end_headers()
        return packed.open("rb")


def grown(ledger: Ledger, count: int) -> Ledger:
    """A ledger of so many measures, 33 to a document; the real one where that is enough."""
    if count <= len(ledger.measures):
        return ledger
    chance = random.Random(count)
    following: dict[str, list[str]] = defaultdict(list)
    for measure in ledger.measures:
        for one, other in zip(measure.text, measure.text[1:], strict=False):
            following[one].append(other)

    def text(length: int) -> str:
        character = chance.choice(sorted(following))
        found = character
        for _ in range(length):
            character = chance.choice(following.get(character) or sorted(following))
            found += character
        return found

    policies = [
        replace(ledger.policies[0], id=f"copy-{number:03}", title=text(20)) for number in range(-(-count // 33))
    ]
    measures = []
    for number in range(count):
        model = ledger.measures[number % len(ledger.measures)]
        policy = policies[number // 33]
        id = f"{policy.id}/{number % 33 + 1:02}"
        words = text(len(model.text))
        measures.append(replace(model, id=id, policy=policy, title=words[:14], text=words))
    return replace(ledger, policies=tuple(policies), measures=tuple(measures))


def site(ledger: Ledger, count: int) -> Path:
    """The page of results with the index of a ledger of so many measures."""
    folder = ROOT / f"build/search/{count}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "site/assets", folder / "assets")
    (folder / "search").mkdir()
    shutil.copy(ROOT / "site/search/index.html", folder / "search")
    pages = {
        path.relative_to(ROOT / "build/docs").as_posix(): path.read_text("utf-8")
        for path in (ROOT / "build/docs").rglob("*.md")
    }
    for path, content in make_search(grown(ledger, count), pages, programs(ROOT / "overrides")).items():
        (folder / path).write_bytes(content)
    return folder


def slow(page: Page, network: bool) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)


def first_query(browser, address: str) -> tuple[int, float, float]:
    """Bytes beyond the page until the first results of a query stand; seconds until then, typed and opened by its address."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}search/")
    page.wait_for_load_state("networkidle")
    got = []
    page.on("response", lambda response: got.append(int(response.headers.get("content-length", 0))))
    before = sum(got)
    slow(page, network=True)
    page.evaluate(WATCH)
    page.locator("#pl-q").focus()
    page.keyboard.insert_text(ORDINARY)
    page.wait_for_function("() => window.waits.length > 0", timeout=60_000)
    typed = page.evaluate("window.waits[0]") / 1000
    context.close()
    context = browser.new_context()
    page = context.new_page()
    slow(page, network=True)
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.setdefault(response.url, int(response.headers.get("content-length", 0))))
    page.goto(f"{address}search/?q={quote(ORDINARY)}", wait_until="commit")
    opened = page.evaluate(FIRST) / 1000
    part_of_page = (".css", "ledger.js", "icon.svg", f"?q={quote(ORDINARY)}")
    beyond = sum(size for url, size in sizes.items() if not url.endswith(part_of_page))
    context.close()
    return beyond + before, typed, opened


def waits(browser, address: str, queries: list[str], watch: str = WATCH) -> list[float]:
    """Milliseconds from each key press to what it paints, every query typed character by character; sorted."""
    page = browser.new_page()
    slow(page, network=False)
    page.goto(f"{address}search/?q=a")
    page.wait_for_selector("[data-search-results][data-state=done]", state="attached")
    page.evaluate(watch)
    done = 0
    for query in queries:
        page.fill("#pl-q", "")
        done += 1
        page.wait_for_function("(done) => window.waits.length >= done", arg=done, timeout=60_000)
        for character in query:
            page.keyboard.insert_text(character)
            done += 1
            page.wait_for_function("(done) => window.waits.length >= done", arg=done, timeout=60_000)
    found = page.evaluate("window.waits")
    page.close()
    return sorted(found)


def spread(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} | {times[int(len(times) * 0.95)]:.0f}"


def main() -> None:
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    written = json.loads((ROOT / "tests/search/queries.json").read_text("utf-8"))
    queries = [query["query"] for query in written if "\n" not in query["query"]]
    queries = random.Random(4).sample(queries, TYPED)
    lines = [
        "# What searching costs",
        "",
        f"Chromium, processor slowed {SLOWER} times. Key press to the first painted results: {TYPED} queries, typed character by "
        f"character, server without delay; beside it what an empty page takes to paint each key. First query ({ORDINARY}): bytes beyond the page over the wire (gzip -6), and seconds "
        "over a slow phone's network (1.6 Mbit/s, 150 ms), typed on the open page and opened by its address, page included.",
        "",
        "| measures | p50 ms | p95 ms | frame alone p50 | p95 | first query KB | typed s | opened s | files | all KB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        for count in SIZES:
            folder = site(ledger, count)
            with serving(folder, Packed) as address:
                size, typed, opened = first_query(browser, address)
                times = waits(browser, address, queries)
                bare = waits(browser, address, queries, BARE)
            files = list((folder / "search").glob("*.js"))
            everything = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
            lines.append(
                f"| {count} | {spread(times)} | {spread(bare)} | {size / 1000:.1f} | {typed:.2f} | {opened:.2f} "
                f"| {len(files)} | {everything / 1000:.0f} |"
            )
            print(lines[-1], flush=True)
        browser.close()
    (ROOT / "benchmarks/search.md").write_text("\n".join([*lines, ""]), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
