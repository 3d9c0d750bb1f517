"""The links of a Library as numbers: which record names which, for whoever looks at all of them."""

from __future__ import annotations

from itertools import repeat
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from lunxun.library.library import Library

Numbers = NDArray[np.int32]


def link_numbers(library: Library) -> tuple[Numbers, Numbers]:
    """Give for each link, in their order, the places of its source and its target among the records."""
    return library.once(_numbers)


def _numbers(library: Library) -> tuple[Numbers, Numbers]:
    # Nearly all keys are the very ones of the records: what an object is costs less to find out than what it says.
    same = {id(key): number for number, key in enumerate(library.entries)}
    one, other = (
        np.fromiter(map(same.get, map(id, map(end, library.links)), repeat(-1)), np.int32, len(library.links))
        for end in (attrgetter("source"), attrgetter("target"))
    )
    if (one < 0).any() or (other < 0).any():
        equal = {key: number for number, key in enumerate(library.entries)}
        for numbers, end in ((one, attrgetter("source")), (other, attrgetter("target"))):
            for at in np.flatnonzero(numbers < 0).tolist():
                numbers[at] = equal[end(library.links[at])]
    return one, other
