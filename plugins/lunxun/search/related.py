"""“相关内容”: for each record those that speak of the same and that it does not link to.

Two records are as related as the directions of their signatures (`signatures.py`) are: the cosine. Only those that
share a feature are compared, a block of records at a time, so that the time grows with the number of records and
not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from lunxun.search.features import Positions, ranges
from lunxun.search.signatures import SignatureIndex

_LEAST = 0.045
_MOST_OF_A_KIND = 3
_BLOCK_CELLS = 1 << 18


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
    size = max(1, _BLOCK_CELLS // max(len(index.ids), 1))
    for start in range(0, len(asked), size):
        block = np.array(asked[start : start + size])
        for number, others in zip(block.tolist(), _ranked(index, block, allowed), strict=True):
            chosen = _best(index, others, index.linked_with(number) | {number}, count)
            found[index.ids[number]] = tuple(index.ids[other] for other in chosen)
    return found


def _ranked(index: SignatureIndex, block: Positions, allowed: NDArray[np.bool_]) -> Iterator[list[int]]:
    """Give for each record of a block those that are like enough, best first, then in their order."""
    products = _products(index, block)
    # What is far from like enough, whatever its length, need not be looked at; a hundredth is room for rounding.
    few = products.reshape(len(block), -1) > 0.99 * _LEAST * index.lengths[block, None] * index.shortest
    cells = np.flatnonzero(few)
    rows, others = np.divmod(cells, len(index.ids))
    cosines = products[cells] / (index.lengths[block][rows] * index.lengths[others])
    good = (cosines >= _LEAST) & allowed[others]
    rows, others, cosines = rows[good], others[good], cosines[good]
    order = np.lexsort((others, -cosines, rows))
    ends = np.searchsorted(rows[order], np.arange(len(block)), side="right")
    for one in np.split(others[order], ends[:-1]):
        yield one.tolist()


def _products(index: SignatureIndex, block: Positions) -> NDArray[np.float64]:
    """Add up the products of shared weights: for each record of the block, a row with a cell for each of all."""
    total = len(index.ids)
    starts, owners, weights = index.holders
    own = ranges(index.starts[block], index.starts[block + 1])
    rows = np.repeat(np.arange(len(block)), index.starts[block + 1] - index.starts[block])
    kept = index.kept[own]
    counts = starts[kept + 1] - starts[kept]
    shared = ranges(starts[kept], starts[kept + 1])
    cells = np.repeat(rows * total, counts) + owners[shared]
    products = np.repeat(index.weights[own], counts) * weights[shared]
    return np.bincount(cells, products, len(block) * total).astype(np.float64, copy=False)


def _best(index: SignatureIndex, ranked: list[int], taken: Collection[int], count: int) -> list[int]:
    """Choose the first, not too many of one kind."""
    kinds: Counter[int] = Counter()
    chosen: list[int] = []
    for number in ranked:
        kind = index.kinds[number]
        if number not in taken and kinds[kind] < _MOST_OF_A_KIND:
            kinds[kind] += 1
            chosen.append(number)
            if len(chosen) == count:
                break
    return chosen
