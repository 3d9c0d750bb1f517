"""`lunxun paper sheet`: an empty sheet into which answers on paper are typed."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.new_file import write_new
from lunxun.cli.parsing import Verbs
from lunxun.cli.result_folder import bytes_of
from lunxun.export.entry_xlsx import entry_sheet
from lunxun.quiz.answer_sheet import Learner
from lunxun.quiz.formats.office import OfficeMissingError
from lunxun.quiz.formats.workbook import MAX_BYTES
from lunxun.quiz.paper_files import PaperFileError
from lunxun.quiz.paper_set import read_paper
from lunxun.quiz.roster import MOST_LEARNERS, RosterError, read_roster

_DEFAULT = 50


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "sheet",
        help="登分表",
        description="写一份登分表（Excel）：纸质答卷一人一行、一题一列登进去，再交给 lunxun paper grade 评分。",
    )
    verb.add_argument("folder", type=Path, metavar="试卷文件夹", help="lunxun paper make 写出的文件夹")
    verb.add_argument("-o", "--output", type=Path, default=Path("登分表.xlsx"), metavar="文件", help="默认 登分表.xlsx")
    verb.add_argument(
        "--learners",
        default=str(_DEFAULT),
        metavar="人数或名单",
        help=f"人数，默认 {_DEFAULT}；或者名单文件（.xlsx、.csv、.txt），一人一行：姓名、单位、编号",
    )
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        paper = read_paper(options.folder)
        learners = _learners(options.learners)
        data = entry_sheet(paper, learners)
    except (PaperFileError, RosterError, OfficeMissingError) as error:
        return refuse(str(error))
    problem = write_new(options.output, data)
    if problem is not None:
        return refuse(problem)
    forms = "、".join(paper.forms)
    print(f"登分表写在 {options.output}：{len(learners)} 人，{forms} 卷。怎样填写，看表里的“说明”和题号上的批注。")
    return FINE


def _learners(text: str) -> list[Learner]:
    if text.isascii() and text.isdigit():
        count = int(text[:9])
        if not 1 <= count <= MOST_LEARNERS:
            raise RosterError(f"--learners 写 1 到 {MOST_LEARNERS} 的人数，或者名单文件。")
        return [Learner()] * count
    path = Path(text)
    data = bytes_of(path, MAX_BYTES)
    if isinstance(data, str):
        raise RosterError(f"{data}--learners 写人数，或者名单文件。")
    return read_roster(path.name, data)
