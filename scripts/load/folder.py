"""Which files a data folder may hold, and what their paths say: kind and id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.problem import At, Problem, near

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_ID = 64
# Names of lists on the site, and names that no folder of Windows can have.
RESERVED = {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
EVIDENCE = r"[a-z0-9-]+\.(?:pdf|docx|html|txt|png|jpg)"
# Every file that may stand in a data folder: what its path looks like (its groups make the id), and its kind.
TOP = tuple(
    f"{kind}.yml" for kind in ("site", "jurisdictions", "themes", "audiences", "glossary", "synonyms", "removed")
)
PLACES = (
    *((re.compile(f"({re.escape(name.removesuffix('.yml'))})\\.yml"), "") for name in TOP),  # the kind is the name
    (re.compile(rf"departments/({ID})\.yml"), "department"),
    (re.compile(rf"policies/({ID})/policy\.yml"), "policy"),
    (re.compile(rf"policies/({ID})/measures/([0-9]{{2,}})\.yml"), "measure"),
    (re.compile(rf"policies/({ID})/source\.txt"), "source"),
    (re.compile(rf"policies/({ID})/original\.(?:pdf|docx|html?|md|txt)"), "original"),
    (re.compile(rf"policies/({ID})/evidence/({EVIDENCE})"), "evidence"),
    (re.compile(rf"schemas/({ID})\.schema\.json"), "schema"),
    (re.compile(r"snapshots/([0-9]{4}-[0-9]{2}-[0-9]{2})/(?:sources/)?[A-Za-z0-9_.-]+"), "snapshot"),
)
# Where nothing but a name can be wrong.
ALMOST = re.compile(r"policies/[^/]+/(policy\.yml|source\.txt|measures/[^/]+\.yml)|departments/[^/]+\.yml")
COPY = re.compile(r"副本|备份|- ?copy|\bbak\b|\([0-9]+\)\.", re.IGNORECASE)
NOT_AN_ID = f"只能用小写英文字母、数字和连字符，最长 {LONGEST_ID} 个字符，如 city-tasks；措施的文件名是两位数，如 07.yml；index 和 Windows 保留的名称（con、nul 等）不能用。"
NOT_EVIDENCE = (
    f"文件名只能用小写英文字母、数字和连字符，最长 {LONGEST_ID} 个字符，"
    "后缀是 pdf、docx、html、txt、png 或 jpg，如 reply-2025.pdf。"
)
STRAY = "请删掉它，或改成约定的文件名：policy.yml、source.txt、measures/01.yml、departments/编号.yml。"


@dataclass(frozen=True)
class File:
    """One file below a data folder. `problem` is set where it may not stand there; then the kind is ""."""

    path: Path
    inside: str  # as seen from the data folder
    kind: str
    id: str
    problem: Problem | None = None


def files(data: Path) -> Iterator[File]:
    """Every file, by path. Names that begin with a dot are not ours."""
    blamed: set[str] = set()  # a folder with a bad name is named once, not for each of its files
    for path in sorted(_below(data)):
        inside = path.relative_to(data).as_posix()
        kind, id = place(inside)
        problem = _problem(path, inside, kind)
        if problem and problem.rule == "bad-id":
            folder = inside.split("/")[1]
            culprit = inside if re.fullmatch(ID, folder) else folder
            if culprit in blamed:
                continue
            blamed.add(culprit)
        yield File(path, inside, "" if problem else kind, id, problem)


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        else:
            yield path


def place(inside: str) -> tuple[str, str]:
    """Kind and id that belong to a path; two empty strings if no file may stand there."""
    for pattern, kind in PLACES:
        if found := pattern.fullmatch(inside):
            too_long = any(len(segment) > LONGEST_ID for segment in found.groups(""))
            taken = RESERVED & set(found.groups(""))
            return ("", "") if too_long or taken else (kind or found.group(1), "/".join(found.groups("")))
    return "", ""


def _problem(path: Path, inside: str, kind: str) -> Problem | None:
    at = At(path.as_posix())
    if path.is_symlink():
        return Problem(at, "no-links", "这是一个链接，不是文件。", "请换成真正的文件。")
    if not path.is_file():
        return Problem(at, "unknown-file", "这不是普通文件。", "请删掉它。")
    if kind:
        return None
    if place(inside.removesuffix(".txt"))[0]:
        help = f"请改名为 {Path(inside.removesuffix('.txt')).name}（去掉末尾的 .txt）；用不着的，请删掉。"
        return Problem(at, "unknown-file", "文件名末尾多了“.txt”。", help)
    if COPY.search(inside):
        rule = "bad-id" if ALMOST.fullmatch(inside) else "unknown-file"
        help = "是备份的，请删掉，或移出 data 文件夹；要用的，改成约定的文件名：措施是两位数，如 07.yml。"
        return Problem(at, rule, "这像是另存的副本。", help)
    if ALMOST.fullmatch(inside):
        return Problem(at, "bad-id", "这个文件名或文件夹名不能用作编号。", NOT_AN_ID)
    if re.match(rf"policies/{ID}/evidence/", inside):
        return Problem(at, "unknown-file", "出处存档不能用这个文件名。", NOT_EVIDENCE)
    return Problem(at, "unknown-file", "这里不应有这个文件。", f"{near(inside, TOP, '', alike=0.8)}{STRAY}")
