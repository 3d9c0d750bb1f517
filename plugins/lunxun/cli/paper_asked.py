"""`lunxun paper asked`: note in the blueprint which questions were sat, so that they are not asked again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pydantic import ValidationError

from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.new_file import write_over
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.library.analysis import read_model
from lunxun.library.files import read_bytes, record_files
from lunxun.library.places import quizzes_beside
from lunxun.quiz.exposure_text import to_paste, with_entry
from lunxun.quiz.paper_files import FormFile, PaperFileError, read_form
from lunxun.records.paper import Paper, Past

_MOST_FORMS = 20


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "asked",
        help="记下考过的题",
        description="考完以后，把试卷文件夹里的题号记成一次考试：不加 --write 只打印要贴进蓝图的几行，加了就写进蓝图。",
    )
    add_content_option(verb)
    verb.add_argument("folder", type=Path, metavar="文件夹", help="lunxun paper make 写出的试卷文件夹")
    verb.add_argument("--on", required=True, metavar="日期", help="考试日期，如 2026-05-12；只知道年月写 2026-05")
    verb.add_argument("--title", metavar="名称", help="哪次考试，如 春季班；不写单位和人名")
    verb.add_argument(
        "--form", action="append", default=[], metavar="卷", help="只记这一套，如 A，可以写几次；不写就全记"
    )
    verb.add_argument("--write", action="store_true", help="写进蓝图，原来的内容和注释都不动")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    forms = _forms(options.folder, tuple(letter.upper() for letter in options.form))
    if isinstance(forms, str):
        return refuse(forms)
    paper, past = forms[0].paper, _past(forms, options)
    if isinstance(past, str):
        return refuse(past)
    if not options.write:
        print(to_paste(past))
        print(f"把这几行贴进蓝图 {paper}.yml 的末尾；加 --write 就替你写进去。", file=sys.stderr)
        return FINE
    return _write(options, paper, past)


def _forms(folder: Path, letters: tuple[str, ...]) -> list[FormFile] | str:
    """Read the forms of a folder; a text says in Chinese why that could not be."""
    paths = sorted(folder.glob("form-*.json"))[: _MOST_FORMS + 1] if folder.is_dir() else []
    if not paths:
        return f"{folder} 里没有试卷（form-*.json）。写明 lunxun paper make 写出的文件夹。"
    if len(paths) > _MOST_FORMS:
        return f"{folder} 里的试卷超过 {_MOST_FORMS} 套，不像一次组卷的结果。"
    try:
        forms = [read_form(path) for path in paths]
    except PaperFileError as error:
        return str(error)
    if len({form.paper for form in forms}) > 1:
        return f"{folder} 里的试卷不是照同一份蓝图出的：{'、'.join(sorted({form.paper for form in forms}))}。"
    missing = sorted(set(letters) - {form.form for form in forms})
    if missing:
        return f"{folder} 里没有 {'、'.join(missing)} 卷，有 {'、'.join(form.form for form in forms)}。"
    return [form for form in forms if not letters or form.form in letters]


def _past(forms: list[FormFile], options: argparse.Namespace) -> Past | str:
    # A case is named by itself: it is asked as a whole.
    asked = dict.fromkeys(item.id for form in forms for section in form.sections for item in section.items)
    try:
        return Past(on=options.on, title=options.title, asked=tuple(asked))
    except ValidationError as error:
        if any(one["loc"][:1] == ("on",) for one in error.errors()):
            return f"--on 写成 2026-05-12 或 2026-05 这样的日期，不能是“{options.on}”。"
        return "--title 写一行不超过 500 字的名称；题数不超过 500。"


def _write(options: argparse.Namespace, paper: str, past: Past) -> int:
    folder = (options.quizzes or quizzes_beside(options.content)) / Paper.folder
    files, _ = record_files(folder, f"{Paper.root}/{Paper.folder}")
    file = next((one for one in files if one.id == paper), None)
    if file is None:
        return refuse(f"{folder} 里没有蓝图“{paper}”。不加 --write，把打印出来的几行贴进它现在的文件。")
    raw, _ = read_bytes(file.path, file.name)
    blueprint = read_model(raw, file.name, Paper)[0] if raw is not None else None
    if raw is None or blueprint is None:
        return refuse(f"{file.name} 有错误，读不进来，没有写。先运行 lunxun check，改好再记。")
    if blueprint.exposure and past in blueprint.exposure.past:
        print(f"{file.name} 里已经有这一次，没有再写。")
        return FINE
    text = with_entry(raw, file.name, past)
    if text is None:
        print(to_paste(past))
        print(f"{file.name} 的 exposure 写在一行的括号里，或排版特别，没有写。照上面的几行手工加进去。")
        return FINDINGS
    problem = write_over(Path(file.path), text, raw)
    if problem is not None:
        return refuse(problem)
    print(f"记在 {file.name}：{past.on} 考过 {len(past.asked)} 题，以后组卷避开。")
    return FINE
