"""Where pages are, and the way from one to another."""

from scripts.address import link

__all__ = ["address", "link"]


def address(path: str) -> str:
    """The address of a staged Markdown file within the site: policies/x/20.md → policies/x/20/."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else f"{stem.removesuffix('/index')}/"
