"""The command line: verbs only. It parses, calls, prints and exits; nothing else does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lunxun import __version__
from lunxun.checks.register import check, rule_infos
from lunxun.findings import Finding, has_errors, in_order
from lunxun.library.impact import find_target, indicator_of, links_to
from lunxun.library.load import Loaded, load
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.records.skeleton import skeleton
from lunxun.report import FORMATS

FINE, FINDINGS, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0 (fine), 1 (findings) or 2 (usage)."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except BrokenPipeError:  # the reader of a pipe has gone: nothing left to say
        sys.stderr.close()
        return FINE
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return USAGE
    return code


def _check(options: argparse.Namespace) -> int:
    loaded = load(options.content)
    findings = in_order([*loaded.findings, *check(loaded.library), *_proof(options.sources, loaded)])
    print(FORMATS[options.format](findings, rule_infos()))
    return FINDINGS if has_errors(findings) else FINE


def _proof(folder: Path | None, loaded: Loaded) -> list[Finding]:
    return []


def _new(options: argparse.Namespace) -> int:
    path = options.content / KINDS[options.kind].folder / f"{options.id}.yml"
    if path.exists():
        return _refuse(f"{path} 已经存在。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton(KINDS[options.kind]), encoding="utf-8")
    print(f"已建 {path}，填好后运行 lunxun check。")
    return FINE


def _impact(options: argparse.Namespace) -> int:
    library = load(options.content).library
    target = find_target(library, options.reference)
    if isinstance(target, tuple):
        return _refuse(_unclear(options.reference, target))
    links = sorted(links_to(library, target), key=lambda link: (link.source, str(link.path)))
    print(f"依据 {options.reference} 的有 {len({link.source for link in links})} 条记录：")
    for link in links:
        entry = library.entries[link.source]
        print(f"{entry.document.place(link.path)}: {entry.record.kind_name}“{entry.record.title}”")
    indicator = indicator_of(library, target)
    if indicator is not None:
        print(f"指标对比页“{library.entries[indicator].record.title}”也随之改变。")
    return FINE


def _unclear(text: str, found: tuple[Key, ...]) -> str:
    if not found:
        return f"没有“{text}”。写成 编号、编号@版本、编号@版本#条号 或 编号.数据编号。"
    return f"“{text}”不止一条，写明类别：{'、'.join(str(key) for key in found)}。"


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lunxun", description="轮训：基层治理知识库与培训材料生成器")
    parser.add_argument("--version", action="version", version=f"lunxun {__version__}")
    verbs = parser.add_subparsers(title="命令", required=True, metavar="命令")
    _add_check(verbs)
    _add_new(verbs)
    _add_impact(verbs)
    return parser


Verbs = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_check(verbs: Verbs) -> None:
    verb = verbs.add_parser("check", help="检查内容", description="检查内容，逐条指出文件、行、列、原因和改法。")
    _content_option(verb)
    verb.add_argument("--format", choices=sorted(FORMATS), default="text", help="输出格式，默认 text")
    verb.add_argument("--sources", type=Path, metavar="文件夹", help="原文所在文件夹：逐条核对数据")
    verb.set_defaults(run=_check)


def _add_new(verbs: Verbs) -> None:
    verb = verbs.add_parser("new", help="新建一条记录", description="按类别生成带说明的空白记录。")
    _content_option(verb)
    verb.add_argument("kind", choices=list(KINDS), metavar="类别", help="、".join(KINDS))
    verb.add_argument("id", metavar="编号", help="小写字母、数字和短横，如 yancheng-grid")
    verb.set_defaults(run=_new)


def _add_impact(verbs: Verbs) -> None:
    verb = verbs.add_parser("impact", help="谁依据它", description="列出依据某条记录、版本、条款或数据的所有记录。")
    _content_option(verb)
    verb.add_argument("reference", metavar="引用", help="如 huangnan-grid.grids、village-committee-law@2018#30")
    verb.set_defaults(run=_impact)


def _content_option(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--content", type=Path, default=Path("content"), metavar="文件夹", help="内容文件夹，默认 content")
