"""The same site in Firefox ESR, on a phone's screen; writes benchmarks/firefox.md.

Run by `make measure`. Needs npm and firefox-esr (or FIREFOX=path).
"""

import json
import os
import shutil
import subprocess
import sys

from tools import ROOT, TOOLS, fetch

sys.path.insert(0, str(ROOT))

from scripts.check import check
from scripts.load import load
from tests.pages import one_of_each_kind
from tests.server import serving

VERSION = "25.16.0"


def main() -> None:
    firefox = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not firefox:
        sys.exit("没有找到 Firefox。请安装 firefox-esr，或设置 FIREFOX=可执行文件的路径。")
    fetch("puppeteer-core", VERSION)
    ledger = check(load(ROOT / "data")).ledger
    assert ledger, "make check first"
    with serving(ROOT / "site") as home:
        command = ["node", str(ROOT / "benchmarks/firefox.mjs"), str(TOOLS), firefox, home, *one_of_each_kind(ledger)]
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    lines = [
        "# Firefox",
        "",
        f"{result['version']}, {result['pages']} pages at 390 px: {len(result['failures'])} failures.",
        "",
    ]
    lines += [f"- {failure}" for failure in result["failures"]]
    (ROOT / "benchmarks/firefox.md").write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    print("\n".join(lines))
    sys.exit(bool(result["failures"]))


if __name__ == "__main__":
    main()
