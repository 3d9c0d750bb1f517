"""`lunxun new`: start a record from a commented skeleton."""

from __future__ import annotations

import argparse

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.library.files import problem_of_id
from lunxun.library.places import CONTENT, quizzes_beside
from lunxun.records.kinds import KINDS
from lunxun.records.skeleton import skeleton


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser("new", help="新建一条记录", description="按类别生成带说明的空白记录。")
    add_content_option(verb)
    # Parted by spaces, since a line is not broken elsewhere.
    kinds = " ".join(f"{kind}（{model.kind_name}）" for kind, model in KINDS.items())
    verb.add_argument("kind", choices=list(KINDS), metavar="类别", help=kinds)
    verb.add_argument("id", metavar="编号", help="小写字母、数字和短横，如 yancheng-grid")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    problem = problem_of_id(options.id, KINDS[options.kind].reserved)
    if problem is not None:
        return refuse(f"{problem[0]}。{problem[1]}")
    if not options.content.is_dir():
        return refuse(f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。")
    model = KINDS[options.kind]
    root = options.content if model.root == CONTENT else options.quizzes or quizzes_beside(options.content)
    path = root / model.folder / f"{options.id}.yml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton(model))
    except FileExistsError:
        return refuse(f"{path} 已经存在。")
    except OSError as error:
        return refuse(f"建不了 {path}（系统错误 {error.errno}）。检查文件夹的权限和磁盘空间。")
    print(f"已建 {path}，填好后运行 lunxun check。")
    return FINE
