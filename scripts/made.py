"""What is known of a file that was made, once its content is on its way to the disk."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Made:
    path: str  # below the site
    size: int  # bytes
    sha256: str


def made(path: str, content: bytes) -> Made:
    return Made(path, len(content), sha256(content).hexdigest())
