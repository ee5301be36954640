"""When each data file last changed, read from git in one go. Where there is no whole history, nothing is known."""

import subprocess
from pathlib import Path


def last_changes(data: Path) -> dict[str, str]:
    """Path as seen from the data folder → day of its last commit (YYYY-MM-DD, in the committer's zone).

    Empty where the folder is not in a git work tree, or the clone is shallow: a date that may be wrong is not shown.
    """
    if _git(data, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    # --relative leaves out what lies elsewhere; paths are NUL-terminated, so no name is quoted
    log = _git(data, "log", "--format=%x01%cs", "--name-only", "--relative", "--no-renames", "-z", "--", ".")
    days: dict[str, str] = {}
    for commit in log.split("\x01")[1:]:
        day, _, paths = commit.partition("\0")
        for path in paths.split("\0"):
            days.setdefault(path.strip("\n"), day.strip())
    days.pop("", None)
    return days


def _git(folder: Path, *arguments: str) -> str:
    try:
        made = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    except OSError:  # no git, or no such folder
        return ""
    return made.stdout if made.returncode == 0 else ""
