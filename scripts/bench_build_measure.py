"""Run a command and measure it: wall and processor time, and the peak memory of all its processes together."""

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

# To sum up the pages of a large process takes some milliseconds, which nobody who is measured should wait for.
_INTERVAL = 0.2
_KB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost; memory counts what processes share once."""

    wall: float
    cpu: float
    peak_bytes: int
    output: str


def run(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; raise ScriptError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        watcher = _Watcher(process.pid)
        watcher.start()
        raw, _ = process.communicate()
        wall = time.perf_counter() - start
        watcher.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = raw.decode("utf-8", "replace")
    if process.returncode:
        raise ScriptError(f"{command[0]} 没有运行成：\n{output[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, watcher.peak, output)


def tree_bytes(folder: Path) -> int:
    """Add up the sizes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


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
