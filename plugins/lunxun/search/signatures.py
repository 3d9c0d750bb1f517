"""One index for “相关内容” and near-duplicates: what each record is known by, and who shares it.

A record is known by the few of its features that tell it apart: those with the greatest weight, which is that of the
place times the rarity. Rarity is coarse: how many times the number of holders doubles until it is that of the whole
collection, a handful counting as one. So an edit changes the features of its record, and hardly ever the rarity of
one, and what it means for others is found by `affected.py`. Weights are whole numbers: their sums are exact, and do not
hang on the order in which they are taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lunxun.search.features import LINK_WEIGHT, Features, Numbers, Positions, Rows, link_key

# What many hold tells nothing apart, and this bounds the work as well; what a few hold is as rare as can be.
_MOST_HOLDERS = 63
_FEW_HOLDERS = 3
_KEPT = 32
WEIGHT_BITS, _FEATURE_BITS = 8, 32
_MOST_WEIGHT = (1 << WEIGHT_BITS) - 1
# Links are numbered behind all pairs, which have 32 bits.
_FIRST_LINK, _OWNER_BITS, _PLACE_BITS = 1 << 32, 27, 3
_SKETCH_HOLDERS = 50
_SKETCH_SHARED = 6

Weights = NDArray[np.int64]


class SignatureIndex:
    """Signatures by record and by feature. Records stand in the order of their ids."""

    def __init__(self, features: Features) -> None:
        self.features = features
        self.ids = features.ids
        codes = {kind: code for code, kind in enumerate(dict.fromkeys(features.kinds))}
        self.kinds = tuple([codes[kind] for kind in features.kinds])
        """The kind of each record, as a number."""
        self.numbers = {id_: number for number, id_ in enumerate(self.ids)}
        self._sign(features)

    def _sign(self, given: Features) -> None:
        """Weigh features by rarity, keep the strongest of each record, and note by feature who kept it."""
        count = len(self.ids)
        known, feature, owners, places = _by_feature(given)
        weights = places * _rarity(np.bincount(feature), count)[feature]
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
        packed = np.sort(self.kept << _FEATURE_BITS | np.arange(len(self.kept)))
        order = packed & (1 << _FEATURE_BITS) - 1
        counts = np.bincount(self.kept, minlength=len(self.keys))
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))), self.owners[order], self.weights[order]

    @cached_property
    def own_keys(self) -> Numbers:
        """Give the numbers by which others link to the records."""
        return np.fromiter(map(link_key, self.ids), np.uint64, len(self.ids))

    @cached_property
    def linked(self) -> Rows[np.int64]:
        """List for each record those that it links to or that link to it."""
        by_key = np.argsort(self.own_keys)
        known, links = self.own_keys[by_key], self.features.links
        found = np.searchsorted(known, links.values)
        is_known = np.append(known, np.uint64(0))[found] == links.values  # no record has that number
        one, other = links.owners()[is_known], by_key[found[is_known]]
        pairs = np.stack((np.concatenate((one, other)), np.concatenate((other, one))))
        pairs = pairs[:, np.argsort(pairs[0], kind="stable")]
        return Rows(np.searchsorted(pairs[0], np.arange(len(self.ids) + 1)), pairs[1])

    def linked_with(self, number: int) -> set[int]:
        """List those that a record links to or that link to it, by their numbers."""
        starts, others = self.linked.starts, self.linked.values
        return set(others[starts[number] : starts[number + 1]].tolist())

    def repeated(self) -> Iterator[list[str]]:
        """Give those of one kind that say the same under other names, together."""
        bodies = self.features.bodies
        # A few bytes of the sums rule nearly all records out.
        _, group, times = np.unique(bodies[:, :8].copy().view("<u8"), return_inverse=True, return_counts=True)
        alike: defaultdict[tuple[int, bytes], list[str]] = defaultdict(list)
        for number in np.flatnonzero(times[group.ravel()] > 1).tolist():
            alike[self.kinds[number], bodies[number].tobytes()].append(self.ids[number])
        return (ids for ids in alike.values() if len(ids) > 1)

    def near_duplicates(self, left_out: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """Give the pairs of one kind that share several of their smallest hashes: to be compared word for word."""
        is_in = np.ones(len(self.ids), np.bool_)
        is_in[[self.numbers[id_] for id_ in left_out]] = False
        sketches = self.features.sketches
        owners = sketches.owners()
        owners, values = owners[is_in[owners]], sketches.values[is_in[owners]]
        of_kind = np.array(self.kinds, np.int64)[owners]
        order = np.lexsort((values, of_kind))  # stable: owners stay in their order
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


def _by_feature(given: Features) -> tuple[Numbers, Positions, Positions, Weights]:
    """Give the different features, increasing; and sorted by them, which one, whose and in which place each is."""
    linked, numbers = np.unique(given.links.values, return_inverse=True)
    codes = np.concatenate((given.pairs.values, _FIRST_LINK + numbers), dtype=np.int64)
    owners = np.concatenate((given.pairs.owners(), given.links.owners()))
    places = np.concatenate((given.weights, np.full(len(numbers), LINK_WEIGHT, np.uint8)))
    # One number for feature, owner and place: to sort numbers takes a quarter of the time of sorting places of numbers.
    packed = np.sort((codes << _OWNER_BITS | owners) << _PLACE_BITS | places)
    codes = packed >> _OWNER_BITS + _PLACE_BITS
    begins = np.diff(codes, prepend=-1) != 0
    different = codes[begins]
    keys = different.astype(np.uint64)
    keys[different >= _FIRST_LINK] = linked
    owners = packed >> _PLACE_BITS & (1 << _OWNER_BITS) - 1
    return keys, np.cumsum(begins) - 1, owners, packed & (1 << _PLACE_BITS) - 1


def _rarity(holders: Positions, count: int) -> Weights:
    """Tell how rare is what so many of the records hold, in doublings; 0 where it tells nothing."""
    few = np.maximum(holders, _FEW_HOLDERS)
    doublings = max(count.bit_length(), 1) - np.frexp(few.astype(np.float64))[1]
    return np.where(holders > _MOST_HOLDERS, 0, np.maximum(doublings + 1, 1))


def _rank(owners: Positions) -> Positions:
    """Give each member of a run of equal owners its place in the run."""
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    return np.arange(len(owners)) - np.repeat(begins, np.diff(np.append(begins, len(owners))))
