"""A record on its way from the process that read it: it travels as the bytes that are also kept for the next run."""

from __future__ import annotations

import pickle
from typing import Any

from lunxun.records.record import Record


class Parcel:
    """A record or its bytes: either is made of the other when it is asked for."""

    __slots__ = ("_packed", "_record")

    def __init__(self, record: Record | None, packed: bytes | None = None) -> None:
        self._record = record
        self._packed = packed

    @property
    def record(self) -> Record:
        """Give the record."""
        if self._record is None:
            self._record = pickle.loads(self.packed)
        return self._record

    @property
    def packed(self) -> bytes:
        """Give its bytes."""
        if self._packed is None:
            self._packed = packed(self.record)
        return self._packed

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as bytes."""
        return Parcel, (None, self.packed)


def packed(record: Record) -> bytes:
    """Give the bytes of a record."""
    return pickle.dumps(record, protocol=5)
