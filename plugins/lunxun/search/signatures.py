"""One index for “相关内容” and near-duplicates: what each record is known by, and who shares it.

A record is known by the few of its features that tell it apart: those with the greatest weight, which is that of the
place times the rarity. Rarity is coarse: how many times the number of holders doubles until it is that of the whole
collection, a handful counting as one. So an edit changes the features of its record, and hardly ever the rarity of
one, and what it means for others is found by `affected.py`. Weights are whole numbers: their sums are exact, and do not
hang on the order in which they are taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lunxun.search.features import Features, Numbers, Positions

# What many hold tells nothing apart, and this bounds the work as well; what a few hold is as rare as can be.
_MOST_HOLDERS = 63
_FEW_HOLDERS = 3
_KEPT = 32
WEIGHT_BITS, _FEATURE_BITS = 8, 32
_MOST_WEIGHT = (1 << WEIGHT_BITS) - 1
_SKETCH_HOLDERS = 50
_SKETCH_SHARED = 6

_NO_KEYS, _NO_WEIGHTS = np.zeros(0, np.uint64), np.zeros(0, np.uint8)

Weights = NDArray[np.int64]


class SignatureIndex:
    """Signatures by record and by feature. Records stand in the order of their ids."""

    def __init__(self, features: Iterable[Features]) -> None:
        given = sorted(features, key=lambda one: one.id)
        self.features = tuple(replace(one, keys=_NO_KEYS, weights=_NO_WEIGHTS) for one in given)
        """Without keys and weights: those that are kept are below."""
        self.ids = tuple(one.id for one in self.features)
        codes = {kind: code for code, kind in enumerate(dict.fromkeys(one.kind for one in given))}
        self.kinds = tuple(codes[one.kind] for one in given)
        """The kind of each record, as a number."""
        self.numbers = {id_: number for number, id_ in enumerate(self.ids)}
        self._sign(given)

    def _sign(self, given: Sequence[Features]) -> None:
        """Weigh features by rarity, keep the strongest of each record, and note by feature who kept it."""
        count = len(given)
        keys = np.concatenate([_NO_KEYS, *(one.keys for one in given)])
        places = np.concatenate([_NO_WEIGHTS, *(one.weights for one in given)])
        owners = np.repeat(np.arange(count), [len(one.keys) for one in given])
        known, feature, holders = _numbered(keys)
        weights = places.astype(np.int64) * _rarity(holders, count)[feature]
        at = np.flatnonzero(weights)
        # One number for owner, weight and feature, the greatest weight first: sorted, the first of each owner are kept.
        lack = _MOST_WEIGHT - weights[at]
        packed = np.sort((owners[at] << WEIGHT_BITS | lack) << _FEATURE_BITS | feature[at])
        packed = packed[_rank(packed >> WEIGHT_BITS + _FEATURE_BITS) < _KEPT]
        self.owners: Positions = packed >> WEIGHT_BITS + _FEATURE_BITS
        self.kept: Positions = packed & (1 << _FEATURE_BITS) - 1
        self.weights: Weights = _MOST_WEIGHT - (packed >> _FEATURE_BITS & _MOST_WEIGHT)
        self.keys: Numbers = known
        self.lengths = np.sqrt(np.bincount(self.owners, self.weights**2, count))
        """The lengths of the signatures, taken as vectors."""
        lengths = self.lengths[self.lengths > 0]
        self.shortest = float(lengths.min()) if len(lengths) else 0.0
        self.starts: Positions = np.searchsorted(self.owners, np.arange(count + 1))
        """Where the features of each record begin."""

    @cached_property
    def holders(self) -> tuple[Positions, Positions, Weights]:
        """Turn the signatures round: where each feature begins, and in its order the records and their weights."""
        order = np.argsort(self.kept, kind="stable")
        starts = np.searchsorted(self.kept[order], np.arange(len(self.keys) + 1))
        return starts, self.owners[order], self.weights[order]

    @cached_property
    def linked(self) -> tuple[set[int], ...]:
        """List for each record those that it links to or that link to it."""
        linked: tuple[set[int], ...] = tuple(set() for _ in self.ids)
        for number, one in enumerate(self.features):
            for target in one.links:
                other = self.numbers.get(target)
                if other is not None:
                    linked[number].add(other)
                    linked[other].add(number)
        return linked

    def near_duplicates(self, left_out: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """Give the pairs of one kind that share several of their smallest hashes: to be compared word for word."""
        kept = [number for number, id_ in enumerate(self.ids) if id_ not in left_out]
        owners = np.repeat(np.array(kept, np.int64), [len(self.features[number].sketch) for number in kept])
        values = np.concatenate([np.zeros(0, np.uint64), *(self.features[number].sketch for number in kept)])
        of_kind = np.array(self.kinds, np.int64)[owners]
        order = np.lexsort((owners, values, of_kind))
        owners, values, of_kind = owners[order], values[order], of_kind[order]
        begins = (np.diff(values, prepend=np.uint64(0)) != 0) | (np.diff(of_kind, prepend=-1) != 0)
        group = np.cumsum(begins)
        rank = _rank(group)
        sizes = np.minimum(np.bincount(group), _SKETCH_HOLDERS)[group]
        following = np.maximum(sizes - rank - 1, 0)
        first = np.repeat(np.arange(len(owners)), following)
        second = first + 1 + _rank(first)
        pairs, times = np.unique(owners[first] * len(self.ids) + owners[second], return_counts=True)
        for pair in pairs[times >= _SKETCH_SHARED].tolist():
            one, other = divmod(pair, len(self.ids))
            yield self.ids[one], self.ids[other]


def _numbered(keys: Numbers) -> tuple[Numbers, Positions, Positions]:
    """Give the different keys, increasing, which of them each key is, and how often each occurs."""
    order = np.argsort(keys)
    begins = np.diff(keys[order], prepend=np.uint64(0)) != 0
    begins[:1] = True
    numbers = np.empty(len(keys), np.int64)
    numbers[order] = np.cumsum(begins) - 1
    return keys[order][begins], numbers, np.bincount(numbers)


def _rarity(holders: Positions, count: int) -> Weights:
    """Tell how rare is what so many of the records hold, in doublings; 0 where it tells nothing."""
    few = np.maximum(holders, _FEW_HOLDERS)
    doublings = max(count.bit_length(), 1) - np.frexp(few.astype(np.float64))[1]
    return np.where(holders > _MOST_HOLDERS, 0, np.maximum(doublings + 1, 1))


def _rank(owners: Positions) -> Positions:
    """Give each member of a run of equal owners its place in the run."""
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    return np.arange(len(owners)) - np.repeat(begins, np.diff(np.append(begins, len(owners))))
