"""What a rule of the checks is."""

from dataclasses import dataclass

LEVELS = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True)
class Rule:
    """One thing that the checks look for, in an editor's words; the title is a phrase, the rest are sentences.

    An example is a piece of a measure's file, or of the file that its first line names (`# policy.yml`), or a list of
    paths below data/. Both examples are empty where nothing could be shown.
    """

    name: str  # stable, English, never used again for something else
    level: str  # a key of LEVELS; only errors stop a build
    group: str
    title: str  # what is wrong
    why: str  # what would come of it
    mend: str
    bad: str = ""
    good: str = ""
