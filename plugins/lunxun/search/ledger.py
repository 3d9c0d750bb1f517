"""What is known of posting lists without reading them: their keys, how long each is, and landmarks in the long ones.

With it an edit finds its way in files that were written before, and leaves what it does not concern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search.bits import Row, ends, gamma
from lunxun.search.postings import as_postings

# There is a landmark behind every so many positions.
EVERY = 64


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Places in lists at which one may begin to read, in order."""

    lists: Row
    """The number of the list that each is in."""
    positions: Row
    """The position before it."""
    bits: Row
    """How far it is from the beginning of the list."""

    def picked(self, chosen: NDArray[np.bool_]) -> Landmarks:
        """Give some of them."""
        return Landmarks(self.lists[chosen], self.positions[chosen], self.bits[chosen])


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lists in the order of their keys."""

    keys: Row
    counts: Row
    """How many positions each list has."""
    weights: Row
    """How many bits."""
    landmarks: Landmarks

    @staticmethod
    def empty() -> Ledger:
        """Make one without lists."""
        none = np.zeros(0, np.int64)
        return Ledger(none, none, none, Landmarks(none, none, none))

    @staticmethod
    def joined(ledgers: Sequence[Ledger]) -> Ledger:
        """Put the lists of several ledgers into one order."""
        keys = np.concatenate([ledger.keys for ledger in ledgers])
        order = np.argsort(keys, kind="stable")
        numbers = np.empty_like(order)
        numbers[order] = np.arange(len(order))
        before = [0, *ends(np.array([len(ledger.keys) for ledger in ledgers])).tolist()]
        marked = [numbers[ledger.landmarks.lists + first] for ledger, first in zip(ledgers, before, strict=False)]
        marks = [ledger.landmarks for ledger in ledgers]
        lists = np.concatenate(marked)
        in_order = np.argsort(lists, kind="stable")
        return Ledger(
            keys[order],
            np.concatenate([ledger.counts for ledger in ledgers])[order],
            np.concatenate([ledger.weights for ledger in ledgers])[order],
            Landmarks(
                lists[in_order],
                np.concatenate([one.positions for one in marks])[in_order],
                np.concatenate([one.bits for one in marks])[in_order],
            ),
        )

    def find(self, wanted: Row) -> tuple[Row, NDArray[np.bool_]]:
        """Find lists by their keys: give where each is or would be, and whether it is."""
        numbers = np.searchsorted(self.keys, wanted)
        return numbers, np.append(self.keys, -1)[numbers] == wanted

    def before(self, lists: Row, most: Row) -> tuple[Row, Row]:
        """Find where to begin to read lists for what comes from a position on: the position before it, the bit."""
        marks = self.landmarks
        sought, known = (
            as_postings(numbers, last) for numbers, last in ((lists, most), (marks.lists, marks.positions))
        )
        at = np.searchsorted(known, sought) - 1
        is_there = np.append(marks.lists, -1)[at] == lists
        last = np.where(is_there, np.append(marks.positions, -1)[at], -1)
        heads = gamma(self.counts[lists]).lengths
        return last, np.where(is_there, np.append(marks.bits, 0)[at], heads)

    def picked(self, chosen: NDArray[np.bool_]) -> Ledger:
        """Give some of the lists."""
        marks = self.landmarks.picked(chosen[self.landmarks.lists])
        marks = Landmarks((ends(chosen.astype(np.int64)) - 1)[marks.lists], marks.positions, marks.bits)
        return Ledger(self.keys[chosen], self.counts[chosen], self.weights[chosen], marks)


def landmarks_of(counts: Row, begins: Row, behind: Row, positions: Row) -> Landmarks:
    """Choose landmarks of lists, given where each begins, and all of their positions and where their codes end."""
    each = np.maximum(counts - 1, 0) // EVERY
    lists = np.repeat(np.arange(len(counts)), each)
    firsts = ends(counts) - counts
    nth = np.arange(len(lists)) - np.repeat(ends(each) - each, each)
    at = firsts[lists] + (nth + 1) * EVERY - 1
    return Landmarks(lists, positions[at], behind[at] - begins[lists])
