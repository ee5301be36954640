"""When each data file came and last changed, read from git in one go. Where there is no whole history, nothing is known."""

import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

TIME = "%Y-%m-%d %H:%M"
FILES = ("--name-only", "--relative", "--no-renames", "-z", "--", ".")


@dataclass(frozen=True)
class Dates:
    """First and last commit of a file (YYYY-MM-DD hh:mm, time in China)."""

    first: str
    last: str


def dates(data: Path) -> dict[str, Dates]:
    """Path as seen from the data folder → when it came and when it last changed.

    Empty where the folder is not in a git work tree, or the clone is shallow: a date that may be wrong is not shown.
    """
    if _git(data, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    # --relative leaves out what lies elsewhere; paths are NUL-terminated, so no name is quoted
    log = _git(data, "log", "--format=%x01%cd", f"--date=format-local:{TIME}", *FILES)
    found: dict[str, Dates] = {}
    for commit in log.split("\x01")[1:]:
        time, _, paths = commit.partition("\0")
        for path in (path.strip("\n") for path in paths.split("\0")):
            found[path] = replace(found.get(path, Dates(time, time)), first=time)
    found.pop("", None)
    return found


def _git(folder: Path, *arguments: str) -> str:
    try:
        made = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**os.environ, "TZ": "Asia/Shanghai"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    except OSError:  # no git, or no such folder
        return ""
    return made.stdout if made.returncode == 0 else ""
