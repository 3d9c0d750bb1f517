"""`lunxun search`: find records from the command line."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.cli.search_content import ContentSource
from lunxun.cli.search_output import as_json, as_text, is_coloured
from lunxun.library.machine_key import key_file, machine_key
from lunxun.records.kinds import KINDS
from lunxun.search.asked import understand
from lunxun.search.finder import find
from lunxun.search.port import Engine, MissingEngineError
from lunxun.search.upkeep import CacheError, OpenIndex, open_index, reason_of

ENGINES = ("whoosh", "tantivy")
DEFAULT_LIMIT, MAX_LIMIT = 10, 1_000
# A word with a minus is part of the query; argparse takes only negative numbers for that.
_EXCLUDED_WORD = re.compile("-(?:[0-9.]+$|[^\\x00-\\x7f])")
_EXAMPLES = """写法：
  网格 党支部              两个词都有
  “党建 引领”              引号里的连在一起
  网格 -盐城               有“网格”，没有“盐城”
  支部工作条例 第16条      文件和它的条款，数字写法不限
  wgh、wanggehua           拼音或首字母，找标题、提法和地名
  kind:case region:盐城    限定类别、主题、层级、领域、地区、年份：
                           kind、topic、level、field、region、year；也可以写“类别：案例”"""


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "search",
        help="搜索记录",
        description="在全部记录里查字词，最合适的排在前面。",
        epilog=_EXAMPLES,
    )
    verb._negative_number_matcher = _EXCLUDED_WORD
    add_content_option(verb)
    verb.add_argument("query", nargs="+", metavar="查询", help="一个或几个词，写法见下")
    kinds = "、".join(f"{kind}（{model.kind_name}）" for kind, model in KINDS.items())
    verb.add_argument("--kind", choices=list(KINDS), metavar="类别", help=f"只查一类：{kinds}")
    verb.add_argument("--limit", type=_limit, default=DEFAULT_LIMIT, metavar="条数", help="最多列几条，默认 10")
    verb.add_argument("--json", action="store_true", help="输出 JSON，供别的程序用")
    verb.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0], help="索引引擎，默认 whoosh；记录上万时用 tantivy"
    )
    verb.add_argument("--cache", type=Path, default=Path(".cache"), metavar="文件夹", help="索引放在哪里，默认 .cache")
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not options.content.is_dir():
        return refuse(f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。")
    try:
        index = _open(options.engine, options.cache, options.content, options.quizzes)
    except (CacheError, MissingEngineError) as reason:
        return refuse(str(reason))
    query = " ".join([*options.query, *([f"kind:{options.kind}"] if options.kind else [])])
    question = understand(query, index.names)
    for warning in question.warnings:
        _say(warning)
    if question.is_empty:
        return refuse("没有可查的字词。写要找的词，如 lunxun search 网格化。")
    results = find(index.reader, question, options.limit)
    index.reader.close()
    shown = " ".join(options.query)
    print(as_json(shown, results, question) if options.json else as_text(shown, results, is_coloured()))
    return FINE


def _open(engine: str, cache: Path, content: Path, quizzes: Path | None) -> OpenIndex:
    path = key_file()
    try:
        key = machine_key(path)
    except OSError as error:
        raise CacheError(f"密钥写不进 {path}：{reason_of(error)}。没有它就认不出哪些索引是本机写的。") from error
    return open_index(cache, _engine(engine), ContentSource(content, _say, quizzes), key, _say)


def _engine(name: str) -> Engine:
    # Each takes a while to import.
    if name == "tantivy":
        from lunxun.search.tantivy_engine import TantivyEngine  # noqa: PLC0415

        return TantivyEngine()
    from lunxun.search.whoosh_engine import WhooshEngine  # noqa: PLC0415

    return WhooshEngine()


def _limit(text: str) -> int:
    limit = int(text)
    if not 1 <= limit <= MAX_LIMIT:
        raise ValueError
    return limit


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
