"""Which files catalogues list."""

from collections.abc import Iterator, Sequence

from scripts.made import MEDIA, Made


def published(files: Sequence[Made]) -> Iterator[Made]:
    """The files that hold whole tables or sources, as catalogues list them; single records are left to the API."""
    for file in files:
        if file.suffix in MEDIA and ("/" not in file.path or file.path.startswith("sources/")):
            yield file
