"""`lunxun paper`: work on exam papers; each thing to do is a verb of its own."""

from __future__ import annotations

from lunxun.cli import (
    paper_analyse,
    paper_asked,
    paper_grade,
    paper_keys,
    paper_make,
    paper_print,
    paper_screen,
    paper_sheet,
)
from lunxun.cli.parsing import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb, with its own verbs, to the parser."""
    told = "照蓝图组卷，打印，做成屏幕上的考试，评分，分析试题，记下考过的题。"
    verb = verbs.add_parser("paper", help="试卷", description=told)
    inner = verb.add_subparsers(title="命令", required=True, metavar="命令")
    for one in (
        paper_make,
        paper_print,
        paper_asked,
        paper_screen,
        paper_keys,
        paper_sheet,
        paper_grade,
        paper_analyse,
    ):
        one.add(inner)
