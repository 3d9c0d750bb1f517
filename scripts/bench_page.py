"""Measure what pages cost a browser: python3 scripts/bench_page.py [--rounds N]; the site must have been built."""

from __future__ import annotations

import sys

from measuring import measure

USAGE = """用法：python3 scripts/bench_page.py [--rounds 次数] [--site 文件夹]

首页、列表页和记录页第一次打开时取多少文件、多久画出、点一下多久有反应。先用 python3 scripts/build.py 生成网站。"""

if __name__ == "__main__":
    sys.exit(measure("bench_page_tables.py", USAGE, sys.argv[1:], needs_browsers=True))
