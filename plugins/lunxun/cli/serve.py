"""`lunxun serve`: show the site on this machine, and again after every change."""

from __future__ import annotations

import argparse

from lunxun.cli.build import add_config_option
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs

DEFAULT_ADDRESS = "127.0.0.1:8000"


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "serve", help="边改边看", description="在本机打开网站，内容一改就重新生成。按 Ctrl-C 结束。"
    )
    add_config_option(verb)
    verb.add_argument("--address", default=DEFAULT_ADDRESS, metavar="地址", help=f"默认 {DEFAULT_ADDRESS}")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        return refuse(f"没有网站配置 {options.config}。请在项目的顶层文件夹里运行。")
    from lunxun.site.mkdocs import serve  # noqa: PLC0415 - as in build

    return FINE if serve(options.config, options.address) else FINDINGS
