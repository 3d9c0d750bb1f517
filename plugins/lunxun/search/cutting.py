"""A row of keys cut into parts that are not too heavy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lunxun.search.bits import Row, ends


def cut(keys: Row, weights: Row, low: int, high: int, most: int) -> Iterator[tuple[int, int, int]]:
    """Halve a range of keys until all that weighs something in a part is not too heavy, or is one key.

    Yields for each part that is not empty where it begins, its first item, and the item behind its last. So a part
    follows from what is in it and beside it: a change elsewhere in the row does not move it.
    """
    sums = np.concatenate((np.zeros(1, np.int64), ends(weights))).tolist()
    open_parts = [(low, high, 0, len(keys))]
    while open_parts:
        low, high, first, after = open_parts.pop()
        if first == after:
            continue
        if sums[after] - sums[first] <= most or high - low == 1:
            yield low, first, after
            continue
        middle = (low + high) // 2
        half = first + int(np.searchsorted(keys[first:after], middle))
        open_parts += ((middle, high, half, after), (low, middle, first, half))
