"""What editors look up: the page about the rules, the page about the fields, and what the schemas say of each field."""

import re

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from scripts.load.reader import read_yaml
from scripts.pages import guide
from scripts.rules import RULES
from scripts.schemas import resolved, schemas
from tests.conftest import ROOT, pages_of

CHINESE = re.compile("[\u4e00-\u9fff]")
REGISTRY = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas().values())
COMMON = {
    name: schemas()["common"][name] for name in ("$schema", "$id", "$defs")
}  # so that its own references lead there


def fields(schema, path):
    """(path, field with what it refers to) of every field below a schema."""
    for name, given in schema.get("properties", {}).items():
        yield f"{path}/{name}", resolved(given)
        yield from fields(resolved(given), f"{path}/{name}")
    for part in ("additionalProperties", "items"):
        if isinstance(schema.get(part), dict):
            yield from fields(resolved(schema[part]), path)


FIELDS = [found for kind in guide.KINDS for found in fields(schemas()[kind], kind)]


def test_every_kind_of_file_is_explained():
    assert {*guide.KINDS, "common", "tables"} == schemas().keys()


@pytest.mark.parametrize(("path", "field"), FIELDS, ids=[path for path, _ in FIELDS])
def test_every_field_is_described_with_an_example_that_its_schema_allows(path, field):
    assert CHINESE.search(field["title"]) and CHINESE.search(field["description"])
    assert not field["description"].endswith("。"), "the page and the messages add it"
    assert field.get("examples") or "enum" in field or field["type"] == "boolean"
    if "enum" in field:
        assert len(field["enumDescriptions"]) == len(field["enum"]) and all(field["enumDescriptions"])
    for example in field.get("examples", ()):
        Draft202012Validator(COMMON | field, registry=REGISTRY, format_checker=FormatChecker(["date"])).validate(
            example
        )


def test_the_page_has_every_field_once_and_its_examples_are_read_as_they_are(city):
    entries = [entry for kind in guide.kinds() for _, group in kind.groups for entry in group]
    assert len({entry.id for entry in entries}) == len(entries)
    registers = [kind for kind in guide.KINDS if "properties" not in schemas()[kind]]
    assert len(entries) == len(FIELDS) + len(registers)
    for example in (example for entry in entries for example in entry.examples):
        # An item of a list stands in one, and a name alone has nothing below it yet.
        root, problems = read_yaml(f"list:\n  {example}" if example.startswith("- ") else example, "example.yml")
        assert not problems and root.keys, example
    page = str(pages_of(city)["contribute/fields.md"])
    assert all(f'<div id="{entry.id}"' in page for entry in entries)
    assert all(f'<h2 id="{kind}">' in page for kind in guide.KINDS)


def test_the_groups_begin_with_fields_and_the_official_ones_stand_first():
    for kind, begins in guide.GROUPS.items():
        assert begins.keys() <= schemas()[kind]["properties"].keys()
    measure = next(kind for kind in guide.kinds() if kind.name == "measure")
    assert [entry.path[0] for entry in measure.groups[0][1]] == ["number", "text", "clause", "deadline"]


def test_what_needs_a_reason_says_so():
    needs = {entry.id: entry.need for kind in guide.kinds() for _, group in kind.groups for entry in group}
    assert (
        needs["measure-deadline"]
        == needs["policy-issued"]
        == needs["department-kind"]
        == "没有内容时要在 unknowns 里说明"
    )
    assert (needs["measure-text"], needs["measure-note"], needs["measure-targets-value"]) == ("必填", "选填", "必填")
    assert guide.NEEDS.items() <= needs.items()


def test_every_rule_has_its_place_on_the_page(city):
    page = str(pages_of(city)["contribute/rules.md"])
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) and RULES.keys() <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) == set(ids)
    assert not any(re.search(r"\s", id) for id in ids)
    assert not re.search("[\u200b\u202e\u2028\ufdd0\x1b\u3000\t]", page)
    assert yaml.safe_load(page.split("---\n")[1])["source"] == "scripts/rules/" and (ROOT / "scripts/rules").is_dir()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("title: a\n", [("title: a\n", False)]),
        ("a\u200b\u200cb", [("a", False), ("U+200B U+200C", True), ("b", False)]),
        ("\t-", [("Tab", True), ("-", False)]),
        ("\uf9ca", [("\uf9ca U+F9CA", True)]),
    ],
)
def test_what_cannot_be_seen_is_named(text, shown):
    assert guide.shown(text) == shown
