"""What editors and reporters meet before any program runs: issue forms, templates, settings of editors."""

import configparser
import json
import re
from fnmatch import translate
from pathlib import Path

import pytest
import yaml

from scripts.history import REASON
from scripts.load.folder import files
from scripts.schemas import schemas
from tests.conftest import CITY, DATA, ROOT

FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
FORMS = [path for path in FORMS if path.stem != "config"]
# GitHub's rules (Syntax for GitHub's form schema; Common validation errors when creating issue forms).
TOP = {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
NEEDED = {"name", "description", "body"}
ATTRIBUTES = {  # of each type of element: those it must have, those it may have
    "markdown": ({"value"}, set()),
    "input": ({"label"}, {"description", "placeholder", "value"}),
    "textarea": ({"label"}, {"description", "placeholder", "value", "render"}),
    "dropdown": ({"label", "options"}, {"description", "multiple", "default"}),
    "checkboxes": ({"label", "options"}, {"description"}),
}
APPROVED = "采纳"


def form(name: str) -> dict:
    return yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))


def faults(form: object) -> list[str]:
    """What GitHub would refuse, or silently not do, in an issue form."""
    if not isinstance(form, dict):
        return ["no mapping"]
    found = [f"unknown key {key}" for key in form.keys() - TOP]
    found += [f"missing key {key}" for key in NEEDED - form.keys()]
    for key in ("name", "description", "title"):
        if key in form and not (isinstance(form[key], str) and form[key].strip()):
            found.append(f"{key} is no text")
    body = form.get("body")
    if not isinstance(body, list) or not body:
        return [*found, "body is no list"]
    for number, element in enumerate(body):
        found += [f"body[{number}]: {fault}" for fault in element_faults(element)]
    asked = [element for element in body if isinstance(element, dict) and element.get("type") != "markdown"]
    if not asked:
        found.append("nothing is asked")
    for what, seen in (
        ("id", [element.get("id") for element in asked]),
        ("label", [str(element.get("attributes", {}).get("label")).casefold() for element in asked]),
    ):
        found += [f"{what} {one} twice" for one in {*seen} if seen.count(one) > 1]
    return found


def element_faults(element: object) -> list[str]:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in ATTRIBUTES:
        return [f"type {kind}"]
    found = [f"unknown key {key}" for key in element.keys() - {"type", "id", "attributes", "validations"}]
    must, may = ATTRIBUTES[kind]
    attributes = element.get("attributes", {})
    found += [f"missing {name}" for name in must - attributes.keys()]
    found += [f"unknown {name}" for name in attributes.keys() - must - may]
    found += [
        f"{name} is empty" for name in attributes.keys() - {"options", "multiple", "default"} if not attributes[name]
    ]
    if kind == "markdown":
        return found + ["markdown asks nothing"] * bool(element.keys() & {"id", "validations"})
    if not re.fullmatch(r"[A-Za-z0-9_-]+", str(element.get("id", ""))) or not isinstance(element.get("id"), str):
        found.append(f"id {element.get('id')}")
    validations = element.get("validations", {})
    if validations.keys() - {"required"} or not isinstance(validations.get("required", False), bool):
        found.append("validations")
    options = attributes.get("options", ["x"])
    labels = [option.get("label") if isinstance(option, dict) else option for option in options]
    if not all(isinstance(label, str) and label.strip() for label in labels) or len({*labels}) < len(labels):
        found.append("options")
    if kind == "dropdown" and "none" in {str(label).casefold() for label in labels}:
        found.append("None is a reserved word")
    return found


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_one_that_github_shows(path):
    assert faults(yaml.safe_load(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("name: 补充进展", "nmae: 补充进展", "unknown key nmae"),
        ("description: 某", "about: 某", "missing key description"),
        ("name: 补充进展", "name: true", "name is no text"),
        ("type: dropdown", "type: select", "body[3]: type select"),
        ("id: date", "id: record", "id record twice"),
        ("id: date", "id: 日期", "body[2]: id 日期"),
        ("label: 公开的日期", "label: 哪一条", "label 哪一条 twice"),
        ("label: 公开的日期", "placeholder: x", "body[2]: missing label"),
        ("- 推进中", "- 已启动", "body[3]: options"),
        ("- 推进中", "- no", "body[3]: options"),
        ("- 推进中", "- None", "body[3]: None is a reserved word"),
        ("required: true", "required: maybe", "body[1]: validations"),
        ("- type: markdown", "- type: markdown\n    id: x", "body[0]: markdown asks nothing"),
    ],
)
def test_what_github_refuses_is_seen(before, after, fault):
    text = (ROOT / ".github/ISSUE_TEMPLATE/progress.yml").read_text("utf-8")
    assert before in text
    assert fault in faults(yaml.safe_load(text.replace(before, after, 1)))


def test_forms_are_told_apart():
    seen = [[element["attributes"].get("label") for element in form(path.stem)["body"]] for path in FORMS]
    assert len(FORMS) == 5 and all(seen.count(labels) == 1 for labels in seen)
    assert len({form(path.stem)["name"] for path in FORMS}) == len(FORMS)


def test_no_form_sets_the_label_that_only_people_with_rights_may_set():
    assert not any("labels" in form(path.stem) for path in FORMS)
    assert all(APPROVED not in path.read_text("utf-8") for path in FORMS)


def test_the_choices_are_those_of_the_schema():
    for name, field, question in (("progress", "progress", "status"), ("search", "searches", "result")):
        row = schemas()["measure"]["properties"][field]["additionalProperties"]["properties"]
        asked = next(element for element in form(name)["body"] if element.get("id") == question)
        assert asked["attributes"]["options"] == row[question]["enum"]


def test_the_chooser_names_nobody():
    config = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/config.yml").read_text("utf-8"))
    assert config == {"blank_issues_enabled": True}


def test_a_pull_request_is_told_in_three_lines():
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    assert text.count("\n") == 3 and text.endswith("\n原因：\n")
    assert not REASON.search(text), "what nobody filled in is no reason"
    assert REASON.search(text + "x") is None and REASON.search(text[:-1] + "抄错一字。")[1] == "抄错一字。"


def test_nobody_is_made_an_owner():
    """Who reviews is a fact that nobody has given; the file says how to write it down."""
    lines = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    assert all(not line or line.startswith("#") for line in lines)
    for folder in re.findall(r"# (/\S+/)", "\n".join(lines)):
        assert (ROOT / folder.strip("/")).is_dir()


def test_hooks_are_local():
    settings = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in settings["repos"]] == ["local"]
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))
    for hook in settings["repos"][0]["hooks"]:
        assert {"id", "name", "entry", "language"} <= hook.keys() and hook["language"] == "system"
        assert hook["entry"].removeprefix("make ") in targets and re.match(hook["files"], "data/site.yml")


def strictly(glob: str) -> str:
    """A glob as a pattern: * stays within a folder, as an editor's file search has it."""
    return translate(glob).replace(".*", "[^/]*")


def loosely(glob: str) -> str:
    """As the YAML language server has it: * is anything, and the glob is the end of the address."""
    return ".*/" + translate(glob)


def settings() -> dict:
    return json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))


@pytest.mark.parametrize("data", [DATA, CITY / "data"], ids=["zibo", "city"])
@pytest.mark.parametrize("reading", [strictly, loosely])
def test_every_data_file_has_the_schema_of_its_kind(data, reading):
    globs = settings()["yaml.schemas"]
    seen = 0
    for file in files(data):
        inside = f"data/{file.inside}"
        address = inside if reading is strictly else f"file:///home/x/ledger/{inside}"
        found = [schema for schema, glob in globs.items() if re.fullmatch(reading(glob), address)]
        wanted = [f"./data/schemas/{file.kind}.schema.json"] if file.inside.endswith(".yml") else []
        assert found == wanted, file.inside
        seen += bool(wanted)
    assert seen == len([path for path in data.rglob("*.yml")]) > 10


def test_every_schema_of_a_file_is_mapped():
    mapped = {Path(schema).name.split(".")[0] for schema in settings()["yaml.schemas"]}
    assert mapped == schemas().keys() - {"common", "tables"}
    assert all((ROOT / schema).is_file() for schema in settings()["yaml.schemas"])


def test_editors_are_set_as_the_files_are():
    found = settings()
    assert found["yaml.validate"] is True and found["[yaml]"]["editor.tabSize"] == 2
    assert (found["files.encoding"], found["files.eol"]) == ("utf8", "\n")
    assert found["editor.unicodeHighlight.invisibleCharacters"] is True
    assert found["yaml.schemaStore.enable"] is False, "schemas come from here, not from another host"
    assert json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))["recommendations"] == [
        "redhat.vscode-yaml"
    ]
    parser = configparser.ConfigParser()
    parser.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert parser["top"]["root"] == "true"
    assert dict(parser["*"]) == {
        "charset": "utf-8",
        "end_of_line": "lf",
        "insert_final_newline": "true",
        "indent_style": "space",
        "indent_size": "2",
    }
    assert set(parser["source.txt"].values()) == {"unset"}


def test_archived_texts_are_read_only_in_the_editor():
    globs = settings()["files.readonlyInclude"]
    for file in files(DATA):
        kept = file.kind in ("source", "snapshot")
        assert any(re.fullmatch(translate(glob), f"data/{file.inside}") for glob in globs) == kept, file.inside
