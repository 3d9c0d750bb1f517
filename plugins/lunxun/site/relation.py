"""Which records name which: a relation over numbered records, as two rows of numbers that can be kept on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.records.references import Key

Row = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Relation:
    """For each record, in order, the numbers of those it names; those of record n end at `ends[n]`."""

    ends: Row
    named: Row

    def of(self, number: int) -> list[int]:
        """List what one record names."""
        start = int(self.ends[number - 1]) if number else 0
        found: list[int] = self.named[start : int(self.ends[number])].tolist()
        return found

    def naming(self, numbers: Collection[int]) -> list[int]:
        """List the records that name any of these, each once, in order."""
        places = np.flatnonzero(np.isin(self.named, np.fromiter(numbers, np.int32, len(numbers))))
        found: list[int] = np.unique(np.searchsorted(self.ends, places, side="right")).tolist()
        return found


def relation(named: Iterable[Iterable[Key]], numbers: Mapping[Key, int]) -> Relation:
    """Make a relation from what each record names, in the order of the records; what has no number is left out."""
    rows: list[list[int]] = [[numbers[key] for key in keys if key in numbers] for keys in named]
    return Relation(
        np.cumsum([len(row) for row in rows], dtype=np.int32) if rows else np.zeros(0, np.int32),
        np.fromiter((number for row in rows for number in row), np.int32),
    )


def numbered(keys: Sequence[Key]) -> dict[Key, int]:
    """Give each record the number of its place in a row."""
    return {key: number for number, key in enumerate(keys)}
