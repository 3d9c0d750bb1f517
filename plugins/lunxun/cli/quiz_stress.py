"""`lunxun quiz stress`: what banks hold, and where their keys could be guessed."""

from __future__ import annotations

import argparse

from lunxun.checks.register import check, rule_infos
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.findings import has_errors, in_order
from lunxun.library.load import load
from lunxun.quiz.stress import bank_report
from lunxun.records.bank import Bank
from lunxun.report.text import as_text


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "stress",
        help="检查整套题库",
        description="列出每个题库的题型、层次、难度、主题，答案的位置和选项的长短，并检查题目。",
    )
    add_content_option(verb)
    verb.add_argument("banks", nargs="*", metavar="题库", help="题库编号，不写就是全部")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not options.content.is_dir():
        return refuse(f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。")
    loaded = load(options.content, quizzes=options.quizzes)
    banks = [pair for pair in loaded.library.of(Bank) if not options.banks or pair[0].key.id in options.banks]
    unknown = set(options.banks) - {entry.key.id for entry, _ in banks} - loaded.library.unread
    if unknown:
        return refuse(f"没有题库“{'”“'.join(sorted(unknown))}”。")
    if not banks and not options.banks:
        return refuse("还没有题库。运行 lunxun new bank 编号 新建一个。")
    for entry, bank in banks:
        print(bank_report(loaded.library, entry, bank) + "\n")
    files = {f"{entry.document.file}" for entry, _ in banks}
    unread = [f"/{Bank.folder}/{name}.yml" for name in options.banks if name in loaded.library.unread]
    found = in_order(
        finding
        for finding in (*loaded.findings, *check(loaded.library))
        if finding.place.file in files or finding.place.file.endswith(tuple(unread))
    )
    print(as_text(found, rule_infos()))
    return FINDINGS if has_errors(found) else FINE
