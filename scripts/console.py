"""Speak to the user of a script in Chinese, and time what it does."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

SHOWN_LINES = 12
NOT_READY, INTERRUPTED = 2, 130


class ScriptError(Exception):
    """Carry the Chinese reason why a script has to stop."""


def make_output_safe() -> None:
    """Let a terminal that lacks a character show a question mark, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str = "", end: str = "\n", stream: TextIO | None = None) -> None:
    """Print at once, so that our lines keep their order among those of child processes."""
    print(text, end=end, file=stream or sys.stdout, flush=True)


def seconds(since: float) -> str:
    """Word the time gone by since a `time.monotonic()`."""
    return f"{time.monotonic() - since:.1f} 秒"


def exit_code(run: Callable[[], int]) -> int:
    """Run a script's work and give its exit code; a reason to stop and Ctrl-C are said in Chinese."""
    try:
        return run()
    except ScriptError as reason:
        say(str(reason))
        return NOT_READY
    except KeyboardInterrupt:
        say("\n已中断。")
        return INTERRUPTED


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Print one line for a quiet piece of work: what it is, and then how long it took."""
    say(f"{title} …… ", end="")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"没有完成，用时 {seconds(start)}")
        raise
    say(f"完成，用时 {seconds(start)}")


def run_quietly(command: Sequence[str | Path], failure: str, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command without showing it; when it fails, raise the Chinese reason with the end of its output."""
    try:
        done = subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError as error:
        raise ScriptError(f"{failure}\n  {error}") from error
    if done.returncode != 0:
        lines = done.stdout.decode("utf-8", "replace").strip().splitlines()[-SHOWN_LINES:]
        raise ScriptError("\n".join([failure, "程序的原话：", *(f"  {line}" for line in lines)]))
