"""Open or update one issue for each file in build/watch, which `make watch` wrote. Needs gh, and the right to write issues.

An issue is known by the second line of its file, which is the first of its body: policy and fingerprint of the result.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

LABEL = "原文网址"  # only who may write to the repository can set it, so nobody else can pass off an issue as ours
MARK = re.compile(r"<!-- source-watch ([a-z0-9-]+) ([0-9a-f]{64}) -->")


def main(folder: Path) -> int:
    if not (folder / ".made-by-policy-ledger").is_file():  # written last, when the comparison was complete
        print(f"{folder} 里没有完整的比对结果，没有处理任何议题。请先运行 make watch。", file=sys.stderr)
        return 1
    files = sorted(folder.glob("*.md"))
    if not files:
        print("没有需要报告的。")
        return 0
    gh("label", "create", LABEL, "--force", "--color", "B60205", "--description", "网上的原文与存档不同，或打不开")
    fields = "number,state,stateReason,body"
    listed = gh("issue", "list", "--label", LABEL, "--state", "all", "--limit", "1000", "--json", fields)
    known = [(*mark.groups(), issue) for issue in json.loads(listed) if (mark := MARK.match(issue["body"]))]
    for file in files:
        title, _, body = file.read_text("utf-8").partition("\n")
        policy, result = MARK.match(body).groups()
        ours = [(before, issue) for owner, before, issue in known if owner == policy]
        print(f"{policy}: {tell(title, body, result, ours)}")
    return 0


def tell(title: str, body: str, result: str, ours: list[tuple[str, dict]]) -> str:
    """Say it where it is not yet said. `ours`: the issues of this policy with the result that each tells."""
    for before, issue in ours:
        if issue["state"] == "OPEN":
            number = issue["number"]
            if before == result:
                return f"与议题 {number} 所说相同，不重复。"
            gh("issue", "comment", str(number), "--body-file", "-", given=body)
            # By the plain interface: `gh issue edit` asks for rights on projects in some versions.
            change = json.dumps({"title": title, "body": body})
            gh("api", "--method", "PATCH", f"repos/{{owner}}/{{repo}}/issues/{number}", "--input", "-", given=change)
            return f"结果有变化，已写进议题 {number}。"
    if any(before == result and issue["stateReason"] == "NOT_PLANNED" for before, issue in ours):
        return "同样的结果已有人按“不处理”关闭，不再报。"
    gh("issue", "create", "--title", title, "--body-file", "-", "--label", LABEL, given=body)
    return "已开新议题。"


def gh(*arguments: str, given: str = "") -> str:
    try:
        done = subprocess.run(["gh", *arguments], input=given, capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        sys.exit("没有 gh（GitHub 的命令行工具），请先安装。")
    if done.returncode:
        sys.exit(f"gh {arguments[0]} {arguments[1]} 没有成功：{done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(Path(sys.argv[1])))
