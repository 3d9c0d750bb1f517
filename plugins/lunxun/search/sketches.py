"""Sketches of texts, by which near-duplicates find each other: the smallest hashes of their runs (Broder 1997).

A hash hangs on its run alone, and so a sketch on its text alone, whatever other texts are worked on with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Positions = NDArray[np.int64]

SKETCH = 24
SHINGLE = 6
"""Characters of a run. No text may be shorter."""
# Of so many of the smallest hashes one may expect, enough are different, unless a text repeats itself.
_LIKELY = 64
# Two texts that share some hashes are compared word for word, so that short ones will do.
_HASH_BITS = 32
_LARGEST = (1 << _HASH_BITS) - 1
# Odd numbers without a pattern (those of SplitMix64): they spread what is near each other.
_SPREAD, _MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_POWERS = tuple(np.uint32(pow(_SPREAD, power, 1 << _HASH_BITS)) for power in range(5))


def sketches(codes: Codes, lengths: Positions) -> tuple[Codes, Positions]:
    """Give the sketches of texts of these lengths, one behind the other, each increasing, and how many each has."""
    hashes = _hashes(codes)
    limits = np.minimum(_LARGEST // (lengths - (SHINGLE - 1)) * _LIKELY, _LARGEST)
    found, sizes = _smallest(hashes, lengths, limits)
    if ((sizes < SKETCH) & (limits < _LARGEST)).any():
        limits[sizes < SKETCH] = _LARGEST
        found, sizes = _smallest(hashes, lengths, limits)
    return found, sizes


def _hashes(codes: Codes) -> Codes:
    """Hash the run that begins at each place: a polynomial, made of pairs of characters, then mixed."""
    pairs = codes[:-1] * _POWERS[1]
    pairs += codes[1:]
    hashes = pairs[:-4] * _POWERS[4]
    other = pairs[2:-2] * _POWERS[2]
    hashes += other
    hashes += pairs[4:]
    hashes ^= np.right_shift(hashes, np.uint32(16), out=other)
    hashes *= np.uint32(_MIX & _LARGEST)
    hashes ^= np.right_shift(hashes, np.uint32(15), out=other)
    return hashes


def _smallest(hashes: Codes, lengths: Positions, limits: Positions) -> tuple[Codes, Positions]:
    """Choose the smallest different hashes of each text among those up to its limit."""
    ends = np.cumsum(lengths)
    is_low = hashes <= np.repeat(limits.astype(np.uint32), lengths)[: len(hashes)]
    # What begins so near the end of a text runs into the next one.
    is_low[(ends[:-1, None] - np.arange(1, SHINGLE)).ravel()] = False
    at = np.flatnonzero(is_low)
    owners = np.searchsorted(ends, at, side="right").astype(np.uint64)
    # One number for text and hash: sorted, equal hashes of a text stand beside each other.
    packed = np.sort(owners << np.uint64(_HASH_BITS) | hashes[at])
    packed = packed[np.flatnonzero(np.diff(packed, prepend=~packed[:1]))]
    owner = (packed >> np.uint64(_HASH_BITS)).astype(np.int64)
    starts = np.searchsorted(owner, np.arange(len(lengths)))
    kept = np.arange(len(owner)) - starts[owner] < SKETCH
    sizes: Positions = np.bincount(owner[kept], minlength=len(lengths))
    return packed[kept].astype(np.uint32), sizes
