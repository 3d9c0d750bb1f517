"""The last load, kept on the disk, so that files that have not changed need not be read again.

A snapshot is a pickle, and begins with an HMAC under the key of this machine over everything that it is good for:
the program that wrote it, the folder it is of, who inspected the records. What another program, another machine or
another version wrote, and what was damaged or tampered with, is never unpickled but passed over.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import stat
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import lunxun
from lunxun.findings import Finding
from lunxun.library.analysis import Inspect, collector_paused
from lunxun.library.document import Document
from lunxun.library.files import RecordFile, Stamp
from lunxun.library.library import Entry, Library, Link, LinkTable
from lunxun.library.load import State, entries_of, unread_of
from lunxun.library.origin import Origin, Placed
from lunxun.library.reading import Earlier, ReadFile
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy

MAX_BYTES = 4 * 1024**3
_MAC_LENGTH = 32
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_WORTH_SAVING = 50
"""A fiftieth of the files: to read fewer of them again is less work than to write all of them."""
_READERS = ("records", "library", "checks", "text")
_PACKAGES = ("pydantic", "pydantic-core", "py-yaml12", "pyyaml", "opencc")


class _Row(NamedTuple):
    """A file as it is kept: without its folder, so that it does not matter from where the program is run."""

    kind: str
    path: str
    name: str
    id: str
    stamp: tuple[int, int, int] | None
    digest: bytes | None
    key: Key | None
    record: Record | None
    findings: tuple[Finding, ...]
    inspected: tuple[Finding, ...]


class _Kept(NamedTuple):
    looked_at: int
    taxonomy: Taxonomy
    taxonomy_file: tuple[str, bytes | None]
    rows: list[_Row]
    links: tuple[dict[Key, tuple[Link, ...]], dict[Key, tuple[Finding, ...]], dict[str, frozenset[Key]]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The place of the snapshot of one content folder in a folder of caches, and the key of this machine."""

    folder: Path
    content: Path
    key: bytes
    shown_as: str = "content"

    @property
    def file(self) -> Path:
        """Name the file."""
        whose = f"{self.content.resolve()}\0{self.shown_as}".encode(errors="surrogatepass")
        return self.folder / f"records-{hashlib.sha256(whose).hexdigest()[:16]}.snapshot"

    def restore(self, inspect: Inspect | None) -> State | None:
        """Give what the last run knew, where it can be trusted."""
        written = _read(self.file)
        if written is None or len(written) < _MAC_LENGTH:
            return None
        mac, body = written[:_MAC_LENGTH], written[_MAC_LENGTH:]
        if not hmac.compare_digest(mac, self._mac(body, inspect)):
            return None
        with collector_paused(forever=True):
            try:
                kept: _Kept = pickle.loads(body)
                return _state(kept, self.content, inspect)
            except Exception:
                return None

    def save(self, state: State, before: State | None = None) -> bool:
        """Keep a state, unless it is nearly that of the snapshot before; tell whether it was written.

        A cache that cannot be written is no fault of the content.
        """
        if before is not None and not _is_worth_saving(state, before):
            return False
        with collector_paused():
            body = pickle.dumps(_kept(state, self.content), protocol=5)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _replace(self.file, self._mac(body, state.inspect) + body)
        except OSError:
            return False
        return True

    def _mac(self, body: bytes | memoryview, inspect: Inspect | None) -> bytes:
        inspected_by = f"{inspect.__module__}.{inspect.__qualname__}" if inspect else ""
        good_for = "\0".join((_program(), self.file.name, inspected_by)).encode()
        mac = hmac.new(self.key, hashlib.sha256(good_for).digest(), "sha256")
        mac.update(body)
        return mac.digest()


@cache
def _program() -> str:
    """Tell this program from any other that would read records or look at them differently."""
    whole = hashlib.sha256(sys.version.encode())
    home = Path(lunxun.__file__).parent
    for path in sorted([*home.glob("*.py"), *(path for name in _READERS for path in (home / name).rglob("*.*"))]):
        if path.suffix != ".pyc":
            whole.update(f"{path.relative_to(home).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for package in _PACKAGES:
        whole.update(f"{package} {_version(package)}\n".encode())
    return whole.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _is_worth_saving(state: State, before: State) -> bool:
    old, new = before.read.files, state.read.files
    changed = sum(old.get(name) is not read for name, read in new.items()) + len(old.keys() - new.keys())
    return changed * _WORTH_SAVING > len(new)


def _kept(state: State, content: Path) -> _Kept:
    prefix = _prefix(content)
    rows = [
        _Row(
            read.kind,
            _below(prefix, read.file.path),
            read.file.name,
            read.file.id,
            (stamp.size, stamp.modified, stamp.changed) if (stamp := read.file.stamp) else None,
            read.digest,
            read.entry.key if read.entry else None,
            read.entry.record if read.entry else None,
            read.findings,
            read.inspected,
        )
        for read in state.read.files.values()
    ]
    library, links = state.library, state.links
    document = library.taxonomy_document
    digest = document.digest if isinstance(document, Origin) else None
    table = dict(links.outgoing), dict(links.findings), dict(links.waiting)
    return _Kept(state.read.looked_at, library.taxonomy, (document.file, digest), rows, table)


def _state(kept: _Kept, content: Path, inspect: Inspect | None) -> State:
    prefix = _prefix(content)
    files = {row.name: _read_file(row, prefix) for row in kept.rows}
    name, digest = kept.taxonomy_file
    document: Placed = Document(name, None, ())
    if digest is not None:
        document = Origin(name, f"{prefix}{Path(name).name}", digest)
    entries, _ = entries_of(files.values())
    library = Library(kept.taxonomy, entries, (), document, unread_of(files.values()))
    links = LinkTable(*kept.links)
    return State(Earlier(files, kept.looked_at), library.linked(links), links, inspect)


def _prefix(content: Path) -> str:
    """Give what the paths of files below a folder begin with, as they are listed."""
    return str(content / "-")[:-1]


def _below(prefix: str, path: str) -> str:
    """Say where a file is from the content folder on; question banks lie beside it."""
    return path[len(prefix) :] if path.startswith(prefix) else os.path.relpath(path, prefix)


def _read_file(row: _Row, prefix: str) -> ReadFile:
    path = os.path.normpath(prefix + row.path) if row.path.startswith("..") else prefix + row.path
    file = RecordFile(path, row.name, row.id, Stamp(*row.stamp) if row.stamp else None)
    entry = None
    if row.key is not None and row.record is not None and row.digest is not None:
        entry = Entry(row.key, row.record, Origin(row.name, path, row.digest))
    return ReadFile(row.kind, file, row.digest, entry, row.findings, row.inspected)


def _read(path: Path) -> memoryview | None:
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return None
            return memoryview(file.read())
    except OSError:
        return None


def _replace(path: Path, body: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".records-")  # mode 600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
