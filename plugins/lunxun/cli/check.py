"""`lunxun check`: say what is wrong with the content, and where."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.checks.against_sources import compare_with_sources
from lunxun.checks.register import check, rule_infos
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.findings import has_errors, in_order
from lunxun.library.load import load
from lunxun.report.formats import FORMATS
from lunxun.report.sources import as_table


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser("check", help="检查内容", description="检查内容，逐条指出文件、行、列、原因和改法。")
    add_content_option(verb)
    verb.add_argument("--format", choices=list(FORMATS), default="text", help="输出格式，默认 text")
    verb.add_argument("--sources", type=Path, metavar="文件夹", help="原文所在文件夹：逐条核对数据，并查有没有漏收")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.sources is not None and not options.sources.is_dir():
        return refuse(f"没有文件夹 {options.sources}。--sources 后面写原文所在的文件夹。")
    loaded = load(options.content, quizzes=options.quizzes)
    findings = [*loaded.findings, *check(loaded.library)]
    if options.sources is not None:
        report = compare_with_sources(loaded.library, options.sources)
        findings += report.findings
        if options.format == "text":
            print(as_table(report))
    found = in_order(findings)
    print(FORMATS[options.format](found, rule_infos()))
    return FINDINGS if has_errors(found) else FINE
