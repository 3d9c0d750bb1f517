"""“相关内容”: for each record those that speak of the same and that it does not link to.

Two records are as related as the directions of their signatures (`signatures.py`) are: the cosine. Only those that
share a feature are compared, a block of records at a time, so that the time grows with the number of records and
not with its square.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lunxun.search.features import Positions, ranges
from lunxun.search.signatures import WEIGHT_BITS, SignatureIndex

LEAST = 0.045
MOST_OF_A_KIND = 3
# So many records are compared with all others at once; each shares some hundreds of features with others.
_BLOCK = 64
_PRODUCT_BITS = 2 * WEIGHT_BITS


def related(
    index: SignatureIndex, count: int, among: Collection[str] | None = None, wanted: Collection[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """List for each record those most related to it, best first, without those linked either way.

    `among` says who may be listed at all, and have a list; `wanted` for whom a list is made, all if it is not given.
    """
    numbers = (
        range(len(index.ids)) if wanted is None else [index.numbers[id_] for id_ in wanted if id_ in index.numbers]
    )
    return related_to(index, count, allowed(index, among), sorted(numbers))


def allowed(index: SignatureIndex, among: Collection[str] | None) -> NDArray[np.bool_]:
    """Tell of each record of an index whether it is among these."""
    return np.array([among is None or id_ in among for id_ in index.ids], np.bool_)


def related_to(
    index: SignatureIndex, count: int, allowed: NDArray[np.bool_], numbers: Sequence[int]
) -> dict[str, tuple[str, ...]]:
    """List for some records, by their numbers in the index, those most related to them; `related` says how."""
    asked = [number for number in numbers if allowed[number]]
    found = {}
    for start in range(0, len(asked), _BLOCK):
        block = np.array(asked[start : start + _BLOCK])
        for number, others in zip(block.tolist(), _ranked(index, block, allowed), strict=True):
            chosen = _best(index, others, number, count)
            found[index.ids[number]] = tuple([index.ids[other] for other in chosen])
    return found


def _ranked(index: SignatureIndex, block: Positions, allowed: NDArray[np.bool_]) -> Iterator[list[int]]:
    """Give for each record of a block those that are like enough, best first, then in their order."""
    rows, others, products = _products(index, block)
    cosines = products / (index.lengths[block][rows] * index.lengths[others])
    good = np.flatnonzero((cosines >= LEAST) & allowed[others])
    rows, others, cosines = rows[good], others[good], cosines[good]
    order = np.lexsort((-cosines, rows))  # stable: those of a row come in their order
    ends = np.searchsorted(rows, np.arange(len(block)), side="right")
    ranked = others[order].tolist()
    for start, end in pairwise((0, *ends.tolist())):
        yield ranked[start:end]


def _products(index: SignatureIndex, block: Positions) -> tuple[Positions, Positions, Positions]:
    """Add up the products of shared weights: rows of the block, in order, records that share anything, the sums."""
    starts, owners, weights = index.holders
    own = ranges(index.starts[block], index.starts[block + 1])
    rows = np.repeat(np.arange(len(block)), index.starts[block + 1] - index.starts[block])
    kept = index.kept[own]
    counts = starts[kept + 1] - starts[kept]
    shared = ranges(starts[kept], starts[kept + 1])
    # One number for row, record and product: sorted, all that is to be added up stands together.
    cells = np.repeat(rows * len(index.ids), counts) + owners[shared]
    packed = np.sort(cells << _PRODUCT_BITS | np.repeat(index.weights[own], counts) * weights[shared])
    cells, products = packed >> _PRODUCT_BITS, packed & (1 << _PRODUCT_BITS) - 1
    begins = np.flatnonzero(np.diff(cells, prepend=-1))
    cells = cells[begins]
    firsts = np.arange(len(block)) * len(index.ids)
    rows = np.repeat(np.arange(len(block)), np.diff(np.searchsorted(cells, firsts), append=len(cells)))
    return rows, cells - firsts[rows], np.add.reduceat(products, begins) if len(begins) else products


def _best(index: SignatureIndex, ranked: list[int], number: int, count: int) -> list[int]:
    """Choose the first that are not linked, not too many of one kind."""
    linked, kinds = index.linked_with(number), index.kinds
    times: dict[int, int] = {}
    chosen: list[int] = []
    for other in ranked:
        kind = kinds[other]
        if other != number and other not in linked and times.get(kind, 0) < MOST_OF_A_KIND:
            times[kind] = times.get(kind, 0) + 1
            chosen.append(other)
            if len(chosen) == count:
                break
    return chosen
