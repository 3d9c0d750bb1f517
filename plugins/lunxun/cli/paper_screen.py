"""`lunxun paper screen`: a form as an exam on the screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.new_file import write_new
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.library.places import quizzes_beside
from lunxun.quiz.exam_deposit import ENDING, FOLDER, deposit, exam_name
from lunxun.quiz.paper_files import FormFile, PaperFileError, read_form
from lunxun.quiz.trainer_keys import KeyFileError, key_id, read_public
from lunxun.site.exam_page import exam_page


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "screen",
        help="做成屏幕考试",
        description="把一套试卷做成一个网页文件：断网能考，里面没有答案；学员的答卷封给你的公钥，只有你的私钥打得开。",
    )
    add_content_option(verb)
    verb.add_argument("form", type=Path, metavar="试卷", help="lunxun paper make 写出的 form-*.json")
    verb.add_argument("--to", type=Path, required=True, metavar="公钥", help="lunxun paper keys 写出的公钥文件")
    verb.add_argument("-o", "--output", type=Path, metavar="文件", help="写进这个新网页文件，如 考试.html")
    verb.add_argument("--site", action="store_true", help="放进题库文件夹，下次生成网站时一并发布")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.output is None and not options.site:
        return refuse("用 -o 写明网页文件，如 -o 考试.html；要放到网站上，用 --site。")
    try:
        form, public = read_form(options.form), read_public(options.to)
    except (PaperFileError, KeyFileError) as error:
        return refuse(str(error))
    for write in (_write_page, _write_deposit):
        refusal = write(options, form, public)
        if refusal is not None:
            return refuse(refusal)
    return FINE


def _write_page(options: argparse.Namespace, form: FormFile, public: bytes) -> str | None:
    if options.output is None:
        return None
    refusal = write_new(options.output, exam_page(form, public).encode())
    if refusal is None:
        count = sum(1 for _ in form.answered())
        print(f"写好 {options.output}：{form.title}（{form.form} 卷），{count} 题，{form.minutes} 分钟。")
        print(f"答卷封给编号 {key_id(public)} 的公钥。考前自己先打开做一遍，用私钥试开一份答卷。")
    return refusal


def _write_deposit(options: argparse.Namespace, form: FormFile, public: bytes) -> str | None:
    if not options.site:
        return None
    quizzes = options.quizzes or quizzes_beside(options.content)
    if not quizzes.is_dir():
        return f"没有题库文件夹 {quizzes}。请在项目的顶层文件夹里运行。"
    path = quizzes / FOLDER / f"{exam_name(form)}{ENDING}"
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        return f"写不进 {path.parent}（系统错误 {error.errno}）。检查文件夹和权限。"
    refusal = write_new(path, deposit(form, public))
    if refusal is None:
        print(f"写好 {path}，下次生成网站时发布在“题库测验 › 考试”。")
        print("提醒：一发布，打得开网站的人就看得到试题。考试快开始时再生成网站，考完移走这个文件。")
    return refusal
