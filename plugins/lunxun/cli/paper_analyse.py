"""`lunxun paper analyse`: which questions of an exam to mend, as Excel and as a page."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs
from lunxun.cli.result_folder import problem_of_target, replace_folder
from lunxun.export.analysis_page import analysis_page
from lunxun.export.analysis_xlsx import analysis_book
from lunxun.quiz.formats.office import OfficeMissingError
from lunxun.quiz.mending import analyse, to_mend
from lunxun.quiz.results import ResultsError, read_results

_BOOK, _PAGE = "分析.xlsx", "分析.html"


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "analyse",
        help="分析试题",
        description="从成绩里算难度、区分度、干扰项、信度，比较各套卷，说出该改哪些题和为什么。"
        "写成 Excel 和一个网页，没有姓名。",
    )
    verb.add_argument("results", type=Path, metavar="成绩", help="lunxun paper grade 写出的文件夹")
    verb.add_argument("-o", "--output", type=Path, default=Path("分析"), metavar="文件夹", help="默认 分析")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    problem = problem_of_target(options.output, (_BOOK, _PAGE))
    if problem is not None:
        return refuse(problem)
    try:
        results = read_results(options.results)
        if not results.sittings:
            return refuse("成绩里没有一份答卷，没有什么可分析。")
        analysis = analyse(results)
        files = {_BOOK: analysis_book(analysis), _PAGE: analysis_page(analysis).encode()}
    except (ResultsError, OfficeMissingError) as error:
        return refuse(str(error))
    problem = replace_folder(options.output, files)
    if problem is not None:
        return refuse(problem)
    for text in analysis.cautions:
        print(f"注意：{text}")
    faulty = to_mend(analysis)
    for one in faulty[:10]:
        print(f"{one.figures.question.id}：{one.reasons[0].fault.value}。{one.reasons[0].text}")
    if len(faulty) > 10:
        print(f"……共 {len(faulty)} 题该看，其余见分析。")
    print(f"分析了 {analysis.n} 份答卷、{len(analysis.items)} 题，写在 {options.output}：打开 {_PAGE}，或者 {_BOOK}。")
    return FINE
