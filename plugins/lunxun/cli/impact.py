"""`lunxun impact`: list what rests on a record, a version, a clause or a fact."""

from __future__ import annotations

import argparse

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.library.impact import find_target, indicator_of, links_to
from lunxun.library.library import Entry, Link
from lunxun.library.load import load
from lunxun.records.bank import Bank
from lunxun.records.references import Key


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser("impact", help="谁依据它", description="列出依据某条记录、版本、条款或数据的所有记录。")
    add_content_option(verb)
    verb.add_argument("reference", metavar="引用", help="如 huangnan-grid.grids、village-committee-law@2018#30")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    library = load(options.content, quizzes=options.quizzes).library
    target = find_target(library, options.reference)
    if isinstance(target, tuple):
        return refuse(_unclear(options.reference, target))
    links = sorted(links_to(library, target), key=lambda link: (link.source, str(link.path)))
    print(f"依据 {options.reference} 的有 {len({link.source for link in links})} 条记录：")
    for link in links:
        entry = library.entries[link.source]
        print(f"{entry.document.place(link.path)}: {entry.record.kind_name}“{entry.record.title}”{_part(entry, link)}")
    indicator = indicator_of(library, target)
    if indicator is not None:
        print(f"指标对比页“{library.entries[indicator].record.title}”也随之改变。")
    return FINE


def _part(entry: Entry, link: Link) -> str:
    """Name the question of a bank that a link starts in."""
    question = entry.record.question_at(link.path) if isinstance(entry.record, Bank) else None
    return f"的题目 {question.id}" if question else ""


def _unclear(text: str, found: tuple[Key, ...]) -> str:
    if not found:
        return f"没有“{text}”。写成 编号、编号@版本、编号@版本#条号 或 编号.数据编号。"
    return f"“{text}”不止一条，写明类别：{'、'.join(str(key) for key in found)}。"
