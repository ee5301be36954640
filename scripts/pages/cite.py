"""How to cite a measure or a policy. What the source does not say is left out or called unknown, never filled in."""

from scripts.ledger import Ledger, Measure, Policy
from scripts.tables.about import citation

# Only the reader knows them where the site has no address of its own; the browser fills them in where scripts run.
ACCESSED = "〔引用日期〕"
HERE = "〔本页网址〕"


def citations(policy: Policy, ledger: Ledger, measure: Measure | None = None) -> list[tuple[str, str]]:
    """(name of the style, citation) of a policy or one of its measures."""
    place = _place(ledger, measure) if measure else ""
    url = ledger.site.url((measure or policy).address) if ledger.site.address else HERE
    return [
        ("GB/T 7714—2025", _gbt(policy, place, url)),
        ("公文", _official(policy, place)),
        ("BibTeX", _bibtex(policy, place, url, (measure or policy).id)),
    ]


def dataset_citations(ledger: Ledger) -> list[tuple[str, str]]:
    """(name of the style, citation) of the data as a whole."""
    site, history = ledger.site, ledger.history
    url = site.url("data/") if site.address else HERE
    version = f": 第 {history.version} 版" if history.version else ""
    day = f"({history.changed_on})" if history.changed_on else ""
    fields = {
        "title": site.name,
        "author": f"{{{site.operator}}}" if site.operator else "",
        "year": history.changed_on[:4],
        "version": history.version,
        "url": url,
    }
    lines = (f"  {name} = {{{_braced(value)}}}," for name, value in fields.items() if value)
    return [
        (
            "GB/T 7714—2025",
            f"{site.operator or site.name + '编者'}. {site.name}{version}[DS/OL]. {day}[{ACCESSED}]. {url}.",
        ),
        ("正文里注明", f"{citation(ledger)}。"),
        ("BibTeX", "\n".join(["@misc{policy-ledger,", *lines, "}"])),
    ]


def _place(ledger: Ledger, measure: Measure) -> str:
    """The measure as a place in its document: 第（六）条, 第 20 项; with its headings where numbers begin anew below each."""
    number = measure.number.rstrip(".．、")
    place = number or f"“{measure.title}”"
    if number and not number.startswith("第"):
        spaced = f" {number} " if number.isascii() and not measure.heading else number
        place = f"第{spaced}{'条' if measure.heading else '项'}"
    is_unique = sum(one.number == measure.number for one in ledger.measures_of(measure.policy)) == 1
    headings = () if is_unique or not number else filter(None, (measure.section, measure.subsection))
    return "".join([*(f"“{heading}”" for heading in headings), place])


def _gbt(policy: Policy, place: str, url: str) -> str:
    """GB/T 7714—2025, electronic resource: 责任者. 题名[文献类型/载体]. (日期)[引用日期]. 获取路径."""
    title = f"{policy.title}: {place}" if place else policy.title
    day = f"({policy.issued_on})" if policy.issued_on else "(成文日期不详)"
    return f"{policy.issuer or '［发文机关不详］'}. {title}[A/OL]. {day}[{ACCESSED}]. {url}."


def _official(policy: Policy, place: str) -> str:
    """As official documents cite each other: 发文机关《标题》（发文字号）第（六）条."""
    return f"{policy.issuer}{policy.named}{place}"


def _bibtex(policy: Policy, place: str, url: str, id: str) -> str:
    fields = {
        "title": f"{policy.title}：{place}" if place else policy.title,
        "author": f"{{{policy.issuer}}}" if policy.issuer else "",
        "year": policy.issued_on[:4],
        "number": policy.document_number,
        "url": url,
        "note": f"source.txt SHA-256 {policy.source_sha256}",
    }
    key = id.replace("/", "-")
    lines = (f"  {name} = {{{_braced(value)}}}," for name, value in fields.items() if value)
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _braced(value: str) -> str:
    """Characters that BibTeX would read as commands, escaped; a pair of braces around a name stays."""
    inner = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    escaped = "".join(f"\\{character}" if character in "&%$#_{}" else character for character in inner)
    return f"{{{escaped}}}" if inner is not value else escaped
