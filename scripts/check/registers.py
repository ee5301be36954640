"""The checks of external identifiers and of the list of removed records."""

from collections.abc import Callable, Iterator

from scripts.check.world import World
from scripts.ledger import History
from scripts.load import At, Fields, Problem, Record, Text
from scripts.problem import near

# GB 32100—2015: 17 characters and a check character, modulo 31.
CREDIT_CODE = "统一社会信用代码"
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]


def credit_code_is_right(department: Record, world: World) -> Iterator[Problem]:
    """A 统一社会信用代码 has 18 characters, the last of which proves the others."""
    identifiers = department.root.get("identifiers")
    code = identifiers.get(CREDIT_CODE) if isinstance(identifiers, Fields) else None
    if isinstance(code, Text) and code.value != _with_check(code.value[:17]):
        message = f"“{code.value}”不是正确的{CREDIT_CODE}：{_fault(code.value)}。"
        yield Problem(code.at, "wrong-code", message, f"请对照登记证书重新抄写 18 位{CREDIT_CODE}，字母要大写。")


def _with_check(body: str) -> str | None:
    """The whole code that begins with these 17 characters; None if no code does."""
    if len(body) != 17 or any(character not in CHARACTERS for character in body):
        return None
    total = sum(CHARACTERS.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return body + CHARACTERS[-total % 31]


def _fault(code: str) -> str:
    if len(code) != 18:
        return f"应有 18 位，现在是 {len(code)} 位"
    return "校验位对不上" if _with_check(code[:17]) else "含有代码里不用的字符"


def _standing(world: World) -> dict[str, Record]:
    """Every record by its address without the last slash."""
    standing = {f"policies/{id}": record for id, record in (world.policies | world.measures).items()}
    return standing | {f"departments/{id}": record for id, record in world.departments.items()}


def removed_records_are_gone(removed: Record, world: World) -> Iterator[Problem]:
    """What is listed as removed does not stand there, and what replaces it does."""
    standing = _standing(world)
    for id, row in removed.root.rows_of():
        at: At = removed.root.at_key(id)
        if id in standing:
            message = f"“{id}”列为已移除，但 {standing[id].path} 还在。"
            yield Problem(
                at, "removed-record-exists", message, "请删掉其中一处：移除的记录删文件，没有移除的删这一项。"
            )
        other = row.get("replaced_by")
        if isinstance(other, Text) and other.value == id and id not in standing:
            help = "请写替代它的另一条记录；没有替代的，删掉 replaced_by。"
            yield Problem(other.at, "unknown-record", "一条记录不能由自己替代。", help)
        elif isinstance(other, Text) and other.value not in standing:
            help = near(other.value, standing, "写法如 policies/city-tasks/07 或 departments/city-water。")
            yield Problem(other.at, "unknown-record", f"没有“{other.value}”这条记录。", help)


def nothing_disappears(world: World, history: History) -> Iterator[Problem]:
    """What was there after the site became public is there, or on the list of removed records."""
    site = world.tables.get("site")
    published = site.text("published") if site else ""
    if not published:
        return
    listed = world.tables.get("removed", ())
    standing = _standing(world)
    for id in history.records_since(published):
        if id.startswith(("policies/", "departments/")) and id not in standing and id not in listed:
            help = f"请恢复原来的文件，或在 data/removed.yml 里写：{id}，下面是 name、on、reason。"
            at = At(f"{world.tree.folder}/removed.yml", 1, 1)
            yield Problem(at, "removed-without-tombstone", f"“{id}”已经公布过，现在没有了，也没有说明。", help)


REMOVED_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (removed_records_are_gone,)
