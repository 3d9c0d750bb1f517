"""Replace an output folder in one step, so that a reader never sees half of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

_BUILDING, _OLD = "building", "old"
_SITE_MARK = "assets/lunxun/root.js"


def may_replace(target: Path) -> bool:
    """Tell whether a folder may be replaced: it is absent, empty, or a site that was built here before."""
    if not target.exists():
        return True
    return target.is_dir() and ((target / _SITE_MARK).is_file() or not any(target.iterdir()))


def foreign_folder(target: Path) -> str:
    """Say in Chinese why a folder was not replaced."""
    return f"{target} 里有别的东西，没有动它。换一个空文件夹，或先把它清空。"


def folder_beside(target: Path) -> Path:
    """Name the folder in which this process makes what will replace the target."""
    return target.with_name(f"{target.name}.{_BUILDING}-{os.getpid()}")


def swap_in(made: Path, target: Path, done_with: Callable[[Path], None] | None = None) -> None:
    """Rename the finished folder to the target; afterwards the folder it replaces is deleted, or given away."""
    old = target.with_name(f"{target.name}.{_OLD}")
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    made.rename(target)
    if done_with is None:
        shutil.rmtree(old, ignore_errors=True)
    else:
        done_with(old)


def discard_leftovers(target: Path) -> None:
    """Delete what killed builds of this target left behind, and finish a swap that was cut in two."""
    old = target.with_name(f"{target.name}.{_OLD}")
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in target.parent.glob(f"{target.name}.{_BUILDING}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
