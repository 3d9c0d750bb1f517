"""What an edit that moves no document does to posting lists: the postings of its documents before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search.bits import Row
from lunxun.search.gathered import Gathered
from lunxun.search.postings import Postings, edges, keys, pairs_of_text, positions


@dataclass(frozen=True, slots=True)
class Edit:
    """The postings of some documents that stay in their places, and the lists that differ."""

    then: Postings
    now: Postings
    changed: Row
    """The keys of lists that differ, in order."""
    begins: Row
    """For each of them, where the first document begins in which it differs."""
    ends: Row
    is_spliced: NDArray[np.bool_]
    """Whether it differs in that document only, and is as long as before."""


def edit_of(before: Gathered, after: Gathered) -> Edit:
    """Compare two indexes with the same documents in the same places."""
    documents = np.flatnonzero(before.extract.prints != after.extract.prints)
    then, now = (_postings(one, documents) for one in (before, after))
    differing = np.setxor1d(then, now, assume_unique=True)
    changed = np.unique(keys(differing))
    starts = before.layout.starts
    numbers = np.searchsorted(starts, positions(differing), "right") - 1
    first, behind = edges(differing, changed)
    counts = [np.subtract(*edges(row, changed)) for row in (then, now)]
    is_spliced = (numbers[first] == numbers[behind - 1]) & (counts[0] == counts[1])
    return Edit(then, now, changed, starts[numbers[first]], starts[numbers[first] + 1], is_spliced)


def _postings(gathered: Gathered, documents: Row) -> Postings:
    """Give the postings of some documents, in order."""
    found = [np.zeros(0, np.uint64)]
    for start, end in zip(*(gathered.layout.starts[documents + at].tolist() for at in (0, 1)), strict=True):
        # A document ends with a separator, so that all of its pairs lie within.
        pairs = pairs_of_text(gathered.extract.text[start:end], gathered.often)
        found.append(pairs.between(0, pairs.size) + np.uint64(start))
    return np.sort(np.concatenate(found))
