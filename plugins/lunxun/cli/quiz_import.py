"""`lunxun quiz import`: a file of questions from elsewhere made into a draft bank."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lunxun.checks.register import rule_infos
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.new_file import write_new
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.findings import has_errors, in_order
from lunxun.library.files import problem_of_id
from lunxun.library.load import load
from lunxun.library.places import quizzes_beside
from lunxun.library.questions import questions
from lunxun.quiz.bank_text import bank_text
from lunxun.quiz.formats.office import OfficeMissingError
from lunxun.quiz.formats.register import FORMATS, MAX_BYTES, format_of
from lunxun.quiz.formats.rules import Intake
from lunxun.quiz.intake import DraftBank, Wanted, as_draft
from lunxun.records.bank import Bank
from lunxun.report.text import as_text


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    known = "\n".join(f"  {name:<8} {form.title}（{'、'.join(form.suffixes)}）" for name, form in FORMATS.items())
    verb = verbs.add_parser(
        "import",
        help="导入题目",
        description="把别处来的题读成一个新题库，全部标为待核；缺的依据、解析写明“待补”。不改已有的题库。",
        epilog=f"格式：\n{known}\n空白模板：lunxun quiz export --template 文件",
    )
    add_content_option(verb)
    verb.add_argument("file", type=Path, metavar="文件", help="来件")
    verb.add_argument("bank", metavar="编号", help="新题库的编号，小写字母、数字和短横")
    verb.add_argument("--format", choices=list(FORMATS), metavar="格式", help="来件的格式，不写就看扩展名")
    verb.add_argument("--basis", action="append", default=[], metavar="引用", help="没有写依据的题都用它，可以写几次")
    verb.add_argument("--topic", action="append", default=[], metavar="主题", help="题库的主题，可以写几次")
    verb.add_argument("--title", metavar="标题", help="题库的标题")
    verb.add_argument("--partial", action="store_true", help="有错误时也写，有错误的题不写进去")
    verb.add_argument("--dry-run", action="store_true", help="只检查来件，不写题库")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    problem = problem_of_id(options.bank, Bank.reserved)
    if problem is not None:
        return refuse(f"{problem[0]}。{problem[1]}")
    if not options.content.is_dir():
        return refuse(f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。")
    path = (options.quizzes or quizzes_beside(options.content)) / Bank.folder / f"{options.bank}.yml"
    if path.exists() and not options.dry_run:
        return refuse(f"{path} 已经存在。导入只建新题库，换一个编号。")
    intake = _read(options.file, options.format)
    if isinstance(intake, str):
        return refuse(intake)
    library = load(options.content, quizzes=options.quizzes).library
    wanted = Wanted(options.bank, tuple(options.basis), tuple(options.topic), options.title)
    taken = {placed.question.id for placed in questions(library)}
    draft = as_draft(intake, wanted, library, taken, options.file.name)
    return _finish(options, path, draft)


def _read(file: Path, form: str | None) -> Intake | str:
    """Read a file; a text says in Chinese why that could not be."""
    name = form or format_of(file.name)
    if name is None:
        return f"看不出“{file.name}”是什么格式，用 --format 写明：{'、'.join(FORMATS)}。"
    data = _bytes_of(file)
    if isinstance(data, str):
        return data
    try:
        return FORMATS[name].read(file.name, data)
    except OfficeMissingError as missing:
        return str(missing)


def _finish(options: argparse.Namespace, path: Path, draft: DraftBank) -> int:
    found = in_order(draft.findings)
    if found:
        print(as_text(found, rule_infos()))
    count, has_failed = len(draft.data.get("questions", ())), has_errors(found)
    if options.dry_run:
        print(f"读到 {count} 题，没有写题库。", file=sys.stderr)
        return FINDINGS if has_failed else FINE
    if not count and not has_failed:
        print("没有写题库：来件里没有可导入的题。", file=sys.stderr)
        return FINDINGS
    if not count or (has_failed and not options.partial):
        print("没有写题库：先改好上面的错误；只要没有错误的题，加 --partial。", file=sys.stderr)
        return FINDINGS
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return refuse(f"建不了 {path.parent}（系统错误 {error.errno}）。检查文件夹的权限。")
    problem = write_new(path, bank_text(draft, options.file.name).encode("utf-8"))
    if problem is not None:
        return refuse(problem)
    print(f"导入 {count} 题，写在 {path}，全部待核。补齐以后运行 lunxun check。", file=sys.stderr)
    return FINDINGS if has_failed else FINE


def _bytes_of(path: Path) -> bytes | str:
    """Read a file within bounds; a text says in Chinese why it was not read."""
    try:
        if not path.is_file():
            return f"没有文件 {path}。"
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return f"读不了 {path}（系统错误 {error.errno}）。"
    return f"{path} 超过 {MAX_BYTES // 1_000_000} MB，没有读。" if len(data) > MAX_BYTES else data
