"""`lunxun build`: check the content and write the site."""

from __future__ import annotations

import argparse
import gc
import importlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lunxun.beside import Beside, processors
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs
from lunxun.cli.progress import Progress
from lunxun.cli.workers import add_worker_options
from lunxun.site.first_look import Look, Unchanged, look_first
from lunxun.site.stages import stage

if TYPE_CHECKING:
    from lunxun.site.frame import Frame

CACHE = Path(".cache") / "lunxun"
# What a build needs, in the steps in which it is imported while another process takes a first look.
_NEEDED = (
    *("numpy", "pydantic", "lunxun.records.kinds", "lunxun.library.analysis", "lunxun.search.library_index"),
    *("lunxun.checks.register", "lunxun.library.snapshot", "lunxun.site.frame", "jinja2", "lunxun.site.making"),
    "lunxun.cli.whole_build",
)


class NotBuiltError(Exception):
    """The site was not made; the message (Chinese) says why."""


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
    progress = Progress()
    try:
        with stage("生成网站，共用", progress):
            look = _look(options)
            if isinstance(look, Unchanged):
                progress.say(look.said)
                target = look.target
            else:
                from lunxun.cli.whole_build import whole_build  # noqa: PLC0415 - it brings all that a build needs

                target = whole_build(options, progress, look)
    except NotBuiltError as error:
        progress.say(str(error))
        return FINDINGS
    progress.say(f"已写到 {target}")
    return FINE


def cache_of(config_file: Path) -> Path:
    """Name the folder that keeps what later builds of a project can use."""
    return config_file.absolute().parent / CACHE


def _look(options: argparse.Namespace) -> Look | Unchanged | None:
    """See whether anything has changed, and import meanwhile what will be needed if something has."""
    look = partial(look_first, options.config.absolute(), options.output, cache_of(options.config))
    if options.executor or (options.jobs or processors()) == 1:
        return look()
    looked = Beside(look)
    gc.disable()  # what is imported stays, and to look through it takes a twentieth of the time
    for name in _NEEDED:
        if looked.is_ready():
            break
        importlib.import_module(name)
    gc.enable()
    return looked.answer()


def make_frame(config_file: Path, folder: Path) -> Frame:
    """Make the frame with MkDocs."""
    # MkDocs takes half a second to import, which a build with a frame at hand need not pay.
    from lunxun.site.mkdocs import make_frame as make  # noqa: PLC0415

    return make(config_file, folder)
