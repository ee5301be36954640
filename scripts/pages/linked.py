"""What search engines and catalogues read of a page: schema.org Dataset and Legislation, as JSON-LD.

Google's dataset search wants of a Dataset: name, description (50 to 5,000 characters), and should have license, creator,
distribution, temporalCoverage, spatialCoverage, version, dateModified. What is unknown is left out.
"""

from collections.abc import Mapping, Sequence

from scripts.ledger import Instrument, Ledger, Measure, Policy
from scripts.made import MEDIA, Made
from scripts.tables.about import COMPILED, description

CONTEXT = "https://schema.org"
FORMATS = ("xlsx", "csv", "json", "sqlite", "parquet", "zip")  # in which the whole table, or everything, is offered


def dataset(ledger: Ledger, files: Sequence[Made]) -> dict:
    site, history = ledger.site, ledger.history
    return _known(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "name": site.name,
            "description": description(ledger),
            "url": _url(ledger, "data/"),
            "identifier": _url(ledger, "data/v1/index.json"),
            "license": COMPILED.path,
            "creator": _body(site.operator or site.name),
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "keywords": [term.name for term in ledger.themes],
            "version": history.version,
            "datePublished": history.releases[0].on if history.releases else "",
            "dateModified": history.changed_on,
            "temporalCoverage": "/".join(day[:7] for day in ledger.span or ()),
            "spatialCoverage": [{"@type": "Place", "name": place.name} for place in ledger.jurisdictions],
            "isBasedOn": [
                _known({"@type": "Legislation", "name": policy.title, "url": _url(ledger, policy.address)})
                for policy in ledger.policies
            ],
            "distribution": [
                _known(
                    {
                        "@type": "DataDownload",
                        "name": file.path.rpartition("/")[2],
                        "encodingFormat": MEDIA[file.suffix],
                        "contentUrl": _url(ledger, file.path),
                        "contentSize": f"{file.size} B",
                        "sha256": file.sha256,
                    }
                )
                for file in files
                if file.path == f"data/v1/ledger.{file.suffix}" and file.suffix in FORMATS
            ],
        }
    )


def legislation(policy: Policy, ledger: Ledger) -> dict:
    return (
        {"@context": CONTEXT}
        | _policy(policy, ledger)
        | _known(
            {
                "legislationIdentifier": policy.document_number,
                "legislationDate": policy.issued_on,
                "legislationPassedBy": _body(policy.issuer),
                "legislationJurisdiction": {"@type": "AdministrativeArea", "name": policy.jurisdiction.name},
                "sameAs": policy.source_address,
                "inLanguage": "zh-CN",
                "isBasedOn": _bases(policy.instruments),
                "identifier": [
                    {"@type": "PropertyValue", "propertyID": identifier.scheme, "value": identifier.value}
                    for identifier in policy.identifiers
                ],
            }
        )
    )


def duty(measure: Measure, ledger: Ledger) -> dict:
    return _known(
        {
            "@context": CONTEXT,
            "@type": "Legislation",
            # A title that an editor gave is not the document's own.
            "name": measure.heading or f"{measure.policy.title} {measure.number}",
            "alternateName": measure.title if measure.title_is_editorial else "",
            "url": _url(ledger, measure.address),
            "text": measure.text,
            "inLanguage": "zh-CN",
            "isPartOf": _policy(measure.policy, ledger),
            "mentions": [_body(share.name_as_written) for share in measure.responsibilities],
            "isBasedOn": _bases(measure.instruments),
        }
    )


def _policy(policy: Policy, ledger: Ledger) -> dict:
    return _known({"@type": "Legislation", "name": policy.title, "url": _url(ledger, policy.address)})


def _bases(instruments: Sequence[Instrument]) -> list[dict]:
    return [
        _known({"@type": "Legislation", "name": instrument.title, "legislationIdentifier": instrument.number})
        for instrument in instruments
        if instrument.relation == "basis"
    ]


def _body(name: str) -> dict | None:
    return {"@type": "Organization", "name": name} if name else None


def _url(ledger: Ledger, address: str) -> str:
    return ledger.site.url(address) if ledger.site.address else ""


def _known(facts: Mapping[str, object]) -> dict:
    return {name: value for name, value in facts.items() if value not in ("", None, [])}
