"""Bring the ledger's SQLite file to the page that queries it in the browser, as scripts. Page: overrides/assets/query*.js."""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.made import Content, made, put

FOLDER = "data/query"
PIECE = 3 << 16  # bytes that are encoded at a time, a multiple of three


def make_query(database: Path) -> Iterator[tuple[str, Content]]:
    """(path, content): scripts that set one value each, so that they load from the disk and under any CSP.

    `database`: a SQLite file. Its script bears its content's hash and may be kept for ever; the manifest tells the name.
    """
    with TemporaryDirectory() as room:
        content = put(Path(room, "database.js"), _script(database))
        path = f"{FOLDER}/ledger.{made('', content).sha256[:10]}.js"
        yield path, content
    yield f"{FOLDER}/manifest.js", f"self.policyLedger_files={json.dumps({'database': path})};\n"


def _script(database: Path) -> Iterator[bytes]:
    yield b'self.policyLedger_database="'
    with database.open("rb") as file:
        while piece := file.read(PIECE):
            yield b64encode(piece)
    yield b'";\n'
