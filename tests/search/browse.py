"""What the page of results shows, read from a real browser."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from tests.search.score import Shown

READ = """() => [...document.querySelectorAll("[data-search-results] [data-id]")].map((item) => [
    item.dataset.id,
    item.dataset.match === "approximate",
    [...item.querySelectorAll("a, .pl-quote, .pl-who, .pl-due")].map((text) =>
        [...text.childNodes].filter((node) => node.nodeName !== "SPAN" || node.className === "pl-number")
            .map((node) => [node.textContent, node.nodeName === "MARK"])),
])"""


DONE = "[data-search-results][data-state=done]"


def results(page, address: str, query: str) -> list[Shown]:
    """Opens /search/?q=…, or types into the page where it stands open already, and reads the whole list."""
    if page.url.startswith(f"{address}search/"):
        page.fill("[data-search-page] [name=q]", query)
    else:
        page.goto(f"{address}search/?q={quote(query, safe='')}")
    page.wait_for_selector(DONE, state="attached")
    while page.locator("[data-more]").is_visible():
        page.click("[data-more]")
        page.wait_for_selector(DONE, state="attached")
    return read_results(page)


def read_results(page) -> list[Shown]:
    return [
        Shown(id, approximate, tuple(tuple((characters, marked) for characters, marked in text) for text in texts))
        for id, approximate, texts in page.evaluate(READ)
    ]


def all_results(page, address: str, queries: Iterable[Mapping]) -> list[Sequence[Shown]]:
    return [results(page, address, query["query"]) for query in queries]
