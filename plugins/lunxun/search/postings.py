"""Posting lists: for each pair of neighbouring characters, the positions at which it stands.

A key is a pair as a number: that of its first character times the size of the alphabet plus that of its second. Lists
are not kept: those of any range of keys are picked out of the texts whenever they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lunxun.search.bits import Row
from lunxun.search.folded import Characters

# A key and a position in one number, so that sorting numbers sorts the positions of each key.
Postings: TypeAlias = NDArray[np.uint64]

_HALF = 32
_LOW = (1 << _HALF) - 1
_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of some texts: a first and a second character for each position.

    A first one of 0 is none. A second one of 0 is none either, unless the first stands alone: behind another 0.
    """

    firsts: Characters
    seconds: Characters
    size: int
    """How many characters the alphabet has."""
    span: int
    """How far positions go; behind that they are counted from 0 again."""

    def counts(self) -> Row:
        """Count, nearly, the pairs that begin with each character."""
        found = np.zeros(self.size, np.int64)
        for start in range(0, len(self.firsts), _AT_ONCE):
            found += self._count(self.firsts[start : start + _AT_ONCE])
        return found

    def counts_at(self, places: Row) -> Row:
        """Count those at some places."""
        return self._count(self.firsts[places])

    def between(self, low: int, high: int, wanted: NDArray[np.bool_] | None = None) -> Postings:
        """Give the postings of the pairs whose first character is in a range, in order.

        `wanted` has a row for each key in the range, and tells which are asked for.
        """
        found = [np.zeros(0, np.uint64)]
        for start in range(0, len(self.firsts), _AT_ONCE):
            # Numbers below the range wrap round and are far above it.
            is_inside = self.firsts[start : start + _AT_ONCE] - np.uint16(low) < high - low
            places = np.flatnonzero(is_inside) + start
            if wanted is not None:
                places = places[wanted[self._keys(places) - low * self.size]]
            found.append(self._postings(self._real(places)))
        postings = np.concatenate(found)
        postings.sort()
        return postings

    def differing(self, before: Pairs) -> Row:
        """List the places at which there may be another pair than before; both have the same size and span."""
        differ = np.flatnonzero((self.firsts != before.firsts) | (self.seconds != before.seconds))
        # Whether a character stands alone is told by the one before it.
        differ = np.union1d(differ, differ + 1)
        return differ[differ < len(self.firsts)]

    def changed(self, before: Pairs, differ: Row) -> Row:
        """List the keys whose positions are not what they were, in order."""
        now, then = (pairs._postings(pairs._real(differ)) for pairs in (self, before))
        return np.unique(keys(np.setxor1d(now, then)))

    def _count(self, firsts: Characters) -> Row:
        found = np.bincount(firsts, minlength=self.size)
        found[0] = 0
        return found

    def _real(self, places: Row) -> Row:
        """Leave out the places at which there is no pair."""
        is_behind_none = (self.firsts[places - 1] == 0) | (places == 0)
        real: Row = places[(self.firsts[places] > 0) & ((self.seconds[places] > 0) | is_behind_none)]
        return real

    def _keys(self, places: Row) -> Row:
        return self.firsts[places].astype(np.int64) * self.size + self.seconds[places]

    def _postings(self, places: Row) -> Postings:
        return (self._keys(places) << _HALF | places % self.span).view(np.uint64)


def pairs_of_text(text: Characters, size: int) -> Pairs:
    """Pair each character with the next one; there is a separator at the end."""
    return Pairs(text[:-1], text[1:], size, max(len(text), 1))


def start_of(postings: Postings, key: int) -> int:
    """Tell how many postings are of lower keys."""
    return int(np.searchsorted(postings, np.uint64(key << _HALF)))


def keys(postings: Postings) -> Row:
    """Give the key of each posting."""
    return (postings >> np.uint64(_HALF)).view(np.int64)


def positions(postings: Postings) -> Row:
    """Give the position of each posting."""
    return (postings & np.uint64(_LOW)).view(np.int64)
