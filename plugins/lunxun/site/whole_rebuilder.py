"""Make the whole site again after every change: slow where there are many records, and simple.

Two folders of the cache take turns, so that pages of the last good site can be read while the next one is written.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from lunxun.library.load import CONTENT, QUIZZES, quizzes_beside
from lunxun.site.build import FrameError, NotReadyError, Order, build
from lunxun.site.frame import load_frame
from lunxun.site.output import file_marks
from lunxun.site.rebuilder import Outcome
from lunxun.site.stages import Reporter
from lunxun.workers import InProcess


@dataclass(frozen=True, slots=True)
class _Site:
    folder: Path
    digests: Mapping[str, bytes]


class WholeRebuilder:
    """Builds as `lunxun build` does; what the first build says goes to the reporter of the order."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._site = _Site(self._folder(1), {})
        self._turn = 0
        home = order.config_file.parent
        self._watched: tuple[Path, ...] = (order.config_file, home / CONTENT, home / QUIZZES)
        self._reading = threading.Lock()

    @property
    def watched(self) -> tuple[Path, ...]:
        """Name what the last site was made from."""
        return self._watched

    def start(self) -> Outcome:
        """Build for the first time, and say what is done."""
        return self._outcome(self._order)

    def refresh(self, changed: Collection[Path]) -> Outcome:
        """Build again in silence, and in this process: it has threads by now, and is better not forked."""
        return self._outcome(replace(self._order, workers=InProcess(), reporter=_Silence()))

    def file(self, address: str) -> bytes | None:
        """Read a file of the last good site; only addresses that it has lead to a file."""
        with self._reading, suppress(OSError):
            if address in self._site.digests:
                return (self._site.folder / address).read_bytes()
        return None

    def _outcome(self, order: Order) -> Outcome:
        started = time.perf_counter()
        said_last = _SaidLast(order.reporter)
        folder = self._folder(self._turn)
        try:
            build(replace(order, output=folder, reporter=said_last))
        except NotReadyError as error:
            ok, said = False, said_last.text or str(error)
        except FrameError as error:
            ok, said = False, str(error)
        except OSError as error:
            ok, said = False, f"网站没有写成（系统错误 {error.errno}）。检查磁盘空间和文件夹权限。"
        else:
            said_last.say("")
            ok, said = True, ""
        self._look_for_roots()
        changed = self._show(folder) if ok else frozenset[str]()
        return Outcome(ok, said, changed, time.perf_counter() - started)

    def _show(self, folder: Path) -> frozenset[str]:
        """Take a folder for the newest good site; give the addresses at which it differs from the one before."""
        names = file_marks(folder)
        site = _Site(folder, {name: blake2b((folder / name).read_bytes(), digest_size=16).digest() for name in names})
        with self._reading:
            before, self._site = self._site.digests, site
        self._turn = 1 - self._turn
        both = before.keys() | site.digests.keys()
        return frozenset(name for name in both if before.get(name) != site.digests.get(name))

    def _look_for_roots(self) -> None:
        frame = load_frame(self._order.cache / "frame", self._order.config_file)
        if frame is not None:
            content = frame.settings.content
            self._watched = (self._order.config_file, content, quizzes_beside(content), *frame.settings.roots)

    def _folder(self, turn: int) -> Path:
        return self._order.cache / f"serve-{turn}"


class _SaidLast:
    """Keeps back what a build said last: where it ends with NotReadyError, that is what is wrong."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self.text = ""

    def say(self, text: str) -> None:
        if self.text:
            self._reporter.say(self.text)
        self.text = text

    def progress(self, title: str, done: int, total: int) -> None:
        self._reporter.progress(title, done, total)


class _Silence:
    def say(self, text: str) -> None:
        pass

    def progress(self, title: str, done: int, total: int) -> None:
        pass
