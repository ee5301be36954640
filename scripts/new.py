"""Skeletons of new records. What has to be filled in bears a mark that the check reports; nothing is made up."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from scripts.check.world import TO_FILL
from scripts.format import scalar
from scripts.layout import in_groups, modeline
from scripts.load import Fields, Items, Record, Text, Tree, load
from scripts.load.decode import read_source
from scripts.load.folder import NOT_AN_ID, place
from scripts.problem import near, visible
from scripts.report import as_text
from scripts.schemas import resolved, schemas

# Beside what the schema requires and what needs a reason where it is missing.
ALSO_ASKED = {"measure": {"departments"}, "policy": set(), "department": set()}
# A body without a level of its own has that of its jurisdiction.
NOT_ASKED = {"measure": set(), "policy": {"source_sha256"}, "department": {"level"}}
# Stand there as comments: only some records have them.
OFFERED = {
    "measure": {
        *("deadline", "heading", "clause", "open_list", "lead", "support", "inner_deadlines", "targets", "instruments"),
        *("themes", "audiences", "title", "anomalies", "unknowns"),
    },
    "policy": {
        "clause_label",
        "lead_rule",
        "deadline_year",
        "instruments",
        "anomalies",
        "unknowns",
        "measure_unknowns",
    },
    "department": {"other_names", "level", "aliases", "unknowns"},
}
HOW = (
    f"# 写着“{TO_FILL}”的都要填；原文没有的，删掉那一项，在 unknowns 里写明属于哪一种、为什么。",
    "# 行首带“# ”的几项，用得着的去掉“# ”再填，用不着的删掉。填完以后，这两行也请删掉。",
    "",
)
DIGITS = "措施的序号是两位或更多数字，如 07。"
NUMBER = re.compile(r"[0-9]{2,}", re.ASCII)
MEASURE_PART = re.compile(r" *- measure: ")


class Refused(Exception):
    """Nothing was written; the message says why, and what to do."""


def new_policy(data: Path, id: str, source: Path | None) -> list[str]:
    """Write a policy's skeleton, with the archived text if it is given. What was done, line by line."""
    path = _free(data, f"policies/{id}/policy.yml", "policy", f"policies/{id}")
    kept = path.with_name("source.txt")
    raw = _received(source, kept) if source else kept.read_bytes() if kept.is_file() else None
    known = {"source_sha256": sha256(raw).hexdigest()} if raw is not None else {}
    written = [_write(path, "policy", _asked("policy"), known)]
    if source and raw is not None:
        with kept.open("xb") as file:
            file.write(raw)
        written.append(f"原文已逐字节存为 {kept}，校验值写进了 policy.yml。")
    elif raw is None:
        written.append(f"还缺原文：请把收到的文本存为 {kept}，一个字节也不要改。")
    return [*written, f"各条措施用 new measure {id} 添加。"]


def new_measure(data: Path, policy_id: str, number: str | None) -> list[str]:
    """Write a measure's skeleton and list it among the parts of its policy."""
    _known(f"policies/{policy_id}/policy.yml", "policy")
    if number is not None and not NUMBER.fullmatch(number):
        raise Refused(f"“{number}”不能用作序号。{DIGITS}")
    tree = load(data)
    policy = next((record for record in tree.of("policy") if record.id == policy_id), None)
    if not policy:
        raise Refused(_no_policy(tree, policy_id))
    number = number or _next_number(tree, policy)
    path = _free(data, f"policies/{policy_id}/measures/{number}.yml", "measure", f"policies/{policy_id}/{number}", tree)
    general = policy.root.get("measure_unknowns")
    asked = _asked("measure") - set(general.fields if isinstance(general, Fields) else ())
    asked |= set() if "heading" in asked else {"title"}
    return [_write(path, "measure", asked, {}), _list_in_parts(policy, number)]


def new_department(data: Path, id: str) -> list[str]:
    """Write a department's skeleton. Its jurisdiction is the one that its id begins with."""
    tree = load(data)
    path = _free(data, f"departments/{id}.yml", "department", f"departments/{id}", tree)
    table = tree.one("jurisdictions")
    mine = [name for name in (table.root.fields if table else ()) if id.startswith(f"{name}-")]
    known = {"jurisdiction": max(mine, key=len)} if mine else {}
    return [_write(path, "department", _asked("department"), known)]


def _known(inside: str, kind: str) -> None:
    if place(inside)[0] != kind:
        raise Refused(f"“{visible(inside.split('/')[1].removesuffix('.yml'))}”不能用作编号。{NOT_AN_ID}")


def _free(data: Path, inside: str, kind: str, id: str, tree: Tree | None = None) -> Path:
    """The path of a file that does not stand there yet, and whose id never belonged to another record."""
    _known(inside, kind)
    if not data.is_dir():
        raise Refused(f"没有 {data} 这个数据文件夹。请检查 --data 后面的路径。")
    path = data / inside
    if path.exists() or path.is_symlink():
        raise Refused(f"{path} 已经有了，没有改动。")
    removed = (tree or load(data)).one("removed")
    if removed and id in removed.root.keys:
        raise Refused(f"“{id}”是一条已经移除的记录的编号（见 removed.yml），不能再用。请换一个。")
    return path


def _no_policy(tree: Tree, id: str) -> str:
    if id in tree.policies:
        return f"policies/{id}/policy.yml 缺失或读不懂。请先运行 check，照提示改好。"
    return f"没有编号为“{id}”的政策文件。" + near(id, sorted(tree.policies), f"请先运行 new policy {id}。")


def _received(source: Path, kept: Path) -> bytes:
    if kept.exists():
        raise Refused(f"{kept} 已经有了，没有改动。存档的原文不许改；要用它，请去掉 --source。")
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise Refused(f"{source} 打不开（{error.strerror}）。") from None
    _, problems = read_source(raw, source.as_posix())
    if problems:
        raise Refused(as_text(problems))
    return raw


def _next_number(tree: Tree, policy: Record) -> str:
    """The first number that the parts list and no file has; else one more than the highest there is or was."""
    removed = tree.one("removed")
    ids = [record.id for record in tree.of("measure")]
    ids += [id.removeprefix("policies/") for id in (removed.root.keys if removed else ())]
    used = {id.removeprefix(f"{policy.id}/") for id in ids if id.startswith(f"{policy.id}/")}
    listed = [text.value for text in _parts(policy) if NUMBER.fullmatch(text.value)]
    open_ones = [number for number in listed if number not in used]
    return open_ones[0] if open_ones else f"{max(map(int, used), default=0) + 1:02}"


def _parts(policy: Record) -> Iterator[Text]:
    """The numbers of the measures that a policy lists."""
    items = policy.root.get("parts")
    for item in items if isinstance(items, Items) else ():
        number = item.get("measure") if isinstance(item, Fields) else None
        if isinstance(number, Text):
            yield number


def _list_in_parts(policy: Record, number: str) -> str:
    """Add a measure to the parts, behind the one before it; every other line stays as it is."""
    path, listed = Path(policy.file), {text.value: text for text in _parts(policy)}
    if number in listed:
        return f"policy.yml 第 {listed[number].at.line} 行已经列有这一条。"
    entry = f"- measure: {scalar(number)}"
    lines = path.read_bytes().decode("utf-8").split("\n")
    lower = [text for text in listed.values() if NUMBER.fullmatch(text.value) and int(text.value) < int(number)]
    before = max(lower, key=lambda text: int(text.value), default=None)
    if not before or not MEASURE_PART.match(lines[before.at.line - 1]):
        return f"请在 {path} 的 parts 里，按原文次序加一行：{entry}"
    above = lines[before.at.line - 1]
    indent, end = above[: above.index("-")], "\r" if above.endswith("\r") else ""
    lines.insert(before.at.line, f"{indent}{entry}{end}")
    path.write_bytes("\n".join(lines).encode("utf-8"))
    at = f"{path} 第 {before.at.line + 1} 行"
    return f"已在 {at}加上“{entry}”，排在“{before.value}”后面；原文次序不是这样的（如中间隔着章节标题），请移到应在的位置。"


def _asked(kind: str) -> set[str]:
    """The fields that a record of this kind has, or must say why it has none."""
    schema = schemas()[kind]
    unknowns = schema["properties"]["unknowns"]
    explained = {*unknowns.get("propertyNames", {}).get("enum", ()), *unknowns.get("properties", ())}
    asked = {*schema["required"], *explained, *ALSO_ASKED[kind]} & schema["properties"].keys()
    return asked - NOT_ASKED[kind]


def _write(path: Path, kind: str, asked: set[str], known: dict[str, str]) -> str:
    blocks = {}
    for field, schema in schemas()[kind]["properties"].items():
        if field in known:
            blocks[field] = [f"{field}: {scalar(known[field])}"]
        elif field in asked:
            blocks[field] = _skeleton(field, schema)
        elif field in OFFERED[kind]:
            blocks[field] = [f"# {line}" for line in _skeleton(field, schema)]
    text = "\n".join([modeline(kind), *HOW, *in_groups(kind, blocks)]) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    marks = sum(TO_FILL in line for line in text.splitlines() if not line.startswith("#"))
    return f"已写 {path}，有 {marks} 处待填。填完请运行 check，它会逐处指出还差什么。"


def _skeleton(field: str, schema: dict) -> list[str]:
    """The lines of an empty field, of the shape that its schema wants."""
    if field == "parts":
        kinds = schema["items"]["properties"].items()
        words = "、".join(f"{name}（{inner['title']}）" for name, inner in kinds)
        return [f"# 每段一项，按种类写：{words}", "parts:", f"  - title: {TO_FILL}"]
    schema = resolved(schema)
    match schema["type"]:
        case "array":
            return [f"{field}:", f"  - {TO_FILL}"]
        case "object":
            return [f"{field}:", *(f"  {line}" for line in _row(schema))]
        case "boolean":
            return [f"{field}: true"]
    return [f"{field}: {TO_FILL}"]


def _row(schema: dict) -> Sequence[str]:
    """What stands below a field that holds keyed rows, or fields of its own."""
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict) or not schema.get("required"):
        key = re.match(r"\^([a-z])\[", schema.get("propertyNames", {}).get("pattern", ""))
        row = inner if isinstance(inner, dict) else next(iter(schema["properties"].values()))
        return [f"{key[1]}1:" if key else "字段名:", *(f"  {line}" for line in _row(resolved(row)))]
    return [line for name in schema["required"] for line in _skeleton(name, schema["properties"][name])]
