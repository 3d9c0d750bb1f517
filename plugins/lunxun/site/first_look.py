"""A first look at what a build is made from and at what the last one left; it imports nothing heavy.

It tells whether anything has changed at all. While another process takes it, this one can import what a build needs.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lunxun.library.places import CONTENT, QUIZZES, quizzes_beside
from lunxun.own_code import code_digest
from lunxun.site.frame_file import held_frame
from lunxun.site.last_build import LastBuild, memory_of
from lunxun.site.output import FileMark, file_marks

_UNCHANGED = "内容和主题都没有变化，网站已是最新。"


@dataclass(frozen=True, slots=True)
class Look:
    """What was found before anything was made."""

    started_ns: int
    """The time before the first file was looked at."""
    frame: Mapping[str, Any] | None
    """What the file of the frame holds, if there is one that holds."""
    target: Path
    program: str
    """Digest of the code."""
    look: str
    """Digest of the theme and the templates."""
    content: Mapping[str, FileMark]
    last: LastBuild | None
    """The last build of the same folder, if the files that it left are there."""

    @property
    def version(self) -> str:
        """Sum up everything but content."""
        return f"{self.program} {self.look}"

    @property
    def is_same(self) -> bool:
        """Tell whether nothing has changed since the last build."""
        return self.last is not None and (self.last.version, self.last.content) == (self.version, self.content)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """That nothing has changed: what is to be said then (Chinese), and where the site is."""

    said: str
    target: Path


def unchanged(look: Look, last: LastBuild) -> Unchanged:
    """Say that nothing has changed since the last build."""
    return Unchanged("\n".join([*filter(None, [last.said]), _UNCHANGED]), look.target)


def look_first(config_file: Path, output: Path | None, cache: Path) -> Look | Unchanged | None:
    """Take a first look for another process, to which what is not needed is not sent."""
    look = first_look(config_file, output, cache)
    return unchanged(look, look.last) if look is not None and look.last is not None and look.is_same else look


def first_look(config_file: Path, output: Path | None, cache: Path) -> Look | None:
    """Look at everything; nothing is known where the frame is to be made first."""
    started_ns = time.time_ns()
    frame = held_frame(cache / "frame", config_file)
    if frame is None:
        return None
    place = Path(frame["content"]), output.absolute() if output else Path(frame["target"])
    return look_at(*place, str(frame["key"]), cache, started_ns, frame)


def look_at(
    content: Path, target: Path, frame_key: str, cache: Path, started_ns: int, frame: Mapping[str, Any] | None = None
) -> Look:
    """Look at content, program and output, given the key of the frame."""
    last = memory_of(cache, target).recall()
    if last is not None and last.files != file_marks(target):
        last = None
    digests = code_digest((".py",)), f"{code_digest(('.j2',))} {frame_key}"
    return Look(started_ns, frame, target, *digests, _like(_content_marks(content), last), last)


def _like(marks: dict[str, FileMark], last: LastBuild | None) -> dict[str, FileMark]:
    """Have marks that were known use the very objects, which travel to another process once."""
    known = {name: (name, mark) for name, mark in last.content.items()} if last is not None else {}
    told = ((known.get(name), (name, mark)) for name, mark in marks.items())
    return dict(before if before is not None and before == now else now for before, now in told)


def _content_marks(content: Path) -> dict[str, FileMark]:
    """Mark the files of both content folders; hand-written pages are a part of the frame."""
    quizzes = quizzes_beside(content)
    marks = {f"{QUIZZES}/{name}": mark for name, mark in file_marks(quizzes).items()}
    return {**marks, **{f"{CONTENT}/{name}": mark for name, mark in file_marks(content).items()}}
