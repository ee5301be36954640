"""Pictures of one page of every kind, phone and desktop, light and dark, into build/screens/, to be looked at.

Run by `make screens`, after `make site`.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from scripts.check import check  # noqa: E402
from scripts.load import load  # noqa: E402
from tests import chromium  # noqa: E402
from tests.pages import one_of_each_kind  # noqa: E402
from tests.server import serving  # noqa: E402

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


def main() -> None:
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    out = ROOT / "build/screens"
    out.mkdir(parents=True, exist_ok=True)
    with serving(ROOT / "site") as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                for address in one_of_each_kind(ledger):
                    page.goto(served + address)
                    name = address.strip("/").replace("/", "-") or "home"
                    page.screenshot(path=out / f"{name}-{size}-{scheme}.png", full_page=True)
                page.close()
        browser.close()
    print(f"{len(list(out.glob('*.png')))} 张图在 {out.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
