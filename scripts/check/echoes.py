"""One slip, one message: what only repeats another problem in other words is left out."""

from collections.abc import Iterator, Sequence

from scripts.problem import At, Problem, is_error
from scripts.rules import RULES, WRITING_GROUPS

# What a file lacks, as long as it cannot be read as it was meant.
LACKING = ("missing-field", "unexplained-unknown", "clause-left-over", "department-not-in-clause", "not-in-parts")
# A value that is not of the right form is not compared with anything.
MISSHAPEN = ("wrong-form", "wrong-type", "not-allowed")
# What may be true again when the records that could not be used are mended.
UNSURE = ("idle-department",)


def without_echoes(problems: Sequence[Problem]) -> Iterator[Problem]:
    written = [problem for problem in problems if is_error(problem) and RULES[problem.rule].group in WRITING_GROUPS]
    lines = {(problem.at.file, problem.at.line) for problem in written}
    files = {problem.at.file for problem in written}
    causes = {id(problem) for problem in written}
    is_broken = any(map(is_error, problems))
    misshapen = {problem.at: problem.rule for problem in problems if problem.rule in MISSHAPEN}
    said: set[tuple[At, str]] = set()
    for problem in problems:
        where = (problem.at.file, problem.at.line)
        is_echo = id(problem) not in causes and (
            where in lines
            or misshapen.get(problem.at, problem.rule) != problem.rule
            or (problem.at.file in files and problem.rule in LACKING)
            or (is_broken and problem.rule in UNSURE)
        )
        if not is_echo and (problem.at, problem.rule) not in said:
            said.add((problem.at, problem.rule))
            yield problem
