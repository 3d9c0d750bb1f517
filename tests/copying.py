"""Workers that hand everything over as copies: what cannot travel is found out at once."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lunxun.workers import InProcess, Pending, Session


class Scattered(InProcess):
    """Does pieces on copies, as machines do that share no memory, and hands their results back as copies."""

    count = 2

    @contextmanager
    def session(self, shared: Any) -> Iterator[Session[Any]]:
        """Work on a value."""
        with InProcess().session(shared) as here:
            yield _Copying(here)


class _Copying:
    def __init__(self, here: Session[Any]) -> None:
        self._here = here

    def submit(self, task: Any, piece: Any) -> Pending[Any]:
        task, piece = pickle.loads(pickle.dumps((task, piece)))
        return _Copy(self._here.submit(_on_copy, (task, piece)))


class _Copy:
    def __init__(self, pending: Pending[Any]) -> None:
        self._pending = pending

    def result(self) -> Any:
        return pickle.loads(pickle.dumps(self._pending.result()))


def _on_copy(shared: Any, work: Any) -> Any:
    task, piece = work
    return task(pickle.loads(pickle.dumps(shared)), piece)
