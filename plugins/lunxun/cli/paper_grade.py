"""`lunxun paper grade`: sealed answers and entries from paper become results."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from lunxun.checks.register import rule_infos
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs
from lunxun.cli.passphrase import PassphraseError, known_passphrase
from lunxun.cli.result_folder import bytes_of, problem_of_target, replace_folder
from lunxun.export.marking_xlsx import marking_book
from lunxun.export.results_xlsx import results_book
from lunxun.findings import has_errors, in_order
from lunxun.quiz import sealing
from lunxun.quiz.answer_files import opener, read_answers
from lunxun.quiz.entries import Entries, read_entries
from lunxun.quiz.formats.office import OfficeMissingError, office_module
from lunxun.quiz.formats.workbook import MAX_BYTES
from lunxun.quiz.grading import ToMark, grade, to_mark
from lunxun.quiz.marking import MULTI_RULES, ORDER_RULES, Rules, instructions_to_compare
from lunxun.quiz.marks import is_apart
from lunxun.quiz.marks_read import MarksRead, read_marks, unused
from lunxun.quiz.paper_files import PaperFileError
from lunxun.quiz.paper_set import PaperSet, read_paper
from lunxun.quiz.results import FILE, Results, found_forms
from lunxun.quiz.sittings import Keep, Refused, Sitting, numbers, settle
from lunxun.quiz.trainer_keys import KeyFileError, is_locked, read_secret
from lunxun.report.text import as_text

_BOOK, _MARKS, _LAST_MARKS, _REFUSED = "成绩.xlsx", "阅卷表.xlsx", "阅卷表-上次.xlsx", "拒收.txt"
_OURS = (_BOOK, _MARKS, _LAST_MARKS, _REFUSED, FILE)


class _StopError(Exception):
    """Nothing can be graded; the message is Chinese."""


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    told = "\n".join(f"  {text}" for text in (*MULTI_RULES.values(), *ORDER_RULES.values()))
    verb = verbs.add_parser(
        "grade",
        help="评分",
        description="打开答卷，客观题按答案评分；主观题先写出阅卷表，评好以后加 --marks 再运行一次。"
        "不能评的文件列在“拒收”里，其余照评。",
        epilog=f"可选的规则：\n{told}",
    )
    verb.add_argument("folder", type=Path, metavar="试卷文件夹", help="lunxun paper make 写出的文件夹，试卷和答案都在")
    verb.add_argument("--answers", type=Path, metavar="文件夹", help="收上来的答卷（.lxa）")
    verb.add_argument("--key-file", type=Path, metavar="私钥", help="打开答卷用的私钥")
    verb.add_argument("--entries", type=Path, action="append", default=[], metavar="文件", help="登分表，可以写几次")
    verb.add_argument(
        "--marks", type=Path, action="append", default=[], metavar="文件", help="评好的阅卷表，可以写几次"
    )
    verb.add_argument("-o", "--output", type=Path, default=Path("成绩"), metavar="文件夹", help="默认 成绩")
    verb.add_argument("--multi", choices=list(MULTI_RULES), default="全对", help="多选怎样给分，默认 全对")
    verb.add_argument("--order", choices=list(ORDER_RULES), default="全对", help="排序怎样给分，默认 全对")
    verb.add_argument("--keep", choices=list(get_args(Keep)), help="一人交了几份时留哪一份；不写就都不计分")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        _look_at(options)
        paper = read_paper(options.folder)
        return _grade(options, paper)
    except (_StopError, PaperFileError, KeyFileError, PassphraseError, OfficeMissingError) as error:
        return refuse(str(error))


def _look_at(options: argparse.Namespace) -> None:
    office_module("openpyxl")
    if options.answers is None and not options.entries:
        raise _StopError("没有答卷可评：写 --answers 文件夹，或 --entries 登分表.xlsx，也可以都写。")
    if options.answers is not None and not options.answers.is_dir():
        raise _StopError(f"没有文件夹 {options.answers}。")
    if options.answers is not None and options.key_file is None:
        raise _StopError("打开答卷要用私钥：写 --key-file 私钥.json。")
    problem = problem_of_target(options.output, _OURS)
    if problem is not None:
        raise _StopError(problem)
    if not options.marks and (options.output / _MARKS).exists():
        there = options.output / _MARKS
        raise _StopError(f"{options.output} 里已经有阅卷表。接着评，加 --marks {there}；从头来，换一个文件夹。")


def _grade(options: argparse.Namespace, paper: PaperSet) -> int:
    sittings, refused = _answers(options, paper)
    entries = _entries(options.entries, paper)
    kept, doubled = settle([*sittings, *entries.sittings], options.keep)
    refused = sorted([*refused, *entries.refused, *doubled])
    named = numbers(kept, paper.secret)
    read = _marks(options.marks, paper)
    if has_errors(read.findings):
        print(as_text(in_order(read.findings), rule_infos()))
        print("没有写成绩：先改好阅卷表。")
        return FINDINGS
    waiting = to_mark(paper, kept, named, read.marks)
    wanted = {(name, one.number) for name, group in waiting.items() for one in group}
    findings = in_order([*entries.findings, *read.findings, *unused(read, wanted)])
    rules = Rules(options.multi, options.order)
    results = grade(paper, kept, named, rules, read.marks)
    notes = list(instructions_to_compare(paper, rules))
    learners = {named[one.id]: one.learner for one in kept}
    files = {
        _BOOK: results_book(paper, results, learners, refused, notes),
        FILE: results.model_dump_json(indent=1).encode(),
        _REFUSED: _listed(refused).encode("utf-8-sig"),
    }
    if any(waiting.values()):
        files[_MARKS] = marking_book(waiting)
    if (options.output / _MARKS).exists():
        files[_LAST_MARKS] = (options.output / _MARKS).read_bytes()
    problem = replace_folder(options.output, files)
    if problem is not None:
        raise _StopError(problem)
    if findings:
        print(as_text(findings, rule_infos()))
    _tell(options, results, refused, [one for group in waiting.values() for one in group], [*notes, *_absent(entries)])
    return FINDINGS if refused or findings else FINE


def _answers(options: argparse.Namespace, paper: PaperSet) -> tuple[list[Sitting], list[Refused]]:
    if options.answers is None:
        return [], []
    if not sealing.is_there():
        raise _StopError(sealing.NOT_INSTALLED)
    passphrase = known_passphrase() if is_locked(options.key_file) else None
    return read_answers(options.answers, paper, opener(read_secret(options.key_file, passphrase)))


def _entries(paths: Iterable[Path], paper: PaperSet) -> Entries:
    entries = Entries()
    for path in paths:
        data = bytes_of(path, MAX_BYTES)
        if isinstance(data, str):
            raise _StopError(data)
        found = read_entries(path.name, data, paper)
        entries.sittings += found.sittings
        entries.refused += found.refused
        entries.findings += found.findings
        entries.absent += found.absent
    return entries


def _marks(paths: Iterable[Path], paper: PaperSet) -> MarksRead:
    read = MarksRead()
    scores = {asking.asked.id: asking.asked.score for _, asking in paper.askings() if not asking.is_objective}
    for path in paths:
        data = bytes_of(path, MAX_BYTES)
        if isinstance(data, str):
            raise _StopError(data)
        read_marks(path.name, data, scores, read)
    return read


def _listed(refused: list[Refused]) -> str:
    return "".join(f"{one.name}：{one.reason}\r\n" for one in refused) or "没有拒收的。\r\n"


def _absent(entries: Entries) -> list[str]:
    return [f"登分表里有 {entries.absent} 行没有作答，按缺考，没有计入。"] if entries.absent else []


def _tell(
    options: argparse.Namespace, results: Results, refused: list[Refused], waiting: list[ToMark], notes: list[str]
) -> None:
    for one in refused:
        print(f"拒收 {one.name}：{one.reason}")
    screen = sum(one.is_screen for one in results.sittings)
    told = f"评了 {len(results.sittings)} 份：机考 {screen} 份，纸笔 {len(results.sittings) - screen} 份；"
    print(f"{told}拒收 {len(refused)} 份。")
    for letter in found_forms(results):
        totals = [one.total for one in results.sittings if one.form == letter and not one.open]
        if totals:
            print(f"{letter} 卷：{len(totals)} 人，平均 {sum(totals) / len(totals):.1f} 分（满分 {results.total:g}）。")
    for note in notes:
        print(note)
    apart = sum(is_apart(one.marked, one.asking.asked.score) for one in waiting)
    if apart:
        print(f"有 {apart} 处两人评分相差太大，要在“定分”一列写定。")
    left = sum(one.open for one in results.sittings)
    if left:
        sheet = options.output / _MARKS
        print(f"还有 {left} 处主观题没有得分：在 {sheet} 里评，评好加 --marks {sheet} 再运行一次。")
    print(f"成绩写在 {options.output}。{_BOOK} 里有姓名，自己保管；{FILE} 没有姓名，给 lunxun paper analyse 用。")
