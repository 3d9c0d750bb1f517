"""What the command line asks of an engine: to keep entries, and to say which of them hold certain pairs and classes.

An engine is an inverted file and no more. What a query means, whether a word really stands in a text, and which
result comes first is decided above it (`finder.py`, `ranking.py`), so that every engine gives the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias


class MissingEngineError(Exception):
    """The package that an engine rests on is not installed; the message tells the user what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as an engine keeps it."""

    address: str
    pairs: frozenset[str]
    """The pairs of neighbouring characters that stand in it."""
    classes: tuple[str, ...]
    """Its facet values, written `facet=id`."""
    text: str
    """What it is compared by; see `entries.py`."""
    document: bytes
    """The document itself, packed."""


@dataclass(frozen=True, slots=True)
class Has:
    """Ask for the entries that hold a pair or belong to a class."""

    field: Literal["pairs", "classes"]
    value: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Ask for the entries that meet all conditions; every entry when there are none."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Ask for the entries that meet at least one condition; no entry when there are none."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Has | AllOf | AnyOf


class Reader(Protocol):
    """An index that is open for reading. The numbers of entries hold as long as it is."""

    def numbers(self, condition: Condition) -> Sequence[int]:
        """List the entries that meet a condition, each once."""

    def text(self, number: int) -> str:
        """Give the text of an entry."""

    def document(self, number: int) -> bytes:
        """Give the packed document of an entry."""

    def close(self) -> None:
        """Let go of files and memory."""


class Engine(Protocol):
    """A way to keep an index in files."""

    @property
    def name(self) -> str:
        """Name the engine as the user does."""

    @property
    def version(self) -> str:
        """Tell the version of its files: another one cannot be read."""

    def write(self, folder: Path, files: Mapping[str, bytes], gone: Iterable[str], entries: Iterable[Entry]) -> None:
        """Write an index into an empty folder.

        It follows from the files of an earlier one (none: it starts anew), without the addresses that are gone, and
        with these entries. An entry that has changed is both gone and new.
        """

    def open(self, folder: Path, files: Mapping[str, bytes]) -> Reader:
        """Open an index whose files have been checked; `files` holds them as they were then."""
