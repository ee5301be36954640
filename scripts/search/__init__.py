"""Make what the search in the browser needs: an index of the Ledger, and how characters sound. Engine: overrides/assets."""

import json
from collections.abc import Mapping
from hashlib import sha256

from scripts.ledger import Ledger
from scripts.search.characters import readings, variants
from scripts.search.index import make_index
from scripts.search.shards import first_sounds, pieces, places

FOLDER = "search"
ENGINE = "search-engine"
LARGE = 1_000  # rows; a larger index is cut up


def make_search(ledger: Ledger, pages: Mapping[str, str], programs: Mapping[str, str]) -> dict[str, bytes]:
    """The files by their path: scripts that set one value each, so that they load from the disk and under any CSP.

    `pages`: the Markdown of every page, by path. `programs`: the engine's own scripts, by name. All but the manifest bear
    their content's hash: they may be kept for ever, and an old engine never meets a new index.
    """
    index = make_index(ledger, pages)
    everything = json.dumps(index, ensure_ascii=False)
    rows = index["rows"]
    written, typed = variants(everything)
    index |= {"count": len(rows), "measures": len(ledger.measures), "variants": written}
    sounds = readings(everything)
    synonyms = [[word, *synonym.official] for synonym in ledger.synonyms for word in synonym.words]
    files: dict[str, bytes] = {}

    def put(name: str, content: bytes) -> str:
        path = f"{FOLDER}/{name}.{sha256(content).hexdigest()[:8]}.js"
        files[path] = content
        return path

    def publish(name: str, value: object) -> str:
        compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return put(name, f"self.policySearch_{name}={compact};\n".encode())

    if len(rows) > LARGE:
        del index["rows"]
        index["periods"] = sorted({period for row in rows if row[0] == "measure" for _, period, _ in row[7] if period})
        index["pieces"] = {
            "rows": [publish(f"rows{place}", piece) for place, piece in enumerate(pieces(rows))],
            "places": [
                publish(f"places{place}", piece)
                for place, piece in enumerate(places(rows, index["policies"], first_sounds(sounds)))
            ],
            "facets": publish("facets", [_facets(row) for row in rows]),
        }
    # The engine is of no use alone, and packs better with what uses it.
    bundle = {"search": programs[ENGINE] + programs["search"]}
    parts = {name: program for name, program in programs.items() if name != ENGINE} | bundle
    manifest = {name: put(name, program.encode()) for name, program in sorted(parts.items())} | {
        "index": publish("index", index),
        "nearest": publish("nearest", {"readings": sounds, "synonyms": synonyms, "variants": typed}),
    }
    files[f"{FOLDER}/manifest.js"] = (
        f"self.policySearch_files={json.dumps(manifest, separators=(',', ':'))};\n".encode()
    )
    return files


def _facets(row: list) -> list[object]:
    """Of a row, what the results can be narrowed by: kind, policy, names, years, themes, targets."""
    if row[0] == "measure":
        _, policy, _, _, _, _, names, dues, themes, targets, *_ = row
        years = sorted({period[:4] for _, period, _ in dues if period})
        return [row[0], policy, names, years, themes, targets]
    return [row[0], {"policy": row[1], "page": -1}.get(row[0], row[-1])]
