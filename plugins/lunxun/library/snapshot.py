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
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path
from typing import NamedTuple

from lunxun.findings import Finding
from lunxun.library.analysis import Inspect, Note, collector_paused
from lunxun.library.document import Document
from lunxun.library.document import Path as Steps
from lunxun.library.kept_files import kept_files, read_files_of
from lunxun.library.library import Library, Link, LinkTable
from lunxun.library.load import State, entries_of, unread_of
from lunxun.library.origin import Origin, Placed
from lunxun.library.program import program
from lunxun.library.reading import Earlier, ReadFile
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy

MAX_BYTES = 4 * 1024**3
_MAC_LENGTH = 32
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_ROWS = 1_000
_WORTH_SAVING = 50
"""A fiftieth of the files: to read fewer of them again is less work than to write all of them."""


_Part = tuple[Steps, str | None, str | None, str | None]
"""What a link says besides the two records: path, version, article, fact. Thousands of links say the same."""


class _Links(NamedTuple):
    """The links of all records, in their order."""

    counts: list[int]
    """How many each record has."""
    targets: list[int]
    """The numbers of the records that they lead to."""
    parts: list[_Part]
    said: list[int]
    """Which of the parts each link says."""


class _Head(NamedTuple):
    """What is not of a single file. A taxonomy that could not be read has no sum."""

    looked_at: int
    taxonomy: Taxonomy
    taxonomy_file: tuple[str, bytes | None]
    findings: dict[Key, tuple[Finding, ...]]
    waiting: dict[str, frozenset[Key]]


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

    def restore(self, inspect: Inspect | None, note: Note | None = None) -> State | None:
        """Give what the last run knew, where it can be trusted."""
        written = _read(self.file)
        if written is None or len(written) < _MAC_LENGTH:
            return None
        mac, body = written[:_MAC_LENGTH], written[_MAC_LENGTH:]
        proof = self._proof(inspect, note)
        proof.update(body)
        if not hmac.compare_digest(mac, proof.digest()):
            return None
        with collector_paused(forever=True):
            try:
                return _state(_unframed(body), self.content, inspect, note)
            except Exception:
                return None

    def save(self, state: State, before: State | None = None, told: object = None) -> bool:
        """Keep a state and what else is told of it, unless it is nearly that before; tell whether it was written.

        A cache that cannot be written is no fault of the content.
        """
        if before is not None and not _is_worth_saving(state, before):
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with collector_paused():
                self._write(_frames(state, told, self.content), self._proof(state.inspect, state.note))
        except OSError:
            return False
        return True

    def _write(self, frames: Iterable[bytes], proof: hmac.HMAC) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".records-")  # mode 600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(bytes(_MAC_LENGTH))
                for frame in frames:
                    proof.update(frame)
                    file.write(frame)
                file.seek(0)
                file.write(proof.digest())
            Path(name).replace(self.file)
        finally:
            Path(name).unlink(missing_ok=True)

    def _proof(self, inspect: Inspect | None, note: Note | None) -> hmac.HMAC:
        """Begin an HMAC with all that the snapshot is good for."""
        looked_by = (f"{look.__module__}.{look.__qualname__}" if look else "" for look in (inspect, note))
        good_for = "\0".join((program(), self.file.name, *looked_by)).encode()
        return hmac.new(self.key, hashlib.sha256(good_for).digest(), "sha256")


def _is_worth_saving(state: State, before: State) -> bool:
    old, new = before.read.files, state.read.files
    changed = sum(old.get(name) is not read for name, read in new.items()) + len(old.keys() - new.keys())
    return changed * _WORTH_SAVING > len(new)


def _frames(state: State, told: object, content: Path) -> Iterator[bytes]:
    """Pickle a state in parts, each behind its length, so that it is never in memory as a whole."""
    library, links = state.library, state.links
    document = library.taxonomy_document
    digest = document.digest if isinstance(document, Origin) else None
    taxonomy_file = document.file, digest
    yield _frame(
        _Head(state.read.looked_at, library.taxonomy, taxonomy_file, dict(links.findings), dict(links.waiting))
    )
    yield _frame(told)
    yield _frame(_links_of(library))
    prefix = _prefix(content)
    files = iter(state.read.files.values())
    while part := list(islice(files, _ROWS)):
        rows, packed = kept_files(part, prefix)
        yield _frame(rows)
        yield _framed(packed)


def _links_of(library: Library) -> _Links:
    numbers = {key: number for number, key in enumerate(library.entries)}
    said = [(link.path, link.version, link.article, link.fact) for link in library.links]
    places = {part: place for place, part in enumerate(dict.fromkeys(said))}
    return _Links(
        [len(library.outgoing(key)) for key in library.entries],
        [numbers[link.target] for link in library.links],
        list(places),
        [places[part] for part in said],
    )


def _outgoing(kept: _Links, keys: Sequence[Key]) -> dict[Key, tuple[Link, ...]]:
    # A hundred thousand links: made column by column, without a line of Python for each.
    path, version, article, fact = ([part[place] for part in kept.parts] for place in range(4))
    said = (map(column.__getitem__, kept.said) for column in (version, article, fact))
    sources = chain.from_iterable(map(repeat, keys, kept.counts))
    columns = zip(sources, map(path.__getitem__, kept.said), map(keys.__getitem__, kept.targets), *said, strict=True)
    links = map(tuple.__new__, repeat(Link), columns)
    return {key: tuple(islice(links, count)) for key, count in zip(keys, kept.counts, strict=True) if count}


def _state(frames: Iterator[memoryview], content: Path, inspect: Inspect | None, note: Note | None) -> State:
    head: _Head = pickle.loads(next(frames))
    told: object = pickle.loads(next(frames))
    kept: _Links = pickle.loads(next(frames))
    prefix = _prefix(content)
    files: dict[str, ReadFile] = {}
    for rows in frames:
        files.update(read_files_of(pickle.loads(rows), next(frames), prefix))
    name, digest = head.taxonomy_file
    document: Placed = Document(name, None, ())
    if digest is not None:
        document = Origin(name, f"{prefix}{Path(name).name}", digest)
    entries, _ = entries_of(files.values())
    library = Library(head.taxonomy, entries, (), document, unread_of(files.values()))
    links = LinkTable(_outgoing(kept, list(entries)), head.findings, head.waiting)
    return State(Earlier(files, head.looked_at), library.linked(links), links, inspect, note=note, told=told)


def _prefix(content: Path) -> str:
    """Give what the paths of files below a folder begin with, as they are listed."""
    return str(content / "-")[:-1]


def _frame(value: object) -> bytes:
    return _framed(pickle.dumps(value, protocol=5))


def _framed(body: bytes) -> bytes:
    return len(body).to_bytes(8, "big") + body


def _unframed(body: memoryview) -> Iterator[memoryview]:
    at = 0
    while at < len(body):
        end = at + 8 + int.from_bytes(body[at : at + 8], "big")
        yield body[at + 8 : end]
        at = end


def _read(path: Path) -> memoryview | None:
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return None
            return memoryview(file.read())
    except OSError:
        return None
