"""Where work that is cut into pieces is done: here, in processes of this machine, or on any executor.

A task is a top-level function of a shared value and a piece. The shared value is large (a whole Library, say):
processes made by fork inherit it, others get it once as bytes. Results come in the order of the pieces, whoever was
first, so that the same input gives the same bytes everywhere. When a worker dies, its pieces are done again.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Protocol, TypeVar

S = TypeVar("S")
P = TypeVar("P")
R = TypeVar("R")

Task = Callable[[S, P], R]


class Workers(Protocol):
    """Does the pieces of a task."""

    count: int
    """How many pieces are worked on at once."""

    def run(self, task: Task[S, P, R], shared: S, pieces: Sequence[P]) -> Iterator[R]:
        """Yield the result of each piece, in the order of the pieces."""
        ...


class InProcess:
    """Do everything here, one piece after the other."""

    count = 1

    def run(self, task: Task[S, P, R], shared: S, pieces: Sequence[P]) -> Iterator[R]:
        """Yield the result of each piece."""
        return (task(shared, piece) for piece in pieces)


class Processes:
    """Do pieces in processes of this machine."""

    def __init__(self, count: int) -> None:
        self.count = count

    def run(self, task: Task[S, P, R], shared: S, pieces: Sequence[P]) -> Iterator[R]:
        """Yield the result of each piece; without fork the shared value is pickled for each process."""
        if self.count < 2 or len(pieces) < 2:
            yield from InProcess().run(task, shared, pieces)
            return
        can_fork = "fork" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if can_fork else "spawn")
        # What exists already is not looked at by the collector: looking would copy the pages that fork shares.
        gc.freeze()
        try:
            with ProcessPoolExecutor(self.count, context, _hold, (shared,)) as pool:
                futures = [pool.submit(_on_held, task, piece) for piece in pieces]
                yield from _results(futures, task, shared, pieces)
        finally:
            gc.unfreeze()


class Remote:
    """Do pieces on an executor whose workers share no memory with us, such as that of a Dask cluster."""

    def __init__(self, executor: Executor, count: int) -> None:
        self._executor = executor
        self.count = count

    def run(self, task: Task[S, P, R], shared: S, pieces: Sequence[P]) -> Iterator[R]:
        """Yield the result of each piece; the shared value travels as bytes, and a worker unpacks it once."""
        packed = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        digest = blake2b(packed, digest_size=16).digest()
        futures = [self._executor.submit(_on_packed, task, digest, packed, piece) for piece in pieces]
        return _results(futures, task, shared, pieces)


def processors() -> int:
    """Tell how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cut(items: Sequence[P], count: int) -> list[Sequence[P]]:
    """Cut a row into at most so many pieces of nearly the same length; none is empty."""
    count = min(count, len(items))
    bounds = [len(items) * at // count for at in range(count + 1)] if count else []
    return [items[start:end] for start, end in pairwise(bounds)]


def _results(futures: Sequence[Future[R]], task: Task[S, P, R], shared: S, pieces: Sequence[P]) -> Iterator[R]:
    for future, piece in zip(futures, pieces, strict=True):
        try:
            result = future.result()
        except BrokenExecutor:  # a worker was killed; what it had not given back is done here
            result = task(shared, piece)
        yield result


_held: list[Any] = []


def _hold(shared: Any) -> None:
    _held[:] = [shared]


def _on_held(task: Task[Any, Any, Any], piece: Any) -> Any:
    return task(_held[0], piece)


def _on_packed(task: Task[Any, Any, Any], digest: bytes, packed: bytes, piece: Any) -> Any:
    if not _unpacked or _unpacked[0][0] != digest:
        # Sent by the process that asks for the work.
        _unpacked[:] = [(digest, pickle.loads(packed))]
    return task(_unpacked[0][1], piece)


_unpacked: list[tuple[bytes, Any]] = []
