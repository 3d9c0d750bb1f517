"""Show how far a long stage is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDTH = 24
_FIRST_AFTER, _BAR_EVERY, _LINE_EVERY = 1.0, 0.1, 10.0


class Progress:
    """Speaks on a stream. Nothing is shown of what takes less than a second."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._is_terminal = self._stream.isatty()
        self._title = ""
        self._started = self._shown = 0.0
        self._bar = ""

    def say(self, text: str) -> None:
        """Print a line of its own."""
        self._wipe()
        print(text, file=self._stream, flush=True)

    def progress(self, title: str, done: int, total: int) -> None:
        """Show how much is done, if it is time to."""
        now = time.monotonic()
        if title != self._title:
            self._title, self._started, self._shown = title, now, now + _FIRST_AFTER - self._every
        if done >= total:
            self._wipe()
            self._title = ""
        elif now - self._shown >= self._every and now - self._started >= _FIRST_AFTER:
            self._shown = now
            self._show(title, done, total)

    @property
    def _every(self) -> float:
        return _BAR_EVERY if self._is_terminal else _LINE_EVERY

    def _show(self, title: str, done: int, total: int) -> None:
        share = f"{done}/{total}（{done / total:.0%}）"
        if not self._is_terminal:
            print(f"{title}：{share}", file=self._stream, flush=True)
            return
        filled = _WIDTH * done // total
        self._wipe()
        self._bar = f"{title} {'█' * filled}{'░' * (_WIDTH - filled)} {share}"
        print(self._bar, end="", file=self._stream, flush=True)

    def _wipe(self) -> None:
        if self._bar:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
            self._bar = ""
