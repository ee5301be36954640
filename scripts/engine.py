"""The settings of the site engine, MkDocs, with the operator's words. Nothing here imports the engine."""

import os
from dataclasses import asdict
from pathlib import Path

import yaml

from scripts.ledger import Ledger


def settings(ledger: Ledger, root: Path) -> Path:
    """The engine's settings with the operator's words: build/mkdocs.yml, which inherits the project's mkdocs.yml."""
    site = ledger.site
    words = {
        "INHERIT": "../mkdocs.yml",
        "docs_dir": "docs",
        "theme": {"custom_dir": "../overrides"},
        "site_name": site.name,
        "site_description": site.description or site.name,
        "extra": {"site": asdict(site), "feed": bool(ledger.history.releases)},
    }
    if site.address:
        words["site_url"] = site.address
    path = root / "build" / "mkdocs.yml"
    text = yaml.safe_dump(words, allow_unicode=True, sort_keys=False)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
    return path


def environment() -> dict[str, str]:
    """The same bytes on any day, and no advertisement of other engines in the log."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }
