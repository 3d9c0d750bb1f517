"""Compile the busiest modules for this machine: python3 scripts/speed_up.py."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from console import NOT_READY, ScriptError, exit_code, make_output_safe, run_quietly, say, timed
from environment import ROOT, Lock, prepare
from one_at_a_time import one_at_a_time

USAGE = """用法：python3 scripts/speed_up.py

把最忙的一部分程序编译成本机代码。记录上万条时，生成网站要用的处理器时间约少七分之一；生成的文件一个字节也不变。
需要 C 编译器和 Python 的头文件（Debian、Ubuntu、统信、麒麟系统：gcc 和 python3-dev）。没有它们，轮训照常使用。
轮训更新以后再运行一次；在此之前，更新过的程序不经编译直接运行。"""
_FAILURE = "没有编译成，轮训照常使用。请检查有没有 C 编译器和 Python 的头文件（gcc、python3-dev）。"


def main(arguments: Sequence[str]) -> int:
    """Compile what is not compiled yet, and return the exit code."""
    make_output_safe()
    if arguments:
        say(USAGE)
        return 0 if set(arguments) <= {"-h", "--help"} else NOT_READY
    return exit_code(_run)


def _run() -> int:
    ensure_compiled(prepare(Lock.TEST))
    say("常用的程序已经编译好，以后自动使用。")
    return 0


def ensure_compiled(python: Path, root: Path = ROOT) -> Path:
    """Compile the modules with the Python of an environment, unless those of these sources are there; give them."""
    sources = root / "plugins"
    target, group, *files = _asked(python, sources)
    folder = Path(target)
    with one_at_a_time(root / ".cache" / "compiled.lock"):
        if not folder.is_dir():
            _compile(python, sources, folder, [group, *files])
    return folder


def _compile(python: Path, sources: Path, folder: Path, what: Sequence[str]) -> None:
    shutil.rmtree(folder.parent, ignore_errors=True)  # what was made of other sources is of no use any more
    part = folder.with_name("part")
    try:
        with timed("编译常用的程序，约一分钟"):
            run_quietly([python, Path(__file__).with_name("compile_modules.py"), part, *what], _FAILURE, sources)
        (part / "made").replace(folder)
    except OSError as error:
        raise ScriptError(f"无法写入 {folder.parent}：{error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _asked(python: Path, sources: Path) -> list[str]:
    """Ask the program which modules are to be compiled, and for which folder."""
    question = "from lunxun.compiled import *; print(folder(), GROUP, *map(file_name, MODULES), sep='\\n')"
    done = subprocess.run([python, "-c", question], cwd=sources, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ScriptError(f"{_FAILURE}\n{done.stderr[-1000:]}")
    return done.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
