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
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of some texts: a first and a second character for each position, a first of 0 where there is none."""

    firsts: Characters
    seconds: Characters
    size: int
    """How many characters the alphabet has."""
    span: int
    """How far positions go; behind that they are counted from 0 again."""

    def counts(self) -> Row:
        """Count the pairs that begin with each character."""
        found = np.zeros(self.size, np.int64)
        for start in range(0, len(self.firsts), _AT_ONCE):
            found += np.bincount(self.firsts[start : start + _AT_ONCE], minlength=self.size)
        found[0] = 0
        return found

    def between(self, low: int, high: int) -> Postings:
        """Give the postings of the pairs whose first character is in a range."""
        places = np.flatnonzero((self.firsts >= max(low, 1)) & (self.firsts < high))
        return _postings(self._keys(places), places % self.span)

    def among(self, low: int, high: int, wanted: NDArray[np.bool_]) -> Postings:
        """Give those of wanted keys; `wanted` has a row for each key in the range."""
        places = np.flatnonzero((self.firsts >= max(low, 1)) & (self.firsts < high))
        keys = self._keys(places)
        chosen = wanted[keys - low * self.size]
        return _postings(keys[chosen], places[chosen] % self.span)

    def changed(self, before: Pairs) -> Row:
        """List the keys whose positions are not what they were, in order; both have the same size and span."""
        differ = (self.firsts != before.firsts) | (self.seconds != before.seconds)
        found = []
        for pairs in (self, before):
            places = np.flatnonzero(differ & (pairs.firsts > 0))
            found.append(pairs._keys(places))
        return np.unique(np.concatenate(found))

    def _keys(self, places: Row) -> Row:
        return self.firsts[places].astype(np.int64) * self.size + self.seconds[places]


def pairs_of_text(text: Characters, size: int) -> Pairs:
    """Pair each character with the next one; a character that stands alone, with the separator behind it."""
    if not len(text):
        return Pairs(text, text, size, 1)
    firsts, seconds = text[:-1].copy(), text[1:]
    ends_run = np.flatnonzero((seconds == 0) & (firsts != 0))
    # The character before the first one is the separator behind the last.
    firsts[ends_run[text[ends_run - 1] != 0]] = 0
    return Pairs(firsts, seconds, size, len(text))


def keys(postings: Postings) -> Row:
    """Give the key of each posting."""
    return (postings >> np.uint64(_HALF)).view(np.int64)


def positions(postings: Postings) -> Row:
    """Give the position of each posting."""
    return (postings & np.uint64(_LOW)).view(np.int64)


def _postings(keys: Row, positions: Row) -> Postings:
    found = (keys << _HALF | positions).view(np.uint64)
    found.sort()
    return found
