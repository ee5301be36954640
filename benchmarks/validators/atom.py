"""What RFC 4287 demands of a feed, as a list of rules. Each is its section, its words, and what yields the elements that
break it. A grammar (RELAX NG) stands in the RFC's appendix, but no package ships it; these rules say more than it does."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

Element = etree._Element
Rule = tuple[str, str, Callable[[Element], Iterator[Element]]]

ATOM = "http://www.w3.org/2005/Atom"
TEXTS = ("title", "subtitle", "summary", "rights")
KNOWN = {
    "feed": {
        "author",
        "category",
        "contributor",
        "entry",
        "generator",
        "icon",
        "id",
        "link",
        "logo",
        "rights",
        "subtitle",
    }
    | {"title", "updated"},
    "entry": {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary"}
    | {"title", "updated"},
    "author": {"name", "uri", "email"},
    "contributor": {"name", "uri", "email"},
}
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")  # RFC 3987, with a scheme
REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]*")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339, T and Z upper case
MIME = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(;.*)?")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def every(root: Element, *names: str) -> Iterator[Element]:
    return root.iter(*map(tag, names))


def once(parent: str, *names: str, needed: bool) -> Callable[[Element], Iterator[Element]]:
    """Exactly one child of each name, or at most one."""

    def broken(root: Element) -> Iterator[Element]:
        for element in every(root, parent):
            counts = [len(element.findall(tag(name))) for name in names]
            if max(counts) > 1 or (needed and min(counts) < 1):
                yield element

    return broken


def attribute(pattern: re.Pattern, name: str, *of: str, needed: bool = False) -> Callable[[Element], Iterator[Element]]:
    def broken(root: Element) -> Iterator[Element]:
        for element in every(root, *of):
            value = element.get(name)
            if needed if value is None else not pattern.fullmatch(value):
                yield element

    return broken


def content(pattern: re.Pattern, *names: str) -> Callable[[Element], Iterator[Element]]:
    return lambda root: (one for one in every(root, *names) if len(one) or not pattern.fullmatch(one.text or ""))


def alternates(element: Element) -> list[tuple]:
    links = (link for link in element.findall(tag("link")) if link.get("rel", "alternate") == "alternate")
    return [(link.get("type"), link.get("hreflang")) for link in links]


def nobody(root: Element) -> Iterator[Element]:
    if root.find(tag("author")) is None:
        yield from (entry for entry in every(root, "entry") if entry.find(f".//{tag('author')}") is None)
        if root.find(tag("entry")) is None:
            yield root


def strangers(root: Element) -> Iterator[Element]:
    for parent, known in KNOWN.items():
        for element in every(root, parent):
            for child in element.iterchildren("{*}*"):
                if child.tag.startswith(f"{{{ATOM}}}") and child.tag not in map(tag, known):
                    yield child


def contents(root: Element) -> Iterator[Element]:
    for element in every(root, "content"):
        kind = element.get("type", "text")
        if element.get("src") is not None:
            right = not len(element) and not element.text and MIME.fullmatch(kind)
        else:
            right = MIME.fullmatch(kind) or well_typed(element)
        if not right:
            yield element


def well_typed(element: Element) -> bool:
    kind = element.get("type", "text")
    if kind == "xhtml":
        return [child.tag for child in element] == ["{http://www.w3.org/1999/xhtml}div"]
    return kind in ("text", "html") and not len(element)


def bare(root: Element) -> Iterator[Element]:
    """Entries without content and without a link to it, and those whose content needs a summary and has none."""
    for entry in every(root, "entry"):
        own = entry.find(tag("content"))
        if (own is None and not alternates(entry)) or (
            own is not None and own.get("src") is not None and entry.find(tag("summary")) is None
        ):
            yield entry


def repeated(root: Element) -> Iterator[Element]:
    """Entries with the id of another: they would be versions of one entry, which these feeds never tell."""
    counts = Counter(entry.findtext(tag("id")) for entry in every(root, "entry"))
    return (entry for entry in every(root, "entry") if counts[entry.findtext(tag("id"))] > 1)


# fmt: off
RULES: tuple[Rule, ...] = (
    ("2", "the document element is feed, in Atom's namespace", lambda root: iter([] if root.tag == tag("feed") else [root])),
    ("2", "xml:lang is a language tag", lambda root: (one for one in root.iter("{*}*") if not LANGUAGE.fullmatch(one.get("{http://www.w3.org/XML/1998/namespace}lang", "zh")))),
    ("3.1", "a text has type text, html or xhtml; text and html have no child elements", lambda root: (one for one in every(root, *TEXTS) if not well_typed(one))),
    ("3.2", "a person has exactly one name", lambda root: (one for one in every(root, "author", "contributor") if len(one.findall(tag("name"))) != 1)),
    ("3.2", "a person has at most one uri and one email", lambda root: (one for one in every(root, "author", "contributor") if any(len(one.findall(tag(name))) > 1 for name in ("uri", "email")))),
    ("3.3", "a date is a date-time of RFC 3339, with upper-case T and Z", content(TIME, "updated", "published")),
    ("4.1", "no elements of Atom's namespace where it has none", strangers),
    ("4.1.1", "the feed or all its entries have an author", nobody),
    ("4.1.1", "a feed has exactly one id, title and updated", once("feed", "id", "title", "updated", needed=True)),
    ("4.1.1", "a feed has at most one generator, icon, logo, rights and subtitle", once("feed", "generator", "icon", "logo", "rights", "subtitle", needed=False)),
    ("4.1.1, 4.1.2", "at most one alternate link for each type and language", lambda root: (one for one in every(root, "feed", "entry") if len(set(alternates(one))) < len(alternates(one)))),
    ("4.1.1", "no two entries with one id", repeated),
    ("4.1.2", "an entry has exactly one id, title and updated", once("entry", "id", "title", "updated", needed=True)),
    ("4.1.2", "an entry has at most one content, published, rights, source and summary", once("entry", "content", "published", "rights", "source", "summary", needed=False)),
    ("4.1.2", "an entry without content has an alternate link; one with content elsewhere has a summary", bare),
    ("4.1.3", "content has type text, html, xhtml or a media type, and holds what the type allows", contents),
    ("4.2.2", "a category has a term", attribute(re.compile(".+"), "term", "category", needed=True)),
    ("4.2.4–4.2.8", "icon, logo and the generator's uri are references", lambda root: (one for one in every(root, "icon", "logo") if not REFERENCE.fullmatch(one.text or ""))),
    ("4.2.6", "an id is a full IRI", content(IRI, "id")),
    ("4.2.7", "a link has href, a reference", attribute(REFERENCE, "href", "link", needed=True)),
    ("4.2.7", "rel of a link is a name or an IRI, neither empty", attribute(re.compile(rf"[A-Za-z][\w.+-]*|{IRI.pattern}"), "rel", "link")),
    ("4.2.7", "type of a link is a media type, hreflang a language tag", lambda root: (*attribute(MIME, "type", "link")(root), *attribute(LANGUAGE, "hreflang", "link")(root))),
)
# fmt: on


def broken(path: Path) -> list[str]:
    """Every rule that a feed breaks, and the feed itself where it is not well-formed."""
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        return [f"{path.name}: {error}"]
    return [f"{path.name}:{one.sourceline}: {section} {rule}" for section, rule, find in RULES for one in find(root)]


def twice(paths: list[Path]) -> list[str]:
    """Ids that two feeds, or entries of two feeds, have in common (section 4.2.6: an id is of one thing only)."""
    found = Counter(element.text for path in paths for element in every(etree.parse(path).getroot(), "id"))
    return [f"{id}: {count} times" for id, count in found.items() if count > 1]
