"""DCAT 3 as DCAT-AP 3.0.1 profiles it, in JSON-LD: the catalogue, the dataset and its files. Needs the site's address."""

from collections.abc import Sequence

from scripts.downloads.published import published
from scripts.ledger import Ledger
from scripts.made import MEDIA, Made
from scripts.tables.about import COMPILED, OFFICIAL, description

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
FORMATS = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "sqlite": "SQLITE", "parquet": "PARQUET", "txt": "TXT"}
DESCRIBED = {
    "csv": "一张表，CSV，UTF-8，内容照录",
    "json": "一张表，JSON，空着的是 null",
    "xlsx": "全部表，一表一个工作表，单元格都是文字",
    "sqlite": "全部表和常用查询，SQLite 数据库",
    "parquet": "一张表，Parquet",
    "txt": "存档的官方原文",
}
CHINESE = {"@id": "http://publications.europa.eu/resource/authority/language/ZHO", "@type": "dct:LinguisticSystem"}
SHA256 = {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"}


def make_catalog(ledger: Ledger, files: Sequence[Made]) -> dict:
    site, history = ledger.site, ledger.history
    data = site.url("data/")
    publisher = {"@id": f"{data}#publisher", "@type": "foaf:Agent", "foaf:name": _chinese(site.operator or site.name)}
    about = {
        "dct:title": _chinese(site.name),
        "dct:description": _chinese(description(ledger)),
        "dct:publisher": publisher,
        "dct:language": CHINESE,
        "dct:license": _licence(COMPILED.path),
        **_dated("dct:issued", history.releases[0].on if history.releases else ""),
        **_dated("dct:modified", history.changed_on),
    }
    dataset = {
        "@id": f"{data}#dataset",
        "@type": "dcat:Dataset",
        **about,
        "dct:identifier": f"{data}#dataset",
        "dcat:keyword": [_chinese(term.name) for term in ledger.themes],
        **_contact(ledger),
        **_covered(ledger),
        "dcat:landingPage": {"@id": data, "@type": "foaf:Document"},
        **({"dcat:version": history.version} if history.version else {}),
        "dcat:distribution": [_distribution(file, ledger) for file in published(files)],
    }
    return {
        "@context": CONTEXT,
        "@id": f"{data}#catalog",
        "@type": "dcat:Catalog",
        **about,
        "foaf:homepage": {"@id": site.address, "@type": "foaf:Document"},
        "dcat:dataset": [dataset],
    }


def _distribution(file: Made, ledger: Ledger) -> dict:
    address = ledger.site.url(f"data/v1/{file.path}")
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _chinese(file.path),
        "dct:description": _chinese(DESCRIBED[file.suffix]),
        "dct:format": {"@id": FILE_TYPES + FORMATS[file.suffix], "@type": "dct:MediaTypeOrExtent"},
        "dcat:accessURL": {"@id": ledger.site.url("data/")},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": MEDIA_TYPES + MEDIA[file.suffix], "@type": "dct:MediaType"},
        "dct:license": _licence((OFFICIAL if file.path.startswith("sources/") else COMPILED).path),
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": SHA256,
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _contact(ledger: Ledger) -> dict:
    """Whom to ask, if the operator says so."""
    contact = ledger.site.contact
    if not contact:
        return {}
    mail = {"vcard:hasEmail": {"@id": f"mailto:{contact}"}} if "@" in contact else {"vcard:note": _chinese(contact)}
    name = _chinese(ledger.site.operator or ledger.site.name)
    return {"dcat:contactPoint": {"@type": ["vcard:Kind", "vcard:Organization"], "vcard:fn": name, **mail}}


def _covered(ledger: Ledger) -> dict:
    """The places and the time that the data is about."""
    places = [{"@type": "dct:Location", "rdfs:label": _chinese(place.name)} for place in ledger.jurisdictions]
    covered: dict = {"dct:spatial": places}
    if ledger.span:
        start, end = ({"@value": day[:7], "@type": "xsd:gYearMonth"} for day in ledger.span)
        covered["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": start, "dcat:endDate": end}
    return covered


def _chinese(text: str) -> dict:
    return {"@value": text, "@language": "zh"}


def _licence(address: str) -> dict:
    return {"@id": address, "@type": "dct:LicenseDocument"}


def _dated(name: str, day: str) -> dict:
    return {name: {"@value": day, "@type": "xsd:date"}} if day else {}
