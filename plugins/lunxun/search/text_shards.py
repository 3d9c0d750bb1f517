"""The texts of documents, a few to a file, for titles and snippets. Each text is stored once."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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
    for name, (first, after) in _documents(layout):
        file, scripts[name] = _written(name, offsets[first:after], rows[first:after])
        files.append(file)
    return Texts(tuple(files), scripts)


def rewrite_texts(gathered: Gathered, before: Gathered, written: Sequence[TextFile], read: Read) -> Texts:
    """Write the files that differ from those of an earlier build; rows that did not change are read from its files."""
    known = {file.name: file for file in written}
    old = _OldTexts(before, written, read)
    extract, offsets = gathered.extract, gathered.layout.offsets().tolist()
    files: list[TextFile] = []
    scripts: dict[str, bytes] = {}
    stay = _stay(gathered, before).tolist()
    for (name, (first, after)), stays in zip(_documents(gathered.layout), stay, strict=True):
        if stays:
            files.append(known[name])
        else:
            some = zip(extract.rows[first:after], extract.addresses[first:after], strict=True)
            found = [row or old.row(address) for row, address in some]
            file, scripts[name] = _written(name, offsets[first:after], found)
            files.append(file)
    return Texts(tuple(files), scripts)


class _OldTexts:
    """Gives the texts that stand in the files of an earlier build."""

    def __init__(self, before: Gathered, files: Sequence[TextFile], read: Read) -> None:
        self._addresses = before.extract.addresses
        self._firsts = before.layout.files()[1]
        self._files = files
        self._read = read
        self._rows: dict[str, bytes] = {}

    def row(self, address: str) -> bytes:
        """Give the stored text of a document; raises LostFileError if the file is not the one that was written."""
        if address not in self._rows:
            number = bisect_left(self._addresses, address)
            file = self._files[int(np.searchsorted(self._firsts, number, "right")) - 1]
            text = self._read(address_of(file.name))
            if text is None or _check(text) != file.check:
                raise LostFileError(file.name)
            self._rows.update((row[1], stored(row[1:])[1:]) for row in json.loads(data_of(text)))
        return self._rows[address]


def _documents(layout: Layout) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name each file; tell which document is the first in it, and which is behind its last."""
    names, firsts = layout.files()
    return zip(names, pairwise([*firsts.tolist(), len(layout.slots) - 1]), strict=True)


def _stay(gathered: Gathered, before: Gathered) -> NDArray[np.bool_]:
    """Tell of which files the documents are what they were, and at the same offsets."""
    (names, firsts), (names_then, firsts_then) = gathered.layout.files(), before.layout.files()
    if not names or not names_then:
        return np.zeros(len(names), np.bool_)
    number = {name: at for at, name in enumerate(names_then)}
    files = np.array([number.get(name, -1) for name in names], np.int64)
    prints, prints_then = gathered.extract.prints, before.extract.prints
    counts, counts_then = np.diff(firsts, append=len(prints)), np.diff(firsts_then, append=len(prints_then))
    then = np.arange(len(prints)) + np.repeat(firsts_then[files] - firsts, counts)
    then = np.minimum(then, len(prints_then) - 1)
    is_same = (prints == prints_then[then]) & (gathered.layout.offsets() == before.layout.offsets()[then])
    stay: NDArray[np.bool_] = np.logical_and.reduceat(is_same, firsts) & (files >= 0) & (counts == counts_then[files])
    return stay


def _written(name: str, offsets: Sequence[int], rows: Sequence[bytes]) -> tuple[TextFile, bytes]:
    data = b"[%s]" % b",".join(b"[%d,%s" % row for row in zip(offsets, rows, strict=True))
    mark, text = script(name, data)
    return TextFile(name, mark, _check(text)), text


def _check(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=_CHECK).digest(), "big")
