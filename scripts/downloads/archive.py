"""One ZIP of all downloads: the same content gives the same bytes."""

import zipfile
from tempfile import SpooledTemporaryFile

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format knows
FOLDER = "ledger/"  # where everything unpacks to
IN_MEMORY = 8_000_000  # bytes; larger archives go through a file


class Archive:
    """A ZIP that is filled while its files pass by, so that they need not all be held at once."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by `close`)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, path: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(FOLDER + path, FIXED)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3  # Unix, on every system
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, content)

    def close(self) -> bytes:
        """The whole archive."""
        self._zip.close()
        self._file.seek(0)
        content = self._file.read()
        self._file.close()
        return content
