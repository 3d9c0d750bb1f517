"""`lunxun paper`: work on exam papers; each thing to do is a verb of its own."""

from __future__ import annotations

from lunxun.cli import paper_make, paper_print
from lunxun.cli.parsing import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb, with its own verbs, to the parser."""
    verb = verbs.add_parser("paper", help="试卷", description="照蓝图组卷，打印试卷。")
    inner = verb.add_subparsers(title="命令", required=True, metavar="命令")
    for one in (paper_make, paper_print):
        one.add(inner)
