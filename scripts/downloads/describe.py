"""What describes the downloads, made from the same list of columns and from what was made before."""

from collections.abc import Iterator, Sequence

from scripts.downloads.cite import make_citation
from scripts.downloads.csvw import make_csvw
from scripts.downloads.datapackage import make_datapackage
from scripts.downloads.dcat import make_catalog
from scripts.downloads.index import make_index
from scripts.downloads.openapi import make_openapi
from scripts.downloads.readme import make_readme
from scripts.downloads.text import to_json
from scripts.ledger import Ledger
from scripts.made import Made, made


def make_descriptions(ledger: Ledger, files: Sequence[Made]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each, the checksums of everything last. What needs an absolute address is made only where the
    site has one."""
    known = list(files)
    for path, content in _describe(ledger, files):
        known.append(made(path, content))
        yield path, content
    content = to_json(make_openapi(ledger, [file.path for file in known]))
    known.append(made("openapi.json", content))
    yield "openapi.json", content
    yield "SHA256SUMS", checksums(known)


def checksums(files: Sequence[Made]) -> bytes:
    """Lines as `sha256sum -c` reads them."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path)).encode()


def _describe(ledger: Ledger, files: Sequence[Made]) -> Iterator[tuple[str, bytes]]:
    yield "datapackage.json", to_json(make_datapackage(ledger, files))
    yield "csv-metadata.json", to_json(make_csvw(ledger))
    if ledger.site.address:
        yield "dcat.jsonld", to_json(make_catalog(ledger, files))
    yield "CITATION.cff", make_citation(ledger)
    yield "README.txt", make_readme(ledger)
    yield "index.json", to_json(make_index(ledger, files))
