"""Bits that were written: read here and there, or copied to other places without a look at what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lunxun.search.bits import GROUP, Groups, Row, bit_lengths

_ALL = (1 << GROUP) - 1
_PADDING = np.zeros(6, np.uint16)


class Heap:
    """Rows of groups put behind each other, so that a place in it is a place in one of them."""

    def __init__(self) -> None:
        self._rows: list[Groups] = []
        self._size = 0

    def add(self, groups: Groups) -> int:
        """Put one behind all others; give the place of its first bit."""
        self._rows.append(groups)
        first = self._size * GROUP
        self._size += len(groups)
        return first

    def whole(self) -> Groups:
        """Give all of them in one row, and some more, so that what is read at the end is there."""
        whole = np.concatenate((*self._rows, _PADDING))
        # So that nothing is in memory twice.
        self._rows = [whole[: self._size]]
        return whole

    def emptied(self) -> Groups:
        """Give all of them, and let go of them."""
        whole = self.whole()
        self._rows, self._size = [], 0
        return whole


def read(groups: Groups, places: Row, widths: Row | int) -> Row:
    """Read so many bits, up to 40, at each of some places as a number."""
    firsts = places // GROUP
    held = groups[firsts].astype(np.int64)
    for behind in (1, 2, 3):
        held = held << GROUP | groups[firsts + behind]
    found: Row = held >> (4 * GROUP - widths - places + firsts * GROUP) & (np.int64(1) << widths) - 1
    return found


def leading_ones(numbers: Row, width: int) -> Row:
    """Tell with how many ones numbers of so many bits begin."""
    return width - bit_lengths((1 << width) - 1 - numbers)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of bits: where each is, how many bits it has, where it goes."""

    places: Row
    lengths: Row
    targets: Row

    @staticmethod
    def joined(parts: Sequence[Stretches]) -> Stretches:
        """Put them into the order in which they go, those together that are together already."""
        some = [(part, np.flatnonzero(part.lengths)) for part in parts]
        places, lengths, targets = (
            np.concatenate([getattr(part, row)[chosen] for part, chosen in some]) for row in Stretches.__slots__
        )
        order = np.argsort(targets)
        places, lengths, targets = places[order], lengths[order], targets[order]
        breaks = (places[1:] != (places + lengths)[:-1]) | (targets[1:] != (targets + lengths)[:-1])
        firsts = np.flatnonzero(np.concatenate((np.ones(min(len(order), 1), np.bool_), breaks)))
        return Stretches(places[firsts], np.add.reduceat(lengths, firsts) if len(firsts) else lengths, targets[firsts])


def copied(groups: Groups, stretches: Stretches, size: int) -> Groups:
    """Make a row of so many bits of stretches of another row; what lies between them is zeros."""
    places, lengths, targets = stretches.places, stretches.lengths, stretches.targets
    made = np.zeros(-(-size // GROUP), np.uint16)
    # What comes before the first whole group, and behind the last.
    heads = np.minimum(-targets % GROUP, lengths)
    tails = (lengths - heads) % GROUP
    behind = lengths - tails
    for widths, before in ((heads, np.zeros_like(heads)), (tails, behind)):
        some = np.flatnonzero(widths)
        at = targets[some] + before[some]
        bits = read(groups, places[some] + before[some], widths[some])
        room = GROUP - at % GROUP - widths[some]
        np.bitwise_or.at(made, at // GROUP, (bits << room).astype(np.uint16))
    whole = np.flatnonzero(behind > heads)
    rows = ((places + heads)[whole], ((targets + heads) // GROUP)[whole], ((behind - heads) // GROUP)[whole])
    for place, target, count in zip(*(row.tolist() for row in rows), strict=True):
        first, shift = divmod(place, GROUP)
        row = groups[first : first + count]
        if shift:
            row = (row << shift | groups[first + 1 : first + count + 1] >> GROUP - shift) & _ALL
        made[target : target + count] = row
    return made
