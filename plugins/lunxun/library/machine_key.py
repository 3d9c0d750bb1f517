"""The key by which this machine knows the indexes it wrote: 32 random bytes that only their owner can read."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import tempfile
from pathlib import Path

from lunxun.library.lock import locked

_LENGTH = 32
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def key_file() -> Path:
    """Name the file of the key: in the user's own folder, never beside the index."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "lunxun" / "search.key"


def machine_key(path: Path) -> bytes:
    """Read the key; make one where there is none, or where others could have read or written it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = _read(path)
    if key is None:
        with locked(path.with_suffix(".lock"), lambda: None):
            key = _read(path) or _make(path)
    return key


def _read(path: Path) -> bytes | None:
    try:
        handle = os.open(path, _OPEN_FLAGS)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        key = file.read(_LENGTH + 1) if _is_safe(os.fstat(handle)) else b""
    return key if len(key) == _LENGTH else None


def _is_safe(found: os.stat_result) -> bool:
    if not stat.S_ISREG(found.st_mode):
        return False
    # Windows keeps others out of the user's folder by its own means, and shows no mode.
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077)


def _make(path: Path) -> bytes:
    key = secrets.token_bytes(_LENGTH)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".search-key-")  # mode 600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return key
