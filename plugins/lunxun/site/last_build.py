"""What is remembered of the last build of an output folder: when nothing has changed, nothing is done again.

The file holds names, numbers and digests. It is read as JSON and proves nothing by itself: whatever in it does not fit
the files that are there makes the build a whole one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from lunxun.site.output import FileMark, load_json, save_json

# Two changes within the grain of a file system's clock look like one; such a mark proves nothing.
_GRAIN_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from, and what it left."""

    version: str
    """Digest of everything but content: program, theme, settings, hand-written pages."""
    content: Mapping[str, FileMark]
    files: Mapping[str, FileMark]
    said: str
    """Findings (Chinese), to be said again when nothing has changed."""


def state_file(cache: Path, target: Path) -> Path:
    """Name the file that remembers the last build of an output folder."""
    name = blake2b(str(target).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return cache / "builds" / f"{name}.json"


def remember(path: Path, build: LastBuild, started_ns: int) -> None:
    """Remember a build that was begun at a time; content changed just before may have been changed since."""
    if all(changed < started_ns - _GRAIN_NS for _, changed in build.content.values()):
        data = {"version": build.version, "content": build.content, "files": build.files, "said": build.said}
        save_json(path, data)
    else:
        path.unlink(missing_ok=True)


def recall(path: Path) -> LastBuild | None:
    """Read what is remembered; nothing if there is nothing, or it is not what was saved."""
    data = load_json(path)
    try:
        return LastBuild(str(data["version"]), _marks(data["content"]), _marks(data["files"]), str(data["said"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _marks(data: Mapping[str, Any]) -> dict[str, FileMark]:
    return {address: (int(size), int(changed)) for address, (size, changed) in data.items()}
