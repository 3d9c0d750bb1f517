"""What is remembered of the last build of an output folder: what has not changed since is not made again.

The files hold names, numbers and digests. They prove nothing by themselves: whatever in them does not fit the files
that are there makes the build a whole one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunxun.site.output import FileMark, load_json, mark_of, save_json

if TYPE_CHECKING:
    from lunxun.site.kept_site import KeptSite

# Two changes within the grain of a file system's clock look like one; such a mark proves nothing.
_GRAIN_NS = 2_000_000_000
_UNKNOWN: FileMark = (-1, -1)


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from, and what it left."""

    version: str
    """Digest of everything but content: program, theme, settings, hand-written pages."""
    content: Mapping[str, FileMark]
    files: Mapping[str, FileMark]
    said: str
    """Findings (Chinese), to be said again when nothing has changed."""
    states: tuple[FileMark, ...] = ()
    """Marks of the files of what is known of the pages and of the index, where the build is one that is recalled."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The files that remember the last build of an output folder."""

    path: Path

    @property
    def site(self) -> Path:
        """Name the file of what is known of the pages."""
        return self.path.with_suffix(".site.rows")

    @property
    def index(self) -> Path:
        """Name the file of what is known of the index."""
        return self.path.with_suffix(".index.rows")

    @property
    def new_index(self) -> Path:
        """Name the file that takes what is known of an index while it is made."""
        return self.path.with_suffix(".making.rows")

    @property
    def old_index(self) -> Path:
        """Name what such a file becomes when it is replaced: to delete it takes longer than one likes to wait."""
        return self.path.with_suffix(".old.rows")

    @property
    def spare(self) -> Path:
        """Name the folder that has the files of the site before the last one."""
        return self.path.with_suffix(".spare")

    def recall(self) -> LastBuild | None:
        """Read what is remembered; nothing if there is nothing, or it is not what was saved."""
        data = load_json(self.path)
        try:
            states = tuple((int(size), int(changed)) for size, changed in data["states"])
            marks = _marks(data["content"]), _marks(data["files"])
            return LastBuild(str(data["version"]), *marks, str(data["said"]), states)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def recall_site(self, last: LastBuild | None) -> KeptSite | None:
        """Read what is known of the pages, if it and what is known of the index are of the build that was recalled."""
        if last is None or last.states != self._states():
            return None
        from lunxun.site.kept_site import load_kept  # noqa: PLC0415 - it brings numpy

        return load_kept(self.site)

    def remember(self, build: LastBuild, site: KeptSite | None, started_ns: int, *, is_same: bool = False) -> None:
        """Remember a build that was begun at a time; content changed just before may have been changed since.

        What is known of the pages may be the same as before; else, where nothing is known, it is forgotten.
        """
        self.path.unlink(missing_ok=True)
        if is_same:
            pass
        elif site is None:
            self.site.unlink(missing_ok=True)
        else:
            from lunxun.site.kept_site import save_kept  # noqa: PLC0415 - it brings numpy

            save_kept(self.site, site)
        settled = {name: mark if mark[1] < started_ns - _GRAIN_NS else _UNKNOWN for name, mark in build.content.items()}
        told = {"version": build.version, "content": settled, "files": build.files, "said": build.said}
        save_json(self.path, {**told, "states": self._states()})

    def _states(self) -> tuple[FileMark, ...]:
        return tuple(mark_of(path) or _UNKNOWN for path in (self.site, self.index))


def memory_of(cache: Path, target: Path) -> Memory:
    """Name the files that remember the last build of an output folder."""
    name = blake2b(str(target).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return Memory(cache / "builds" / f"{name}.json")


def _marks(data: Mapping[str, Any]) -> dict[str, FileMark]:
    return {address: (int(size), int(changed)) for address, (size, changed) in data.items()}
