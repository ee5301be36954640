"""An import in a few lines: what was found, and what is doubtful, with the lines of the source."""

from scripts.importer import Imported
from scripts.importer.counted import counted
from scripts.problem import visible


def summary(imported: Imported) -> str:
    draft, script = imported.draft, imported.draft.document.script
    facts = draft.policy.values
    counts = counted(draft)
    lines = [
        f"标题：{facts['title']}",
        *(
            f"{label}：{facts.get(name, '未载明')}"
            for name, label in (("issuer", "发文机关"), ("document_number", "发文字号"), ("issued", "成文日期"))
        ),
        f"共 {counts.measures} 条：写明责任部门的 {counts.with_departments} 条"
        f"（{counts.responsibilities} 处，{counts.names} 家），写明牵头的 {counts.with_lead} 条，"
        f"有时限的 {counts.dated} 条，有量化目标的 {counts.with_targets} 条。",
        f"原文 {len(script.solid)} 字，全部写进了草稿。",
    ]
    questions = [(record, doubt) for record in draft.records if record.kind != "department" for doubt in record.doubts]
    asked = sum(len(record.doubts) for record in draft.records)
    lines.append(f"待确认共 {asked} 处，其中新部门 {asked - len(questions)} 处。")
    if draft.departments:
        names = "、".join(str(record.values["name"]) for record in draft.departments)
        lines.append(f"新部门 {len(draft.departments)} 家，编号由程序暂拟，请逐个确认：{names}。")
    lines.append(f"其他 {len(questions)} 处：")
    for record, doubt in questions:
        where = f"原文第 {script.line(doubt.at)} 行，" if doubt.at else ""
        lines.append(f"  {where}{imported.data / record.path}：{doubt.what}")
    if imported.reminders:
        lines.append(f"检查另有提醒 {len(imported.reminders)} 处：")
        lines += [f"  {imported.data / problem.at.file}：{problem.message}" for problem in imported.reminders]
    return "\n".join(visible(line.replace("\u3000", " ")) for line in lines)
