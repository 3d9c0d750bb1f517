"""How long the stages of a build take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def stage(name: str, say: Callable[[str], None]) -> Iterator[None]:
    """Run a stage and say how long it took (Chinese); a stage that fails says nothing."""
    start = time.perf_counter()
    yield
    say(f"{name}：{time.perf_counter() - start:.1f} 秒")
