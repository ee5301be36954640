"""Foreign programs that only the measurements use, fetched as npm packages into build/tools/."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "build/tools"


def fetch(package: str, version: str) -> Path:
    """The folder of an npm package, installed once. Ends the measurement with the way out where npm is missing."""
    if not shutil.which("npm"):
        sys.exit(f"测量需要 Node.js 和 npm（{package}）。请先安装，再运行 make measure。")
    folder = TOOLS / "node_modules" / package
    found = json.loads((folder / "package.json").read_text("utf-8"))["version"] if folder.exists() else ""
    if found != version:
        TOOLS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", str(TOOLS)]
        subprocess.run([*command, f"{package}@{version}"], check=True)
    return folder
