"""`lunxun serve` as a process of its own, as an editor has it in a terminal."""

from __future__ import annotations

import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import child_environment

LIMIT = 120.0
# A shell has what it runs in the background ignore Ctrl-C, and that is inherited.
_START = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from lunxun.cli import main
sys.exit(main())
"""


class ServingProcess:
    """A running server, and the lines that it has printed."""

    def __init__(self, project: Path, port: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, "serve", "--address", f"127.0.0.1:{port}"],
            cwd=project,
            env={**child_environment(), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
        self._coming: queue.Queue[str] = queue.Queue()
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()
        self.address = re.findall(r"http://\S+", self.wait_for("打开 http"))[0]

    def wait_for(self, text: str) -> str:
        """Wait for a line that holds a text."""
        while True:
            line = self._coming.get(timeout=LIMIT)
            self.lines.append(line)
            if text in line:
                return line
            assert line, f"ended without “{text}”:\n{''.join(self.lines)}"

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C, which reaches all processes of a terminal; give the exit code and everything printed."""
        if sys.platform == "win32":
            self._process.send_signal(signal.CTRL_C_EVENT)
        else:
            self._process.send_signal(signal.SIGINT)
        code = self._process.wait(LIMIT)
        while line := self._coming.get(timeout=LIMIT):
            self.lines.append(line)
        return code, "".join(self.lines)

    def end(self) -> None:
        """End it, if it still runs."""
        self._process.kill()
        self._process.wait(LIMIT)
        if self._process.stdout:
            self._process.stdout.close()

    def _read(self) -> None:
        """Pass lines on; an empty one says that there will be no more."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._coming.put(line)
        self._coming.put("")


@contextmanager
def serving(project: Path, port: int = 0) -> Iterator[ServingProcess]:
    """Serve a project as long as the block lasts."""
    process = ServingProcess(project, port)
    try:
        yield process
    finally:
        process.end()
