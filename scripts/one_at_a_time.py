"""Keep two scripts from changing the same folder at once; the system frees the lock of one that was killed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from console import say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

POLL_SECONDS = 0.5


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Hold the lock on a file, after waiting for whoever has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as handle:
        if not _try_lock(handle):
            say("另一个窗口正在准备运行环境，等它完成 ……")
            while not _try_lock(handle):
                time.sleep(POLL_SECONDS)
        yield


def _try_lock(handle: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
