"""Foreign programs that only the measurements use, fetched as npm packages into build/tools/."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
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


class Quiet(SimpleHTTPRequestHandler):
    """A plain web server that does not log."""

    def log_message(self, *_):
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on a local web server; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
