"""Words that all descriptions share: licences and media types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.made import MEDIA, Made


@dataclass(frozen=True)
class Licence:
    name: str  # as the Open Definition's list and SPDX have it
    title: str
    path: str


COMPILED = Licence("CC-BY-4.0", "知识共享 署名 4.0 国际", "https://creativecommons.org/licenses/by/4.0/")
# 《中华人民共和国著作权法》第五条: laws, decisions and other documents of state organs are not protected.
OFFICIAL = Licence(
    "other-pd",
    "官方文件，不适用著作权法（《中华人民共和国著作权法》第五条）",
    "https://creativecommons.org/publicdomain/mark/1.0/",
)


def published(files: Sequence[Made]) -> Iterator[Made]:
    """The files that hold whole tables or sources, as catalogues list them; single records are left to the API."""
    for file in files:
        if file.suffix in MEDIA and ("/" not in file.path or file.path.startswith("sources/")):
            yield file
