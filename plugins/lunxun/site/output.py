"""The files of a finished site, and a folder beside it in which the next one is made.

What does not change is linked from the last site and not written again: ten thousand links take a tenth of a second.
Both sites then share these files, which does no harm, as neither is ever written into.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import Any

FileMark = tuple[int, int]
"""Size and time of change (ns) of a file, by which it is known again."""


def file_marks(folder: Path) -> dict[str, FileMark]:
    """List the files below a folder by their addresses; a folder that is not there has none."""
    return dict(_marks(str(folder), ""))


def mark_of(path: Path) -> FileMark | None:
    """Mark one file; nothing where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def write_file(path: str | Path, data: str | bytes) -> None:
    """Write a file, and the folders above it."""
    raw = data.encode() if isinstance(data, str) else data
    try:
        _write(path, raw)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(path, raw)


def write_files(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files by their addresses."""
    for address, data in files.items():
        write_file(f"{folder}/{address}", data)


def link_files(old: Path, new: Path, addresses: Iterable[str]) -> None:
    """Give a new folder files of an old one, but those that it has; where a disk knows no links, they are copied."""
    made: set[str] = set()
    for address in addresses:
        folder = address.rpartition("/")[0]
        if folder not in made:
            (new / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        source, target = f"{old}/{address}", f"{new}/{address}"
        try:
            os.link(source, target)
        except FileExistsError:
            continue
        except OSError:
            shutil.copy2(source, target)


def save_json(path: Path, data: Any) -> None:
    """Replace a file of the cache in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")
    beside.replace(path)


def load_json(path: Path) -> Mapping[str, Any]:
    """Read a file of the cache; empty if it is not there or not what was written."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        data = json.loads(path.read_text("utf-8"))
        if isinstance(data, dict):
            return data
    return {}


def _write(path: str | Path, raw: bytes) -> None:
    # Path and buffer take longer than the system does. A full disk may take a part before it says so.
    with FileIO(path, "w") as file:
        rest = memoryview(raw)
        while rest:
            rest = rest[file.write(rest) :]


def _marks(folder: str, before: str) -> Iterator[tuple[str, FileMark]]:
    try:
        found = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _marks(entry.path, f"{before}{entry.name}/")
        else:
            stat = entry.stat(follow_symlinks=False)
            yield f"{before}{entry.name}", (stat.st_size, stat.st_mtime_ns)
