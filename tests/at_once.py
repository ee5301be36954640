"""All tests in two processes at once, for two processors: those that sit in a browser, and all others."""

import subprocess
import sys
from pathlib import Path

BROWSER = tuple(
    f"tests/test_{name}.py" for name in ("browser", "query", "edit", "edit_page", "edit_rules", "search", "feeds")
)
SLOWEST = 20  # tests whose time is told


def main() -> int:
    command = [sys.executable, "-m", "pytest", f"--durations={SLOWEST}", "--durations-min=5"]
    log = Path("build/tests-in-a-browser.log")
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as output:
        browser = subprocess.Popen([*command, *BROWSER], stdout=output, stderr=subprocess.STDOUT)
        others = subprocess.run([*command, *(f"--ignore={path}" for path in BROWSER)])
        failed = browser.wait()
    print(log.read_text("utf-8", "replace"))
    return others.returncode or failed


if __name__ == "__main__":
    sys.exit(main())
