"""From records to a Ledger: every problem of every file at once, or a Ledger that is true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from scripts.characters import solid
from scripts.check.assemble import assemble
from scripts.check.days import nothing_was_done_tomorrow
from scripts.check.echoes import without_echoes
from scripts.check.evidence import EVIDENCE_CHECKS, evidence_is_small_and_named, found_documents_have_an_address
from scripts.check.hints import jurisdiction_hint
from scripts.check.measures import MEASURE_CHECKS
from scripts.check.names import NAMED, names_are_kept, names_are_unique, terms_are_unique
from scripts.check.policies import DEPARTMENT_CHECKS, GLOSSARY_CHECKS, POLICY_CHECKS, SYNONYM_CHECKS
from scripts.check.registers import REMOVED_CHECKS, nothing_disappears
from scripts.check.reviews import nothing_is_left_to_decide
from scripts.check.rows import rows_are_told_once
from scripts.check.shape import has_the_right_shape
from scripts.check.snapshots import snapshots_are_whole
from scripts.check.source import Piece, align, out_of_order
from scripts.check.unfilled import nothing_is_left_to_fill
from scripts.check.world import World, names_of, official, parts, row_order
from scripts.ledger import NOTHING_KNOWN, DataFile, History, Ledger, Reminder
from scripts.load import At, Fields, Items, Problem, Record, Text, Tree
from scripts.problem import in_order, is_error

ONE_OF_EACH = ("site", *NAMED)
NEEDED = ("site", "jurisdictions")
NEEDED_WHERE_USED = ("themes", "audiences")
CHECKS = {
    "measure": (*MEASURE_CHECKS, *EVIDENCE_CHECKS, rows_are_told_once),
    "policy": (*POLICY_CHECKS, found_documents_have_an_address, rows_are_told_once),
    "department": DEPARTMENT_CHECKS,
    "glossary": GLOSSARY_CHECKS,
    "synonyms": SYNONYM_CHECKS,
    "removed": REMOVED_CHECKS,
}


@dataclass(frozen=True)
class Report:
    """`ledger` is None where there is an error; warnings alone do not stop a build."""

    ledger: Ledger | None
    problems: tuple[Problem, ...]


def check(tree: Tree, history: History = NOTHING_KNOWN, today: str = "") -> Report:
    """Check all records of a data folder against their schemas, each other, the archived sources and what was there before.

    `today` (YYYY-MM-DD): nothing can have been done later; "" where the day does not count.
    """
    problems = list(tree.problems)
    misshapen: set[str] = set()
    unfinished: set[str] = set()  # files that an editor is still filling in: what is not there yet cannot differ
    damaged = {problem.at.file for problem in problems if is_error(problem)}
    ids = _ids(tree)
    said = {problem.at for problem in problems}
    for record in tree.records:
        if unfilled := [*nothing_is_left_to_fill(record)]:
            misshapen.add(record.path)
            unfinished.add(record.file)
            said |= {problem.at for problem in unfilled}
            problems += unfilled
        # What was wrong with how a value is written says enough about the value.
        if found := [problem for problem in has_the_right_shape(record, ids) if problem.at not in said]:
            misshapen.add(record.path)
            problems += found
            if record.kind == "measure" and any(problem.at.column == 1 for problem in found):
                unfinished.add(record.file)  # a whole field is wrong or missing
    damaged |= unfinished
    world = _world(tree, misshapen)
    alignments = {}
    for policy in world.policies.values():
        source = world.source(policy.id)
        if source and parts(policy):
            found = [*source_is_the_archived_one(policy, world)]
            if not found and policy.path not in misshapen and policy.file not in damaged:
                found += out_of_order(_in_parts(policy, world, damaged), source)
            if not found and policy.file not in unfinished and not any(_unlisted(policy, world)):
                pieces = _pieces(policy, world, damaged)
                alignments[policy.id] = align(pieces, source, _last(policy))
                found += alignments[policy.id].problems
            problems += found
    different = {problem.at.file for alignment in alignments.values() for problem in alignment.problems}
    differing = {id for id, measure in world.measures.items() if measure.file in different | damaged}
    differing |= {id for id, alignment in alignments.items() if alignment.problems}
    world = replace(world, differing=differing)
    problems += _what_is_missing(world)
    problems += names_are_unique(world)
    problems += terms_are_unique(world)
    problems += names_are_kept(world)
    problems += snapshots_are_whole(tree)
    problems += evidence_is_small_and_named(world)
    problems += nothing_disappears(world, history)
    problems += nothing_was_done_tomorrow(tree, today)
    for record in tree.records:
        if record.path not in misshapen:
            for true in (*CHECKS.get(record.kind, ()), nothing_is_left_to_decide):
                problems += true(record, world)
    ordered = tuple(without_echoes(in_order(problems)))
    if any(is_error(problem) for problem in ordered):
        return Report(None, ordered)
    ledger = assemble(world, {id: alignment.ranges for id, alignment in alignments.items()})
    reminders = tuple(_reminder(problem, tree.folder) for problem in ordered)
    files = tuple(
        DataFile(kind=record.kind, id=record.id, path=record.path, place=Path(record.file)) for record in tree.records
    )
    return Report(replace(ledger, history=history, reminders=reminders, files=files), ordered)


def _reminder(problem: Problem, folder: str) -> Reminder:
    """A warning, its file as seen from the project, wherever the command runs."""
    at = problem.at
    source = f"data/{at.file.removeprefix(f'{folder}/')}"
    return Reminder(source=source, line=at.line, rule=problem.rule, message=problem.message, help=problem.help)


def _world(tree: Tree, misshapen: set[str]) -> World:
    departments = _by_id(tree, "department")
    names: dict[tuple[str, str], str] = {}
    for id, record in departments.items():
        for name in names_of(record):
            names.setdefault((record.root.text("jurisdiction"), name.value), id)
    tables = {
        kind: record.root
        for kind in (*ONE_OF_EACH, "glossary", "synonyms", "removed")
        if (record := tree.one(kind)) and record.path not in misshapen
    }
    broken = misshapen | tree.unreadable
    return World(tree, tables, _by_id(tree, "policy"), _by_id(tree, "measure"), departments, names, broken)


def _ids(tree: Tree) -> dict[str, str]:
    """The id of each name in the registers and of each department."""
    found = {}
    for record in tree.records:
        rows = (
            record.root.rows_of()
            if record.kind in NAMED
            else [(record.id, record.root)]
            if record.kind == "department"
            else []
        )
        for id, entry in rows:
            if entry.text("name"):
                found.setdefault(entry.text("name"), id)
    return found


def _by_id(tree: Tree, kind: str) -> Mapping[str, Record]:
    return {record.id: record for record in tree.of(kind)}


def _what_is_missing(world: World) -> Iterator[Problem]:
    """Files that others count on, measures that no document mentions, and the other way round."""
    tree = world.tree
    if any(problem.rule == "missing-folder" for problem in tree.problems):
        return

    def missing(path: str, help: str) -> Iterator[Problem]:
        if not world.is_broken(path):
            yield Problem(At(f"{tree.folder}/{path}"), "missing-file", "缺少这个文件。", help)

    used = (kind for kind in NEEDED_WHERE_USED if any(kind in measure.root for measure in world.measures.values()))
    for kind in (*NEEDED, *used):
        if not tree.one(kind):
            yield from missing(f"{kind}.yml", "写法见网站的“录入字段说明”页。")
    if not tree.policies and not world.is_broken("policies"):
        at = At(f"{tree.folder}/policies")
        yield Problem(
            at,
            "missing-file",
            "没有一份政策文件。",
            "每份文件一个文件夹：policies/编号/policy.yml、source.txt 和 measures/。",
        )
    for id in sorted(tree.policies):
        if id not in world.policies:
            yield from missing(f"policies/{id}/policy.yml", "每份文件都要有 policy.yml。")
        if id not in tree.sources:
            yield from missing(f"policies/{id}/source.txt", "请把收到的原文存为 source.txt，一个字节也不要改。")
    for policy in world.policies.values():
        if policy.path not in world.broken:
            yield from _measures_match_parts(policy, world)
    yield from _parents_are_known(world)


def _measures_match_parts(policy: Record, world: World) -> Iterator[Problem]:
    mentioned: dict[str, Text] = {}
    for kind, text in parts(policy):
        if kind != "measure":
            continue
        id = f"{policy.id}/{text.value}"
        if id in mentioned:
            message = f"“{text.value}”在第 {mentioned[id].at.line} 行已经写过。"
            yield Problem(text.at, "repeated-item", message, "请只留一处。")
        elif id not in world.measures and not world.is_broken(f"policies/{policy.id}/measures/{text.value}."):
            message = f"没有 measures/{text.value}.yml 这个文件。"
            yield Problem(text.at, "missing-file", message, "请补上文件，或从 parts 里删掉这一条。")
        mentioned.setdefault(id, text)
    for record in _unlisted(policy, world):
        message = "policy.yml 的 parts 里没有这一条。"
        yield Problem(At(record.file), "not-in-parts", message, "请按原文次序写进 parts，或删掉这个文件。")


def _unlisted(policy: Record, world: World) -> Iterator[Record]:
    """The measures of a policy that its parts do not mention."""
    mentioned = {f"{policy.id}/{text.value}" for kind, text in parts(policy) if kind == "measure"}
    for id, record in world.measures.items():
        if id.startswith(f"{policy.id}/") and id not in mentioned:
            yield record


def _parents_are_known(world: World) -> Iterator[Problem]:
    """Each jurisdiction's parent is another one, and no chain of parents comes back to where it began."""
    table = world.tables.get("jurisdictions")
    for id, entry in table.fields.items() if table else ():
        parent = entry.get("parent") if isinstance(entry, Fields) else None
        if not isinstance(parent, Text) or not table:
            continue
        if parent.value not in table:
            others = {other: row for other, row in table.fields.items() if other != id}
            help = jurisdiction_hint(parent.value, others, "没有上级的，删掉这一项。")
            yield Problem(parent.at, "unknown-jurisdiction", f"没有编号为“{parent.value}”的上级辖区。", help)
        elif id in world.chain(parent.value):
            message = "上级辖区不能是自己，也不能是自己的下级。"
            yield Problem(parent.at, "unknown-jurisdiction", message, "请写真正的上级；没有上级的，删掉这一项。")


def _in_parts(policy: Record, world: World, damaged: set[str]) -> list[tuple[Text, str]]:
    """For each part where the document lists it, and its official text put together."""
    found = []
    order = row_order(policy)
    for kind, text in parts(policy):
        measure = world.measures.get(f"{policy.id}/{text.value}")
        if kind != "measure":
            found.append((text, solid(text.value)))
        elif measure and measure.file not in damaged:
            found.append((text, "".join(solid(node.value) for _, node in official(measure, order))))
    return found


def _pieces(policy: Record, world: World, damaged: set[str]) -> list[Piece]:
    """The document as its parts have it; a file with problems of its own is not compared."""
    pieces: list[Piece] = []
    order = row_order(policy)
    seen: set[str] = set()
    items = policy.root.get("parts")
    for item in items if isinstance(items, Items) else ():
        values = [*item.fields.items()] if isinstance(item, Fields) else []
        kind, text = values[0] if len(values) == 1 else ("", None)
        if not isinstance(text, Text):
            pieces.append(Piece("", None))  # said to be wrong: what it holds cannot differ
            continue
        if kind != "measure":
            pieces.append(Piece(kind, text))
            continue
        id = f"{policy.id}/{text.value}"
        measure = world.measures.get(id)
        if id in seen:
            continue
        seen.add(id)
        if measure and measure.file not in damaged:
            heading = measure.root.text("heading")
            pieces += [Piece(name, node, id, text, heading) for name, node in official(measure, order)]
        else:
            pieces.append(Piece("measure", None, id))
    return [piece for piece in pieces if piece.squeezed or piece.text is None]


def _last(policy: Record) -> At:
    found = parts(policy)
    return found[-1][1].at if found else policy.root.at_key("parts")


def source_is_the_archived_one(policy: Record, world: World) -> Iterator[Problem]:
    """The archived text has the hash that was written down when it was received."""
    written = policy.root.get("source_sha256")
    actual = sha256(world.tree.sources[policy.id].raw).hexdigest()
    if written is None:
        message = "缺少“source_sha256”。"
        yield Problem(policy.root.at_key("source_sha256"), "missing-field", message, f"请写上：source_sha256: {actual}")
    if isinstance(written, Text) and written.value != actual:
        yield Problem(
            written.at,
            "source-changed",
            f"source.txt 的 SHA-256 是 {actual}，与这里登记的不同。",
            "存档的原文不许改动，请恢复原来的 source.txt；确实换了原文的，同时改这里和各条措施。",
        )
