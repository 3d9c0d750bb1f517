"""The texts of documents, a few to a file, for titles and snippets. Each text is stored once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

from lunxun.search.extract import stored
from lunxun.search.gathered import Gathered
from lunxun.search.scripts import address_of, data_of, script

# Gives the bytes of a file of the earlier build by its address in the site; nothing where there is none.
Read: TypeAlias = Callable[[str], bytes | None]
_CHECK = 8


class LostTextError(Exception):
    """A file of texts that an earlier build wrote is not there, or is another one: the index must be made anew."""


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


def write_texts(gathered: Gathered) -> Texts:
    """Write all texts."""
    rows = gathered.extract.rows
    files: list[TextFile] = []
    scripts: dict[str, bytes] = {}
    for name, numbers in _documents(gathered).items():
        file, scripts[name] = _written(name, [(offset, rows[number]) for number, offset in numbers])
        files.append(file)
    return Texts(tuple(files), scripts)


def rewrite_texts(gathered: Gathered, before: Gathered, written: Sequence[TextFile], read: Read) -> Texts:
    """Write the files that differ from those of an earlier build; rows that did not change are read from its files."""
    known = {file.name: file for file in written}
    differ = {name for name, _, _ in _contents(gathered) ^ _contents(before)}
    old = _OldTexts(before, known, read)
    rows, addresses = gathered.extract.rows, gathered.extract.addresses
    files: list[TextFile] = []
    scripts: dict[str, bytes] = {}
    for name, numbers in _documents(gathered).items():
        if name in differ:
            found = [(offset, rows[number] or old.row(addresses[number])) for number, offset in numbers]
            file, scripts[name] = _written(name, found)
            files.append(file)
        else:
            files.append(known[name])
    return Texts(tuple(files), scripts)


class _OldTexts:
    """Gives the texts that stand in the files of an earlier build."""

    def __init__(self, before: Gathered, files: Mapping[str, TextFile], read: Read) -> None:
        self._name_of = dict(zip(before.extract.addresses, before.layout.files(), strict=True))
        self._files = files
        self._read = read
        self._rows: dict[str, bytes] = {}

    def row(self, address: str) -> bytes:
        """Give the stored text of a document; raises LostTextError if the file is not the one that was written."""
        if address not in self._rows:
            file = self._files[self._name_of[address]]
            text = self._read(address_of(file.name))
            if text is None or _check(text) != file.check:
                raise LostTextError(file.name)
            self._rows.update((row[1], stored(row[1:])[1:]) for row in json.loads(data_of(text)))
        return self._rows[address]


def _documents(gathered: Gathered) -> dict[str, list[tuple[int, int]]]:
    """Tell of each file which documents are in it, and their offsets in the block."""
    rows = enumerate(zip(gathered.layout.files(), gathered.layout.offsets().tolist(), strict=True))
    found: dict[str, list[tuple[int, int]]] = {}
    for number, (name, offset) in rows:
        found.setdefault(name, []).append((number, offset))
    return found


def _contents(gathered: Gathered) -> set[tuple[str, int, int]]:
    """Tell of each document which file it is in, at which offset, and its fingerprint."""
    layout, prints = gathered.layout, gathered.extract.prints.tolist()
    return set(zip(layout.files(), layout.offsets().tolist(), prints, strict=True))


def _written(name: str, rows: list[tuple[int, bytes]]) -> tuple[TextFile, bytes]:
    data = b"[%s]" % b",".join(b"[%d,%s" % (offset, row) for offset, row in rows)
    mark, text = script(name, data)
    return TextFile(name, mark, _check(text)), text


def _check(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=_CHECK).digest(), "big")
