"""Measure what pages cost a browser: python3 scripts/bench_page.py [--rounds N]; the site must have been built."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from console import ScriptError, make_output_safe, say
from environment import ROOT, Lock, child_environment, prepare
from system_tools import ensure_system_tools

USAGE = """用法：python3 scripts/bench_page.py [--rounds 次数] [--site 文件夹]

首页、列表页和记录页第一次打开时取多少文件、多久画出、点一下多久有反应。先用 python3 scripts/build.py 生成网站。"""
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
    command = [str(python), "scripts/bench_page_tables.py", *arguments]
    environment = {**child_environment(), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
