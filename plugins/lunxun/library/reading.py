"""Read the files of records: those that have changed, in chunks, and the others as they were read before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lunxun.findings import Finding
from lunxun.library.analysis import Analysed, Inspect, Note, RawFile, analyse
from lunxun.library.files import RecordFile, read_bytes
from lunxun.library.library import Entry
from lunxun.library.link import Mentioned
from lunxun.library.origin import Origin, digest_of
from lunxun.records.kinds import make_validators
from lunxun.records.references import Key
from lunxun.workers import InProcess, Pending, Workers

CHUNK = 100
"""Files that are analysed at a time."""
FEW = 500
"""Up to so many files it takes longer to send them elsewhere than to read them here."""
_LEAST_AHEAD, _AHEAD_EACH = 12, 3
_RACY = 2_000_000_000  # nanoseconds, in which a file may change twice and show the same time

Listed = tuple[str, RecordFile]
"""A file with the kind of record that its folder says it holds."""


class ReadFile(NamedTuple):
    """A file as it was last read: what it holds, and what was found in it alone.

    Without a sum of its bytes when it could not be read, without an entry when it is no record.
    """

    kind: str
    file: RecordFile
    digest: bytes | None
    entry: Entry | None
    findings: tuple[Finding, ...]
    inspected: tuple[Finding, ...]
    note: bytes = b""


Put = Callable[[Sequence[ReadFile], Sequence[bytes]], None]
"""Takes some files as they were read, and the bytes of their records: none where a file holds no record."""


class Earlier(NamedTuple):
    """Files as they were read at an earlier time (in nanoseconds), by name."""

    files: Mapping[str, ReadFile]
    looked_at: int


def read_record(file: RecordFile, kind: str) -> tuple[Entry | None, list[Finding]]:
    """Read one file as a record of a kind; without an entry when it is not one."""
    ((read, _),) = _read_anew([(kind, file)], InProcess(), (None, None))
    return read.entry, list(read.findings)


def read_files(
    listed: Sequence[Listed],
    workers: Workers,
    inspect: Inspect | None,
    earlier: Earlier | None,
    note: Note | None = None,
    put: Put | None = None,
) -> tuple[dict[str, ReadFile], dict[str, Mentioned]]:
    """Read the listed files: what was read, and what the records that were read anew mention, by name of the file.

    `put` takes the files that were read anew, some at a time, in their order.
    """
    kept = {file.name: read for kind, file in listed if earlier and (read := _unchanged(kind, file, earlier))}
    changed = [(kind, file) for kind, file in listed if file.name not in kept]
    files, mentioned = {}, {}
    for read, mentions in _read_anew(changed, workers if len(changed) > FEW else InProcess(), (inspect, note), put):
        files[read.file.name] = read
        mentioned[read.file.name] = mentions
    return {file.name: kept.get(file.name) or files[file.name] for _, file in listed}, mentioned


def _unchanged(kind: str, file: RecordFile, earlier: Earlier) -> ReadFile | None:
    """Give a file as it was read before, if it is still the same."""
    read = earlier.files.get(file.name)
    if read is None or read.kind != kind or read.digest is None:
        return None
    if read.file == file and _is_settled(file, earlier.looked_at):
        return read
    raw, _ = read_bytes(file.path, file.name)
    if raw is None or digest_of(raw) != read.digest:
        return None
    if read.entry is None or read.file.path == file.path:
        return read._replace(file=file)
    moved = Entry(read.entry.key, read.entry.record, Origin(file.name, file.path, read.digest))
    return read._replace(file=file, entry=moved)


def _is_settled(file: RecordFile, looked_at: int) -> bool:
    """Tell whether a file was left alone so long before it was read that any later change shows in its times."""
    stamp = file.stamp
    return stamp is not None and max(stamp.modified, stamp.changed) < looked_at - _RACY


_Looks = tuple[Inspect | None, Note | None]
_Opened = tuple[bytes | None, list[Finding]]
"""The sum of the bytes of a file, and why it could not be read."""
_Read = tuple[list[_Opened], list[Analysed]]


def _read_anew(
    listed: Sequence[Listed], workers: Workers, looks: _Looks, put: Put | None = None
) -> Iterator[tuple[ReadFile, Mentioned]]:
    """Read and analyse files, in their order."""
    for chunk, (opened, found) in _analysed(listed, workers, looks):
        rows = zip(chunk, opened, found, strict=True)
        read = [_put_together(kind, file, one, analysed) for (kind, file), one, analysed in rows]
        if put is not None:
            put(read, [one.record.packed if one.record is not None else b"" for one in found])
        yield from zip(read, ((one.mentions, one.classes) for one in found), strict=True)


def _open(chunk: Iterable[Listed]) -> tuple[list[_Opened], list[RawFile]]:
    opened: list[_Opened] = []
    raws: list[RawFile] = []
    for kind, file in chunk:
        raw, refused = read_bytes(file.path, file.name)
        opened.append((digest_of(raw) if raw is not None else None, refused))
        raws.append(RawFile(kind, file.id, file.name, raw))
    return opened, raws


def _analysed(listed: Iterable[Listed], workers: Workers, looks: _Looks) -> Iterator[tuple[Sequence[Listed], _Read]]:
    if workers.count > 1:
        make_validators()
    # Only some chunks are under way at a time, so that not all files are in memory at once.
    most = max(_LEAST_AHEAD, _AHEAD_EACH * workers.count)
    waiting: deque[tuple[Sequence[Listed], Pending[_Read]]] = deque()
    left = iter(listed)
    with workers.session(looks) as session:
        while chunk := list(islice(left, CHUNK)):
            # Who shares our disk opens the files, too; to others go their bytes.
            pending = session.submit(_read, chunk) if workers.share_our_disk else session.submit(_analyse, _open(chunk))
            waiting.append((chunk, pending))
            if len(waiting) > most:
                first, pending = waiting.popleft()
                yield first, pending.result()
        for first, pending in waiting:
            yield first, pending.result()


def _read(looks: _Looks, chunk: Sequence[Listed]) -> _Read:
    return _analyse(looks, _open(chunk))


def _analyse(looks: _Looks, files: tuple[list[_Opened], list[RawFile]]) -> _Read:
    opened, raws = files
    return opened, analyse(raws, *looks)


def _put_together(kind: str, file: RecordFile, opened: _Opened, analysed: Analysed) -> ReadFile:
    digest, refused = opened
    findings = (*refused, *analysed.findings)
    if analysed.record is None or digest is None:
        return ReadFile(kind, file, digest, None, findings, ())
    entry = Entry(Key(kind, file.id), analysed.record.record, Origin(file.name, file.path, digest))
    return ReadFile(kind, file, digest, entry, findings, analysed.inspected, analysed.note)
