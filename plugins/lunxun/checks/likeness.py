"""How much of their wording texts share, without comparing each with each."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TypeVar

_SKETCH = 24
_SHARED = 6
_MAX_HOLDERS = 50

K = TypeVar("K")


def likenesses(
    texts: Mapping[K, str], group: Callable[[K], str] = lambda _: "", width: int = 6
) -> dict[tuple[K, K], float]:
    """Give the share of runs of `width` characters that pairs of one group have in common, where it may be large.

    Candidates are pairs that share several of their smallest shingle hashes, so that the cost grows
    with the number of texts and not with its square.
    """
    shingles = {key: _shingles(text, width) for key, text in texts.items()}
    return {
        (one, other): len(shingles[one] & shingles[other]) / len(shingles[one] | shingles[other])
        for one, other in _candidates(shingles, group)
    }


def _shingles(text: str, length: int) -> frozenset[int]:
    raw = text.encode("utf-32-le")
    width = length * 4
    return frozenset(zlib.crc32(raw[start : start + width]) for start in range(0, max(4, len(raw) - width + 4), 4))


def _candidates(shingles: Mapping[K, frozenset[int]], group: Callable[[K], str]) -> list[tuple[K, K]]:
    order = {key: number for number, key in enumerate(shingles)}
    holders: defaultdict[tuple[str, int], list[K]] = defaultdict(list)
    for key, hashes in shingles.items():
        for value in sorted(hashes)[:_SKETCH]:
            holders[(group(key), value)].append(key)
    shared: defaultdict[tuple[K, K], int] = defaultdict(int)
    for keys in holders.values():
        for pair in combinations(keys[:_MAX_HOLDERS], 2):
            shared[pair] += 1
    pairs = [pair for pair, count in shared.items() if count >= _SHARED]
    return sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))
