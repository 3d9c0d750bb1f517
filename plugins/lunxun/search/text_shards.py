"""The texts of documents, a few to a file, for titles and snippets. Each text is stored once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from lunxun.search.extract import Extract, stored
from lunxun.search.gathered import Gathered
from lunxun.search.layout import Layout
from lunxun.search.scripts import LostFileError, Read, address_of, data_of, script

_CHECK = 8


@dataclass(frozen=True, slots=True)
class TextFile:
    """What is known of a file without reading it."""

    name: str
    mark: str
    check: int
    """What its bytes are summed up in."""


@dataclass(frozen=True, slots=True)
class Texts:
    """All files of texts, in the order of their documents, and the scripts of those that were written now."""

    files: tuple[TextFile, ...]
    scripts: dict[str, bytes]


def write_texts(extract: Extract, layout: Layout) -> Texts:
    """Write all texts."""
    rows, offsets = extract.rows, layout.offsets().tolist()
    files: list[TextFile] = []
    scripts: dict[str, bytes] = {}
    for name, first, after in _documents(layout):
        file, scripts[name] = _written(name, offsets[first:after], rows[first:after])
        files.append(file)
    return Texts(tuple(files), scripts)


def rewrite_texts(gathered: Gathered, before: Gathered, written: Sequence[TextFile], read: Read) -> Texts:
    """Write the files that differ from those of an earlier build; rows that did not change are read from its files."""
    known = {file.name: file for file in written}
    contents = dict(_contents(before))
    old = _OldTexts(before, known, read)
    extract, offsets = gathered.extract, gathered.layout.offsets().tolist()
    files: list[TextFile] = []
    scripts: dict[str, bytes] = {}
    for (name, first, after), (_, content) in zip(_documents(gathered.layout), _contents(gathered), strict=True):
        if contents.get(name) == content:
            files.append(known[name])
        else:
            some = zip(extract.rows[first:after], extract.addresses[first:after], strict=True)
            found = [row or old.row(address) for row, address in some]
            file, scripts[name] = _written(name, offsets[first:after], found)
            files.append(file)
    return Texts(tuple(files), scripts)


class _OldTexts:
    """Gives the texts that stand in the files of an earlier build."""

    def __init__(self, before: Gathered, files: Mapping[str, TextFile], read: Read) -> None:
        self._name_of = dict(zip(before.extract.addresses, before.layout.files(), strict=True))
        self._files = files
        self._read = read
        self._rows: dict[str, bytes] = {}

    def row(self, address: str) -> bytes:
        """Give the stored text of a document; raises LostFileError if the file is not the one that was written."""
        if address not in self._rows:
            file = self._files[self._name_of[address]]
            text = self._read(address_of(file.name))
            if text is None or _check(text) != file.check:
                raise LostFileError(file.name)
            self._rows.update((row[1], stored(row[1:])[1:]) for row in json.loads(data_of(text)))
        return self._rows[address]


def _documents(layout: Layout) -> list[tuple[str, int, int]]:
    """Name each file; tell which document is the first in it, and which is behind its last."""
    names = layout.files()
    firsts = [at for at, name in enumerate(names) if not at or name != names[at - 1]]
    return [(names[first], first, after) for first, after in pairwise([*firsts, len(names)])]


def _contents(gathered: Gathered) -> Iterator[tuple[str, bytes]]:
    """Tell of each file the offsets and the fingerprints of its documents."""
    told = np.stack((gathered.layout.offsets().view(np.uint64), gathered.extract.prints), axis=1)
    return ((name, told[first:after].tobytes()) for name, first, after in _documents(gathered.layout))


def _written(name: str, offsets: Sequence[int], rows: Sequence[bytes]) -> tuple[TextFile, bytes]:
    data = b"[%s]" % b",".join(b"[%d,%s" % row for row in zip(offsets, rows, strict=True))
    mark, text = script(name, data)
    return TextFile(name, mark, _check(text)), text


def _check(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=_CHECK).digest(), "big")
