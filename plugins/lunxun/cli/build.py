"""`lunxun build`: check the content and write the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.ending import left_standing
from lunxun.cli.parsing import Verbs
from lunxun.cli.progress import Progress
from lunxun.cli.workers import add_worker_options, chosen_workers
from lunxun.cluster import ClusterError
from lunxun.site.build import FrameError, Order, build
from lunxun.site.frame import Frame
from lunxun.site.ready import NotReadyError
from lunxun.site.stages import stage

CACHE = Path(".cache") / "lunxun"


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "build", help="生成网站", description="检查内容，没有错误就生成网站；有错误时原来的网站不动。"
    )
    add_config_option(verb)
    verb.add_argument("--output", type=Path, metavar="文件夹", help="网站写到哪里，默认 site")
    add_worker_options(verb)
    verb.set_defaults(run=_run)


def add_config_option(verb: argparse.ArgumentParser) -> None:
    """Let the user name the site configuration."""
    verb.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), metavar="文件", help="网站配置，默认 mkdocs.yml"
    )


def _run(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        return refuse(f"没有网站配置 {options.config}。请在项目的顶层文件夹里运行。")
    cache = options.config.absolute().parent / CACHE
    progress = Progress()
    try:
        with chosen_workers(options) as workers, stage("生成网站，共用", progress):
            order = Order(options.config.absolute(), options.output, cache, make_frame, workers, progress)
            built = build(order)
            left_standing(built)
    except (FrameError, NotReadyError, ClusterError) as error:
        progress.say(str(error))
        return FINDINGS
    except OSError as error:
        progress.say(f"网站没有写成（系统错误 {error.errno}：{error.filename or ''}）。检查磁盘空间和文件夹权限。")
        return FINDINGS
    progress.say(f"已写到 {built.target}")
    return FINE


def make_frame(config_file: Path, folder: Path) -> Frame:
    """Make the frame with MkDocs."""
    # MkDocs takes half a second to import, which a build with a frame at hand need not pay.
    from lunxun.site.mkdocs import make_frame as make  # noqa: PLC0415

    return make(config_file, folder)
