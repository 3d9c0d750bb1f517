"""Run a command and measure it: wall and processor time, or the peak memory of all its processes together.

Not both at once: to sum up the pages of large processes takes so long that it would slow them by a tenth and more.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console import ScriptError

_INTERVAL = 0.1
_KB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost, in seconds of the clock and of processors, and what it said."""

    wall: float
    cpu: float
    output: str


def run(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; raise ScriptError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with _started(command, cwd, env) as process:
        raw, _ = process.communicate()
        wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, _said(command, process.returncode, raw))


def peak_bytes(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """Run a command to its end and give the most memory that its processes had; what they share counts once."""
    with _started(command, cwd, env) as process:
        watcher = _Watcher(process.pid)
        watcher.start()
        raw, _ = process.communicate()
        watcher.stop()
    _said(command, process.returncode, raw)
    return watcher.peak


def tree_bytes(folder: Path) -> int:
    """Add up the sizes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _started(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **(env or {})}
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _said(command: Sequence[str | Path], code: int, raw: bytes) -> str:
    output = raw.decode("utf-8", "replace")
    if code:
        raise ScriptError(f"{command[0]} 没有运行成：\n{output[-2000:]}")
    return output


class _Watcher(threading.Thread):
    """Look at the memory of a process and all below it, several times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Watch until stopped."""
        while not self._ended.wait(_INTERVAL):
            self.peak = max(self.peak, sum(map(_proportional_bytes, _family(self._pid))))

    def stop(self) -> None:
        """Stop watching."""
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _proportional_bytes(pid: int) -> int:
    """Give the memory of a process, with its share of what it has in common with others."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KB
    except (OSError, ValueError):
        pass  # it has ended meanwhile
    return 0
