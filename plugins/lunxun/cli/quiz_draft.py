"""`lunxun quiz draft`: questions drafted by rule from records, for an editor to accept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.library.impact import Target, find_target
from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.quiz.drafting import RULES, as_bank, make_drafts
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    rules = "\n".join(f"  {name:<12} {what}" for name, (what, _) in RULES.items())
    verb = verbs.add_parser(
        "draft",
        help="起草题目",
        description="照规则从记录起草题目，标为待核，由编辑改好后采用。已经在题库里的不再起草。",
        epilog=f"规则：\n{rules}",
    )
    add_content_option(verb)
    verb.add_argument(
        "--from", dest="origin", metavar="引用", help="只要依据它的题，如 huangnan-grid、petition-regulations@2022#34"
    )
    kinds = "、".join(f"{kind}（{KINDS[kind].kind_name}）" for kind in KINDS if kind not in ("bank", "source"))
    verb.add_argument("--kind", choices=list(KINDS), metavar="类别", help=f"只要依据这一类记录的题：{kinds}")
    verb.add_argument("--rule", action="append", choices=list(RULES), metavar="规则", help="只用这条规则，可以写几次")
    verb.add_argument("-o", "--output", type=Path, metavar="文件", help="写进新文件，不写就打印出来")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not options.content.is_dir():
        return refuse(f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。")
    library = load(options.content, quizzes=options.quizzes).library
    target = _target(library, options.origin)
    if isinstance(target, tuple):
        return refuse(_unclear(options.origin, target))
    drafts = make_drafts(library, options.rule or (), target, options.kind)
    if not drafts:
        return refuse("没有可起草的题：符合条件的记录里没有合适的数据、条款、术语或做法，或者都已经在题库里。")
    text = as_bank(library, drafts)
    if options.output is None:
        print(text, end="")
        return FINE
    problem = _write(options.output, text)
    if problem is not None:
        return refuse(problem)
    print(f"起草 {len(drafts)} 题，写在 {options.output}；逐题核对后再用。", file=sys.stderr)
    return FINE


def _target(library: Library, text: str | None) -> Target | tuple[Key, ...] | None:
    return find_target(library, text) if text else None


def _unclear(text: str, found: tuple[Key, ...]) -> str:
    if not found:
        return f"没有“{text}”。写成 编号、编号@版本、编号@版本#条号 或 编号.数据编号。"
    return f"“{text}”不止一条，写明类别：{'、'.join(map(str, found))}。"


def _write(path: Path, text: str) -> str | None:
    """Write a new file; say in Chinese why it could not be written."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return f"{path} 已经存在，换一个文件名。"
    except OSError as error:
        return f"写不进 {path}（系统错误 {error.errno}）。检查文件夹和权限。"
    return None
