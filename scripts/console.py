"""Speak to the user of a script in Chinese, and time what it does."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

SHOWN_LINES = 12


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
