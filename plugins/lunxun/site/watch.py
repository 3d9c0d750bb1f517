"""Notice which of the watched files and folders have changed, and tell so in one go when a change is complete.

An editor that saves makes several events: a temporary file, a renaming, a changed time. They are gathered until it has
been quiet for a moment. What happens while nobody waits is told at the next question.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

QUIET_SECONDS, MOST_SECONDS = 0.02, 0.15
MANY = 2_000
"""Of more changes than these some may have been lost: then the folders are told as a whole."""
POLL_SECONDS = 1.0
_LOOK_SECONDS = 1.0
# The clock by which files are dated lags a little behind.
_GRAIN_NS = 100_000_000
# Not that a file was read, which we do ourselves; of a folder, what happens in it is told by itself.
_EVENTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
_NO_WATCH = "系统不再通知文件变化（多半是监视的数目到了上限），改为每秒查看一次，更新会慢一点。"


class Gathered:
    """Paths that have changed, from any thread, until they are taken."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._first = self._last = 0.0
        self._added = threading.Condition()

    def add(self, paths: Iterable[Path]) -> None:
        """Remember changed paths."""
        with self._added:
            before = len(self._paths)
            self._paths.update(paths)
            self._last = time.monotonic()
            if not before and self._paths:
                self._first = self._last
                self._added.notify_all()

    def take(self, seconds: float) -> frozenset[Path]:
        """Wait for a change, then until no more come; empty if there is none for so many seconds."""
        with self._added:
            if not self._added.wait_for(lambda: self._paths, seconds):
                return frozenset()
        while (left := self._left()) > 0:
            time.sleep(left)
        with self._added:
            paths, self._paths = frozenset(self._paths), set()
            return paths

    def _left(self) -> float:
        """Tell how long it has still to be quiet."""
        with self._added:
            return min(self._last + QUIET_SECONDS, self._first + MOST_SECONDS) - time.monotonic()


@dataclass(frozen=True, slots=True)
class _Watch:
    """How a root is watched: a folder by itself, a file by the folder it is in, as saving may replace it."""

    identity: tuple[int, int]
    """Of the folder that is watched; another folder may take its name."""
    scheduled: ObservedWatch


class Watcher:
    """Watches files and folders, by what the system tells or, where it cannot, by looking every second."""

    def __init__(self, note: Callable[[str], None], observer: Callable[[], BaseObserver] = Observer) -> None:
        """Say by `note` (Chinese) what the user should know."""
        self._note = note
        self._gathered = Gathered()
        self._roots: tuple[Path, ...] = ()
        self._watches: dict[Path, _Watch] = {}
        self._is_polling = False
        self._observer = observer()

    def __enter__(self) -> Watcher:
        self._start()
        return self

    def __exit__(self, *error: object) -> None:
        self._observer.stop()

    def watch(self, roots: Iterable[Path]) -> None:
        """Watch these files and folders from now on, and no others; those that do not exist may come later."""
        given = {Path(os.path.abspath(root)) for root in roots}  # noqa: PTH100 - links are left as they are
        kept = sorted(root for root in given if not given.intersection(root.parents))
        known, self._roots = self._roots, tuple(kept)
        for root in self._watches.keys() - given.intersection(kept):
            if root in self._watches:
                self._forget(root)
        self._look_after(untold=given.difference(known))

    def take(self, seconds: float | None = None) -> frozenset[Path]:
        """Wait for a complete change and give its paths; without a limit for as long as it takes."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            left = _LOOK_SECONDS if until is None else min(until - time.monotonic(), _LOOK_SECONDS)
            changed = self._gathered.take(max(0.0, left))
            if changed:
                changed |= self._look_into(changed)
                return changed if len(changed) <= MANY else frozenset(self._roots)
            if until is not None and time.monotonic() >= until:
                return changed
            self._look_after()

    def add_changed_since(self, moment_ns: int) -> None:
        """Count as changed what was changed after a moment (of `time.time_ns`), before it was watched."""
        since = moment_ns - _GRAIN_NS
        self._gathered.add(path for root in self._roots for path in _below(root) if _changed(path) >= since)

    def _look_into(self, changed: Collection[Path]) -> frozenset[Path]:
        """Watch anew what new folders are in, and give what is in these.

        What was put into a folder in the moment it was made was perhaps not noticed, nor is the folder watched then.
        """
        folders = [path for path in changed if path.is_dir() and path not in self._roots]
        for root in self._roots:
            if root in self._watches and any(root in folder.parents for folder in folders):
                self._forget(root)
        if folders:
            self._look_after(untold=self._roots)
        return frozenset(path for folder in folders for path in _below(folder))

    def _look_after(self, untold: Collection[Path] = ()) -> None:
        """Watch again what has come, was replaced, or is no longer looked at, and tell so."""
        for root in self._roots:
            watch = self._watches.get(root)
            identity = _identity(_folder_of(root))
            if watch is not None and watch.identity == identity and self._is_alive(watch):
                continue
            if watch is not None:
                self._forget(root)
                self._gathered.add([root])
            if identity is not None and self._schedule(root, identity) and root not in untold:
                self._gathered.add(_below(root))

    def _schedule(self, root: Path, identity: tuple[int, int]) -> bool:
        folder = _folder_of(root)
        try:
            handler = _Handler(root, self._gathered)
            scheduled = self._observer.schedule(handler, str(folder), recursive=folder == root, event_filter=_EVENTS)
        except (FileNotFoundError, PermissionError):
            return False  # it has gone this moment, or will perhaps be opened to us
        except OSError:
            return not self._is_polling and self._poll()
        self._watches[root] = _Watch(identity, scheduled)
        return True

    def _poll(self) -> bool:
        """Go over to looking by ourselves; tell that all roots are watched so."""
        self._note(_NO_WATCH)
        self._is_polling = True
        self._observer.stop()
        self._observer = PollingObserver(timeout=POLL_SECONDS)
        self._watches.clear()
        self._start()
        self._look_after(self._roots)
        return True

    def _start(self) -> None:
        self._observer.daemon = True
        self._observer.start()

    def _is_alive(self, watch: _Watch) -> bool:
        return any(emitter.watch == watch.scheduled and emitter.is_alive() for emitter in self._observer.emitters)

    def _forget(self, root: Path) -> None:
        """End a watch, with all roots that share it: they are looked after again."""
        scheduled = self._watches[root].scheduled
        self._watches = {other: watch for other, watch in self._watches.items() if watch.scheduled != scheduled}
        self._observer.unschedule(scheduled)


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, gathered: Gathered) -> None:
        self._root, self._gathered = root, gathered

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Gather the paths that an event is about."""
        paths = [Path(os.fsdecode(name)) for name in (event.src_path, event.dest_path) if name]
        self._gathered.add(path for path in paths if _concerns(path, self._root))


def _concerns(path: Path, root: Path) -> bool:
    """Tell whether a path is a root or below it; hidden files, backups and compiled programs are never content."""
    if path != root and root not in path.parents:
        return False
    inner = path.relative_to(root).parts
    return not any(part.startswith(".") or part.endswith("~") or part == "__pycache__" for part in inner)


def _folder_of(root: Path) -> Path:
    """Name the folder to be watched for a root; what has no suffix and is not there will be a folder."""
    return root if root.is_dir() or not (root.is_file() or root.suffix) else root.parent


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _below(root: Path) -> Iterator[Path]:
    """Yield a root and everything below it that may concern the site."""
    yield root
    if root.is_dir():
        yield from (path for path in root.rglob("*") if _concerns(path, root))


def _changed(path: Path) -> int:
    try:
        found = path.lstat()
    except OSError:
        return 0
    return max(found.st_mtime_ns, found.st_ctime_ns)
