"""The files of a snapshot, some at a time: what is known of each in columns, and their records, packed one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from lunxun.findings import Finding
from lunxun.library.files import RecordFile, Stamp
from lunxun.library.kept_entry import KeptEntry, front_of_entry
from lunxun.library.origin import Origin
from lunxun.library.reading import ReadFile
from lunxun.records.front import Front
from lunxun.records.references import Key


class KeptFiles(NamedTuple):
    """Some files as they are kept, a column for each thing that is known of them.

    Paths are without the folder, so that it does not matter from where the program is run. What is not of all files is
    by the number of the file. The records follow behind, one after the other.
    """

    kinds: list[str]
    paths: list[str]
    names: list[str]
    ids: list[str]
    stamps: list[tuple[int, int, int] | None]
    digests: list[bytes | None]
    findings: dict[int, tuple[Finding, ...]]
    inspected: dict[int, tuple[Finding, ...]]
    notes: list[bytes]
    fronts: list[Front | None]
    sizes: list[int]


def kept_files(files: Sequence[ReadFile], packed: Sequence[bytes | memoryview], prefix: str) -> KeptFiles:
    """Give what is to be kept of some files with their records."""
    return KeptFiles(
        [read.kind for read in files],
        [_below(prefix, read.file.path) for read in files],
        [read.file.name for read in files],
        [read.file.id for read in files],
        [read.file.stamp[:] if read.file.stamp else None for read in files],
        [read.digest for read in files],
        {number: read.findings for number, read in enumerate(files) if read.findings},
        {number: read.inspected for number, read in enumerate(files) if read.inspected},
        [read.note for read in files],
        [front_of_entry(read.entry) if read.entry else None for read in files],
        list(map(len, packed)),
    )


def read_files_of(rows: KeptFiles, packed: memoryview, prefix: str) -> Iterator[tuple[str, ReadFile]]:
    """Give the files again, by their names."""
    ends = list(accumulate(rows.sizes))
    columns = zip(*rows[:6], rows.notes, rows.fronts, [0, *ends], ends, strict=False)
    for number, (kind, below, name, id_, stamp, digest, note, front, start, end) in enumerate(columns):
        path = os.path.normpath(prefix + below) if below.startswith("..") else prefix + below
        file = RecordFile(path, name, id_, Stamp(*stamp) if stamp else None)
        entry = None
        if front is not None and digest is not None:
            entry = KeptEntry(Key(kind, id_), Origin(name, path, digest), front, packed[start:end])
        findings, inspected = rows.findings.get(number, ()), rows.inspected.get(number, ())
        yield name, ReadFile(kind, file, digest, entry, findings, inspected, note)


def _below(prefix: str, path: str) -> str:
    """Say where a file is from the content folder on; question banks lie beside it."""
    return path[len(prefix) :] if path.startswith(prefix) else os.path.relpath(path, prefix)
