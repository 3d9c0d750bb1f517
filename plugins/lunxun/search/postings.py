"""Posting lists: for each pair of neighbouring characters, the positions at which it stands.

A key is a pair as a number: that of its first character times the size of the alphabet plus that of its second. Lists
are not kept: those of any range of keys are picked out of the texts whenever they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
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
# So many positions are looked at at once: what is known of them then stays in the processor's cache.
_AT_ONCE = 1 << 16


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
    counts: Row
    """How many pairs begin with each character; for each stretch of text there may be one more."""

    def between(self, low: int, high: int) -> Postings:
        """Give the postings of the pairs whose first character is in a range, in order."""
        starts = range(0, len(self.firsts), _AT_ONCE)
        postings = np.concatenate([np.zeros(0, np.uint64), *(self._between(max(low, 1), high, at) for at in starts)])
        postings.sort()
        return postings

    def are(self, others: Pairs) -> bool:
        """Tell whether all pairs are those of others, at the same positions."""
        rows = ((self.firsts, others.firsts), (self.seconds, others.seconds))
        sizes = (self.size, self.span) == (others.size, others.span)
        return sizes and all(np.array_equal(mine, theirs) for mine, theirs in rows)

    def _between(self, low: int, high: int, start: int) -> Postings:
        """Give those of one stretch of the texts, in the order of their positions."""
        firsts, seconds = (row[start : start + _AT_ONCE] for row in (self.firsts, self.seconds))
        is_pair = np.zeros(len(firsts), np.bool_)
        np.equal(self.firsts[max(start - 1, 0) : start + len(firsts) - 1], 0, out=is_pair[0 if start else 1 :])
        is_pair[0] |= not start
        is_pair |= seconds > 0
        # Numbers below the range wrap round and are far above it.
        is_pair &= firsts - np.uint16(low) < high - low
        places = np.flatnonzero(is_pair)
        pairs = firsts[places] * np.int64(self.size) + seconds[places]
        places += start
        return as_postings(pairs, places % self.span if len(self.firsts) > self.span else places)


def pairs_of_text(text: Characters, often: Row) -> Pairs:
    """Pair each character with the next one; there is a separator at the end. It is known how often each occurs."""
    counts = often.copy()
    counts[0] = 0
    return Pairs(text[:-1], text[1:], len(often), max(len(text), 1), counts)


def counted(rows: Sequence[Characters], size: int) -> Row:
    """Count how often each character of an alphabet stands in some rows."""
    found = np.zeros(size, np.int64)
    for row in rows:
        for start in range(0, len(row), _AT_ONCE):
            found += np.bincount(row[start : start + _AT_ONCE], minlength=size)
    return found


def as_postings(keys: Row, positions: Row | int) -> Postings:
    """Put keys and positions together."""
    return (keys << _HALF | positions).view(np.uint64)


def edges(postings: Postings, keys: Row) -> tuple[Row, Row]:
    """Tell where the postings of each key begin, and where they end."""
    first = np.searchsorted(postings, as_postings(keys, 0))
    return first, np.searchsorted(postings, as_postings(keys, _LOW), "right")


def of_keys(postings: Postings, wanted: Row) -> Postings:
    """Pick out the postings of some keys, which are in order."""
    padded = np.append(wanted, -1)
    mine = keys(postings)
    found: Postings = postings[padded[np.searchsorted(wanted, mine)] == mine]
    return found


def keys(postings: Postings) -> Row:
    """Give the key of each posting."""
    return (postings >> np.uint64(_HALF)).view(np.int64)


def positions(postings: Postings) -> Row:
    """Give the position of each posting."""
    return (postings & np.uint64(_LOW)).view(np.int64)
