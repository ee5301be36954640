"""The checks of what is said to have been done: where it is shown, by which files, and whether its day can be right."""

from collections.abc import Callable, Iterator

from scripts.check.world import World
from scripts.load import At, Fields, Problem, Record, Text
from scripts.period import day_in

LARGEST = 5_000_000  # bytes of one kept file; a site of many larger ones could not be copied any more
DATED = (("progress", "date", "进展"), ("searches", "on", "检索"))


def progress_has_evidence(measure: Record, world: World) -> Iterator[Problem]:
    """Each entry names an address or a kept file, and the file stands there."""
    policy = measure.id.split("/")[0]
    for _, row in measure.root.rows("progress"):
        file = row.get("evidence_file")
        if "evidence_url" not in row and file is None:
            help = "写公开出处的网址 evidence_url；没有网址的，把文件存进 evidence 文件夹，在 evidence_file 写文件名。"
            yield Problem(row.at_key("evidence_url"), "missing-field", "这条进展没有出处。", help)
        path = f"policies/{policy}/evidence/{file.value}" if isinstance(file, Text) else ""
        if isinstance(file, Text) and f"{policy}/{file.value}" not in world.tree.evidence and not world.is_broken(path):
            help = f"请把文件存到 data/{path}，或改正这里的文件名。"
            yield Problem(file.at, "missing-file", f"evidence 文件夹里没有“{file.value}”这个文件。", help)


def what_was_found_is_recorded(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder: a search that found something leads to an entry."""
    for _, row in measure.root.rows("searches"):
        result = row.get("result")
        if isinstance(result, Text) and result.value == "已找到" and "progress" not in measure.root:
            help = "请把找到的进展写进 progress；找到的内容不能说明进展的，结果写“未见公开结果”。"
            yield Problem(result.at, "found-not-recorded", "检索已找到，进展里却没有登记。", help)


def nothing_is_older_than_the_document(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder: what was done for a document, or looked for, was so after its day."""
    policy = world.policy_of(measure)
    issued = day_in(policy.root.text("issued")) if policy else ""
    rows = [(row, day, what) for field, day, what in DATED for _, row in measure.root.rows(field)]
    checked = measure.root.get("checked")
    if isinstance(checked, Fields):
        rows.append((checked, "on", "核对"))
    for row, day, what in rows:
        date = row.get(day)
        if issued and isinstance(date, Text) and date.value < issued:
            message = f"{what}日期 {date.value} 早于文件的成文日期 {issued}。"
            yield Problem(date.at, "before-the-document", message, "请核对日期；日期没有错的，不用管。")


def found_documents_have_an_address(record: Record, world: World) -> Iterator[Problem]:
    """A document that was found can be looked up by others."""
    for _, row in record.root.rows("instruments"):
        search = row.get("search")
        if isinstance(search, Fields) and search.text("result") == "已找到" and "address" not in search:
            help = "请在 address 写公开文本的网址；没有公开网址的，结果写“未找到”。"
            yield Problem(search.at_key("result"), "missing-field", "写了已找到，却没有网址。", help)


EVIDENCE_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    progress_has_evidence,
    what_was_found_is_recorded,
    nothing_is_older_than_the_document,
    found_documents_have_an_address,
)


def evidence_is_small_and_named(world: World) -> Iterator[Problem]:
    """No kept file is too large to publish; a reminder for each that no entry names."""
    named = {
        f"{id.split('/')[0]}/{row.text('evidence_file')}"
        for id, measure in world.measures.items()
        for _, row in measure.root.rows("progress")
    }
    for id, kept in world.tree.evidence.items():
        if kept.size > LARGEST:
            message = f"这个文件有 {kept.size / 1e6:.1f} MB，超过了 {LARGEST // 10**6} MB。"
            help = "请压缩，或只留有关的几页；网上有的，只写网址 evidence_url。"
            yield Problem(At(kept.file), "evidence-too-large", message, help)
        if id not in named and not world.is_broken(f"policies/{id.split('/')[0]}/measures/"):
            help = "请在那一条措施的 progress 里用 evidence_file 写上文件名，或删掉这个文件；没有写到的不会公布。"
            yield Problem(At(kept.file), "unused-evidence", "没有一条进展写到这个文件。", help)
