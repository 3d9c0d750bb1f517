"""What a build says while it runs: how far it is, and how long its stages took."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

T = TypeVar("T")


class Reporter(Protocol):
    """Tells a person what goes on; texts are Chinese."""

    def say(self, text: str) -> None:
        """Say something once."""
        ...

    def progress(self, title: str, done: int, total: int) -> None:
        """Tell how much of a stage is done; called often, also when nothing has to be shown."""
        ...


@contextmanager
def stage(name: str, reporter: Reporter) -> Iterator[None]:
    """Run a stage and say how long it took; a stage that fails says nothing."""
    start = time.perf_counter()
    yield
    reporter.say(f"{name}：{time.perf_counter() - start:.1f} 秒")


def counted(items: Iterable[T], total: int, title: str, reporter: Reporter) -> Iterator[T]:
    """Yield the items, and tell how many have been taken."""
    for done, item in enumerate(items):
        reporter.progress(title, done, total)
        yield item
    reporter.progress(title, total, total)
