"""Measure builds: python3 scripts/bench_build.py [--sizes N …] [--peers [NAME …]] [--rounds N]."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from console import ScriptError, make_output_safe, say
from environment import ROOT, Lock, child_environment, prepare

USAGE = """用法：python3 scripts/bench_build.py [选项]

  --sizes 数 …   造多少条记录，不写时 100、1000、10000；100000 也可以，要一刻钟和十几 GB 硬盘
  --rounds 数    每种量几次，取中位数，不写时 3
  --peers 名 …   同时量 Hugo、Hugo（同样的页面）、Zensical、Material＋jieba；只写 --peers 时都量
  --cold         只量从头生成"""
NOT_READY = 2


def main(arguments: Sequence[str]) -> int:
    """Prepare the environment and measure inside it."""
    make_output_safe()
    if {"-h", "--help"} & set(arguments):
        say(USAGE)
        return 0
    try:
        python = prepare(Lock.TEST)
    except ScriptError as reason:
        say(str(reason))
        return NOT_READY
    command = [str(python), "scripts/bench_build_tables.py", *arguments]
    environment = {**child_environment(), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
