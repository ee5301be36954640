"""CITATION.cff (Citation File Format 1.2.0): how to cite the data as a whole."""

import yaml

from scripts.ledger import Ledger
from scripts.tables.about import COMPILED, description


def make_citation(ledger: Ledger) -> bytes:
    site, history = ledger.site, ledger.history
    known = {
        "cff-version": "1.2.0",
        "message": "引用这份数据时，请注明以下内容。",
        "type": "dataset",
        "title": site.name,
        "abstract": description(ledger),
        "authors": [{"name": site.operator or f"{site.name}编者"}],
        "version": history.version,
        "date-released": history.changed_on,
        "license": COMPILED.name,
        "url": site.address,
        "keywords": [term.name for term in ledger.themes],
    }
    kept = {name: value for name, value in known.items() if value}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10**9).encode()
