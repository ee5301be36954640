"""The command that changes data as an issue asks, and the workflow: a real git, and a gh that only keeps a file."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import CITY, DATA, ROOT, run
from tests.forms import T1, body


def test_the_command(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    file = tmp_path / "body.md"
    file.write_text(body("confirm", on="2024-02-03"), "utf-8")
    made = run("propose", str(file), "--data", str(data))
    assert made.returncode == 0 and made.stdout.startswith("部门确认无误或更正：policies/qingchuan-east-table/01\n")
    assert "by: 区水务中心办公室" in (data / T1).read_text("utf-8")
    assert run("check", "--data", str(data)).returncode == 0
    made = run("propose", str(file), "--data", str(data))
    assert made.returncode == 1 and "没有改动" in made.stdout
    file.write_bytes(b"\xff\xfe")
    assert run("propose", str(file), "--data", str(data)).returncode == 1
    assert run("propose", str(tmp_path / "none"), "--data", str(data)).returncode == 2
    assert run("propose", str(file), "--forms", str(tmp_path / "none")).returncode == 2


GH = f"""#!{sys.executable}
import json, os, sys
with open(os.environ["FAKE_GH"], "a") as log:
    log.write(json.dumps([sys.argv[1:], sys.stdin.read()]) + "\\n")
"""


class Repository:
    """A clone of a ledger with a remote beside it, and what the workflow's two steps do in it."""

    def __init__(self, folder: Path):
        self.folder, self.remote, self.bin, self.log = (folder / n for n in ("work", "remote.git", "bin", "gh.log"))
        shutil.copytree(ROOT / "scripts", self.folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / ".github", self.folder / ".github")
        shutil.copytree(CITY / "data", self.folder / "data")
        shutil.copytree(DATA / "schemas", self.folder / "data/schemas")
        (self.folder / ".gitignore").write_text("build/\n__pycache__/\n")
        self.bin.mkdir()
        (self.bin / "gh").write_text(GH, "utf-8")
        (self.bin / "gh").chmod(0o755)
        subprocess.run(["git", "init", "--quiet", "--bare", self.remote], check=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "-m", "begin")
        self.git("remote", "add", "origin", str(self.remote))
        self.git("push", "--quiet", "origin", "main")

    def git(self, *arguments: str) -> str:
        made = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return made.stdout

    def labelled(self, text: str, number: int = 12, **changes) -> str:
        """What both steps print; a fresh checkout first, as on a runner."""
        self.git("switch", "--quiet", "main")
        issue = {"number": number, "body": text, "state": "open", "title": "$(touch pwned) ::error::x"}
        event = {"action": "labeled", "label": {"name": "采纳"}, "issue": issue} | changes
        file = self.folder.parent / "event.json"
        file.write_text(json.dumps(event), "utf-8")
        said = ""
        for step in ("change", "request"):
            made = subprocess.run(
                [sys.executable, ".github/issue-to-change.py", step, str(file)],
                cwd=self.folder,
                env={
                    "PATH": f"{self.bin}:{os.environ['PATH']}",
                    "FAKE_GH": str(self.log),
                    "HOME": str(self.folder.parent),
                },
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            said += made.stdout + made.stderr
            assert made.returncode == 0, said
        return said

    def calls(self) -> list:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()] if self.log.exists() else []

    def branches(self) -> set[str]:
        found = self.git("ls-remote", "--heads", "origin")
        return {line.rpartition("/")[2] for line in found.splitlines()} - {"main"}


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


def test_an_approved_issue_becomes_a_pull_request(repository):
    said = repository.labelled(body("progress", date="2024-01-05", evidence_title="::error::x $(touch pwned)"))
    assert repository.branches() == {"issue-12"}
    changed = repository.git("diff", "--name-only", "main", "origin/issue-12")
    assert changed.split() == [f"data/{T1}"]
    ((command, words),) = repository.calls()
    assert command[:4] == ["pr", "create", "--head", "issue-12"] and "Closes #12" in words
    assert command[command.index("--title") + 1] == "补充进展：policies/qingchuan-east-table/01"
    message = repository.git("log", "-1", "--format=%B", "issue-12")
    assert "\n原因：见议题 #12。\n" in message
    assert "error" not in said + words + message and not list(repository.folder.rglob("pwned"))
    again = repository.labelled(body("progress", date="2024-01-05"))
    assert len(repository.calls()) == 2 and repository.calls()[1][0][:2] == ["issue", "comment"]
    assert "分支 issue-12 已经有了" in repository.calls()[1][1] and "没有改动" in again


def test_an_issue_that_cannot_be_used_is_answered(repository):
    hostile = "javascript:@all`````$(touch pwned)::error::x"
    said = repository.labelled(body("progress", date="2024-01-05", evidence_url=hostile), number=7)
    ((command, words),) = repository.calls()
    assert command[:3] == ["issue", "comment", "7"] and repository.branches() == set()
    fence = re.search(r"(?m)^(`{6,})text$", words)[1]
    assert words.rstrip().endswith(fence) and "@all" in words.split(fence)[1]
    assert "javascript" not in said and "::error" not in said
    assert repository.git("status", "--porcelain") == ""
    assert not list(repository.folder.rglob("pwned"))


@pytest.mark.parametrize(
    "changes",
    [{"action": "unlabeled"}, {"label": {"name": "bug"}}, {"issue": {"number": 1, "body": None, "state": "closed"}}],
)
def test_nothing_else_is_acted_upon(changes, repository):
    assert "只处理" in repository.labelled(body("progress", date="2024-01-05"), **changes)
    assert repository.calls() == [] and repository.branches() == set()


def test_an_issue_without_words(repository):
    repository.labelled(None)
    assert repository.calls()[0][0][:2] == ["issue", "comment"]


def test_the_workflow_gives_no_more_than_it_must():
    text = (ROOT / ".github/workflows/propose.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow[True] == {"issues": {"types": ["labeled"]}} and workflow["permissions"] == {}
    (job,) = workflow["jobs"].values()
    assert job["if"] == "github.event.label.name == '采纳'"
    assert job["permissions"] == {"contents": "write", "pull-requests": "write", "issues": "write"}
    used = set(re.findall(r"\$\{\{ *(.*?) *\}\}", text))
    assert used == {"github.event.issue.number", "github.token", "github.repository"}, "no words of an issue"
    assert job["concurrency"]["group"] == "propose-${{ github.event.issue.number }}"
    steps = job["steps"]
    assert [step for step in steps if "github.token" in str(step)] == [steps[-1]], "words and rights do not meet"
    assert steps[0]["with"] == {"persist-credentials": False}
    assert 'APPROVED = "采纳"' in (ROOT / ".github/issue-to-change.py").read_text("utf-8")
