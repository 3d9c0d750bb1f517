"""Measure the search: python3 scripts/bench_search.py [--only quality|sizes|index|engines] [--sizes N …] [--misses]."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from console import ScriptError, make_output_safe, say
from environment import ROOT, Lock, child_environment, prepare
from system_tools import ensure_system_tools

USAGE = """用法：python3 scripts/bench_search.py [选项]

  --only quality   只比较排序：评定过的查询集，与 Material＋jieba、逐字扫描并列
  --only sizes     只量大小和快慢：本库和造出来的 300 至 10,000 条记录
  --only index     只量页内索引：全部重做和改一处以后的用时、处理器和内存
  --only engines   只量命令行搜索的两种引擎：每秒收多少条、大小和快慢
  --sizes 数 …     量哪些规模，0 是本库；不写时量五种
  --browsers 名 …  Chromium、Firefox；不写时两种都量
  --misses         再列出第一条不对的查询（不含留出的三分之一）"""
NOT_READY = 2


def main(arguments: Sequence[str]) -> int:
    """Prepare the environment and measure inside it."""
    make_output_safe()
    if {"-h", "--help"} & set(arguments):
        say(USAGE)
        return 0
    try:
        python = prepare(Lock.TEST)
        ensure_system_tools()
    except ScriptError as reason:
        say(str(reason))
        return NOT_READY
    command = [str(python), "scripts/bench_search_tables.py", *arguments]
    environment = {**child_environment(), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
