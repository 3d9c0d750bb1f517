"""`lunxun quiz export`: a bank in a form that other people and programs use, or an empty template."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from lunxun.checks.register import rule_infos
from lunxun.cli.codes import FINE, refuse
from lunxun.cli.new_file import write_new
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.findings import Finding, Place, in_order
from lunxun.library.load import load
from lunxun.quiz.formats.office import OfficeMissingError
from lunxun.quiz.formats.register import FORMATS, format_of
from lunxun.quiz.formats.template import template
from lunxun.quiz.spoken import kept_back, spoken
from lunxun.records.bank import Bank
from lunxun.report.text import as_text


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    known = "\n".join(f"  {name:<8} {form.title}（{'、'.join(form.suffixes)}）" for name, form in FORMATS.items())
    verb = verbs.add_parser(
        "export",
        help="导出题库",
        description="把题库写成别的格式，答案和解析都在里面；放不下的内容逐项列出。",
        epilog=f"格式：\n{known}",
    )
    add_content_option(verb)
    verb.add_argument("bank", nargs="?", metavar="题库", help="题库编号")
    verb.add_argument("-o", "--output", type=Path, metavar="文件", help="写进这个新文件")
    verb.add_argument("--template", type=Path, metavar="文件", help="写一份带说明、每种题型一例的空白模板")
    verb.add_argument("--format", choices=list(FORMATS), metavar="格式", help="不写就看扩展名")
    verb.add_argument("--marks", action="store_true", help="保留 ${数据} 和 [[记录]] 标记，准备再导回来的用")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.template is not None:
        return _write(options, options.template, template(), [])
    if options.bank is None or options.output is None:
        return refuse("写明题库编号和输出文件，如 lunxun quiz export samples -o 样题.txt；空白模板用 --template 文件。")
    if not options.content.is_dir():
        return refuse(f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。")
    library = load(options.content, quizzes=options.quizzes).library
    found = [(entry, bank) for entry, bank in library.of(Bank) if entry.key.id == options.bank]
    if not found:
        unread = options.bank in library.unread
        return refuse(
            f"题库“{options.bank}”有错误，读不进来。运行 lunxun check。" if unread else f"没有题库“{options.bank}”。"
        )
    entry, bank = found[0]
    file = entry.document.file
    findings = kept_back(bank, file)
    if not options.marks:
        bank, more = spoken(library, entry.key, bank, file)
        findings += more
    return _write(options, options.output, bank, findings, file)


def _write(options: argparse.Namespace, path: Path, bank: Bank, findings: list[Finding], file: str = "") -> int:
    name = options.format or format_of(path.name)
    if name is None:
        return refuse(f"看不出“{path.name}”是什么格式，用 --format 写明：{'、'.join(FORMATS)}。")
    try:
        data, more = FORMATS[name].write(bank)
    except OfficeMissingError as missing:
        return refuse(str(missing))
    problem = write_new(path, data)
    if problem is not None:
        return refuse(problem)
    # A writer knows the questions and not the file they stand in.
    findings += [replace(finding, place=Place(file or path.name)) for finding in more]
    if findings:
        print(as_text(in_order(findings), rule_infos()))
    tail = "放不下的见上面的提醒。" if more else ""
    print(f"题库有 {len(bank.questions)} 题，写在 {path}。{tail}", file=sys.stderr)
    return FINE
