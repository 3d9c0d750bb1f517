"""Which records name which: a relation over numbered records, as two rows of numbers that can be kept on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from lunxun.records.references import Key
from lunxun.search.features import ranges

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

    def differing(self, before: Relation, numbers: NDArray[np.int64]) -> list[int]:
        """List the records that name others than they did; `numbers` gives the present number of each earlier one."""
        then = np.full(len(self.ends), -1, np.int64)
        then[numbers[numbers >= 0]] = np.flatnonzero(numbers >= 0)
        is_known = then >= 0
        lengths, earlier = np.diff(self.ends, prepend=0), np.diff(before.ends, prepend=0)
        alike = np.flatnonzero(is_known)
        alike = alike[lengths[alike] == earlier[then[alike]]]
        mine, old = (
            ranges(one.ends[rows] - lengths[alike], one.ends[rows])
            for one, rows in ((self, alike), (before, then[alike]))
        )
        owners = np.repeat(alike, lengths[alike])
        changed = np.unique(owners[self.named[mine] != numbers[before.named[old]]])
        rest = np.ones(len(self.ends), np.bool_)
        rest[alike] = False
        rest[changed] = True
        found: list[int] = np.flatnonzero(rest).tolist()
        return found

    def renewed(self, numbers: NDArray[np.int64], count: int, rows: Mapping[int, Sequence[int]]) -> Relation:
        """Give the same among so many records as there are now, but for some rows.

        `numbers` gives the present number of each earlier record, -1 where it is gone: nobody names that any more.
        """
        owners = numbers[np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=0))]
        named = numbers[self.named]
        is_kept = (owners >= 0) & (named >= 0) & ~np.isin(owners, np.fromiter(rows, np.int64, len(rows)))
        added = np.repeat(np.fromiter(rows, np.int64, len(rows)), [len(row) for row in rows.values()])
        owners = np.concatenate((owners[is_kept], added))
        named = np.concatenate((named[is_kept], np.fromiter(chain.from_iterable(rows.values()), np.int64)))
        order = np.argsort(owners, kind="stable")
        ends = np.cumsum(np.bincount(owners, minlength=count), dtype=np.int32)
        return Relation(ends, named[order].astype(np.int32))


def relation(named: Iterable[Iterable[Key]], keys: Sequence[Key]) -> Relation:
    """Make a relation from what each record names, in the order of the records; what is none of them is left out."""
    # Nearly all keys are the very ones of the records: what an object is costs less to find out than what it says.
    by_identity = {id(key): number for number, key in enumerate(keys)}
    by_value = None
    rows: list[list[int]] = []
    for row in named:
        others = list(row)
        numbers = [by_identity.get(id(key), -1) for key in others]
        if -1 in numbers:
            by_value = by_value or numbered(keys)
            numbers = [by_value[key] for key in others if key in by_value]
        rows.append(numbers)
    return Relation(
        np.cumsum([len(row) for row in rows], dtype=np.int32) if rows else np.zeros(0, np.int32),
        np.fromiter(chain.from_iterable(rows), np.int32),
    )


def numbered(keys: Sequence[Key]) -> dict[Key, int]:
    """Give each record the number of its place in a row."""
    return {key: number for number, key in enumerate(keys)}
