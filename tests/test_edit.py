"""The page that edits records in a form, in a real browser: what it writes is canonical, passes the checks, and keeps what
nobody meant to change."""

import json
from pathlib import Path

import pytest

from scripts.edit import HEADINGS, LAYERS, Written, make_edit
from scripts.format import formatted, scalar
from scripts.schemas import schemas
from scripts.stage import as_written
from tests.conftest import CITY, DATA

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
READY = "[data-edit-tool][data-state=ready]"
SETTLED = 400  # milliseconds after which the page has told what it thinks of a change


def data_of(ledger) -> Path:
    return DATA if ledger.files[0].place.is_relative_to(DATA) else CITY / "data"


@pytest.fixture
def editing(served, page):
    """open(record or query) opens the page on it; page.problems() tells what it says is wrong."""
    address, ledger = served

    def open(query: str = ""):
        page.goto(f"{address}edit/{query if query.startswith('?') else f'?record={query}' if query else ''}")
        page.wait_for_selector(READY)
        return page

    return open, page, ledger


def yaml_of(page) -> str:
    page.wait_for_timeout(SETTLED)
    return page.evaluate("document.querySelector('[data-edit-yaml]').textContent")


def problems(page) -> str:
    page.wait_for_timeout(SETTLED)
    return "\n".join(page.locator("[data-edit-problems] li").all_text_contents())


def field(page, path: str):
    return page.locator(f"[id='root{''.join(f'[{step}]' for step in path.split('.'))}']")


def add(page, title: str, within: str = "[data-edit-form]") -> None:
    """Press “添加字段”, and the field."""
    place = page.locator(
        f"{within} .pl-offer", has=page.get_by_role("button", name=title, exact=True, include_hidden=True)
    )
    place.first.locator("summary").first.click()
    place.first.get_by_role("button", name=title, exact=True).first.click()


# ---- The same YAML in the browser as in Python

SCALARS = (
    *["1", "01", "0", "-1", "+1", "1.5", ".5", "1.", "1e5", "1E+5", "0x1f", "0o17", "0b101", "1_000", "1,000", "12:30", "1:2:3.5", "2020.10", "2020-01", "2020-01-31"],
    *["2020-01-31T10:00", "2020-1-1", "yes", "No", "ON", "off", "y", "N", "true", "False", "null", "NULL", "~", "=", "<<", ".inf", "-.INF", ".nan", "1+X", "-1x", "二十", "20年"],
    "2020-01-31 10:00", "", " ", " a", "a ", "　", "# x", "a # b", "a #b", "a: b", "a:b", "a:", ": a", ":", "- a", "-", "-a", "? a",
    "[a", "{a", "*a", "&a", "!a", "|", ">", "'", "it's", '"a"', "%", "@a", "`a", ",a", "]a", "---", "--- a", "...", "...a",
    "一\n二", "一\n\n二", "\n一", "一\n", " 一\n二", "一\n 二", "a\n# b", "\t", "a\tb", "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\u200b",
    "\ufffe", "\U0001f600", "👨‍👩‍👧", "\u00a0a", "一\r\n二", "一\u2028\n", '一\n"二"\\\x01', ".ınf", ".İNF", "ye\u017f", "\ufdd0", "½", "１",
)  # fmt: skip


def test_scalars_are_written_as_in_python(editing):
    open, page, _ = editing
    open()
    for type in ("", "number", "boolean"):
        for indent in (2, 6):
            made = page.evaluate(
                f"texts => texts.map((text) => policyYaml.scalar(text, '{type}', {indent}))", list(SCALARS)
            )
            assert dict(zip(SCALARS, made, strict=True)) == {text: scalar(text, type, indent) for text in SCALARS}
    assert page.trouble == []


# Every record through a form of its own and out again.
ROUND_TRIP = """async () => {
    const { desk, shelf, records, shelfOf, keyOf } = policyEditDesk;
    await loadScript("assets/vendor/jsoneditor.js");
    const made = {};
    for (const [kind, id] of records) {
        const record = (await shelf(shelfOf(kind, id))).get(keyOf(kind, id));
        const holder = document.createElement("div");
        document.querySelector("[data-edit-form]").append(holder);
        const one = desk(record, holder, () => {});
        await one.fill(one.original);
        made[record.path] = one.read().yaml;
        holder.remove();
    }
    return made;
}"""


def test_every_record_comes_out_of_the_form_as_it_went_in(editing):
    open, page, ledger = editing
    open()
    made = page.evaluate(ROUND_TRIP)
    assert sorted(made) == sorted(file.path for file in ledger.files)
    for file in ledger.files:
        assert made[file.path] == file.place.read_text("utf-8"), file.path
    assert page.trouble == []


# ---- What the page is given


def test_every_field_has_a_layer_and_its_place():
    for kind, layers in LAYERS.items():
        properties = [*schemas()[kind]["properties"]]
        assert sorted(" ".join(layers.values()).split()) == sorted(properties)
        for fields in (*layers.values(), *HEADINGS[kind].values()):
            assert fields.split() == [name for name in properties if name in fields.split()]


def test_files_that_are_not_canonical_are_given_as_they_should_be(city):
    path = "departments/qingchuan-water.yml"
    mess = 'jurisdiction:   qingchuan\n# 名\nname: "市水务局"\nkind: 政府部门\n'
    files = [
        Written(file.kind, file.id, file.path, mess if file.path == path else file.text) for file in as_written(city)
    ]
    made = make_edit(city, files)
    held = json.loads(
        next(text for name, text in made.items() if "/departments." in name).split("=", 1)[1].rstrip(";\n")
    )
    [record] = [record for record in held if record["path"] == path]
    assert list(record["value"]) == ["jurisdiction", "name", "kind"] or list(record["value"]) == [
        "name",
        "jurisdiction",
        "kind",
    ]
    assert record["above"] == {'["name"]': ["# 名"]} and formatted(mess, "department").startswith(
        "# 名\nname: 市水务局\n"
    )
