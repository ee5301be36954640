"""What a person has to decide."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """Where (a position of the Script; 0 for the whole document), what, and between what."""

    at: int
    what: str
    choices: tuple[str, ...] = ()
    field: str = ""  # of the record
