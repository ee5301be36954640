"""From records to a Ledger: every problem of every file at once, or a Ledger that is true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from scripts.check.assemble import assemble
from scripts.check.measures import MEASURE_CHECKS
from scripts.check.policies import DEPARTMENT_CHECKS, POLICY_CHECKS
from scripts.check.shape import has_the_right_shape
from scripts.check.source import Alignment, Piece, align
from scripts.check.world import World, official, parts
from scripts.ledger import Ledger
from scripts.load import At, Fields, Problem, Record, Text, Tree
from scripts.problem import in_order, is_error

ONE_OF_EACH = ("site", "jurisdictions", "themes", "audiences")
CHECKS = {"measure": MEASURE_CHECKS, "policy": POLICY_CHECKS, "department": DEPARTMENT_CHECKS}


@dataclass(frozen=True)
class Report:
    """`ledger` is None where there is an error; warnings alone do not stop a build."""

    ledger: Ledger | None
    problems: tuple[Problem, ...]


def check(tree: Tree) -> Report:
    """Check all records of a data folder against their schemas, each other and the archived sources."""
    problems = list(tree.problems)
    misshapen: set[str] = set()
    for record in tree.records:
        if found := list(has_the_right_shape(record)):
            misshapen.add(record.file)
            problems += found
    world, found = _world(tree, misshapen)
    problems += found
    problems += _what_is_missing(world)
    for record in tree.records:
        if record.file not in misshapen:
            for true in CHECKS.get(record.kind, ()):
                problems += true(record, world)
    alignments = {}
    for policy in world.policies.values():
        if world.source(policy.id):
            alignments[policy.id] = _compare(policy, world)
            problems += alignments[policy.id].problems
            problems += source_is_the_archived_one(policy, world)
    ordered = tuple(in_order(problems))
    if any(is_error(problem) for problem in ordered):
        return Report(None, ordered)
    return Report(assemble(world, {id: alignment.ranges for id, alignment in alignments.items()}), ordered)


def _world(tree: Tree, misshapen: set[str]) -> tuple[World, list[Problem]]:
    names: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    departments = _by_id(tree, "department")
    for id, record in departments.items():
        own = record.root.get("name")
        written = [*([own] if isinstance(own, Text) else []), *record.root.texts("other_names")]
        for name in written:
            key = (record.root.text("jurisdiction"), name.value)
            if key in names:
                other = departments[names[key]]
                problems.append(
                    Problem(
                        name.at,
                        "repeated-name",
                        f"“{name.value}”已经是 {other.path} 的名称。",
                        "同一辖区里一个名称只能属于一个部门。",
                    )
                )
            names.setdefault(key, id)
    tables = {kind: record.root for kind in ONE_OF_EACH if (record := tree.one(kind)) and record.file not in misshapen}
    return World(tree, tables, _by_id(tree, "policy"), _by_id(tree, "measure"), departments, names), problems


def _by_id(tree: Tree, kind: str) -> Mapping[str, Record]:
    return {record.id: record for record in tree.of(kind)}


def _what_is_missing(world: World) -> Iterator[Problem]:
    """Files that others count on, measures that no document mentions, and the other way round."""
    tree = world.tree

    def missing(path: str, help: str) -> Iterator[Problem]:
        if path not in tree.unreadable:
            yield Problem(At(f"{tree.folder}/{path}"), "missing-file", "缺少这个文件。", help)

    for kind in ONE_OF_EACH if not tree.problems or tree.records else ():
        if not tree.one(kind):
            yield from missing(f"{kind}.yml", "请从模板里复制一份。")
    folders = {id.split("/")[0] for id in (*world.measures, *world.policies, *tree.sources)}
    for id in sorted(folders):
        if id not in world.policies:
            yield from missing(f"policies/{id}/policy.yml", "每份文件都要有 policy.yml。")
        if id not in tree.sources:
            yield from missing(f"policies/{id}/source.txt", "请把收到的原文存为 source.txt，一个字节也不要改。")
    for policy in world.policies.values():
        yield from _measures_match_parts(policy, world)
    yield from _parents_are_known(world)


def _measures_match_parts(policy: Record, world: World) -> Iterator[Problem]:
    mentioned: dict[str, Text] = {}
    for kind, text in parts(policy):
        if kind != "measure":
            continue
        id = f"{policy.id}/{text.value}"
        path = f"policies/{policy.id}/measures/{text.value}.yml"
        if id in mentioned:
            yield Problem(
                text.at, "repeated-item", f"“{text.value}”在第 {mentioned[id].at.line} 行已经写过。", "请只留一处。"
            )
        elif id not in world.measures and path not in world.tree.unreadable:
            yield Problem(
                text.at,
                "missing-file",
                f"没有 measures/{text.value}.yml 这个文件。",
                "请补上文件，或从 parts 里删掉这一条。",
            )
        mentioned[id] = text
    for id, record in world.measures.items():
        if id.startswith(f"{policy.id}/") and id not in mentioned:
            yield Problem(
                At(record.file),
                "not-in-parts",
                "policy.yml 的 parts 里没有这一条。",
                "请按原文次序写进 parts，或删掉这个文件。",
            )


def _parents_are_known(world: World) -> Iterator[Problem]:
    table = world.tables.get("jurisdictions")
    for id, entry in table.fields.items() if table else ():
        parent = entry.get("parent") if isinstance(entry, Fields) else None
        if isinstance(parent, Text) and (parent.value not in table or parent.value == id):
            yield Problem(
                parent.at,
                "unknown-jurisdiction",
                f"没有编号为“{parent.value}”的上级辖区。",
                "请写 jurisdictions.yml 里另一个辖区的编号。",
            )


def _compare(policy: Record, world: World) -> Alignment:
    """The document as its parts have it, beside its archived text."""
    pieces: list[Piece] = []
    for kind, text in parts(policy):
        if kind != "measure":
            pieces.append(Piece(kind, text))
            continue
        id = f"{policy.id}/{text.value}"
        if id in world.measures:
            pieces += [Piece(name, node, id) for name, node in official(world.measures[id])]
        else:
            pieces.append(Piece("measure", None, id))
    at = parts(policy)[-1][1].at if parts(policy) else policy.root.at_key("parts")
    return align(pieces, world.tree.sources[policy.id], at)


def source_is_the_archived_one(policy: Record, world: World) -> Iterator[Problem]:
    """The archived text has the hash that was written down when it was received."""
    written = policy.root.get("source_sha256")
    actual = sha256(world.tree.sources[policy.id].raw).hexdigest()
    if isinstance(written, Text) and written.value != actual:
        yield Problem(
            written.at,
            "source-changed",
            f"source.txt 的 SHA-256 是 {actual}，与这里登记的不同。",
            "存档的原文不许改动，请恢复原来的 source.txt；确实换了原文的，同时改这里和各条措施。",
        )
