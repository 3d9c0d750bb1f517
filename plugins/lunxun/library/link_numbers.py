"""The links of a Library as numbers: which record names which, for whoever looks at all of them."""

from __future__ import annotations

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
    equal = {key: number for number, key in enumerate(library.entries)}
    ends = [
        [same[id(key)] if id(key) in same else equal[key] for key in keys]
        for keys in ([link.source for link in library.links], [link.target for link in library.links])
    ]
    one, other = (np.array(numbers, np.int32) for numbers in ends)
    return one, other
