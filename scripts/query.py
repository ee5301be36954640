"""Bring the ledger's SQLite file to the page that queries it in the browser, as scripts. Page: overrides/assets/query*.js."""

import json
from base64 import b64encode
from hashlib import sha256

FOLDER = "data/query"


def make_query(database: bytes) -> dict[str, str]:
    """The files by their path: scripts that set one value each, so that they load from the disk and under any CSP.

    `database`: a whole SQLite file. Its script bears its content's hash and may be kept for ever; the manifest tells the name.
    """
    content = f'self.policyLedger_database="{b64encode(database).decode()}";\n'
    path = f"{FOLDER}/ledger.{sha256(content.encode()).hexdigest()[:10]}.js"
    manifest = f"self.policyLedger_files={json.dumps({'database': path})};\n"
    return {path: content, f"{FOLDER}/manifest.js": manifest}
