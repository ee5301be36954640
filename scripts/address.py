"""The way from one file or page of the site to another, for pages and data alike."""


def link(start: str, to: str) -> str:
    """The relative address that leads from the page or file at `start` to `to` (a page, a file, either with a #fragment).

    Both are addresses within the site: they never begin with a slash and a page's ends with one.
    """
    place, mark, fragment = to.partition("#")
    if place == start:
        return f"#{fragment}" if mark else "./"
    here, there = start.split("/")[:-1], place.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) + mark + fragment
