"""The last load, kept on the disk, so that files that have not changed need not be read again.

A snapshot is pickles, and begins with an HMAC under the key of this machine over everything that it is good for:
the program that wrote it, the folder it is of, who inspected the records. What another program, another machine or
another version wrote, and what was damaged or tampered with, is never unpickled but passed over.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path
from typing import NamedTuple

from lunxun.findings import Finding
from lunxun.library.analysis import Inspect, Note, collector_paused
from lunxun.library.document import Document
from lunxun.library.document import Path as Steps
from lunxun.library.draft import MAC_LENGTH, Draft, frames_of
from lunxun.library.kept_entry import packed_of
from lunxun.library.kept_files import read_files_of
from lunxun.library.library import Library, Link, LinkTable
from lunxun.library.load import State, entries_of, unread_of
from lunxun.library.origin import Origin, Placed
from lunxun.library.program import program
from lunxun.library.reading import Earlier, ReadFile
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy

MAX_BYTES = 4 * 1024**3
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
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
        if written is None or len(written) < MAC_LENGTH:
            return None
        mac, body = written[:MAC_LENGTH], written[MAC_LENGTH:]
        proof = self._proof(inspect, note)
        proof.update(body)
        if not hmac.compare_digest(mac, proof.digest()):
            return None
        with collector_paused(forever=True):
            try:
                return _state(frames_of(body), self.content, inspect, note)
            except Exception:
                return None

    def begin(self, inspect: Inspect | None, note: Note | None = None) -> Draft | None:
        """Begin a snapshot of records that are about to be read; nothing is begun where nothing can be written."""
        try:
            return Draft(self.folder, self._proof(inspect, note), _prefix(self.content))
        except OSError:
            return None

    def save(self, state: State, before: State | None = None, told: object = None, draft: Draft | None = None) -> bool:
        """Keep a state and what else is told of it, unless it is nearly that before; tell whether it was written.

        `draft` has the records already, if all were read anew. A cache that cannot be written is no fault of the
        content.
        """
        if before is not None and not _is_worth_saving(state, before):
            return False
        files = list(state.read.files.values())
        if draft is None or draft.count != len(files):
            draft = self.begin(state.inspect, state.note)
            if draft is None:
                return False
            for file in files:
                draft.put([file], [packed_of(file.entry) if file.entry else b""])
        with collector_paused():
            return draft.finish(_frames(state, told), self.file)

    def _proof(self, inspect: Inspect | None, note: Note | None) -> hmac.HMAC:
        """Begin an HMAC with all that the snapshot is good for."""
        looked_by = (f"{look.__module__}.{look.__qualname__}" if look else "" for look in (inspect, note))
        good_for = "\0".join((program(), self.file.name, *looked_by)).encode()
        return hmac.new(self.key, hashlib.sha256(good_for).digest(), "sha256")


def _is_worth_saving(state: State, before: State) -> bool:
    old, new = before.read.files, state.read.files
    changed = sum(old.get(name) is not read for name, read in new.items()) + len(old.keys() - new.keys())
    return changed * _WORTH_SAVING > len(new)


def _frames(state: State, told: object) -> list[bytes]:
    """Pickle what a state has besides its files."""
    library, links = state.library, state.links
    document = library.taxonomy_document
    digest = document.digest if isinstance(document, Origin) else None
    taxonomy_file = document.file, digest
    head = _Head(state.read.looked_at, library.taxonomy, taxonomy_file, dict(links.findings), dict(links.waiting))
    return [pickle.dumps(part, protocol=5) for part in (head, told, _links_of(library))]


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


def _state(frames: list[memoryview], content: Path, inspect: Inspect | None, note: Note | None) -> State:
    *of_files, packed_head, packed_told, packed_links = frames
    head: _Head = pickle.loads(packed_head)
    told: object = pickle.loads(packed_told)
    kept: _Links = pickle.loads(packed_links)
    prefix = _prefix(content)
    files: dict[str, ReadFile] = {}
    for rows, packed in zip(of_files[::2], of_files[1::2], strict=True):
        files.update(read_files_of(pickle.loads(rows), packed, prefix))
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


def _read(path: Path) -> memoryview | None:
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return None
            return memoryview(file.read())
    except OSError:
        return None
