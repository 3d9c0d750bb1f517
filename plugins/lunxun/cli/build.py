"""`lunxun build`: check the content and write the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "build", help="生成网站", description="检查内容，没有错误就生成网站；有错误时原来的网站不动。"
    )
    add_config_option(verb)
    verb.add_argument("--output", type=Path, metavar="文件夹", help="网站写到哪里，默认 site")
    verb.set_defaults(run=_run)


def add_config_option(verb: argparse.ArgumentParser) -> None:
    """Let the user name the site configuration."""
    verb.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), metavar="文件", help="网站配置，默认 mkdocs.yml"
    )


def _run(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        return refuse(f"没有网站配置 {options.config}。请在项目的顶层文件夹里运行。")
    # MkDocs takes half a second to import, which the other verbs need not pay.
    from lunxun.site.mkdocs import build  # noqa: PLC0415

    return FINE if build(options.config, options.output) else FINDINGS
