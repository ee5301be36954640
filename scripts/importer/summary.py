"""An import in a few lines: what was found, and what is doubtful, with the lines of the source."""

from collections import Counter

from scripts.importer import Imported
from scripts.problem import visible

DATED = ("deadline", "inner_deadlines")


def summary(imported: Imported) -> str:
    draft, script = imported.draft, imported.draft.document.script
    facts = draft.policy.values
    named = [name for measure in draft.measures for name in measure.values.get("departments", ())]
    counts = Counter(name for measure in draft.measures for name in measure.values)
    dated = sum(any(name in measure.values for name in DATED) for measure in draft.measures)
    lines = [
        f"标题：{facts['title']}",
        *(
            f"{label}：{facts.get(name, '未载明')}"
            for name, label in (("issuer", "发文机关"), ("document_number", "发文字号"), ("issued", "成文日期"))
        ),
        f"共 {len(draft.measures)} 条：写明责任部门的 {counts['departments']} 条（{len(named)} 处，{len(set(named))} 家），"
        f"写明牵头的 {counts['lead']} 条，有时限的 {dated} 条，有量化目标的 {counts['targets']} 条。",
        f"原文 {len(script.solid)} 字，全部写进了草稿。",
    ]
    if draft.departments:
        names = "、".join(str(record.values["name"]) for record in draft.departments)
        lines.append(f"新部门 {len(draft.departments)} 家，编号由程序暂拟，请逐个确认：{names}。")
    questions = [(record, doubt) for record in draft.records if record.kind != "department" for doubt in record.doubts]
    lines.append(f"其他待确认的 {len(questions)} 处：")
    for record, doubt in questions:
        where = f"原文第 {script.line(doubt.at)} 行，" if doubt.at else ""
        lines.append(f"  {where}{record.path}：{doubt.what}")
    return "\n".join(map(visible, lines))
