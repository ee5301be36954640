"""One ZIP of all downloads: the same content gives the same bytes."""

import shutil
import zipfile
from pathlib import Path

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format knows
FOLDER = "ledger/"  # where everything unpacks to


class Archive:
    """A ZIP that is filled while its files pass by, so that they need not all be held at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, path: str, content: bytes | Path) -> None:
        entry = zipfile.ZipInfo(FOLDER + path, FIXED)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3  # Unix, on every system
        entry.external_attr = 0o644 << 16
        if isinstance(content, bytes):
            self._zip.writestr(entry, content)
            return
        entry.file_size = content.stat().st_size
        with content.open("rb") as source, self._zip.open(entry, "w") as target:
            shutil.copyfileobj(source, target)

    def close(self) -> Path:
        """The whole archive."""
        self._zip.close()
        return self._path
