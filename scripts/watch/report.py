"""Tell what the comparison found: in a log, as JSON, and as issues. Text from outside stands in fenced code only."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from hashlib import sha256

from scripts.problem import visible
from scripts.watch import VERDICTS, Difference, Finding

MOST = 30  # differences told in an issue, which holds 65,536 characters
LONG = 300  # characters of one difference
ADVICE = {
    "changed": "请先打开网址人工核对。原文确已修改的，请另提修改数据的合并请求，写明依据；`source.txt` 是收到时的原样，不要改。",
    "gone": "请换个时间、用国内网络再打开一次：有的网站不接受境外的或自动的访问，有的靠脚本显示正文。"
    "确已撤下或搬走的，请找到新的公开网址，改 `source_address`；找不到的，在 `unknowns` 里写明。",
    "uncomparable": "请人工核对一次。官方发布的是 PDF、Word 文件的，可以把它存为政策文件夹里的 `original.pdf` 或 "
    "`original.docx`，以后就能比对。",
}
CLOSING = "同样的结果不必再报的，请把本议题按“不处理”（Close as not planned）关闭；结果有变化时仍会另报。"


def as_text(findings: Sequence[Finding]) -> str:
    """One line a policy. Nothing from outside: a runner acts on some words wherever they stand in its log."""
    lines = [f"{finding.policy.id}: {VERDICTS[finding.verdict]}。{finding.reason}" for finding in findings]
    if any(finding.verdict == "offline" for finding in findings):
        lines.append("一个网址也没有连上，多半是本机断网或域名解析有问题：这次不算比对过，不报任何政策文件“打不开”。")
    compared = sum(finding.verdict in ("same", "changed") for finding in findings)
    skipped = sum(finding.verdict == "skipped" for finding in findings)
    attention = sum(finding.needs_a_person for finding in findings)
    lines.append(
        f"共 {len(findings)} 份政策文件：比对了 {compared} 份，{attention} 份需要人看，{skipped} 份没有公开网址，跳过。"
    )
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    rows = [
        {
            "policy": finding.policy.id,
            "verdict": finding.verdict,
            "reason": finding.reason,
            "source_address": finding.policy.source_address,
            "address": finding.address,
            "differences": [asdict(difference) for difference in finding.differences],
        }
        for finding in findings
    ]
    # As in as_text: ##[…] in the log of a runner is a command; # stands only inside strings here.
    return json.dumps(rows, ensure_ascii=False, indent=1).replace("#", "\\u0023")


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "json": as_json}


def issues(findings: Sequence[Finding], today: str) -> dict[str, str]:
    """Path → Markdown, one file for each policy that needs a person. The first line is the title; the second names the
    policy and the fingerprint of what was found, by which the same result is known again. `today` is YYYY-MM-DD."""
    return {f"{finding.policy.id}.md": _issue(finding, today) for finding in findings if finding.needs_a_person}


def fingerprint(finding: Finding) -> str:
    found = [finding.verdict, finding.reason, [asdict(difference) for difference in finding.differences]]
    return sha256(json.dumps(found).encode("ascii")).hexdigest()


def _issue(finding: Finding, today: str) -> str:
    policy, verdict = finding.policy, VERDICTS[finding.verdict]
    # What is no letter, digit or bracket of a title could be read as Markdown, or call somebody.
    name = re.sub(r"[^\w《》〈〉（）〔〕“”、，·—-]+", " ", policy.short_title).strip()[:60]
    facts = [f"政策文件：{policy.title}", f"公开网址：{policy.source_address}"]
    if finding.address != policy.source_address:
        facts.append(f"实际打开：{finding.address}")
    blocks = [
        f"原文网址{verdict}：{name}（{policy.id}）\n<!-- source-watch {policy.id} {fingerprint(finding)} -->",
        f"{today} 自动比对的结果：**{verdict}**。{finding.reason}比对时不计空白和排版；数据没有任何改动。",
        _fenced("text", facts),
        *(_difference(number, one) for number, one in enumerate(finding.differences[:MOST], 1)),
    ]
    if len(finding.differences) > MOST:
        blocks.append(f"另有 {len(finding.differences) - MOST} 处没有列出。")
    return "\n\n".join([*blocks, ADVICE[finding.verdict], CLOSING]) + "\n"


def _difference(number: int, one: Difference) -> str:
    def line(words: str) -> str:
        shown = words if len(words) <= LONG else f"{words[:LONG]}……（共 {len(words)} 字）"
        return f"{one.before}【{shown}】{one.after}"

    what = "多出" if not one.was else "缺少" if not one.now else "改动"
    return f"第 {number} 处，{what}：\n\n" + _fenced("diff", [f"- 原文：{line(one.was)}", f"+ 现在：{line(one.now)}"])


def _fenced(language: str, lines: Sequence[str]) -> str:
    """Code that nothing inside can end; each line begins with our words, and what cannot be seen is spelled out."""
    text = "\n".join(visible(line) for line in lines)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"
