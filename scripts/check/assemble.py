"""Checked records to the frozen Ledger. Nothing here can fail: whatever could is a check."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from scripts import ledger as facts
from scripts.check.clause import read_clause
from scripts.check.snapshots import inside
from scripts.check.unknowns import values_of
from scripts.check.world import World, deadline_of, duties_of, official, parts, row_order
from scripts.load import Fields, Record, Text
from scripts.period import Period, day_in, read_period

SEARCHED = ("result", "on", "by", "where", "address")
Ranges = Sequence[tuple[int, int] | None]
SITE = (
    "name",
    "description",
    "address",
    "published",
    "operator",
    "contact",
    "edit_address",
    "report_address",
    "icp",
    "site_code",
)


def assemble(world: World, ranges: Mapping[str, Ranges]) -> facts.Ledger:
    jurisdictions = _jurisdictions(world.tables["jurisdictions"])
    terms = {kind: _terms(world.tables.get(kind)) for kind in ("themes", "audiences")}
    departments = {id: _department(record, jurisdictions) for id, record in sorted(world.departments.items())}
    policies = {id: _policy(record, world, jurisdictions, ranges[id]) for id, record in sorted(world.policies.items())}
    measures = tuple(
        _measure(measure, policy, policies[id], world, departments, terms)
        for id, policy in sorted(world.policies.items())
        for measure in world.measures_in_order(policy)
    )
    busy = {department.id for measure in measures for department in measure.departments}
    return facts.Ledger(
        site=facts.Site(**{name: world.tables["site"].text(name) for name in SITE}),
        jurisdictions=tuple(jurisdictions.values()),
        themes=tuple(terms["themes"].values()),
        audiences=tuple(terms["audiences"].values()),
        glossary=_glossary(world.tables.get("glossary")),
        synonyms=_synonyms(world.tables.get("synonyms")),
        removed=_removed(world.tables.get("removed")),
        snapshots=tuple(
            facts.Snapshot(on=day, files=tuple((inside(file), file.path) for file in found))
            for day, found in sorted(world.tree.snapshots.items(), reverse=True)
        ),
        policies=tuple(policies.values()),
        departments=tuple(department for id, department in departments.items() if id in busy),
        measures=measures,
    )


def _jurisdictions(table: Fields) -> dict[str, facts.Jurisdiction]:
    made: dict[str, facts.Jurisdiction] = {}

    def make(id: str, below: tuple[str, ...] = ()) -> facts.Jurisdiction | None:
        entry = table.get(id)
        if not isinstance(entry, Fields) or id in below:
            return None
        if id not in made:
            parent = make(entry.text("parent"), (*below, id))
            made[id] = facts.Jurisdiction(
                id=id,
                name=entry.text("name"),
                level=entry.text("level"),
                short_name=entry.text("short_name"),
                parent=parent,
                checked=_checked(entry),
            )
        return made[id]

    for id in table.fields:
        make(id)
    return {id: made[id] for id in table.fields}


def _terms(table: Fields | None) -> dict[str, facts.Term]:
    return {
        id: facts.Term(
            id=id,
            name=entry.text("name"),
            description=entry.text("description"),
            words=_values(entry, "words"),
            checked=_checked(entry),
        )
        for id, entry in (table.rows_of() if table else ())
    }


def _glossary(table: Fields | None) -> tuple[facts.Definition, ...]:
    return tuple(
        facts.Definition(
            id=id, checked=_checked(row), **{name: row.text(name) for name in ("term", "definition", "measure")}
        )
        for id, row in (table.rows_of() if table else ())
    )


def _synonyms(table: Fields | None) -> tuple[facts.Synonym, ...]:
    return tuple(
        facts.Synonym(id=id, words=_values(row, "words"), official=_values(row, "official"), checked=_checked(row))
        for id, row in (table.rows_of() if table else ())
    )


def _removed(table: Fields | None) -> tuple[facts.Removal, ...]:
    return tuple(
        facts.Removal(id=id, **{name: row.text(name) for name in ("name", "on", "reason", "replaced_by")})
        for id, row in (table.rows_of() if table else ())
    )


def _identifiers(root: Fields) -> tuple[facts.Identifier, ...]:
    given = root.get("identifiers")
    found = given.fields.items() if isinstance(given, Fields) else ()
    return tuple(facts.Identifier(scheme=scheme, value=node.value) for scheme, node in found if isinstance(node, Text))


def _values(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(text.value for text in fields.texts(name))


def _unknowns(fields: Fields, name: str = "unknowns") -> dict[str, facts.Unknown]:
    return {
        field: facts.Unknown(field=field, state=row.text("state"), reason=row.text("reason"))
        for field, row in fields.rows(name)
    }


def _checked(fields: Fields) -> facts.Check | None:
    checked = fields.get("checked")
    return facts.Check(by=checked.text("by"), on=checked.text("on")) if isinstance(checked, Fields) else None


def _reviews(root: Fields) -> tuple[facts.Review, ...]:
    return tuple(
        facts.Review(
            id=key,
            question=row.text("question"),
            field=row.text("field"),
            line=row.text("line"),
            choices=_values(row, "choices"),
        )
        for key, row in root.rows("review")
    )


def _anomalies(root: Fields) -> tuple[facts.Anomaly, ...]:
    return tuple(
        facts.Anomaly(id=key, quote=row.text("quote"), explanation=row.text("explanation"))
        for key, row in root.rows("anomalies")
    )


def _instruments(root: Fields) -> tuple[facts.Instrument, ...]:
    return tuple(
        facts.Instrument(
            id=key,
            title=row.text("title"),
            number=row.text("number"),
            relation=row.text("relation"),
            search=_search(row),
        )
        for key, row in root.rows("instruments")
    )


def _search(row: Fields) -> facts.Search | None:
    search = row.get("search")
    if not isinstance(search, Fields):
        return None
    return facts.Search(**{name: search.text(name) for name in SEARCHED})


def _inherited_level(root: Fields, jurisdictions: Mapping[str, facts.Jurisdiction]) -> str:
    """A body without a level of its own has that of its jurisdiction, unless it is said to have none."""
    return "" if "level" in _unknowns(root) else jurisdictions[root.text("jurisdiction")].level


def _department(record: Record, jurisdictions: Mapping[str, facts.Jurisdiction]) -> facts.Department:
    root = record.root
    return facts.Department(
        id=record.id,
        name=root.text("name"),
        other_names=_values(root, "other_names"),
        aliases=_values(root, "aliases"),
        counterparts=_values(root, "counterparts"),
        jurisdiction=jurisdictions[root.text("jurisdiction")],
        kind=root.text("kind"),
        level=root.text("level") or _inherited_level(root, jurisdictions),
        identifiers=_identifiers(root),
        note=root.text("note"),
        checked=_checked(root),
        unknowns=tuple(_unknowns(root).values()),
        reviews=_reviews(root),
        source=f"data/{record.path}",
    )


def _policy(
    record: Record, world: World, jurisdictions: Mapping[str, facts.Jurisdiction], ranges: Ranges
) -> facts.Policy:
    root, source = record.root, world.tree.sources[record.id]
    return facts.Policy(
        **{
            name: root.text(name)
            for name in (
                "title",
                "short_title",
                "issuer",
                "document_number",
                "issued",
                "effective",
                "valid_until",
                "status",
                "measure_term",
                "lead_rule",
                "deadline_year",
                "source_address",
                "received",
                "note",
            )
        },
        id=record.id,
        issued_on=day_in(root.text("issued")),
        effective_on=day_in(root.text("effective")),
        valid_until_on=day_in(root.text("valid_until")),
        jurisdiction=jurisdictions[root.text("jurisdiction")],
        source_text=source.text,
        source_bytes=source.raw,
        source_sha256=sha256(source.raw).hexdigest(),
        parts=_parts(record, world, ranges),
        identifiers=_identifiers(root),
        instruments=_instruments(root),
        anomalies=_anomalies(root),
        checked=_checked(root),
        unknowns=tuple(_unknowns(root).values()),
        reviews=_reviews(root),
        source=f"data/{record.path}",
    )


def _parts(policy: Record, world: World, ranges: Ranges) -> tuple[facts.Part, ...]:
    pieces: list[tuple[str, str, str]] = []
    for kind, text in parts(policy):
        id = f"{policy.id}/{text.value}"
        if kind == "measure":
            pieces += [(name, node.value, id) for name, node in official(world.measures[id], row_order(policy))]
        else:
            pieces.append((kind, text.value, ""))
    return tuple(
        facts.Part(kind=kind, text=text, measure=measure, start=found[0], end=found[1])
        for (kind, text, measure), found in zip(pieces, ranges, strict=True)
        if found
    )


def _measure(
    record: Record,
    policy_record: Record,
    policy: facts.Policy,
    world: World,
    departments: Mapping[str, facts.Department],
    terms: Mapping[str, Mapping[str, facts.Term]],
) -> facts.Measure:
    root = record.root
    own = [part for part in policy.parts if part.measure == record.id]
    shared = {field: _shared(root.text(field), policy.parts, own) for field in ("shared_clause", "shared_deadline")}
    heading, title = root.text("heading"), root.text("title")
    shares = _responsibilities(record, policy_record, world, departments)
    limit = deadline_of(record)
    deadline = limit.value if limit else ""
    section, subsection = world.headings_of(record.id)
    year = policy_record.root.text("deadline_year")
    has_value = values_of(record, policy_record, section)
    unknowns = _unknowns(policy_record.root, "measure_unknowns") | _unknowns(root)
    return facts.Measure(
        id=record.id,
        policy=policy,
        section=section,
        subsection=subsection,
        number=root.text("number"),
        text=root.text("text"),
        clause=root.text("clause"),
        **shared,
        heading=heading,
        title=title or heading,
        title_is_editorial=bool(title),
        open_list=root.text("open_list") == "true",
        responsibilities=shares,
        deadline=facts.Deadline(id=f"{record.id}/row", scope="row", quote=deadline, period=read_period(deadline, year))
        if deadline
        else None,
        inner_deadlines=tuple(
            facts.Deadline(
                id=f"{record.id}/{key}",
                scope="inner",
                quote=row.text("quote"),
                period=read_period(row.text("quote"), year),
            )
            for key, row in root.rows("inner_deadlines")
        ),
        targets=tuple(_target(key, row, year) for key, row in root.rows("targets")),
        instruments=_instruments(root),
        themes=tuple(terms["themes"][id] for id in _values(root, "themes")),
        audiences=tuple(terms["audiences"][id] for id in _values(root, "audiences")),
        relations=tuple(
            facts.Relation(id=key, to=row.text("to"), relation=row.text("relation"), evidence=_values(row, "evidence"))
            for key, row in root.rows("relations")
        ),
        anomalies=_anomalies(root),
        progress=tuple(_progress(key, row, policy.id, world) for key, row in root.rows("progress")),
        searches=tuple(
            facts.ProgressSearch(id=key, **{name: row.text(name) for name in SEARCHED})
            for key, row in root.rows("searches")
        ),
        note=root.text("note"),
        checked=_checked(root),
        unknowns=tuple(unknown for field, unknown in unknowns.items() if not has_value[field]),
        reviews=_reviews(root),
        source_start=own[0].start,
        source_end=own[-1].end,
        source=f"data/{record.path}",
    )


def _shared(words: str, listed: Sequence[facts.Part], own: Sequence[facts.Part]) -> facts.Shared | None:
    """Words that stand elsewhere, in the nearest part above the measure's own, or the first one below; so their first line."""
    first = words.partition("\n")[0]
    holding = [part for part in listed if first and first in part.text and part not in own]
    above = [part for part in holding if part.start < own[0].start]
    return facts.Shared(text=words, part=(above[-1:] or holding)[0]) if holding else None


def _responsibilities(
    record: Record,
    policy: Record,
    world: World,
    departments: Mapping[str, facts.Department],
) -> tuple[facts.Responsibility, ...]:
    root = record.root
    marks = {
        name: (role, mark.text("evidence"))
        for role in ("support", "lead")
        if isinstance(mark := root.get(role), Fields)
        for name in _values(mark, "departments")
    }
    reading = read_clause(duties_of(record), root.texts("departments"), policy.root.text("lead_rule"))
    made = []
    for position, named in enumerate(reading.named, 1):
        name = named.name.value
        said = (named.role, named.label if named.role != "unmarked" else "")
        role, evidence = marks.get(name, said)
        made.append(
            facts.Responsibility(
                position=position,
                department=departments[world.department(name, policy) or ""],
                name_as_written=name,
                label_as_written=named.label or policy.root.text("clause_label"),
                role=role,
                role_evidence=evidence,
            )
        )
    return tuple(made)


def _progress(key: str, row: Fields, policy: str, world: World) -> facts.Progress:
    name = row.text("evidence_file")
    kept = world.tree.evidence.get(f"{policy}/{name}")
    return facts.Progress(
        id=key,
        evidence_file=facts.Attachment(
            policy=policy, name=name, path=Path(kept.file), size=kept.size, sha256=kept.sha256
        )
        if kept
        else None,
        **{field: row.text(field) for field in ("date", "status", "summary", "evidence_url", "evidence_title")},
    )


def _target(key: str, row: Fields, year: str) -> facts.Target:
    by: Period | None = read_period(row.text("by_text"), year)
    return facts.Target(
        id=key,
        by=by,
        **{
            name: row.text(name)
            for name in ("quote", "subject", "comparator", "value", "value_max", "unit", "scope", "by_text")
        },
    )
