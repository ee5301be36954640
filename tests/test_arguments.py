"""What an editor reads who types a command wrong: Chinese, with the way out, and exit status 2."""

import subprocess
import sys

import pytest

from scripts.arguments import Parser
from tests.conftest import ROOT, run

WRONG = {
    "chek": "没有“chek”。是不是“check”？",
    "new": "还缺少：种类。",
    "new policy": "还缺少：编号。",
    "site --port 3": "多出了：--port 3。",
    "check --format xml": "--format没有“xml”。可以写：text、github、json。",
    "check --format": "--format 后面还要写内容。",
    "serve --port abc": "--port 后面不能写 'abc'。",
    "check --fix=1": "--fix 后面不用写 '1'。",
    "": "还缺少：命令。",
}


@pytest.mark.parametrize(("typed", "told"), WRONG.items(), ids=WRONG)
def test_a_wrong_command_is_told_in_chinese(typed, told):
    result = run(*typed.split())
    said = result.stdout + result.stderr
    assert result.returncode == 2 and told in said and "用法：" in said and "-h 看说明" in said
    assert not any(word in said for word in ("usage", "error", "argument", "invalid", "required"))


def test_help_is_chinese():
    said = run("check", "-h").stdout
    assert "用法：" in said and "显示这段说明" in said and "options" not in said and "show this" not in said


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--first", "--second"], "--second 和 --first 不能同时用。"),
        (["--f"], "--f 不清楚是哪一个：--first, --fourth。"),
    ],
)
def test_options_that_do_not_go_together(typed, told, capsys):
    parser = Parser(prog="x")
    either = parser.add_mutually_exclusive_group()
    for name in ("--first", "--second", "--fourth"):
        either.add_argument(name, action="store_true")
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(typed)
    assert ended.value.code == 2 and told in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_fault():
    command = [sys.executable, "-m", "scripts", "check"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 1
