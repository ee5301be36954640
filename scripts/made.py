"""What a file that is made holds, and what is known of it once its content is on its way to the disk."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

# Text is UTF-8. Large content stands in a file of its own, which is there until the next content is asked for: so no more
# than one is held at a time, and none of them in memory.
Content = str | bytes | Path

# Suffix → media type (IANA where it is registered).
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "txt": "text/plain",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Made:
    path: str  # below the site
    size: int  # bytes
    sha256: str

    @property
    def suffix(self) -> str:
        return self.path.rpartition(".")[2]


def made(path: str, content: bytes | Path) -> Made:
    if isinstance(content, bytes):
        return Made(path, len(content), sha256(content).hexdigest())
    with content.open("rb") as file:
        return Made(path, content.stat().st_size, file_digest(file, "sha256").hexdigest())


def put(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write the pieces into one file, as they come."""
    with path.open("wb") as file:
        file.writelines(pieces)
    return path
