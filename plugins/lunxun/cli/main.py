"""Parse the command line, run one verb, and return its exit code."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from lunxun import __version__
from lunxun.cli.chinese import ChineseParser
from lunxun.cli.codes import FINE, USAGE
from lunxun.cli.ending import end

VERBS = {
    "new": "新建一条记录",
    "check": "检查内容",
    "build": "生成网站",
    "serve": "边改边看",
    "search": "搜索记录",
    "impact": "谁依据它",
    "quiz": "题库",
    "paper": "试卷",
}
"""The verbs, each a module beside this one, and what they are for; the module says the same."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0 (fine), 1 (findings) or 2 (usage)."""
    _make_output_safe()
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(next((word for word in given if word in VERBS), None)).parse_args(given)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has gone: nothing left to say, also not when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return USAGE
    return code


def program() -> NoReturn:
    """Run one verb, and end with its exit code."""
    end(main())


def _make_output_safe() -> None:
    # A terminal that lacks a character shows a question mark instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _parser(asked: str | None) -> argparse.ArgumentParser:
    """Make the parser, with the options of the verb that is asked for: the modules of all take half a second."""
    parser: argparse.ArgumentParser = ChineseParser(prog="lunxun", description="轮训：基层治理知识库与培训材料生成器")
    parser.add_argument("--version", action="version", version=f"lunxun {__version__}", help="显示版本号")
    verbs = parser.add_subparsers(title="命令", required=True, metavar="命令")
    for verb, told in VERBS.items():
        if verb == asked:
            importlib.import_module(f"lunxun.cli.{verb}").add(verbs)
        else:
            verbs.add_parser(verb, help=told)
    return parser
