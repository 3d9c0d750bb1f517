"""The file that keeps a frame, and what shows that it still holds; it imports nothing heavy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

FRAME_FILE = "frame.json"
STATIC = "static"
_VERSIONED = ("lunxun", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2")


def held_frame(folder: Path, config_file: Path) -> Mapping[str, Any] | None:
    """Read the file of a frame; nothing where it is missing or damaged, or what the frame was made from has changed."""
    try:
        data: dict[str, Any] = json.loads((folder / FRAME_FILE).read_text("utf-8"))
        content, _, roots = Path(data["content"]), Path(data["target"]), tuple(map(Path, data["roots"]))
        if data["key"] == frame_key(config_file, roots) and data["files"] == listing(folder / STATIC):
            return data if all(record_file(content, uri).is_file() for uri in data["linked"]) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass  # whatever is wrong with it, it can be made again
    return None


def record_file(content: Path, uri: str) -> Path:
    """Name the file of the record whose page a hand-written page links to."""
    return content / f"{uri.removesuffix('.md')}.yml"


def listing(folder: Path) -> list[list[Any]]:
    """List files with what shows that one was changed."""
    files = ((path.relative_to(folder).as_posix(), path.stat()) for path in _files(folder))
    return sorted([name, stat.st_size, stat.st_mtime_ns] for name, stat in files)


def frame_key(config_file: Path, roots: Iterable[Path]) -> str:
    """Digest everything that a frame is made from."""
    key = blake2b("\0".join(f"{name} {version(name)}" for name in _VERSIONED).encode(), digest_size=16)
    for root in (config_file, Path(__file__).parent, *roots):
        for path in sorted(_files(root)):
            key.update(f"\0{path}\0".encode("utf-8", "surrogateescape"))
            key.update(path.read_bytes())
    return key.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for path in root.rglob("*") if root.is_dir() else ():
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
