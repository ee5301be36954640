"""The one list of what the checks look for. `Problem` takes its level from here, and the site its page about the rules."""

from collections.abc import Mapping
from types import MappingProxyType

from scripts.rules.evidence import EVIDENCE, EVIDENCE_RULES
from scripts.rules.facts import DATES, DEPARTMENTS, FACTS, REGISTERS, SOURCE
from scripts.rules.model import LEVELS, Rule
from scripts.rules.records import FIELDS, FILES, KEPT, RECORDS
from scripts.rules.writing import CHARACTERS, TYPING, WRITING, YAML

__all__ = ["GROUPS", "LEVELS", "MENDED", "RULES", "WRITING_GROUPS", "Rule"]

# The order in which an editor meets them: can the file be read, is it of the right form, is it true?
GROUPS = (CHARACTERS, TYPING, YAML, FILES, FIELDS, DEPARTMENTS, DATES, SOURCE, EVIDENCE, REGISTERS, KEPT)
# What `check --fix` mends where it is sure: scripts/fix/ has how.
MENDED = frozenset(
    [
        "not-utf-8",
        "mojibake",
        "line-separator",
        "fullwidth-colon",
        "colon-without-space",
        "tab-indent",
        "wide-space-indent",
        "wide-dash",
        "dash-without-space",
        "fullwidth-hash",
        "yaml-syntax",
        "no-anchors",
        "no-tags",
        "zero-width",
        "bidi-mark",
        "duplicate-key",
        "unknown-file",
    ]
)
WRITING_GROUPS = (CHARACTERS, TYPING, YAML)  # how a line is written; the rest is about what it says
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for group in GROUPS
        for rule in (*WRITING, *RECORDS, *FACTS, *EVIDENCE_RULES)
        if rule.group == group
    }
)
