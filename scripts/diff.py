"""What changed between two states of the data, told to people (Markdown) and to programs (JSON)."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict

from scripts.history import step
from scripts.ledger import Change, Ledger
from scripts.wording import Piece, by_record, excerpt, field_of, name_of, sides_of, summary, values_of, verb_of, visible

NAMES = ("major", "minor", "patch")  # in the order of Semantic Versioning
STEPS = (
    "第一个数字加一（有记录或列被移除）",
    "第二个数字加一（有新增或移除的内容）",
    "第三个数字加一（只有改正和补充）",
)


def as_markdown(changes: Sequence[Change], ledger: Ledger) -> str:
    """A report for a pull request. Words of the data stand in code, where nothing in them can be read as Markdown."""
    if not changes:
        return "数据没有变化。\n"
    lines = [f"**{_plain(summary(changes, ledger))}。**", "", f"数据版本：{STEPS[step(changes)]}", ""]
    for group in by_record(changes).values():
        lines.append(f"- {verb_of(group)} {_code(name_of(group[0], ledger))} {_code(group[0].record)}")
        for change in group:
            if change.field:
                pieces = excerpt(*map(visible, values_of(change, ledger)))
                lines.append(f"  - {_plain(field_of(change))}：{_told(pieces)}")
    return "\n".join([*lines, ""])


def as_json(changes: Sequence[Change], ledger: Ledger) -> str:
    told = {"step": NAMES[step(changes)] if changes else None, "changes": [asdict(change) for change in changes]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


FORMATS = {"markdown": as_markdown, "json": as_json}


def _told(pieces: Sequence[Piece]) -> str:
    """Before and after, in code, with what is the same around the difference."""
    named = zip(("原", "现"), sides_of(pieces), strict=True)
    return " → ".join(f"{word} {_code(text)}" if text else f"{word}（空）" for word, text in named)


def _code(text: str) -> str:
    """A text as inline code that nothing inside can end."""
    line = " ".join(visible(text).split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    space = " " if line[:1] == "`" or line[-1:] == "`" else ""
    return f"{fence}{space}{line}{space}{fence}"


def _plain(text: str) -> str:
    """Words of our own around words of the data, which must not be read as Markdown, as a link or as somebody's name."""
    return re.sub(r"([\\`*_\[\]<>|#~!@&:])", r"\\\1", " ".join(visible(text).split())).replace("\\@", "@\u200b")
