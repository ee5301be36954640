"""One slip, one message: what only repeats another problem in other words is left out."""

import re
from collections.abc import Iterator, Sequence

from scripts.problem import At, Problem, is_error
from scripts.rules import RULES, WRITING_GROUPS

# What a file lacks, as long as it cannot be read as it was meant.
LACKING = ("missing-field", "unexplained-unknown", "clause-left-over", "department-not-in-clause", "not-in-parts")
ABSENT = ("missing-field", "unexplained-unknown")
# A value that is not of the right form is not compared with anything.
MISSHAPEN = ("wrong-form", "wrong-type", "not-allowed")
# What may be true again when certain problems of other files are mended: (rules, what their files are called).
SLIPS = {name for name, rule in RULES.items() if rule.group in WRITING_GROUPS}
ANYTHING = (RULES.keys(), re.compile(""))
UNSURE = {
    "idle-department": (ANYTHING,),
    "unused-evidence": (ANYTHING,),
    "term-without-evidence": ((SLIPS, re.compile(r"/(themes|audiences)\.yml$")),),
    "unknown-department": (
        (SLIPS | {"repeated-name"}, re.compile(r"/departments/[^/]+$")),
        ({"unknown-jurisdiction"}, re.compile(r"/jurisdictions\.yml$")),
    ),
}
# What is only another side of a problem on the same line, or (if it is about what is not there) in the same file.
OTHER_SIDE = {"deadline-not-a-date": "not-in-source", "deadline-before-issue": "not-in-source"}
LOST = {"unexplained-unknown": "differs-from-source"}


def without_echoes(problems: Sequence[Problem]) -> Iterator[Problem]:
    errors = [problem for problem in problems if is_error(problem)]
    written = [problem for problem in errors if RULES[problem.rule].group in WRITING_GROUPS]
    causes = {id(problem) for problem in written}
    lines = {(problem.at.file, problem.at.line) for problem in written}
    slips = {(problem.at.file, problem.at.line) for problem in written if problem.rule != "yaml-syntax"}
    files = {problem.at.file for problem in written}
    misshapen = {problem.at: problem.rule for problem in problems if problem.rule in MISSHAPEN}
    told = {(problem.at.file, problem.at.line, problem.rule) for problem in errors}
    kinds = {(problem.at.file, problem.rule) for problem in errors}
    doubtful = {
        rule
        for rule, causes_of in UNSURE.items()
        if any(other in rules and called.search(file) for file, other in kinds for rules, called in causes_of)
    }
    said: set[tuple[At, str, str]] = set()
    for problem in problems:
        at, rule = problem.at, problem.rule
        where = (at.file, at.line)
        is_echo = (
            rule == "yaml-syntax" and where in slips  # the parser stumbles over what is named already
            if id(problem) in causes
            else where in lines
            or misshapen.get(at, rule) != rule
            or (*where, OTHER_SIDE.get(rule)) in told
            or (at.file, LOST.get(rule)) in kinds
            or (at.file in files and rule in LACKING)
            or rule in doubtful
        )
        # What is not there is told at one place, each thing of its own.
        key = (at, rule, problem.message if rule in ABSENT else "")
        if not is_echo and key not in said:
            said.add(key)
            yield problem
