"""The list of rules: it is what the checks report, no more and no less, and its examples show what they say."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from scripts.check import check
from scripts.load import load
from scripts.load.decode import read_text
from scripts.load.reader import read_yaml
from scripts.problem import At, Problem
from scripts.rules import GROUPS, LEVELS, RULES
from tests.conftest import CITY, ROOT

STAGES = ("load", "check")
NAME = re.compile(r"[a-z]+(-[a-z]+)+")
NO_RULES = {"utf-8", "utf-8-sig"}
NOTATION = GROUPS[:3]  # what a file alone gives away
PATHS = re.compile(r"(?:[\w.-]+/)+[\w.-]+\n")
NAMED = re.compile(r"# (?:data/)?([\w/-]+\.yml)(?:（.*）)?\n")
NOTICE, TABLE = "policies/qingchuan-notice/", "policies/qingchuan-east-table/"
MEASURE = f"{NOTICE}measures/01.yml"
# The small ledger's own words for those of the examples.
FILES = {"policy.yml": f"{NOTICE}policy.yml", "departments/city-water.yml": "departments/qingchuan-water.yml"}
WORDS = {
    "city-tasks/01": "qingchuan-east-table/01",
    "departments/city-water": "departments/qingchuan-water",
    "jurisdiction: city": "jurisdiction: qingchuan",
}
# Where an example needs another measure than the first: one whose source, or whose lack of a reason, is as it says.
ELSEWHERE = {
    "differs-from-source": f"{TABLE}measures/01.yml",
    "spaces-differ": f"{TABLE}measures/01.yml",
    "not-in-source": f"{TABLE}measures/03.yml",
    "unexplained-unknown": f"{TABLE}measures/01.yml",
    "found-not-recorded": f"{NOTICE}measures/03.yml",
    "term-without-evidence": f"{TABLE}measures/01.yml",
}


def written(stage: str):
    """Every text constant of a stage, and those that stand where a Problem has its rule."""
    for path in sorted((ROOT / "scripts" / stage).glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        texts = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 1)
        named = {
            node.args[1].value
            for node in calls
            if ast.unparse(node.func) in ("Problem", "self._say") and isinstance(node.args[1], ast.Constant)
        }
        yield texts, named


def test_the_list_has_every_rule_that_can_be_reported_and_no_other():
    found = [pair for stage in STAGES for pair in written(stage)]
    texts = set().union(*(texts for texts, _ in found))
    named = set().union(*(named for _, named in found))
    assert named | {text for text in texts if NAME.fullmatch(text)} - NO_RULES <= RULES.keys()
    assert RULES.keys() <= texts


def test_a_problem_of_no_rule_is_refused():
    assert Problem(At("a.yml"), "idle-department", "。").level == "warning"
    with pytest.raises(ValueError, match="no-such-rule"):
        Problem(At("a.yml"), "no-such-rule", "。")


def test_every_rule_is_told_whole():
    titles = [rule.title for rule in RULES.values()]
    assert len(titles) == len(set(titles))
    for name, rule in RULES.items():
        assert name == rule.name and rule.level in LEVELS and rule.group in GROUPS
        assert rule.title and not rule.title.endswith("。")
        assert rule.why.endswith("。") and rule.mend.endswith("。")
        assert bool(rule.bad) == bool(rule.good) and (rule.bad != rule.good or not rule.bad)
        assert all(not text or text.endswith("\n") for text in (rule.bad, rule.good))


ELSEWHERE_TESTED = ("wrap-kept",)  # shown only by a source with wrapped lines: tests/test_source.py
EXAMPLES = [
    (rule, text, is_bad)
    for rule in RULES.values()
    if rule.bad and rule.name not in ELSEWHERE_TESTED
    for text, is_bad in ((rule.bad, True), (rule.good, False))
]


@pytest.mark.parametrize(
    ("rule", "text", "is_bad"),
    EXAMPLES,
    ids=[f"{rule.name}-{'bad' if is_bad else 'good'}" for rule, _, is_bad in EXAMPLES],
)
def test_the_examples_show_the_rule(rule, text, is_bad, tmp_path):
    if rule.group in NOTATION:
        found = notation(text)
        assert rule.name in found if is_bad else not found
    else:
        data = shutil.copytree(CITY / "data", tmp_path / "data")
        put(data, rule.name, text)
        assert (rule.name in {problem.rule for problem in check(load(data), today="2026-11-22").problems}) == is_bad


def notation(text: str) -> set[str]:
    """The rules that a file alone breaks."""
    decoded, problems = read_text(text.encode(), "example.yml")
    return {problem.rule for problem in (*problems, *read_yaml(decoded, "example.yml")[1])}


def put(data: Path, rule: str, text: str) -> None:
    """Write an example into a data folder: files of these names, or fields in the place of those that stand there."""
    for theirs, ours in WORDS.items():
        text = text.replace(f"{theirs}\n", f"{ours}\n").replace(f"{theirs}:", f"{ours}:")
    if re.fullmatch(f"(?:{PATHS.pattern})+", text):
        for name in text.split():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_text("number: '1'\n", "utf-8")
        return
    named = NAMED.match(text)
    name = FILES.get(named[1], named[1]) if named else ELSEWHERE.get(rule, MEASURE)
    path = data / name
    fields = blocks(path.read_text("utf-8") if path.exists() else "")
    path.write_text("".join((fields | blocks(text)).values()), "utf-8")


def blocks(text: str) -> dict[str, str]:
    """A file's fields as written, by name."""
    found = re.findall(r"^([^\s#-][^:\n]*):.*\n(?:[ \t].*\n|\n)*", text, re.MULTILINE)
    whole = re.finditer(r"^[^\s#-][^:\n]*:.*\n(?:[ \t].*\n|\n)*", text, re.MULTILINE)
    return dict(zip(found, (match.group() for match in whole), strict=True))
