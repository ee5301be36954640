"""What several tests share: both ledgers, checked, and their sites, built once and served."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from scripts.check import check
from scripts.downloads import make_downloads
from scripts.history import read_history
from scripts.ledger import Change, Dates, History, Ledger, Release
from scripts.load import load
from scripts.made import made
from scripts.pages import make_pages
from scripts.report import as_text
from tests import chromium
from tests.server import serving

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
CITY = Path(__file__).parent / "city"  # a small made-up ledger with hostile texts


# What the small ledger's history would be, if it had been published.
HISTORY = History(
    releases=(
        Release(
            version="1.0.0",
            time="2026-01-31 09:00",
            commit="1" * 40,
            reason="",
            changes=(
                Change(record="policies/qingchuan-notice", action="added"),
                Change(record="policies/qingchuan-notice/01", action="added"),
                Change(record="policies/qingchuan-notice/99", action="added"),
            ),
        ),
        Release(
            version="2.0.0",
            time="2026-02-01 10:30",
            commit="2" * 40,
            reason="对照原件，改正<b>抄写</b>错误。",
            changes=(
                Change(
                    record="policies/qingchuan-notice/01",
                    action="changed",
                    field="deadline",
                    before="2026.1",
                    after="2026.10",
                ),
                Change(record="policies/qingchuan-notice/99", action="removed"),
            ),
        ),
    ),
    dates={"policies/qingchuan-notice/measures/01.yml": Dates("2026-01-31 09:00", "2026-02-01 10:30")},
)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/city/golden from what is made now")
    parser.addoption("--every-window", action="store_true", help="axe looks at more windows, as `make measure` does")


def ledger_of(data: Path) -> Ledger:
    report = check(load(data))
    assert report.ledger, as_text(report.problems)
    return report.ledger


def downloads_of(ledger: Ledger) -> dict[str, bytes]:
    return {
        path: content.read_bytes() if isinstance(content, Path) else content for path, content in make_downloads(ledger)
    }


def pages_of(ledger: Ledger) -> dict[str, str | bytes]:
    """The staged pages of a ledger, with the facts of its downloads."""
    return make_pages(ledger, [made(path, content) for path, content in make_downloads(ledger)])


def run(*arguments: str, cwd: Path = ROOT, **options) -> subprocess.CompletedProcess:
    """One command of the program, as a person would run it; it waits for the build of another test."""
    while True:
        command = [sys.executable, "-m", "scripts", *arguments]
        made = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", **options)
        if made.returncode != 2 or "另一个生成正在进行" not in made.stderr:
            return made
        time.sleep(0.5)


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    return ledger_of(DATA)


@pytest.fixture(scope="session")
def city() -> Ledger:
    return replace(ledger_of(CITY / "data"), history=HISTORY)


@pytest.fixture(scope="session", params=["zibo", "city"])
def site(request, tmp_path_factory):
    """A built site of each ledger: its folder and the Ledger it shows."""
    data = {"zibo": DATA, "city": CITY / "data"}[request.param]
    out = tmp_path_factory.mktemp(request.param) / "site"
    made = run("site", "--data", str(data), "--out", str(out))
    assert made.returncode == 0, made.stdout + made.stderr
    return out, replace(ledger_of(data), history=read_history(data))


@pytest.fixture(scope="session")
def served(site):
    """The site on a real server, under the path of its own address, or at the root if it has none: (address, Ledger)."""
    out, shown = site
    path = urlsplit(shown.site.address).path.strip("/")
    root = out.parent / "root"
    root.mkdir(exist_ok=True)
    folder = root / path if path else out
    if path and not folder.exists():
        folder.symlink_to(out)
    with serving(root if path else out) as address:
        yield f"{address}{path + '/' if path else ''}", shown


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    assert path, chromium.WAY_OUT
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A fresh page; `page.trouble` collects console errors, page errors and requests that leave the machine."""
    context = browser.new_context()
    page = context.new_page()
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("dialog", lambda dialog: (page.trouble.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "file://", "data:"))
            else page.trouble.append(request.url)
        ),
    )
    yield page
    context.close()


@pytest.fixture
def editing(served, page):
    """The form: (open, which takes a record's address or a query and gives the page, ready; the page; Ledger)."""
    address, ledger = served
    page.set_default_timeout(5000)

    def open(query: str = ""):
        page.goto(f"{address}edit/{query if query.startswith('?') else f'?record={query}' if query else ''}")
        page.wait_for_selector("[data-edit-tool][data-state=ready]")
        return page

    return open, page, ledger
