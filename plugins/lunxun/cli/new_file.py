"""Write a file whole or not at all: a new one never over another, an old one only as it was read."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def write_new(path: Path, data: bytes) -> str | None:
    """Write beside the place, then move there; say in Chinese why it could not be done."""
    if path.exists() or path.is_symlink():
        return f"{path} 已经存在，换一个文件名。"
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            _make_readable(beside)
            _move(Path(beside), path)
        finally:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
    except FileExistsError:
        return f"{path} 已经存在，换一个文件名。"
    except OSError as error:
        return f"写不进 {path}（系统错误 {error.errno}）。检查文件夹和权限。"
    return None


def write_over(path: Path, data: bytes, before: bytes) -> str | None:
    """Replace a file that still holds what was read from it; say in Chinese why it could not be done."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            shutil.copymode(path, beside)
            if path.is_symlink() or path.read_bytes() != before:
                return f"{path} 刚才被别人改过，没有写。再运行一次。"
            Path(beside).replace(path)
        finally:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
    except OSError as error:
        return f"写不进 {path}（系统错误 {error.errno}）。检查文件夹和权限。"
    return None


def _make_readable(path: str) -> None:
    # A temporary file is for its owner alone; a new file of an editor is not.
    mask = os.umask(0)
    os.umask(mask)
    Path(path).chmod(0o666 & ~mask)


def _move(beside: Path, path: Path) -> None:
    try:
        path.hardlink_to(beside)  # unlike a rename, it fails where a file has come to be meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of a USB stick
        if path.exists():
            raise FileExistsError(path) from None
        beside.rename(path)
