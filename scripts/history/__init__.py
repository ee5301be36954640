"""What changed in the data, when and why, read from git in one go and told by meaning.

Where there is no whole history (a ZIP, a shallow clone), nothing is known and nothing is said.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from scripts.history.compare import compare
from scripts.history.git import Commit, commits
from scripts.ledger import Change, Dates, History, Release

REASON = re.compile(r"^(?:更正)?原因[:：][ \u3000]*(\S.*)$", re.MULTILINE)
MAJOR, MINOR, PATCH = 0, 1, 2  # the numbers of a version, as Semantic Versioning has them


def read_history(data: Path) -> History:
    """The history of a data folder along the main line (first parents), oldest first."""
    releases: list[Release] = []
    dates: dict[str, Dates] = {}
    version = (1, 0, 0)
    for commit in commits(data):
        for file in commit.files:
            first = dates[file.path].first if file.path in dates else commit.time
            dates[file.path] = Dates(first, commit.time)
        changes = tuple(change for file in commit.files for change in compare(file) if _is_of_readers(change))
        if not changes:
            continue
        if releases:
            version = _next(version, step(changes))
        releases.append(
            Release(
                version=".".join(map(str, version)),
                time=commit.time,
                commit=commit.id,
                reason=_reason(commit),
                changes=changes,
            )
        )
    return History(releases=tuple(releases), dates=dates)


def _is_of_readers(change: Change) -> bool:
    """What an import asked editors, and that they answered, says nothing of a policy."""
    return change.field.split(".")[0] != "review"


def step(changes: Sequence[Change]) -> int:
    """Which number of the version these changes move, at least one of them: MAJOR, MINOR or PATCH."""
    return min(map(_step, changes))


def _step(change: Change) -> int:
    """A column or record taken away, something added, something corrected."""
    is_column = change.record.startswith("tables/")
    is_row = change.field.count(".") == 1  # targets.t1
    if change.action == "removed" and (is_column or not change.field):
        return MAJOR
    return MINOR if change.action != "changed" and (is_column or is_row or not change.field) else PATCH


def _next(version: tuple[int, int, int], step: int) -> tuple[int, int, int]:
    raised = [*version[:step], version[step] + 1, 0, 0]
    return raised[0], raised[1], raised[2]


def _reason(commit: Commit) -> str:
    """What the editor gave as the reason, in a line of its own: “原因：……”."""
    found = REASON.search(commit.message)
    return found.group(1).strip() if found else ""
