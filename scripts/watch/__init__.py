"""Does a policy's public address still serve the archived text? Reports what it finds; never changes data."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from scripts.characters import solid
from scripts.ledger import Ledger, Policy
from scripts.watch.compare import Difference, differences, share
from scripts.watch.page import is_text, read
from scripts.watch.web import Answer, fetch

VERDICTS = {
    "same": "一致",
    "changed": "不一致",
    "gone": "打不开",
    "uncomparable": "无法比对",
    "skipped": "没有公开网址",
    "offline": "本机断网",
}
NEEDS_A_PERSON = ("changed", "gone", "uncomparable")
NEARLY_NOTHING = 0.1  # of the archived text; a page with less is another page
HOME = ("", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/index.php")
AT_ONCE = 4  # addresses; most of them may be of one and the same server


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the comparison of one policy found. `reason` is in our words only, with nothing from outside in it."""

    policy: Policy
    verdict: str  # a key of VERDICTS
    reason: str = ""
    address: str = ""  # that answered in the end, after redirects
    differences: tuple[Difference, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        return self.verdict in NEEDS_A_PERSON


def watch(
    ledger: Ledger,
    originals: Mapping[str, Sequence[bytes]] | None = None,
    fetch: Callable[[str], Answer] = fetch,
) -> tuple[Finding, ...]:
    """One finding for each policy, in the ledger's order. `originals`: by policy id, the files as published."""
    addresses = list(dict.fromkeys(policy.source_address for policy in ledger.policies if policy.source_address))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(addresses, pool.map(fetch, addresses), strict=True))
    # If no server at all was reached, the fault is more likely here than everywhere else.
    cut_off = all(answer.is_cut_off for answer in answers.values())
    return tuple(
        _judge(policy, answers.get(policy.source_address), (originals or {}).get(policy.id, ()), cut_off)
        for policy in ledger.policies
    )


def originals(data: Path) -> dict[str, list[bytes]]:
    """The archived files as published, by policy id."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(data.glob("policies/*/original.*")):
        found.setdefault(path.parent.name, []).append(path.read_bytes())
    return found


def _judge(policy: Policy, answer: Answer | None, originals: Sequence[bytes], cut_off: bool) -> Finding:
    def finding(verdict: str, reason: str = "", found: tuple[Difference, ...] = ()) -> Finding:
        address = answer.address if answer else ""
        return Finding(policy=policy, verdict=verdict, reason=reason, address=address, differences=found)

    if not answer:
        return finding("skipped")
    if answer.trouble:
        return finding("offline" if cut_off else "uncomparable" if answer.is_unreadable else "gone", answer.trouble)
    if not answer.body:
        return finding("gone", "网址能打开，但没有任何内容。")
    if not is_text(answer):
        return finding(*_judge_file(answer.body, originals))
    page = read(answer)
    kept = share(policy.source_text, page)
    if kept < NEARLY_NOTHING:
        return finding("gone", _why_nothing(policy, answer, page))
    found = differences(policy.source_text, page)
    return finding("changed", f"共有 {len(found)} 处与存档的原文不同。", found) if found else finding("same")


def _judge_file(body: bytes, originals: Sequence[bytes]) -> tuple[str, str]:
    there = sha256(body).hexdigest()
    if not originals:
        return (
            "uncomparable",
            "网址给出的是文件，不是网页，而存档里没有官方发布的原始文件（original.pdf 之类）可以比对。",
        )
    archived = [sha256(original).hexdigest() for original in originals]
    if there in archived:
        return "same", ""
    return "changed", f"网址给出的文件与存档的原始文件不同。现在的 SHA-256：{there}；存档的：{'、'.join(archived)}。"


def _why_nothing(policy: Policy, answer: Answer, page: str) -> str:
    if not solid(page):
        return "网址能打开，但页面里没有文字。"
    before, after = urlsplit(policy.source_address), urlsplit(answer.address)
    if after.path.lower() in HOME and before.path.lower() not in HOME:
        return "网址转到了网站首页，首页里几乎没有存档的原文。"
    return "网址能打开，但页面里几乎没有存档的原文。"
