"""The command line in Chinese: what argparse says in English, in an editor's words."""

import argparse
import re
from typing import NoReturn

from scripts.problem import near

# What argparse says of a wrong command (pattern), and what that is to an editor.
SAID = (
    (r"the following arguments are required: (.+)", r"还缺少：\1。"),
    (r"unrecognized arguments: (.+)", r"多出了：\1。"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面还要写内容。"),
    (r"argument (.+?): invalid \S+ value: (.+)", r"\1 后面不能写 \2。"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不用写 \2。"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 不能同时用。"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 不清楚是哪一个：\2。"),
)
CHOICE = re.compile(r"argument (.+?): invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)


class Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Chinese; those of its subcommands do, too."""

    def __init__(self, **options) -> None:
        super().__init__(add_help=False, formatter_class=Formatter, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        self.print_usage()
        self.exit(2, f"{in_chinese(message)}\n加 -h 看说明：{self.prog} -h\n")


def in_chinese(message: str) -> str:
    if found := CHOICE.fullmatch(message):
        name, given, choices = found.groups()
        known = re.findall(r"[\w-]+", choices)
        return f"{name}没有“{given}”。{near(given, known, '')}可以写：{'、'.join(known)}。"
    for pattern, words in SAID:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, words, message, count=1, flags=re.DOTALL)
    return message
