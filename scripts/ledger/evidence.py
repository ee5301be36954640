"""What people did with a record: compared it with its source, looked for what became of it, and what they found."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Check:
    """Who compared a record with its source, and when (YYYY-MM-DD)."""

    by: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Search:
    """Who looked for a document, where, when (YYYY-MM-DD), and whether it was found; `address` if it was."""

    result: str  # 已找到, 未找到
    on: str
    by: str
    where: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ProgressSearch(Search):
    """Who looked for what became of a measure. The result is 未见公开结果 or 已找到; `address` is what was looked at."""

    id: str


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file kept as evidence beside a policy, as received. It may be named by several measures."""

    policy: str  # the policy's id
    name: str
    path: Path
    size: int  # bytes
    sha256: str

    @property
    def kind(self) -> str:
        """PDF, DOCX, HTML, TXT, PNG or JPG."""
        return self.name.rpartition(".")[2].upper()

    @property
    def address(self) -> str:
        # The scripts of a foreign web page would run as if they were ours, so its bytes are published as plain text.
        return f"policies/{self.policy}/evidence/{self.name}{'.txt' if self.kind == 'HTML' else ''}"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A dated, sourced entry on what was done. It has an address, a kept file, or both."""

    id: str
    date: str  # YYYY-MM-DD
    status: str
    summary: str
    evidence_url: str
    evidence_file: Attachment | None
    evidence_title: str
