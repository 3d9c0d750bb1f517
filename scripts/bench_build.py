"""Measure builds: python3 scripts/bench_build.py [--sizes N …] [--peers [NAME …]] [--rounds N]."""

from __future__ import annotations

import sys

from measuring import measure

USAGE = """用法：python3 scripts/bench_build.py [选项]

  --sizes 数 …   造多少条记录，不写时 100、1000、10000；100000 也可以，要一刻钟和十几 GB 硬盘
  --rounds 数    每种量几次，取中位数，不写时 3
  --peers 名 …   同时量 Hugo、Hugo（同样的文字）、Hugo（同样的页面）、Zensical、Material＋jieba；只写 --peers 时都量
  --cold         只量从头生成

硬盘忙闲不定时，先把 .cache/bench-build 做成链接，指向内存盘里的文件夹（如 /dev/shm 下的），量的就不含硬盘。"""

if __name__ == "__main__":
    sys.exit(measure("bench_build_tables.py", USAGE, sys.argv[1:]))
