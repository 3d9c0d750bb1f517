"""The entry of a record that was kept: it is unpickled when somebody looks at it, and after an edit few are."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

from lunxun.library.library import Entry
from lunxun.library.origin import Placed
from lunxun.library.parcel import packed
from lunxun.records.front import Front, front_of
from lunxun.records.record import Record
from lunxun.records.references import Key

_set = object.__setattr__


class KeptEntry(Entry):
    """An entry whose record lies in bytes that were found to be ours; what all are asked for is at hand."""

    __slots__ = ("front", "packed")
    front: Front
    packed: memoryview

    def __init__(self, key: Key, document: Placed, front: Front, packed: memoryview) -> None:
        _set(self, "key", key)
        _set(self, "document", document)
        _set(self, "front", front)
        _set(self, "packed", packed)

    def __getattr__(self, name: str) -> Record:
        """Open the record, which is then as any other attribute."""
        if name != "record":
            raise AttributeError(name)
        record: Record = pickle.loads(self.packed)
        _set(self, "record", record)
        return record

    def __eq__(self, other: object) -> bool:
        """Compare with any entry, however it came to be."""
        if not isinstance(other, Entry):
            return NotImplemented
        return (self.key, self.record, self.document) == (other.key, other.record, other.document)

    __hash__ = Entry.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as a plain entry."""
        return Entry, (self.key, self.record, self.document)

    @property
    def title(self) -> str:
        """Give the title of the record."""
        return self.front.title

    @property
    def aliases(self) -> tuple[str, ...]:
        """Give its other names."""
        return self.front.aliases

    @property
    def is_hidden(self) -> bool:
        """Tell whether learners must not see it: it waits to be confirmed."""
        return self.front.is_hidden

    @property
    def listed_by(self) -> Mapping[str, Any]:
        """Give the fields that lists can be filtered by."""
        return self.front.listed_by

    @property
    def has_changes(self) -> bool:
        """Tell whether a part of it was replaced or corrected."""
        return self.front.has_changes

    @property
    def measured(self) -> tuple[tuple[int, str, str], ...]:
        """List the facts that name an indicator: the place of each, the indicator, the unit."""
        return self.front.measured


def front_of_entry(entry: Entry) -> Front:
    """Give what is kept of an entry to be at hand."""
    return entry.front if isinstance(entry, KeptEntry) else front_of(entry.record)


def packed_of(entry: Entry) -> bytes | memoryview:
    """Give the bytes of the record of an entry."""
    return entry.packed if isinstance(entry, KeptEntry) else packed(entry.record)
