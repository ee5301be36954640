"""Where pages are, and the way from one to another."""

import posixpath


def address(path: str) -> str:
    """The address of a staged Markdown file within the site: policies/x/20.md → policies/x/20/."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else f"{stem.removesuffix('/index')}/"


def link(start: str, to: str) -> str:
    """The relative address that leads from the page at `start` to `to` (a page, a file, either with a #fragment)."""
    place, mark, fragment = to.partition("#")
    if place == start:
        return f"#{fragment}" if mark else "./"
    way = posixpath.relpath(place or ".", start or ".")
    return f"{way}{'/' if place.endswith('/') or not place else ''}{mark}{fragment}"
