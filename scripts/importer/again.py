"""What a second import would make otherwise than the ledger has it, told to the editor file by file."""

from collections.abc import Iterator, Sequence

from scripts.ledger import Change, Ledger
from scripts.wording import by_record, excerpt, field_of, kind_of, name_of, sides_of, values_of, visible

PATHS = {"policy": "{0}/policy.yml", "measure": "{1}/measures/{2}.yml", "department": "{0}.yml"}
WHOLE = {"added": "草稿里有这份文件，台账里没有", "removed": "台账里有这份文件，草稿里没有"}
# What people write and no program can know: a draft holds a stopgap there, or nothing.
BY_PEOPLE = frozenset(
    [
        "title",
        "short_title",
        "themes",
        "audiences",
        "relations",
        "anomalies",
        "note",
        "progress",
        "searches",
        "checked",
        "kind",
        "level",
        "aliases",
        "other_names",
        "counterparts",
        "identifiers",
    ]
)
SAME = "再次导入的结果与它相同"
INTRO = "台账没有改动。再次导入得到的草稿与它有这些不同，要改的请自己改："


def differences(changes: Sequence[Change], ledger: Ledger) -> str:
    """The changes from the ledger to a new draft. What people answered or wrote themselves is counted, not told."""
    answered = sum(_field(change) == "review" and change.action == "added" for change in changes)
    own = sum(_field(change) in BY_PEOPLE for change in changes)
    told = [change for change in changes if _field(change) not in {"review", *BY_PEOPLE}]
    lines = [INTRO if told else f"{SAME}。"]
    for record, group in by_record(told).items():
        name = name_of(group[0], ledger)
        lines.append(f"  {_path(record)}" + (f"（{_line(name)}）" if name != record else ""))
        lines += [f"    {line}" for change in group for line in _told(change, ledger)]
    if own:
        lines.append(f"标题、主题等由人整理的内容有 {own} 处与草稿不同，没有列出。")
    if answered:
        lines.append(f"已经确认、从 review 里删掉的 {answered} 项，草稿里又会列出，不算不同。")
    return "\n".join(lines)


def _field(change: Change) -> str:
    return change.field.split(".")[0]


def _path(record: str) -> str:
    folder, _, last = record.rpartition("/")
    return PATHS.get(kind_of(record), "{0}").format(record, folder, last)


def _told(change: Change, ledger: Ledger) -> Iterator[str]:
    if not change.field:
        yield WHOLE.get(change.action, "内容不同")
        return
    sides = []
    pieces = excerpt(*map(visible, values_of(change, ledger)))
    for whose, text in zip(("台账", "草稿"), sides_of(pieces), strict=True):
        sides.append(f"{whose}写“{_line(text)}”" if text else f"{whose}没有写")
    yield f"{field_of(change)}：{'，'.join(sides)}。"


def _line(text: str) -> str:
    return " ".join(visible(text).split())
