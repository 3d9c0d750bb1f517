"""Where a record was read from: its places are looked up only when a finding needs one.

A good Library holds no places. What is asked for one reads the text again with the strict reader, and makes sure
that it is still the text that the record was made of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from lunxun.findings import Place
from lunxun.library.document import Data, Document, Path
from lunxun.library.files import decode, read_bytes

_KEPT = 64


class Placed(Protocol):
    """What knows the places of a file."""

    @property
    def file(self) -> str:
        """Name the file as findings do."""

    @property
    def data(self) -> Data:
        """Give the data of the file."""

    def place(self, path: Path = (), *, of_key: bool = False) -> Place:
        """Find where a path stands, as `Document.place` does."""

    def place_of_text(self, path: Path, text: str, offset: int) -> Place:
        """Find where a character of a text stands, as `Document.place_of_text` does."""


class _Later:
    """The places of a document that is read when the first of them is asked for."""

    __slots__ = ()

    def _document(self) -> Document:
        raise NotImplementedError

    @property
    def data(self) -> Data:
        """Give the data of the file."""
        return self._document().data

    def place(self, path: Path = (), *, of_key: bool = False) -> Place:
        """Find where a path stands."""
        return self._document().place(path, of_key=of_key)

    def place_of_text(self, path: Path, text: str, offset: int) -> Place:
        """Find where a character of a text stands."""
        return self._document().place_of_text(path, text, offset)


@dataclass(frozen=True, slots=True)
class Origin(_Later):
    """A file on disk, known by the SHA-256 sum of its bytes.

    When the file has changed in between, its findings name the file and no line: any line would be a guess.
    """

    file: str
    path: str
    digest: bytes

    def _document(self) -> Document:
        return _read_again(self.file, self.path, self.digest)


@dataclass(frozen=True, slots=True)
class HeldText(_Later):
    """A text in memory."""

    file: str
    text: str

    def _document(self) -> Document:
        return _read_held(self.file, self.text)


def digest_of(raw: bytes) -> bytes:
    """Give the sum by which the bytes of a file are known."""
    return hashlib.sha256(raw).digest()


@lru_cache(maxsize=_KEPT)
def _read_again(file: str, path: str, digest: bytes) -> Document:
    raw, _ = read_bytes(path, file)
    text = decode(raw, file)[0] if raw is not None and digest_of(raw) == digest else None
    return _parsed(file, text)


@lru_cache(maxsize=1)
def _read_held(file: str, text: str) -> Document:
    return _parsed(file, text)


def _parsed(file: str, text: str | None) -> Document:
    from lunxun.library.yaml_reader import read_yaml  # noqa: PLC0415 - it brings yaml, and most runs ask for no place

    document = read_yaml(file, text)[0] if text is not None else None
    return document or Document(file, None, ())
