"""A parser whose own words are Chinese: usage, headings, help and every complaint."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from lunxun.cli.codes import USAGE

_HEADINGS = {"positional arguments": "参数", "options": "选项"}
_HEADING_END = re.compile(r"(?<=^\S\S):$", re.MULTILINE)
_CHOICES = re.compile(r"', '|, ")

# What argparse complains about, in the wordings of Python 3.11 to 3.14.
_COMPLAINTS = (
    (r"the following arguments are required: (.*)", "缺少：{}"),
    (r"unrecognized arguments: (.*)", "不认识的参数：{}"),
    (r"ambiguous option: (\S+) could match (.*)", "“{}”不止一种意思，写全：{}"),
    (r"argument (.+?): invalid choice: '(.*?)'.*\(choose from '?(.*?)'?\)", "{} 没有“{}”，只能是：{}"),
    (r"argument (.+?): invalid \S+ value: '(.*)'", "{} 的值“{}”写法不对"),
    (r"argument (.+?): expected one argument", "{} 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", "{} 后面至少要写一个值"),
    (r"argument (.+?): expected .*", "{} 后面的值个数不对"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{} 后面不能写值“{}”"),
    (r"argument (.+?): not allowed with argument (.*)", "{} 不能和 {} 一起用"),
    (r"one of the arguments (.*) is required", "这几个参数要写一个：{}"),
)


class ChineseParser(argparse.ArgumentParser):
    """Parse like the standard parser, and speak Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options, "add_help": False})
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"错误：{in_chinese(message)}。运行 {self.prog} --help 看说明。\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def format_help(self) -> str:
        return _HEADING_END.sub("：", super().format_help())


def in_chinese(message: str) -> str:
    """Translate a complaint of argparse."""
    for pattern, words in _COMPLAINTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(*(_CHOICES.sub("、", part) for part in found.groups()))
    return "命令写得不对"
