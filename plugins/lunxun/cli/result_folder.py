"""An output folder of grading or analysis: made beside its place, then moved there whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path


def problem_of_target(folder: Path, ours: Collection[str]) -> str | None:
    """Say in Chinese why a folder must not be replaced: there is something in it that this verb does not write."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return f"{folder} 已经存在，不是文件夹。换一个名字。"
    try:
        others = sorted(path.name for path in folder.iterdir() if path.name not in ours) if folder.exists() else []
    except OSError as error:
        return f"{folder} 读不出来（系统错误 {error.errno}）。检查权限。"
    if others:
        return f"{folder} 里有别的东西（{others[0]}），没有动它。换一个文件夹。"
    return None


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> str | None:
    """Write files into a new folder beside, then swap; say in Chinese why that could not be done."""
    beside = folder.with_name(f"{folder.name}.making-{os.getpid()}")
    old = folder.with_name(f"{folder.name}.old-{os.getpid()}")
    try:
        beside.mkdir(parents=True)
        for name, data in files.items():
            (beside / name).write_bytes(data)
        has_old = folder.exists()
        if has_old:
            folder.rename(old)
        try:
            beside.rename(folder)
        except OSError:
            if has_old:
                old.rename(folder)
            raise
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        return f"写不进 {folder}（系统错误 {error.errno}）。关掉打开着的文件，检查文件夹和权限。"
    shutil.rmtree(old, ignore_errors=True)
    return None


def bytes_of(path: Path, most: int) -> bytes | str:
    """Read a file within bounds; a text says in Chinese why it was not read."""
    try:
        if not path.is_file():
            return f"没有文件 {path}。"
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        return f"读不了 {path}（系统错误 {error.errno}）。"
    return f"{path} 超过 {most // 1_000_000} MB，没有读。" if len(data) > most else data
