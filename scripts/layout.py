"""How a record's file is laid out: the fields in groups, each under the comment that says whose words they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    comment: str  # without "# "; "" for a group that needs none
    fields: tuple[str, ...]


def _group(comment: str, fields: str) -> Group:
    return Group(comment, tuple(fields.split()))


TO_DECIDE = "待确认：程序没有把握的地方，确认一项，删掉一项"
# In the order of the schemas; a test holds the two together.
GROUPS: Mapping[str, tuple[Group, ...]] = {
    "measure": (
        _group("原文：照抄存档文本，一字不改", "number text clause deadline"),
        _group(
            "标注：只用原文里的词句，或 data/ 里登记过的编号",
            "heading shared_clause shared_deadline departments open_list lead support inner_deadlines targets instruments themes audiences",
        ),
        _group("编辑整理：不是原文", "title relations anomalies note progress searches checked unknowns"),
        _group(TO_DECIDE, "review"),
    ),
    "policy": (
        _group(
            "这份文件是什么",
            "title short_title issuer document_number issued effective valid_until status jurisdiction measure_term "
            "clause_label row_order lead_rule deadline_year source_address received source_sha256 original_sha256 identifiers",
        ),
        _group("全文按原文顺序分段；measure 指 measures/ 下的同名文件", "parts"),
        _group("文件依据", "instruments"),
        _group("编辑整理：不是原文", "anomalies note checked"),
        _group("原文没有说的，写明属于哪一种、为什么", "unknowns measure_unknowns"),
        _group(TO_DECIDE, "review"),
    ),
    "department": (
        _group("", "name other_names jurisdiction kind level"),
        _group("编辑整理：简称只供查找，不出现在原文里", "aliases counterparts identifiers note checked unknowns"),
        _group(TO_DECIDE, "review"),
    ),
}


def modeline(kind: str) -> str:
    """The first line of a file: where editors with a YAML language server find its schema."""
    steps = {"measure": 3, "policy": 2, "department": 1}.get(kind, 0)
    return f"# yaml-language-server: $schema={'../' * steps}schemas/{kind}.schema.json"


def in_groups(kind: str, blocks: Mapping[str, Sequence[str]]) -> list[str]:
    """The lines of a file: each field's lines (`blocks`) in its group, blank lines between the groups."""
    lines: list[str] = []
    for group in GROUPS[kind]:
        inside = [line for field in group.fields for line in blocks.get(field, ())]
        if inside:
            head = [f"# {group.comment}"] if group.comment else []
            lines += [*([""] if lines else []), *head, *inside]
    return lines
