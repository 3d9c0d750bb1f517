"""A pool of processes whose owner works, too: what it has not given away it does itself while it waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

Task = Callable[[Any, Any], Any]


class Joining:
    """Hands pieces to processes, a few at a time, and does the last of the others here when a result is waited for.

    A piece that was handed on is not taken back: a pool that breaks does not bear it (as of Python 3.11).
    """

    def __init__(self, shared: Any, send: Callable[[Task, Any], Future[Any]], at_once: int) -> None:
        self._shared = shared
        self._send = send
        self._at_once = at_once
        self._lock = threading.Lock()
        self._waiting: deque[Given] = deque()
        self._under_way = 0

    def submit(self, task: Task, piece: Any) -> Given:
        """Have a piece done."""
        given = Given(task, self._shared, piece, self._help)
        self._waiting.append(given)
        self._hand_on()
        return given

    def _hand_on(self) -> None:
        """Give the next piece away, if not enough of them are under way."""
        with self._lock:
            if self._under_way == self._at_once or not self._waiting:
                return
            given = self._waiting.popleft()
            self._under_way += 1
        try:
            future = self._send(given.task, given.piece)
        except RuntimeError as error:  # the pool is broken, or was closed
            given.future.set_exception(BrokenProcessPool(str(error)))
        else:
            future.add_done_callback(lambda done: self._take_back(given, done))

    def _take_back(self, given: Given, done: Future[Any]) -> None:
        error = CancelledError() if done.cancelled() else done.exception()
        if error is None:
            given.future.set_result(done.result())
        else:
            given.future.set_exception(error)
        with self._lock:
            self._under_way -= 1
        self._hand_on()

    def _help(self) -> bool:
        """Do the last piece that was not given away; tell whether there was one."""
        with self._lock:
            given = self._waiting.pop() if self._waiting else None
        if given is None:
            return False
        try:
            given.future.set_result(given.do())
        except Exception as error:
            given.future.set_exception(error)
        return True


@dataclass(frozen=True, slots=True)
class Given:
    """A piece and what comes of it, wherever it is done."""

    task: Task
    shared: Any
    piece: Any
    help_others: Callable[[], bool]
    future: Future[Any] = field(default_factory=Future)

    def do(self) -> Any:
        """Do it here."""
        return self.task(self.shared, self.piece)

    def result(self) -> Any:
        """Wait for it, and work meanwhile; give what it returned, or raise what it raised."""
        while not self.future.done() and self.help_others():
            pass
        try:
            return self.future.result()
        except (BrokenProcessPool, CancelledError):  # a worker was killed: what it had not given back is done here
            return self.do()
