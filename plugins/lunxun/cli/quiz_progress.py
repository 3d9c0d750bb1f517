"""`lunxun quiz progress`: what a learner's own file of progress says is due, and what keeps going wrong."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs
from lunxun.quiz.progress_file import ProgressFileError, read_progress
from lunxun.quiz.progress_report import progress_report

_MOST_LINES = 5000


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "progress",
        help="看做题记录",
        description="读练习网页“保存到文件”存下的做题记录，按题库列出该复习的题和常错的题。记录里没有姓名，也不上传。",
    )
    verb.add_argument("file", type=Path, metavar="文件", help="存下的记录，如 轮训做题记录-2026-01-05.json")
    verb.add_argument("--on", metavar="日期", help="看哪一天，如 2026-01-08，不写就是今天")
    verb.add_argument("--most", type=int, default=20, metavar="题数", help="每个题库每项最多列几题，默认 20")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        day = date.fromisoformat(options.on) if options.on else date.today()
    except ValueError:
        day = date.min
    if not 2000 <= day.year <= 2999:
        return refuse(f"--on 写成 2026-01-08 这样的日期，不能是“{options.on}”。")
    if not 1 <= options.most <= _MOST_LINES:
        return refuse(f"--most 写 1 到 {_MOST_LINES}。")
    try:
        progress = read_progress(options.file)
    except ProgressFileError as error:
        return refuse(str(error))
    print(progress_report(progress, day, options.most))
    return FINE
