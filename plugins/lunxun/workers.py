"""Where work that is cut into pieces is done: here, in processes of this machine, or on any executor.

A task is a top-level function of a shared value and a piece. The shared value is large (a whole Library, say):
processes made by fork inherit it, others get it once as bytes. A task depends on nothing else, so that the same input
gives the same bytes everywhere, and the pieces of a worker that died can be done again.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from multiprocessing.connection import wait
from typing import Any, Generic, Protocol, TypeVar

from lunxun.joining import Joining

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)
P = TypeVar("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

Task = Callable[[S, P], R]

_CAN_FORK = "fork" in multiprocessing.get_all_start_methods()
_TURN = 0.0005  # seconds


class Pending(Protocol[R_co]):
    """A piece of work under way."""

    def result(self) -> R_co:
        """Wait for it, and give what it returned, or raise what it raised."""
        ...


class Session(Protocol[S_co]):
    """Does pieces of work on one shared value."""

    def submit(self, task: Task[S_co, P, R], piece: P) -> Pending[R]:
        """Have a piece done."""
        ...


class Workers(Protocol):
    """Can do pieces of work."""

    count: int
    """How many pieces are worked on at once."""
    share_our_disk: bool
    """Whether a task may write to a folder of this machine."""

    def session(self, shared: S) -> AbstractContextManager[Session[S]]:
        """Begin to work on a value; what is not done at the end of the session is given up."""
        ...


class InProcess:
    """Do everything here, when its result is asked for."""

    count = 1
    share_our_disk = True

    @contextmanager
    def session(self, shared: S) -> Iterator[Session[S]]:
        """Work on a value."""
        yield _Here(shared)


class Processes:
    """Do pieces in processes of this machine; this one is among them, while it waits for results."""

    share_our_disk = True

    def __init__(self, count: int) -> None:
        self.count = count

    @contextmanager
    def session(self, shared: S) -> Iterator[Session[S]]:
        """Work on a value, which processes inherit; where there is no fork it is pickled for each of them."""
        # What exists already is not looked at by the collector: looking would copy the pages that fork shares.
        give_back()
        gc.freeze()
        try:
            # This process is one of them: a further one would need memory of its own for what it touches.
            with _turns_taken_often(), self._pool(shared, self.count - 1) as pool:
                yield Joining(shared, lambda task, piece: pool.submit(_on_held, task, piece), self.count)
        finally:
            gc.unfreeze()

    @contextmanager
    def _pool(self, shared: object, count: int) -> Iterator[Executor]:
        context = multiprocessing.get_context("fork" if _CAN_FORK else "spawn")
        pool = ProcessPoolExecutor(max(count, 1), context, _hold, (shared,))
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


class Remote:
    """Do pieces on an executor whose workers share no memory with us, such as that of a Dask cluster.

    `publish` may hand the bytes of a shared value to all workers at once, and return what stands for them in a task.
    """

    share_our_disk = False

    def __init__(self, executor: Executor, count: int, publish: Callable[[bytes], Any] = bytes) -> None:
        self._executor = executor
        self._publish = publish
        self.count = count

    @contextmanager
    def session(self, shared: S) -> Iterator[Session[S]]:
        """Work on a value, which travels as bytes; a worker unpacks it once."""
        packed = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        digest = blake2b(packed, digest_size=16).digest()
        published = self._publish(packed)
        yield _Submitting(
            shared, lambda task, piece: self._executor.submit(_on_packed, task, digest, published, piece), _opened
        )


def run(workers: Workers, task: Task[S, P, R], shared: S, pieces: Sequence[P]) -> Iterator[R]:
    """Yield the result of each piece, in the order of the pieces; a single piece is done here."""
    chosen = workers if len(pieces) > 1 else InProcess()
    with chosen.session(shared) as session:
        for pending in [session.submit(task, piece) for piece in pieces]:
            yield pending.result()


def begin_at_once(workers: Workers) -> bool:
    """Tell whether there are processes here that begin with all that this one has: others take half a second."""
    return isinstance(workers, Processes) and _CAN_FORK


def cut(items: Sequence[P], count: int) -> list[Sequence[P]]:
    """Cut a row into at most so many pieces of nearly the same length; none is empty."""
    count = min(count, len(items))
    bounds = [len(items) * at // count for at in range(count + 1)] if count else []
    return [items[start:end] for start, end in pairwise(bounds)]


@dataclass(frozen=True, slots=True)
class _Later(Generic[R]):
    do: Callable[[], R]

    def result(self) -> R:
        return self.do()


@dataclass(frozen=True, slots=True)
class _Here(Generic[S]):
    shared: S

    def submit(self, task: Task[S, P, R], piece: P) -> Pending[R]:
        return _Later(lambda: task(self.shared, piece))


@dataclass(frozen=True, slots=True)
class _Submitting(Generic[S]):
    shared: S
    send: Callable[[Task[Any, Any, Any], Any], Future[Any]]
    open: Callable[[Any], Any]

    def submit(self, task: Task[S, P, R], piece: P) -> Pending[R]:
        try:
            future = self.send(task, piece)
        except BrokenProcessPool:
            return _Later(lambda: task(self.shared, piece))
        return _Later(lambda: self._result(future, task, piece))

    def _result(self, future: Future[R], task: Task[S, P, R], piece: P) -> R:
        try:
            result: R = self.open(future.result())
            return result
        except (BrokenProcessPool, CancelledError):  # a worker was killed: what it had not given back is done here
            return task(self.shared, piece)


@contextmanager
def _turns_taken_often() -> Iterator[None]:
    """Let the threads that hand pieces out and take results in have their turn soon, though this one works, too.

    A result of half a megabyte comes through a pipe in parts, and each part waits for a turn: of five milliseconds.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def give_back() -> None:
    """Give memory that was freed back to the system, where the C library can be told to (glibc)."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


_held: list[Any] = []
_unpacked: list[tuple[bytes, Any]] = []


def _hold(shared: Any) -> None:
    _held[:] = [shared]
    # Ctrl-C reaches all processes of a terminal; whoever started us says what is to be said.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it ends, also when that was killed: nobody wants its work."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _on_held(task: Task[Any, Any, Any], piece: Any) -> Any:
    return task(_held[0], piece)


def _on_packed(task: Task[Any, Any, Any], digest: bytes, packed: bytes, piece: Any) -> tuple[Any, Exception | None]:
    """Give the result, or what was raised: not every executor can carry an exception with its traceback."""
    try:
        if not _unpacked or _unpacked[0][0] != digest:
            # Sent by the process that asks for the work.
            _unpacked[:] = [(digest, pickle.loads(packed))]
        return task(_unpacked[0][1], piece), None
    except Exception as error:
        return None, error.with_traceback(None)


def _opened(outcome: tuple[Any, Exception | None]) -> Any:
    result, error = outcome
    if error is not None:
        raise error
    return result
