"""Measure the search: python3 scripts/bench_search.py [--only quality|sizes|index|engines] [--sizes N …] [--misses]."""

from __future__ import annotations

import sys

from measuring import measure

USAGE = """用法：python3 scripts/bench_search.py [选项]

  --only quality   只比较排序：评定过的查询集，与 Material＋jieba、逐字扫描并列
  --only sizes     只量大小和快慢：本库和造出来的 300 至 10,000 条记录
  --only index     只量页内索引：全部重做和改一处以后的用时、处理器和内存
  --only engines   只量命令行搜索的两种引擎：每秒收多少条、大小和快慢
  --sizes 数 …     量哪些规模，0 是本库；不写时量五种
  --browsers 名 …  Chromium、Firefox；不写时两种都量
  --misses         再列出第一条不对的查询（不含留出的三分之一）"""

if __name__ == "__main__":
    sys.exit(measure("bench_search_tables.py", USAGE, sys.argv[1:], needs_browsers=True))
