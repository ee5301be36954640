"""Find a Chromium for the tests; where there is none, install it as the machine allows, or say how."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
INSTALLS = (
    (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk")),
    ((sys.executable, "-m", "playwright", "install", "chromium"),),
)
WAY_OUT = """没有找到 Chromium，也没能装上。请任选一种办法，再运行 make test：
  · 用系统的软件包管理器安装 Chromium 或 Google Chrome；
  · 已经装在别处的，设置环境变量 CHROMIUM=可执行文件的路径。"""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """The path of a Chromium: CHROMIUM in the environment, one on the path, one in a usual place, Playwright's own."""
    return next((path for path in _candidates() if path and Path(path).is_file()), None)


def _candidates() -> Iterator[str | None]:
    if wanted := os.environ.get("CHROMIUM"):
        yield wanted
        return
    yield from map(shutil.which, NAMES)
    yield from PLACES
    yield _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    for commands in INSTALLS:
        if (
            shutil.which(commands[0][0])
            and all(subprocess.run(command).returncode == 0 for command in commands)
            and find()
        ):
            return


if __name__ == "__main__":
    if not find():
        install()
    if not find():
        sys.exit(WAY_OUT)
