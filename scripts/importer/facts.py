"""What a document says of itself: title, issuer, number, dates. Nothing is taken from elsewhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.importer.document import Document
from scripts.importer.doubt import Doubt
from scripts.importer.entry import Entry
from scripts.importer.frame import BODY, PORTAL, PORTAL_LABELS, Part
from scripts.period import day_in

ISSUER_IN_TITLE = re.compile(rf"^([\u4e00-\u9fff、\s]{{2,60}}?(?:{BODY}))(?:关于|印发|转发|批转)")
EFFECTIVE = re.compile(r"自[^，。；、]{1,24}起(?:正式)?(?:施行|实施|执行|生效)")
VALID = re.compile(r"有效期(?:限)?(?:暂定|为|至|到|自)?[^，。；）)]{1,24}")
DATE_AS_WRITTEN = r"[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|[二〇○零一九]{4}\s*年[一二三四五六七八九十\s]{1,4}月[一二三四五六七八九十\s]{1,4}日"
BEFORE_DATE = re.compile(rf"[（(]?([\u4e00-\u9fff]{{2,30}}(?:{BODY}))")
KINDS = ("issuer", "signature")
# What cannot stand in for a title.
NO_TITLE = ("table_header", "section", "subsection", "addressees", *KINDS, "document_number", "date", "page_number")


YEARS = re.compile(r"((?:19|20)[0-9]{2})\s*年")
WITHIN_MARKS = re.compile("^《([^《》]+)》$")
SPAN = re.compile(r"[0-9]{4}\s*年?\s*[-—–~～－至到]+\s*[0-9]{4}|[一二三四五]年行动")  # more than one year


@dataclass(frozen=True)
class Facts:
    """As written; "" where the text does not say."""

    title: str
    issuer: str
    document_number: str
    issued: str
    effective: str
    valid_until: str
    year: str  # the one year that the title names, or that of the notice that carries the document
    doubts: tuple[Doubt, ...]


def read_facts(document: Document) -> Facts:
    doubts: list[Doubt] = []
    title = _title(document, doubts)
    return Facts(
        title=title,
        issuer=_issuer(document, title) or _of_portal(document, "发文机关|发布机构"),
        document_number=_of_kind(document, "document_number", doubts, "发文字号")
        or _of_portal(document, "发文字号|文号"),
        issued=_of_portal(document, "成文日期") or _issued(document, doubts),
        effective=_sentence(document, EFFECTIVE),
        valid_until=_sentence(document, VALID),
        year=next(
            filter(None, map(_year, [title, *(_written(document, part) for part in _parts(document, "title"))])), ""
        ),
        doubts=tuple(doubts),
    )


def _year(title: str) -> str:
    years = {*YEARS.findall(title)}
    return years.pop() if len(years) == 1 and not SPAN.search(title) else ""


def _parts(document: Document, *kinds: str) -> list[Part]:
    return [piece for piece in document.pieces if isinstance(piece, Part) and piece.kind in kinds]


def _written(document: Document, part: Part) -> str:
    return document.script.written(part.start, part.end)


def _title(document: Document, doubts: list[Doubt]) -> str:
    """The last title before the first measure: a notice bears its own above that of what it carries."""
    first = min((entry.start for entry in document.entries), default=len(document.script.solid))
    found = [part for part in _parts(document, "title") if part.start < first]
    if found:
        title = _written(document, found[-1]).rstrip("。")
        title = WITHIN_MARKS.sub(r"\1", title)
        above = next((part for part in _parts(document, "issuer") if part.end == found[-1].start), None)
        is_half = above and title.startswith("关于") and not _written(document, above).endswith("文件")
        return f"{_written(document, above)}{title}" if above and is_half else title
    doubts.append(Doubt(0, "原文里没有找到标题，暂用开头的词句代替，请改成文件的标题。", field="title"))
    begin = next(one for one in document.pieces if isinstance(one, Entry) or one.kind not in NO_TITLE)
    start, end = begin.text if isinstance(begin, Entry) else (begin.start, begin.end)
    if isinstance(begin, Entry) and begin.heading_end:
        end = begin.heading_end
    first = document.script.written(start, end)
    words = re.match(r"[^。；，：:\n]{1,30}", first)
    return words.group() if words else first[:1]


def _issuer(document: Document, title: str) -> str:
    for part in _parts(document, *KINDS):
        return _written(document, part).removesuffix("文件")
    for part in _parts(document, "date"):
        if found := BEFORE_DATE.match(_written(document, part)):
            return found.group(1)
    titles = [title, *(_written(document, part) for part in _parts(document, "title"))]
    return next((found.group(1) for words in titles if (found := ISSUER_IN_TITLE.match(words))), "")


def _of_kind(document: Document, kind: str, doubts: list[Doubt], name: str) -> str:
    found = _parts(document, kind)
    written = list(dict.fromkeys(_written(document, part).strip("()（）") for part in found))
    if len(written) > 1:
        doubts.append(Doubt(found[1].start, f"原文有几个{name}，取了第一个，请核对。", tuple(written), kind))
    return written[0] if written else ""


def _issued(document: Document, doubts: list[Doubt]) -> str:
    """The date under a signature, else the first date that stands by itself."""
    dates = _parts(document, "date")
    if not dates:
        return ""
    signed = [part.end for part in _parts(document, "signature")]
    under = [part for part in dates if part.start in signed]
    # A body and a date on one line; that of the print, 某办公室…印发, is another one.
    behind = [one for one in dates if BEFORE_DATE.match(_written(document, one)) and not _is_of_print(document, one)]
    chosen = [*under, *behind, *dates][0]
    written = _date_in(_written(document, chosen))
    others = {day_in(_written(document, part)) for part in dates} - {day_in(written)}
    if others:
        choices = tuple(dict.fromkeys(_written(document, part) for part in dates))
        doubts.append(Doubt(chosen.start, "原文有几个日期，请核对哪一个是成文日期。", choices, "issued"))
    return written


def _is_of_print(document: Document, part: Part) -> bool:
    return _written(document, part).rstrip("。）)").endswith("印发")


def _of_portal(document: Document, labels: str) -> str:
    """What the head of a portal's page says, as written; ""."""
    value = re.compile(rf"(?:{labels})[：:]((?:(?!(?:{PORTAL_LABELS})[：:]).)+)")
    for part in _parts(document, "paragraph"):
        words = document.script.solid[part.start : part.end]
        if PORTAL.fullmatch(words) and (found := value.search(words)):
            return document.script.written(part.start + found.start(1), part.start + found.end(1))
    return ""


def _date_in(words: str) -> str:
    found = re.search(DATE_AS_WRITTEN, words)
    return found.group() if found else words.strip("()（）")


def _sentence(document: Document, pattern: re.Pattern[str]) -> str:
    """The first words of this kind behind the measures, else before them."""
    for words in _outside(document):
        if found := pattern.search(words):
            return found.group()
    return ""


def _outside(document: Document) -> Iterator[str]:
    """What the document says of itself stands outside its measures, mostly at the end, sometimes in the last one."""
    pieces: Sequence[Part | Entry] = document.pieces
    for piece in reversed(pieces):
        if isinstance(piece, Part) and piece.kind in ("closing", "paragraph", "note", "preamble"):
            yield document.script.written(piece.start, piece.end)
    for entry in document.entries[-1:]:
        yield document.script.written(*entry.text)
