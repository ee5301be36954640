"""The checks of names across files: within a jurisdiction or a register each means one thing, and none is lost."""

from collections.abc import Iterator

from scripts.check.world import World, names_of
from scripts.load import Problem, Record, Text

NAMED = ("jurisdictions", "themes", "audiences")  # registers whose entries bear a name


def names_are_unique(world: World) -> Iterator[Problem]:
    """Within a jurisdiction, a name means one body; where it means two, both files are named."""
    bearers: dict[tuple[str, str], list[tuple[Record, Text]]] = {}
    for record in world.departments.values():
        for name in names_of(record):
            bearers.setdefault((record.root.text("jurisdiction"), name.value), []).append((record, name))
    for found in bearers.values():
        for record, name in found if len(found) > 1 else ():
            other = next((other for other, _ in found if other is not record), record)
            if other is record:
                help = "other_names 里不必再写自己的名称，请删掉这一项。"
                if name is not found[0][1]:  # told at the second place
                    yield Problem(name.at, "repeated-name", f"“{name.value}”在这个文件里已经写过。", help)
                continue
            message = f"“{name.value}”也是 {other.path} 的名称。"
            yield Problem(
                name.at, "repeated-name", message, "同一辖区里一个名称只能属于一个部门，请改名或合并成一个文件。"
            )


def terms_are_unique(world: World) -> Iterator[Problem]:
    """Within a register, a name means one entry."""
    for kind in NAMED:
        seen: dict[str, str] = {}
        for id, entry in world.tables[kind].rows_of() if kind in world.tables else ():
            name = entry.get("name")
            if isinstance(name, Text) and name.value in seen:
                message = f"“{name.value}”也是“{seen[name.value]}”的名称。"
                yield Problem(name.at, "repeated-name", message, "请改成不同的名称，或合并成一项。")
            elif isinstance(name, Text):
                seen[name.value] = id


def names_are_kept(world: World) -> Iterator[Problem]:
    """A name that no measure uses, while clauses have an unknown one like it: the body was renamed, which is told once."""
    for name, (id, measures) in sorted(world.renamed.items()):
        own = world.departments[id].root.get("name")
        if isinstance(own, Text):
            message = f"没有一条措施写“{own.value}”，却有 {measures} 条写“{name}”，对不上部门。"
            has_list = "other_names" in world.departments[id].root
            way = f"在 other_names: 下面加一行“  - {name}”" if has_list else f"加上“other_names:”和下一行“  - {name}”"
            help = f"名称写错了的，请改成“{name}”；没有写错的，请{way}；不是同一家的，另建一个部门文件。"
            yield Problem(own.at, "unknown-department", message, help)
