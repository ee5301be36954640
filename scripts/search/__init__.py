"""Make what the search in the browser needs: an index of the Ledger, and how characters sound. Engine: overrides/assets."""

import json
from collections.abc import Mapping
from hashlib import sha256

from scripts.ledger import Ledger
from scripts.search.characters import readings, variants
from scripts.search.index import make_index

FOLDER = "search"


def make_search(ledger: Ledger, pages: Mapping[str, str]) -> dict[str, bytes]:
    """The files by their path: scripts that set one value each, so that they load from the disk and under any CSP.

    `pages`: the Markdown of every page, by path. All but the manifest bear their content's hash, so they may be kept for ever.
    """
    index = make_index(ledger, pages)
    everything = json.dumps(index, ensure_ascii=False)
    synonyms = [[word, *synonym.official] for synonym in ledger.synonyms for word in synonym.words]
    files = {
        "index": index | {"variants": variants(everything)},
        "nearest": {"readings": readings(everything), "synonyms": synonyms},  # only for what matches nothing exactly
    }
    made = {name: _script(f"policySearch_{name}", content) for name, content in files.items()}
    paths = {name: f"{FOLDER}/{name}.{sha256(content).hexdigest()[:10]}.js" for name, content in made.items()}
    return {paths[name]: content for name, content in made.items()} | {
        f"{FOLDER}/manifest.js": _script("policySearch_files", paths)
    }


def _script(name: str, value: object) -> bytes:
    return f"self.{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n".encode()
