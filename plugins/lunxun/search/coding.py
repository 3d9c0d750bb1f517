"""Posting lists as codes: of each list how many positions it has, and the gaps between those."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lunxun.search import bits
from lunxun.search.bits import Bits, Codes, Row
from lunxun.search.ledger import Ledger, landmarks_of
from lunxun.search.postings import Postings, keys, positions


@dataclass(frozen=True, slots=True)
class Coded:
    """Lists in the order of their keys."""

    ledger: Ledger
    heads: Codes
    """How many positions each has."""
    gaps: Codes
    """Those of all lists, one behind the other."""
    ends: Row
    """Behind how many bits each of the gaps ends."""

    def put(self, row: Bits, places: Row) -> None:
        """Write each list at a place."""
        order = np.argsort(places)
        row.put(self.heads.picked(order), places[order])
        counts, lengths = self.ledger.counts, self.gaps.lengths
        behind = bits.ends(counts)
        firsts = behind - counts
        mine = self.ends - lengths
        mine += np.repeat(places + self.heads.lengths - mine[firsts], counts)
        backwards = np.flatnonzero(places[1:] < places[:-1]) + 1
        for first, after in pairwise([0, *firsts[backwards].tolist(), len(mine)]):
            row.put(Codes(self.gaps.values[first:after], lengths[first:after]), mine[first:after])


def coded_lists(postings: Postings, span: int) -> Coded:
    """Write lists as codes; `span` is how far all positions go, rounded."""
    firsts = bits.begins(keys(postings).astype(np.uint32))
    counts = np.diff(firsts, append=len(postings))
    suited = bits.divisors(span // counts)
    places = positions(postings)
    gaps = bits.golomb(bits.gaps(places, firsts), np.repeat(suited, counts))
    ends = bits.ends(gaps.lengths)
    heads = bits.gamma(counts)
    before = np.concatenate((np.zeros(1, np.int64), ends))
    weights = heads.lengths + before[firsts + counts] - before[firsts]
    landmarks = landmarks_of(counts, before[firsts] - heads.lengths, ends, places)
    return Coded(Ledger(keys(postings[firsts]), counts, weights, landmarks), heads, gaps, ends)
