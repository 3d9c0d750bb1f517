"""A question that another process answers while this one does something else."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

R = TypeVar("R")


def processors() -> int:
    """Tell how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Beside(Generic[R]):
    """A function without arguments, called in a process that is forked; where there is no fork, here, when it is asked.

    It ends with this process. Whatever happens to it, the answer is found here all the same.
    """

    def __init__(self, function: Callable[[], R]) -> None:
        self._function = function
        self._process: BaseProcess | None = None
        if "fork" in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context("fork")
            self._end, other = context.Pipe(duplex=False)
            self._process = context.Process(target=_answer, args=(function, other), daemon=True)
            self._process.start()
            other.close()

    def is_ready(self) -> bool:
        """Tell whether an answer may be had without waiting."""
        return self._process is not None and self._end.poll()

    def answer(self) -> R:
        """Wait for the answer, or find it."""
        if self._process is None:
            return self._function()
        try:
            found: R = self._end.recv()
        except EOFError:
            return self._function()
        finally:
            self._end.close()
            self._process.join()
            self._process = None
        return found


def _answer(function: Callable[[], R], to: Connection) -> None:
    # Ctrl-C reaches all processes of a terminal; whoever started us says what is to be said.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(Exception):  # it is raised again where the answer is asked for
        to.send(function())
