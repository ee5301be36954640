"""One JSON per policy, measure and department, its three layers apart; a department's duties as CSV too."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from scripts.downloads.text import make_csv, to_json
from scripts.ledger import Deadline, Department, Ledger, Link, Measure, Policy, Unknown
from scripts.tables import TABLES

DUTIES = next(table for table in TABLES if table.name == "ledger")


def make_records(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    for policy in ledger.policies:
        yield f"policies/{policy.id}.json", to_json(_policy(policy, ledger))
    for measure in ledger.measures:
        yield f"measures/{measure.id}.json", to_json(_measure(measure, ledger))
    rows: dict[str, list] = {}
    for row in DUTIES.records(ledger):
        rows.setdefault(str(row["department_id"]), []).append(row)
    for department in ledger.departments:
        yield f"departments/{department.id}.json", to_json(_department(department, ledger))
        yield f"departments/{department.id}.csv", make_csv(DUTIES, rows[department.id])


def _unknowns(unknowns: Sequence[Unknown]) -> list[dict]:
    return [asdict(unknown) for unknown in unknowns]


def _policy(policy: Policy, ledger: Ledger) -> dict:
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
            "source_address": policy.source_address or None,
            "received": policy.received or None,
            "instruments": [asdict(instrument) for instrument in policy.instruments],
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
            "measures": [_brief(measure, ledger) for measure in ledger.measures_of(policy)],
        },
    }


def _measure(measure: Measure, ledger: Ledger) -> dict:
    return {
        "id": measure.id,
        "url": ledger.site.url(measure.address),
        "policy": {
            "id": measure.policy.id,
            "title": measure.policy.title,
            "url": ledger.site.url(measure.policy.address),
        },
        "official": {
            "number": measure.number,
            "section": measure.section or None,
            "heading": measure.heading or None,
            "text": measure.text,
            "clause": measure.clause or None,
            "deadline": measure.deadline.quote if measure.deadline else None,
        },
        "editorial": {
            "title": measure.title if measure.title_is_editorial else None,
            "responsibilities": [
                {
                    "position": share.position,
                    "department": _named(share.department, ledger),
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
            "relations": [_link(link, ledger) for link in ledger.links_of(measure)],
            "anomalies": [asdict(anomaly) for anomaly in measure.anomalies],
            "progress": [asdict(entry) for entry in measure.progress],
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
    }


def _department(department: Department, ledger: Ledger) -> dict:
    return {
        "id": department.id,
        "url": ledger.site.url(department.address),
        "official": {"names": list(department.names)},
        "editorial": {
            "name": department.name,
            "aliases": list(department.aliases),
            "counterparts": [_named(other, ledger) for other in ledger.counterparts_of(department)],
            "kind": department.kind or None,
            "jurisdiction": {"id": department.jurisdiction.id, "name": department.jurisdiction.name},
            "level": department.level or None,
            "collective": department.is_collective,
            "note": department.note or None,
            "checked": asdict(department.checked) if department.checked else None,
            "unknowns": _unknowns(department.unknowns),
        },
        "computed": {
            "duties": [_brief(measure, ledger) for measure in ledger.duties_of(department)],
            "shared_with": [
                {**_named(other, ledger), "count": count} for other, count in ledger.partners_of(department)
            ],
        },
    }


def _brief(measure: Measure, ledger: Ledger) -> dict:
    deadline = measure.deadline
    return {
        "id": measure.id,
        "number": measure.number,
        "title": measure.title,
        "deadline": deadline.period.text if deadline and deadline.period else None,
        "url": ledger.site.url(measure.address),
    }


def _named(department: Department, ledger: Ledger) -> dict:
    return {"id": department.id, "name": department.name, "url": ledger.site.url(department.address)}


def _link(link: Link, ledger: Ledger) -> dict:
    return {
        "measure": _brief(link.measure, ledger),
        "relation": link.relation.relation,
        "evidence": list(link.relation.evidence),
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
