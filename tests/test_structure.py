"""The shape of the program: who may import whom, and lists that must agree."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

SCRIPTS = ROOT / "scripts"
MAY_IMPORT = {
    "arguments": {"problem"},
    "rules": set(),
    "problem": {"rules"},
    "report": {"characters", "problem"},
    "format": {"load", "problem", "rules", "schemas"},
    "fix": {"format", "load", "problem", "schemas"},
    "characters": set(),
    "period": set(),
    "write": {"made"},
    "prove": set(),
    "load": {"problem"},
    "ledger": {"characters", "period"},
    "address": set(),
    "diff": {"history", "ledger", "wording"},
    "made": set(),
    "query": {"made"},
    "confirm": {"check", "layout", "load"},
    "edit": {"check", "format", "layout", "ledger", "load", "schemas"},
    "wording": {"ledger", "schemas"},
    "calendars": {"ledger", "period"},
    "feeds": {"ledger", "period", "wording"},
    "watch": {"ledger", "characters", "problem"},
    "schemas": set(),
    "tables": {"ledger"},
    "importer": {
        "characters",
        "check",
        "confirm",
        "format",
        "history",
        "layout",
        "ledger",
        "load",
        "period",
        "problem",
        "report",
        "schemas",
        "wording",
        "write",
    },
    "layout": set(),
    "propose": {"check", "format", "layout", "load", "problem", "report", "schemas"},
    "new": {"check", "format", "layout", "load", "problem", "report", "schemas"},
    "check": {"load", "ledger", "problem", "period", "characters", "rules", "schemas"},
    "api": {"ledger", "schemas", "tables"},
    "pages": {"address", "api", "ledger", "made", "period", "rules", "schemas", "tables", "wording"},
    "downloads": {"address", "api", "ledger", "made", "schemas", "tables"},
    "search": {"ledger"},
    "engine": {"ledger"},
    "stage": {"calendars", "downloads", "edit", "feeds", "query", "made", "pages", "search", "ledger", "write"},
    "publish": {"engine", "ledger", "prove", "stage", "write"},
    "serve": set(),
    "history": {"ledger", "load"},
    "__main__": {
        "arguments",
        "check",
        "confirm",
        "diff",
        "downloads",
        "engine",
        "fix",
        "format",
        "history",
        "importer",
        "ledger",
        "load",
        "new",
        "period",
        "problem",
        "propose",
        "publish",
        "report",
        "serve",
        "stage",
        "watch",
        "write",
    },
}


def modules():
    return sorted(SCRIPTS.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(SCRIPTS).parts[0].removesuffix(".py")


def imported_by(path: Path) -> set[str]:
    """The parts of scripts/ that one module imports."""
    froms = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    assert not any(node.level for node in froms), "write `from scripts.ledger import Measure`"
    names = {f"{node.module}.{name.name}" for node in froms for name in node.names}
    return {name.split(".")[1] for name in names if name.startswith("scripts.")}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_imports_go_one_way(path):
    part = part_of(path)
    if part != "__init__":
        assert imported_by(path) - {part} <= MAY_IMPORT[part]


def test_the_program_knows_no_city_and_no_engine():
    for path in (*modules(), *SCRIPTS.rglob("*.jinja"), ROOT / "mkdocs.yml", *(ROOT / "overrides").rglob("*.*")):
        text = path.read_text("utf-8")
        assert not re.search(r"zibo|淄博|高新区", text, re.IGNORECASE), path
        assert not re.search(r"^\s*(import|from) mkdocs", text, re.MULTILINE), path


def test_data_is_escaped_in_one_place_only():
    for path in (*SCRIPTS.rglob("*.jinja"), *SCRIPTS.rglob("*.py")):
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", "") and "autoescape false" not in text, path
        assert path.name == "escape.py" or "Markup(" not in text, path
    for path in (ROOT / "overrides/assets").glob("*.js"):
        assert not re.search(
            r"innerHTML|insertAdjacentHTML|outerHTML|document\.write|\beval\b", path.read_text("utf-8")
        )


def test_data_stands_in_html_blocks_only():
    """A value on a line that Markdown reads would be read as Markdown; only fixed labels may stand there."""
    for path in (SCRIPTS / "templates").glob("*.md.jinja"):
        for line in path.read_text("utf-8").splitlines():
            words = re.sub(r"\{\{ parts\.\w+\(.*?\) \}\}|\{%.*?%\}", "", line)
            assert "{{" not in words or words.startswith("<"), f"{path.name}: {line}"


def test_settings_of_the_engine_run_no_code():
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    tags = re.findall(r"!\S+", text)
    assert tags == ["!!python/name:markdown.extensions.toc.slugify_unicode"]
    assert "hooks" not in text and "snippets" not in text and "md_in_html" not in text and "attr_list" not in text


def test_the_source_of_an_archived_text_is_never_normalised():
    assert "source.txt -text" in (ROOT / ".gitattributes").read_text("utf-8")


def test_no_file_names_an_index_or_a_machine():
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml", "Makefile"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"(?<!no-emit-)index-url|find-links|file:|https?://(?!127\.0\.0\.1)", text), name
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        assert re.match(r"^(\S+==\S+.*\\|    --hash=sha256:[0-9a-f]{64}( \\)?)$", line), line


def test_workflows_are_pinned_and_call_make():
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            assert job["timeout-minutes"]
            for step in job["steps"]:
                if "uses" in step:
                    assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), step
                else:
                    assert step["run"].startswith("make "), step


def nested_templates(script: str) -> list[int]:
    """The lines on which a template literal stands within another; strings with braces or backticks are not expected."""
    found, inside = [], []  # None for a template, open braces for a value in one
    for at, character in enumerate(script):
        in_template = bool(inside) and inside[-1] is None
        if character == "`" and in_template:
            inside.pop()
        elif character == "`":
            if None in inside:
                found.append(script.count("\n", 0, at) + 1)
            inside.append(None)
        elif in_template and script.startswith("${", at):
            inside.append(-1)  # the brace that comes next opens it
        elif inside and not in_template:
            inside[-1] += (character == "{") - (character == "}")
            if character == "}" and inside[-1] < 0:
                inside.pop()
    return found


def test_the_minifier_meets_no_template_within_a_template():
    """It would take away spaces that readers should see."""
    for path in (ROOT / "overrides/assets").glob("*.js"):
        assert nested_templates(path.read_text("utf-8")) == [], path.name
    assert nested_templates("a = `x${b ? `y` : 1}z`") == [1] and nested_templates("a = `x${b}`; c = `y`") == []
