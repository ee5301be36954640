"""Make a pull request of an issue that was written on a form. Two steps, so that words of the issue and the right to
write never meet in one process:

    change EVENT    reads the issue from the event's file, changes the data, keeps in build/propose.json what was done
    request EVENT   needs git, gh and rights: pushes a branch and opens a pull request, or tells the issue why not

Words of the issue reach other programs in files only, and the log never.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

APPROVED = "采纳"  # only who has rights in the repository can set a label
BODY, RESULT = Path("build/propose.md"), Path("build/propose.json")
NAME = "propose"
LOGIN = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")


def change(event: dict) -> int:
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.unlink(missing_ok=True)
    # The text of the moment when the label was set: what is edited later, nobody has approved.
    BODY.write_bytes((event["issue"]["body"] or "").encode("utf-8", "replace"))
    made = subprocess.run(
        [sys.executable, "-m", "scripts", NAME, str(BODY)], capture_output=True, encoding="utf-8", errors="replace"
    )
    if made.returncode not in (0, 1):
        sys.exit("程序没有运行完，数据没有改动。")
    title, _, told = made.stdout.strip().partition("\n")
    RESULT.write_text(json.dumps({"done": made.returncode == 0, "title": title, "told": told}), "utf-8")
    print("数据文件已改，检查通过。" if made.returncode == 0 else "没有改动，原因会写进议题。")
    return 0


def request(event: dict) -> int:
    number = int(event["issue"]["number"])
    result = json.loads(RESULT.read_text("utf-8"))
    branch = f"issue-{number}"
    if not result["done"]:
        return tell(number, f"这个议题不能自动改，请人来处理。\n\n{fenced(result['told'])}")
    if run("git", *LOGIN, "ls-remote", "--heads", "origin", f"refs/heads/{branch}"):
        return tell(number, f"分支 {branch} 已经有了，没有再改。要重做，请先合并或删掉它，再重新加上标签。")
    reason = f"{result['told']}\n\n原因：见议题 #{number}。\n"
    run("git", "switch", "--quiet", "--create", branch)
    run("git", "add", "--", "data")
    author = ("-c", f"user.name={NAME}", "-c", f"user.email={NAME}@users.noreply.github.com")
    run("git", *author, "commit", "--quiet", "--file", "-", given=f"{result['title']}\n\n{reason}")
    run("git", *LOGIN, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
    body = f"{reason}\n由议题的回答自动改成，数据检查已通过。请对照出处审阅。\n\nCloses #{number}\n"
    run("gh", "pr", "create", "--head", branch, "--title", result["title"], "--body-file", "-", given=body)
    print("已提出合并请求。")
    return 0


def tell(number: int, words: str) -> int:
    run("gh", "issue", "comment", str(number), "--body-file", "-", given=words)
    print("没有改动，原因写进了议题。")
    return 0


def fenced(text: str) -> str:
    """Code that nothing inside can end, so that no word of it calls anybody or becomes a link."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{text[:20_000]}\n{fence}"


def run(*command: str, given: str = "") -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        sys.exit(f"没有 {command[0]}，请先安装。")
    if done.returncode:
        # A runner acts on ::words:: at the beginning of a line, and on ##[words] anywhere.
        said = " ".join(done.stderr.split()).replace("##[", "## [")
        sys.exit(f"{command[0]} 没有成功：{said}")
    return done.stdout.strip()


def main(step: str, file: Path) -> int:
    event = json.loads(file.read_text("utf-8"))
    if event["action"] != "labeled" or event["label"]["name"] != APPROVED or event["issue"]["state"] != "open":
        print(f"只处理刚加上“{APPROVED}”标签的议题。")
        return 0
    return {"change": change, "request": request}[step](event)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
