"""Measure `lunxun serve`: python3 scripts/bench_serve.py [--size N] [--rounds N]."""

from __future__ import annotations

import sys

from measuring import measure

USAGE = """用法：python3 scripts/bench_serve.py [--size 条数] [--rounds 次数]

边改边看：保存一条记录以后，打开着的网页多久显示新的文字，列表和搜索多久跟上。不写时 10000 条，5 次。"""

if __name__ == "__main__":
    sys.exit(measure("bench_serve_tables.py", USAGE, sys.argv[1:], needs_browsers=True))
