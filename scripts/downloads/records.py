"""One JSON per policy, measure and department, its three layers apart, and one in the place of each that was removed; a
department's duties as CSV too. Every way from one file to another is relative to the file that it stands in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import chain

from scripts.address import link
from scripts.api import FOLDER, path_of, removed_path
from scripts.downloads.text import make_csv, to_json
from scripts.ledger import Deadline, Department, Ledger, Link, Measure, Policy, Progress, Removal, Unknown
from scripts.tables import TABLES

DUTIES = next(table for table in TABLES if table.name == "ledger")
To = Callable[[str], str]  # the way from one file to another, by its path below the folder of the data


def make_records(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    for path, record in records(ledger):
        yield path, to_json(record)
    for department in ledger.departments:
        rows = DUTIES.records(replace(ledger, measures=ledger.duties_of(department)))
        own = (row for row in rows if row["department_id"] == department.id)
        yield f"departments/{department.id}.csv", b"".join(make_csv(DUTIES, own))


def records(ledger: Ledger) -> Iterator[tuple[str, dict]]:
    """(path, content) of the JSON of every record."""
    return chain(of_policies(ledger), of_departments(ledger), of_removals(ledger))


def of_policies(ledger: Ledger) -> Iterator[tuple[str, dict]]:
    """The policies, each before its measures."""
    for policy in ledger.policies:
        yield path_of(policy), _policy(policy, ledger, _from(path_of(policy)))
        measures = ledger.measures_of(policy)
        for before, measure, after in zip((None, *measures), measures, (*measures[1:], None), strict=False):
            yield path_of(measure), _measure(measure, ledger, _from(path_of(measure)), before, after)


def of_departments(ledger: Ledger) -> Iterator[tuple[str, dict]]:
    for department in ledger.departments:
        yield path_of(department), _department(department, ledger, _from(path_of(department)))


def of_removals(ledger: Ledger) -> Iterator[tuple[str, dict]]:
    standing = {record.address: record for record in (*ledger.policies, *ledger.measures, *ledger.departments)}
    for removal in ledger.removed:
        path = removed_path(removal.id)
        yield path, _removed(removal, _from(path), standing.get(f"{removal.replaced_by}/"))


def _from(path: str) -> To:
    def to(other: str) -> str:
        # A file names itself, for an empty reference would mean whatever the client last resolved against.
        return path.rpartition("/")[2] if other == path else link(path, other)

    return to


def _page(path: str, address: str) -> str:
    """The way from a file to a page. It names the file, for on a disk no server finds a folder's page."""
    return link(f"{FOLDER}/{path}", f"{address}index.html")


def _links(path: str, address: str, schema: str, **more: str | None) -> dict:
    to = _from(path)
    return {
        "self": to(path),
        "html": _page(path, address),
        **more,
        "schema": to(f"schemas/{schema}-record.schema.json"),
        "manifest": to("index.json"),
    }


def _removed(removal: Removal, to: To, other: Policy | Measure | Department | None) -> dict:
    """What says that a record is gone. A body without duties may replace another, and has no file of its own."""
    return {
        "id": removal.id.partition("/")[2],
        "removed": {"on": removal.on, "reason": removal.reason, "replaced_by": removal.replaced_by or None},
        "links": _links(
            removed_path(removal.id),
            removal.address,
            "removed",
            replaced_by=to(path_of(other)) if other else None,
        ),
    }


def _unknowns(unknowns: Sequence[Unknown]) -> list[dict]:
    return [asdict(unknown) for unknown in unknowns]


def _policy(policy: Policy, ledger: Ledger, to: To) -> dict:
    return {
        "id": policy.id,
        "url": ledger.site.url(policy.address),
        "official": {
            "title": policy.title,
            "issuer": policy.issuer or None,
            "document_number": policy.document_number or None,
            "issued": policy.issued or None,
            "effective": policy.effective or None,
            "valid_until": policy.valid_until or None,
            "lead_rule": policy.lead_rule or None,
            "parts": [
                {
                    "kind": part.kind,
                    "text": part.text,
                    "measure_id": part.measure or None,
                    "source_start": part.start,
                    "source_end": part.end,
                }
                for part in policy.parts
            ],
        },
        "editorial": {
            "short_title": policy.short_title,
            "status": policy.status or None,
            "jurisdiction": {"id": policy.jurisdiction.id, "name": policy.jurisdiction.name},
            "measure_term": policy.measure_term,
            "deadline_year": policy.deadline_year or None,
            "source_address": policy.source_address or None,
            "received": policy.received or None,
            "instruments": [asdict(instrument) for instrument in policy.instruments],
            "identifiers": [asdict(identifier) for identifier in policy.identifiers],
            "anomalies": [asdict(anomaly) for anomaly in policy.anomalies],
            "note": policy.note or None,
            "checked": asdict(policy.checked) if policy.checked else None,
            "unknowns": _unknowns(policy.unknowns),
        },
        "computed": {
            "issued": policy.issued_on or None,
            "effective": policy.effective_on or None,
            "valid_until": policy.valid_until_on or None,
            "source_sha256": policy.source_sha256,
            "source_url": ledger.site.url(f"{policy.address}source.txt"),
            "measures": [_brief(measure, ledger, to) for measure in ledger.measures_of(policy)],
        },
        "links": _links(path_of(policy), policy.address, "policy", source=to(f"sources/{policy.id}.txt")),
    }


def _measure(measure: Measure, ledger: Ledger, to: To, before: Measure | None, after: Measure | None) -> dict:
    return {
        "id": measure.id,
        "url": ledger.site.url(measure.address),
        "policy": {
            "id": measure.policy.id,
            "title": measure.policy.title,
            "url": ledger.site.url(measure.policy.address),
            "href": to(path_of(measure.policy)),
        },
        "official": {
            "number": measure.number,
            "section": measure.section or None,
            "heading": measure.heading or None,
            "text": measure.text,
            "clause": measure.clause or None,
            "shared_clause": measure.shared_clause.text if measure.shared_clause else None,
            "deadline": measure.deadline.quote if measure.deadline else None,
        },
        "editorial": {
            "title": measure.title if measure.title_is_editorial else None,
            "responsibilities": [
                {
                    "position": share.position,
                    "department": _named(share.department, ledger, to),
                    "name_as_written": share.name_as_written,
                    "label_as_written": share.label_as_written or None,
                    "role": share.role,
                    "role_evidence": share.role_evidence or None,
                }
                for share in measure.responsibilities
            ],
            "open_list": measure.open_list,
            "targets": [{**asdict(target), "by": target.by.text if target.by else None} for target in measure.targets],
            "instruments": [asdict(instrument) for instrument in measure.instruments],
            "themes": [{"id": term.id, "name": term.name} for term in measure.themes],
            "audiences": [{"id": term.id, "name": term.name} for term in measure.audiences],
            "relations": [_related(other, ledger, to) for other in ledger.links_of(measure)],
            "anomalies": [asdict(anomaly) for anomaly in measure.anomalies],
            "progress": [_progress(entry, ledger) for entry in measure.progress],
            "searches": [{"id": search.id} | asdict(search) for search in measure.searches],
            "note": measure.note or None,
            "checked": asdict(measure.checked) if measure.checked else None,
            "unknowns": _unknowns(measure.unknowns),
        },
        "computed": {
            "deadlines": [_deadline(deadline) for deadline in measure.deadlines],
            "source_start": measure.source_start,
            "source_end": measure.source_end,
            "source_sha256": measure.policy.source_sha256,
        },
        "links": _links(
            path_of(measure),
            measure.address,
            "measure",
            policy=to(path_of(measure.policy)),
            previous=to(path_of(before)) if before else None,
            next=to(path_of(after)) if after else None,
            source=to(f"sources/{measure.policy.id}.txt"),
        ),
    }


def _department(department: Department, ledger: Ledger, to: To) -> dict:
    return {
        "id": department.id,
        "url": ledger.site.url(department.address),
        "official": {"names": list(department.names)},
        "editorial": {
            "name": department.name,
            "aliases": list(department.aliases),
            "counterparts": [_named(other, ledger, to) for other in ledger.counterparts_of(department)],
            "kind": department.kind or None,
            "jurisdiction": {"id": department.jurisdiction.id, "name": department.jurisdiction.name},
            "level": department.level or None,
            "collective": department.is_collective,
            "identifiers": [asdict(identifier) for identifier in department.identifiers],
            "note": department.note or None,
            "checked": asdict(department.checked) if department.checked else None,
            "unknowns": _unknowns(department.unknowns),
        },
        "computed": {
            "duties": [_brief(measure, ledger, to) for measure in ledger.duties_of(department)],
            "shared_with": [
                {**_named(other, ledger, to), "count": count} for other, count in ledger.partners_of(department)
            ],
        },
        "links": _links(
            path_of(department),
            department.address,
            "department",
            csv=to(f"departments/{department.id}.csv"),
            docx=to(f"departments/{department.id}.docx"),
        ),
    }


def _progress(entry: Progress, ledger: Ledger) -> dict:
    kept = entry.evidence_file
    file = {"evidence_file": ledger.site.url(kept.address), "evidence_sha256": kept.sha256} if kept else {}
    return asdict(replace(entry, evidence_file=None)) | {"evidence_sha256": None} | file


def _brief(measure: Measure, ledger: Ledger, to: To) -> dict:
    deadline = measure.deadline
    return {
        "id": measure.id,
        "number": measure.number,
        "title": measure.title,
        "deadline": deadline.period.text if deadline and deadline.period else None,
        "url": ledger.site.url(measure.address),
        "href": to(path_of(measure)),
    }


def _named(department: Department, ledger: Ledger, to: To) -> dict:
    return {
        "id": department.id,
        "name": department.name,
        "url": ledger.site.url(department.address),
        "href": to(path_of(department)),
    }


def _related(other: Link, ledger: Ledger, to: To) -> dict:
    return {
        "measure": _brief(other.measure, ledger, to),
        "relation": other.relation.relation,
        "evidence": list(other.relation.evidence),
    }


def _deadline(deadline: Deadline) -> dict:
    period = deadline.period
    return {
        "id": deadline.id,
        "scope": deadline.scope,
        "quote": deadline.quote,
        "period": period.text if period else None,
        "precision": period.precision if period else None,
        "end": period.end if period else None,
    }
