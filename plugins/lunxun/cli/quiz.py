"""`lunxun quiz`: work on question banks; each thing to do is a verb of its own."""

from __future__ import annotations

from lunxun.cli import quiz_draft, quiz_export, quiz_import, quiz_progress, quiz_stress
from lunxun.cli.parsing import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb, with its own verbs, to the parser."""
    verb = verbs.add_parser("quiz", help="题库", description="起草、导入、导出题目，检查整套题库，看做题记录。")
    inner = verb.add_subparsers(title="命令", required=True, metavar="命令")
    for one in (quiz_draft, quiz_import, quiz_export, quiz_stress, quiz_progress):
        one.add(inner)
