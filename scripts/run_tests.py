"""Do the work of `test.py`: environment, system tools, checks, and pytest last."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from console import ScriptError, exit_code, make_output_safe, say, seconds
from environment import ROOT, Lock, child_environment, prepare, program
from node_tools import ensure_node_tools
from system_tools import ensure_system_tools

USAGE = """用法：python3 scripts/test.py [传给 pytest 的参数]

例如只测浏览器：python3 scripts/test.py tests/browser"""
# The raw articles are not ours to publish; where they lie beside the project, every fact is held against them.
_SOURCES = ROOT.parent / "shared" / "sources"
FAILED = 1
# Each may have a browser of its own.
_MOST_AT_ONCE = 8


@dataclass(frozen=True)
class Result:
    """How a stage went."""

    title: str
    passed: bool
    time: str


def main(arguments: Sequence[str]) -> int:
    """Run every stage, whatever the others found, and return 0 only if all passed."""
    make_output_safe()
    if list(arguments) in (["-h"], ["--help"]):
        say(USAGE)
        return 0
    return exit_code(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    start = time.monotonic()
    python = prepare(Lock.TEST)
    results = [Result("准备 Python 环境", True, seconds(start))]
    results += [
        _made_sure(*need) for need in (("浏览器和字体", ensure_system_tools), ("网页检查工具", ensure_node_tools))
    ]
    results += [_checked(title, command) for title, command in _checks(python)]
    _summarise(results)
    # Last of all, so that pytest's own summary ends the output.
    say("\n== 测试 pytest ==")
    code = _call([python, "-m", "pytest", *_spread(), *arguments])
    return code or (0 if all(result.passed for result in results) else FAILED)


def _spread() -> list[str]:
    """Run files of tests beside each other where there are processors for it; a later `-n` of the user counts."""
    count = os.cpu_count() or 1
    return ["-n", str(min(count, _MOST_AT_ONCE)), "--dist", "loadfile"] if count > 1 else []


def _checks(python: Path) -> list[tuple[str, list[str | Path]]]:
    return [
        ("代码检查 ruff check", [python, "-m", "ruff", "check", "--output-format=concise"]),
        ("代码格式 ruff format", [python, "-m", "ruff", "format", "--check"]),
        ("类型检查 mypy", [python, "-m", "mypy"]),
        ("依赖方向 lint-imports", [program("lint-imports"), "--no-logo"]),
        ("检查内容 lunxun check", [python, "-m", "lunxun", "check", *_against_sources()]),
    ]


def _against_sources() -> list[str | Path]:
    if _SOURCES.is_dir():
        return ["--sources", _SOURCES]
    say("没有找到原文文件夹 ../shared/sources，这次不逐条核对数据。")
    return []


def _made_sure(title: str, ensure: Callable[[], None]) -> Result:
    start = time.monotonic()
    try:
        ensure()
    except ScriptError as reason:
        say(str(reason))
        return Result(title, False, seconds(start))
    return Result(title, True, seconds(start))


def _checked(title: str, command: Sequence[str | Path]) -> Result:
    say(f"\n== {title} ==")
    start = time.monotonic()
    return Result(title, _call(command) == 0, seconds(start))


def _call(command: Sequence[str | Path]) -> int:
    try:
        return subprocess.run(command, cwd=ROOT, env=child_environment(), check=False).returncode
    except OSError as error:
        raise ScriptError(f"无法运行 {command[0]}：{error}\n请删除 .venv 文件夹后重试。") from error


def _summarise(results: Sequence[Result]) -> None:
    say("\n== 各步用时 ==")
    for result in results:
        say(f"{'通过' if result.passed else '未通过'}  {result.time:>8}  {result.title}")
