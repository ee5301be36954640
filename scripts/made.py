"""What is known of a file that was made, once its content is on its way to the disk."""

from dataclasses import dataclass
from hashlib import sha256

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


def made(path: str, content: bytes) -> Made:
    return Made(path, len(content), sha256(content).hexdigest())
