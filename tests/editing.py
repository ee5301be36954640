"""Steps that the tests of the form share."""

from pathlib import Path

from tests.conftest import CITY, DATA

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
READY = "[data-edit-tool][data-state=ready]"
SETTLED = 400  # milliseconds after which the page has told what it thinks of a change


def data_of(ledger) -> Path:
    return DATA if ledger.files[0].place.is_relative_to(DATA) else CITY / "data"


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
