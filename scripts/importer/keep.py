"""Put a draft into the data folder, whole or not at all; what a person has edited is never overwritten."""

import tempfile
from pathlib import Path

from scripts.check import check
from scripts.history.between import between
from scripts.history.compare import root_of
from scripts.importer import Imported, Refused, drafted
from scripts.importer.again import differences
from scripts.importer.page import as_page
from scripts.ledger import NOTHING, Ledger
from scripts.load import load
from scripts.write import write_file

NEXT = "请逐处核对“待确认”：改好一处，删掉 review 里的那一项（对照页列出的 confirm 命令可以代劳）；全部核对以后运行 check。"


def keep(imported: Imported, id: str, data: Path, report: Path, dry_run: bool) -> tuple[str, int]:
    """Write the draft and the page that compares it with the source. What was done, and the exit status.

    A policy that is there keeps its page, with what was ticked on it.
    """
    folder = data / "policies" / id
    text = imported.files[f"policies/{id}/source.txt"]
    if folder.exists():
        source = folder / "source.txt"
        if source.is_file() and source.read_bytes() != text:
            told = f"编号 {id} 已经用于另一份原文（{source} 不同），没有改动。另一份文件，请换一个编号。"
            policy = root_of((folder / "policy.yml").read_bytes())
            if not policy or policy.text("title") != imported.draft.policy.values["title"]:
                return told, 1
            told += f"\n是这份文件的改正稿：把新的原文存为 {source}，照下面的不同改好各个文件，再运行 check。"
            told += f"\n{_again(imported, id, data)}"
            return f"{told}\n{_page(imported, id, report / id / 'again.html')}", 1
        told = _page(imported, id, report / id / "again.html")
        return f"{folder} 已经有了。{_again(imported, id, data)}\n{told}", 0
    told = _page(imported, id, report / id / "index.html")
    same = [path.parent for path in sorted(data.glob("policies/*/source.txt")) if path.read_bytes() == text]
    if same:
        told += f"\n注意：同一份原文已经收在 {same[0]}。重复收录的，请删去一份。"
    if dry_run:
        names = "\n".join(f"  {path}" for path in sorted(imported.files))
        return f"只看结果，没有写入。会写这些文件（在 {data} 里）：\n{names}\n{told}", 0
    _write(imported, data)
    return f"已写入 {folder}，共 {len(imported.files)} 个文件。{NEXT}\n{told}", 0


def _page(imported: Imported, id: str, page: Path) -> str:
    page.parent.mkdir(parents=True, exist_ok=True)
    write_file(page, as_page(imported, id).encode("utf-8"))
    return f"对照页：{page}（用浏览器打开）。"


def _write(imported: Imported, data: Path) -> None:
    """The policy's folder comes last, in one step: an import that is interrupted leaves no half of a policy."""
    data.mkdir(parents=True, exist_ok=True)
    mine = [path for path in imported.files if path.startswith("policies/")]
    for path, content in imported.files.items():
        if path not in mine:
            (data / path).parent.mkdir(parents=True, exist_ok=True)
            write_file(data / path, content)
    folder = Path(*Path(mine[0]).parts[:2])
    (data / folder).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=(data / folder).parent, prefix=".") as room:
        for path in mine:
            target = Path(room) / "made" / Path(path).relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(imported.files[path])
        try:
            (Path(room) / "made").rename(data / folder)
        except OSError as error:
            raise Refused(f"{data / folder} 写不进去（{error.strerror}），没有写入。") from None


def _again(imported: Imported, id: str, data: Path) -> str:
    with drafted(imported.files, id, data) as copy:
        return differences(between(str(data), str(copy), data), _ledger(data) or _ledger(copy) or NOTHING)


def _ledger(data: Path) -> Ledger | None:
    return check(load(data)).ledger
