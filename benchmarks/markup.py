"""Is every page valid HTML? The Nu checker (vnu) over the whole site, offline; writes benchmarks/markup.md.

Run by `make measure`. Needs Java and npm.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter

from tools import ROOT, fetch

VERSION = "26.9.27"
# The checker resolves 'self' against no origin when it reads files, so it takes every own file for a foreign one.
KNOWN = "violates Content Security Policy"


def main() -> None:
    if not shutil.which("java"):
        sys.exit("HTML 检查需要 Java。请先安装，再运行 make measure。")
    jar = next(fetch("vnu-jar", VERSION).rglob("vnu.jar"))
    pages = sorted((ROOT / "site").rglob("*.html"))
    made = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", *map(str, pages)], capture_output=True, text=True
    )
    messages = [one for one in json.loads(made.stderr)["messages"] if KNOWN not in one["message"]]
    counts = Counter((one.get("subType", one["type"]), one["message"]) for one in messages)
    lines = ["# HTML", "", f"Nu checker {VERSION}, {len(pages)} pages: {len(messages)} messages.", ""]
    lines += [f"- {kind}, {count} times: {message}" for (kind, message), count in counts.most_common()]
    (ROOT / "benchmarks/markup.md").write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    print("\n".join(lines))
    sys.exit(any(one["type"] == "error" for one in messages))


if __name__ == "__main__":
    main()
