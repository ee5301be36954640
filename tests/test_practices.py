"""One test for each of W3C's Data on the Web Best Practices that the site claims to follow, and Google's Dataset rules."""

import json
import re
import zipfile
from urllib.parse import urlsplit

import pytest
import yaml

from scripts.pages.practices import PRACTICES, assess
from scripts.tables import TABLES

V1 = "data/v1/"


@pytest.fixture(scope="module")
def built(site):
    out, ledger = site
    return Built(out), ledger


class Built:
    """The files of the built site."""

    def __init__(self, out):
        self.out = out

    def text(self, path):
        return (self.out / path).read_text("utf-8")

    def json(self, path):
        return json.loads(self.text(path))

    def page(self, address):
        return self.text(f"{address}index.html")

    def linked(self, address):
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.page(address), re.DOTALL)
        return json.loads(found)

    def has(self, path):
        return (self.out / path).is_file()


def metadata(built, ledger):
    assert "datapackage.json" in built.page("data/") and built.linked("data/")["@type"] == "Dataset"


def descriptive(built, ledger):
    package = built.json(f"{V1}datapackage.json")
    assert package["title"] == ledger.site.name and 50 <= len(package["description"]) <= 5000
    dataset = built.linked("data/")
    assert dataset["temporalCoverage"] and dataset["spatialCoverage"] and dataset["keywords"]


def structural(built, ledger):
    page = built.page("data/dictionary/")
    assert all(f"<code>{column.name}</code>" in page for table in TABLES for column in table.columns)
    assert len(built.json(f"{V1}csv-metadata.json")["tables"]) == len(TABLES)


def licence(built, ledger):
    package = built.json(f"{V1}datapackage.json")
    assert all(resource["licenses"][0]["name"] for resource in package["resources"])
    assert {resource["licenses"][0]["name"] for resource in package["resources"]} == {"CC-BY-4.0", "other-pd"}


def provenance(built, ledger):
    for policy in ledger.policies:
        assert (built.out / policy.address / "source.txt").read_bytes() == policy.source_bytes
        assert policy.source_sha256 in built.page(policy.address)
    for row in built.json(f"{V1}measures.json"):
        assert row["source_start"] < row["source_end"]


def quality(built, ledger):
    assert all(f'id="{part}"' in built.page("quality/") for part in ("coverage", "unknowns", "anomalies", "checked"))
    assert built.json(f"{V1}unknowns.json") and "逐字核对" in built.page(ledger.policies[0].address)
    assert len(built.json(f"{V1}anomalies.json")) == sum(
        len(record.anomalies) for record in (*ledger.policies, *ledger.measures)
    )


def version(built, ledger):
    index = built.json(f"{V1}index.json")
    assert index["version"] == ledger.history.version and re.fullmatch(r"\d+\.\d+\.\d+", index["version"])
    assert index["modified"] == ledger.history.changed_on


def version_history(built, ledger):
    page = built.page("changes/")
    assert all(release.version in page for release in ledger.history.releases[-100:])
    assert len(built.json(f"{V1}changes.json")) == sum(len(release.changes) for release in ledger.history.releases)


def persistent_dataset(built, ledger):
    assert built.has(f"{V1}index.json") and "v1" in built.page("data/changelog/")


def persistent_things(built, ledger):
    for row in built.json(f"{V1}measures.json"):
        assert urlsplit(row["url"]).path.endswith(f"policies/{row['id']}/")
        assert f'data-id="{row["id"]}"' in built.page(f"policies/{row['id']}/")


def version_addresses(built, ledger):
    claimed = next(practice for practice in assess(ledger) if practice.number == 11).is_met
    assert claimed == bool(ledger.snapshots) == ("固定版本" in built.page("data/"))
    for snapshot in ledger.snapshots:
        assert built.has(f"{snapshot.address}index.html") and built.has(f"{snapshot.address}SHA256SUMS")


def standard_formats(built, ledger):
    for kind in ("csv", "json", "parquet"):
        assert all(built.has(f"{V1}{table.name}.{kind}") for table in TABLES)
    assert built.has(f"{V1}ledger.xlsx") and built.has(f"{V1}ledger.sqlite")


def locale_neutral(built, ledger):
    for row in built.json(f"{V1}deadlines.json"):
        assert row["end"] is None or re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["end"])
        assert row["period"] is None or re.fullmatch(r"\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?", row["period"])


def several_formats(built, ledger):
    standard_formats(built, ledger)


def vocabularies(built, ledger):
    assert built.json(f"{V1}csv-metadata.json")["@context"][0] == "http://www.w3.org/ns/csvw"
    assert built.json(f"{V1}datapackage.json")["$schema"].startswith("https://datapackage.org/profiles/2.0/")
    assert built.linked(ledger.policies[0].address)["@type"] == "Legislation"


def formalization(built, ledger):
    flat = built.json(f"{V1}ledger.json")
    assert len(flat) == len(built.json(f"{V1}responsibilities.json"))
    assert all(not isinstance(value, dict | list) for row in flat for value in row.values())


def bulk(built, ledger):
    with zipfile.ZipFile(built.out / V1 / "ledger.zip") as archive:
        assert archive.testzip() is None and f"ledger/{TABLES[0].name}.csv" in archive.namelist()


def subsets(built, ledger):
    for department in ledger.departments:
        assert built.has(f"{V1}departments/{department.id}.csv") and built.has(f"{V1}departments/{department.id}.json")


def up_to_date(built, ledger):
    last = ledger.history.changed_on
    assert last in built.page("changes/") and last in built.text("feeds/all.atom")
    assert built.json(f"{V1}datapackage.json")["created"].startswith(last)


def missing_data(built, ledger):
    assert {row["state"] for row in built.json(f"{V1}unknowns.json")} <= {"未载明", "未规定", "不适用"}
    for removal in ledger.removed:
        assert removal.reason in built.page(removal.address)


def interface(built, ledger):
    index = built.json(f"{V1}index.json")
    assert {table["name"] for table in index["tables"]} == {table.name for table in TABLES}
    for measure in ledger.measures:
        assert built.json(f"{V1}measures/{measure.id}.json")["id"] == measure.id


def web_standards(built, ledger):
    described = built.json(f"{V1}openapi.json")
    assert described["openapi"].startswith("3.1")
    headers = built.text("_headers")
    assert "Access-Control-Allow-Origin: *" in headers[headers.index("/data/*") :]


def documented_interface(built, ledger):
    page = built.page("data/api/")
    assert all(word in page for word in ("curl", "pandas", "polars", "SELECT"))
    assert all(path in page for path in ("index.json", "openapi.json"))


def no_breaking_changes(built, ledger):
    published = built.json(f"{V1}schemas/tables.schema.json")["$defs"]
    for table in TABLES:
        assert list(published[table.name]["items"]["properties"]) == [column.name for column in table.columns]


def preserved_identifiers(built, ledger):
    for removal in ledger.removed:
        assert built.has(f"{removal.address}index.html")


def coverage(built, ledger):
    for policy in ledger.policies:
        assert policy.coverage() == (1.0, 0) and "100.0%" in built.page(policy.address)


def feedback(built, ledger):
    for address in ("", "data/", ledger.measures[0].address, ledger.departments[0].address):
        assert "报告错误" in built.page(address) or "指出错误" in built.page(address)


def enriched(built, ledger):
    assert len(built.json(f"{V1}targets.json")) == sum(len(measure.targets) for measure in ledger.measures)
    assert len(built.json(f"{V1}deadlines.json")) == sum(len(measure.deadlines) for measure in ledger.measures)


def presentations(built, ledger):
    for address in ("deadlines/", "matrix/", "network/", "measures/"):
        page = built.page(address)
        assert "<svg" in page or "<table" in page


def licensing_terms(built, ledger):
    assert "不适用著作权法" in built.page("data/")


def cited(built, ledger):
    for measure in ledger.measures:
        assert "GB/T 7714" in built.page(measure.address)


TESTED = {
    1: metadata,
    2: descriptive,
    3: structural,
    4: licence,
    5: provenance,
    6: quality,
    7: version,
    8: version_history,
    9: persistent_dataset,
    10: persistent_things,
    11: version_addresses,
    12: standard_formats,
    13: locale_neutral,
    14: several_formats,
    15: vocabularies,
    16: formalization,
    17: bulk,
    18: subsets,
    21: up_to_date,
    22: missing_data,
    23: interface,
    24: web_standards,
    25: documented_interface,
    26: no_breaking_changes,
    27: preserved_identifiers,
    28: coverage,
    29: feedback,
    31: enriched,
    32: presentations,
    34: licensing_terms,
    35: cited,
}


def test_every_claim_has_a_test():
    assert [practice.number for practice in PRACTICES] == list(range(1, 36))
    assert {practice.number for practice in PRACTICES if practice.is_met} == set(TESTED)
    assert len(TESTED) >= 28


@pytest.mark.parametrize("number", TESTED, ids=lambda number: f"{number}-{TESTED[number].__name__}")
def test_practice(number, built):
    TESTED[number](*built)


def test_where_it_is_shown_exists(built):
    for practice in PRACTICES:
        if practice.shown_at:
            place = built[0].out / practice.shown_at
            assert place.is_file() or (place / "index.html").is_file(), practice


def test_the_dataset_meets_googles_requirements(built):
    """Required: name, description of 50 to 5,000 characters. Recommended: the rest; contentUrl must be absolute."""
    files, ledger = built
    dataset = files.linked("data/")
    assert dataset["@context"] == "https://schema.org" and dataset["@type"] == "Dataset"
    assert dataset["name"] and 50 <= len(dataset["description"]) <= 5000
    assert dataset["license"].startswith("https://") and dataset["creator"]["name"]
    assert dataset["isAccessibleForFree"] is True and dataset["version"] == ledger.history.version
    for download in dataset["distribution"]:
        assert download["encodingFormat"]
        if ledger.site.address:
            assert download["contentUrl"].startswith(ledger.site.address)
            assert files.has(download["contentUrl"].removeprefix(ledger.site.address))
    assert ("url" in dataset) == bool(ledger.site.address)


def test_documents_and_duties_are_linked_data(built):
    files, ledger = built
    for policy in ledger.policies:
        legislation = files.linked(policy.address)
        assert legislation["name"] == policy.title
        assert legislation.get("legislationIdentifier", "") == policy.document_number
        assert legislation.get("legislationDate", "") == policy.issued_on
        assert legislation.get("legislationPassedBy", {}).get("name", "") == policy.issuer
    for measure in ledger.measures:
        duty = files.linked(measure.address)
        assert duty["text"] == measure.text and duty["isPartOf"]["name"] == measure.policy.title
        named = [body["name"] for body in duty.get("mentions", [])]
        assert named == [share.name_as_written for share in measure.responsibilities]


def test_the_citation_file_is_yaml_with_what_the_format_needs(built):
    files, ledger = built
    citation = yaml.safe_load(files.text(f"{V1}CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation) and citation["type"] == "dataset"
    assert citation["title"] == ledger.site.name
