"""`lunxun paper print`: papers, answer cards, keys and tables as Word, PDF and Excel files."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.export import typeset
from lunxun.export.basis_names import basis_names
from lunxun.export.paper_set import FormSet, read_set
from lunxun.export.printing import FORMATS, LEARNERS, TRAINER, Printed, printed
from lunxun.library.load import load
from lunxun.quiz.formats.office import OfficeMissingError, office_module
from lunxun.quiz.paper_files import PaperFileError


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "print",
        help="打印试卷",
        description="把 lunxun paper make 写的文件夹排成可以打印的试卷、答题卡、答案与评分标准和双向细目表。",
        epilog=f"“{LEARNERS}”文件夹里的可以发下去，“{TRAINER}”文件夹里的自己保管。双面打印，密封线在每张纸正面的左边。",
    )
    add_content_option(verb)
    verb.add_argument("folder", type=Path, metavar="文件夹", help="lunxun paper make 的输出文件夹")
    verb.add_argument("-o", "--output", type=Path, required=True, metavar="文件夹", help="写到哪里；不能已经存在")
    verb.add_argument("--form", metavar="卷", help="只印一套，如 A；不写就全印")
    verb.add_argument("--format", choices=[*FORMATS, "all"], default="all", help="Word、PDF，默认两种都写")
    verb.add_argument("--large", action="store_true", help="试卷和答题卡排成大字（18 磅）")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output: Path = options.output
    if output.exists() or output.is_symlink():
        return refuse(f"{output} 已经存在，换一个文件夹，或先移走它。")
    if options.form is not None and not (len(options.form) == 1 and options.form.isascii() and options.form.isalpha()):
        return refuse("--form 写一个字母，如 A。")
    formats = FORMATS if options.format == "all" else (options.format,)
    try:
        _require(formats)
        sets = read_set(options.folder, options.form and options.form.upper())
        names = _names(options, sets)
        files = [file for one in sets for file in printed(one, formats, options.large, names)]
    except (OfficeMissingError, PaperFileError, typeset.PdfError) as error:
        return refuse(str(error))
    refusal = _write(output, files)
    if refusal is not None:
        return refuse(refusal)
    print("\n".join(_told(output, sets, files)))
    return FINE


def _require(formats: tuple[str, ...]) -> None:
    """Make sure of all libraries before any work is done."""
    office_module("openpyxl")
    if "docx" in formats:
        office_module("docx")
    if "pdf" in formats:
        typeset.require()


def _names(options: argparse.Namespace, sets: Iterable[FormSet]) -> dict[str, str]:
    """Look up what the keys rest on, where the content is at hand; elsewhere the ids stand for themselves."""
    basis = {name for one in sets if one.key for keyed in one.key.answered().values() for name in keyed.basis}
    if not basis or not options.content.is_dir():
        return {}
    return basis_names(load(options.content, quizzes=options.quizzes).library, basis)


def _write(output: Path, files: Iterable[Printed]) -> str | None:
    """Write all files beside, then rename; say in Chinese why they could not be written."""
    beside = output.with_name(f"{output.name}.making-{os.getpid()}")
    try:
        for file in files:
            (beside / file.folder).mkdir(parents=True, exist_ok=True)
            (beside / file.folder / file.name).write_bytes(file.data)
        beside.rename(output)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        return f"写不进 {output}（系统错误 {error.errno}）。检查文件夹和权限。"
    return None


def _told(output: Path, sets: Iterable[FormSet], files: Iterable[Printed]) -> Iterable[str]:
    for folder in (LEARNERS, TRAINER):
        names = [file.name for file in files if file.folder == folder]
        if names:
            yield f"{output / folder}：{'、'.join(names)}"
    for one in sets:
        if one.key is None:
            yield f"没有 key-{one.form.form.lower()}.json，{one.form.form} 卷的答案与评分标准没有印。"
        if one.items is None:
            yield f"没有 items-{one.form.form.lower()}.csv，{one.form.form} 卷的双向细目表没有印。"
    for file in files:
        if file.missing:
            yield f"{file.name} 里有字库没有的字（如“{file.missing}”），印出来是空框；这一份改用 Word 文件打印。"
