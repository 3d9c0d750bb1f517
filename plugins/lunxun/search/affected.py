"""Whose related records may be others now: what records were known by is kept and compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search.features import N, Positions, Rows, link_key
from lunxun.search.signatures import SignatureIndex


@dataclass(frozen=True, slots=True, eq=False)
class Signatures:
    """What the records of an index are known by, as rows that can be kept."""

    ids: tuple[str, ...]
    links: Rows[np.uint64]
    """What each links to."""
    keys: Rows[np.uint64]
    weights: NDArray[np.uint8]
    """What each of the keys counts."""


def signatures_of(index: SignatureIndex) -> Signatures:
    """Take what the records are known by out of an index."""
    keys = Rows(index.starts, index.keys[index.kept])
    return Signatures(index.ids, index.features.links, keys, index.weights.astype(np.uint8))


def affected(old: Signatures, index: SignatureIndex, also: Collection[str] = ()) -> set[str]:
    """List the records of an index whose related ones may differ from those of an older one.

    They are those that have changed, those that share a feature with one that has, as it was or is, and those that
    it links or linked to. `also` names others that count as changed: they may be listed now, or may no longer be.
    """
    new = signatures_of(index)
    changed = _changed(old, new) | set(also)
    was, now = (np.array([n for n, id_ in enumerate(one.ids) if id_ in changed], np.int64) for one in (old, new))
    keys, targets = (
        np.concatenate((then.of(was).values, rows.of(now).values))
        for then, rows in ((old.keys, new.keys), (old.links, new.links))
    )
    sharing = index.owners[np.isin(index.keys, keys)[index.kept]]
    linked = np.flatnonzero(np.isin(index.own_keys, targets))
    named = np.fromiter(map(link_key, changed), np.uint64, len(changed))
    linking = new.links.owners()[np.isin(new.links.values, named)]
    numbers = np.unique(np.concatenate((now, sharing, linked, linking))).tolist()
    return {new.ids[number] for number in numbers}


def _changed(old: Signatures, new: Signatures) -> set[str]:
    """List the records that came, went, link to others or are known by others now."""
    numbers = {id_: number for number, id_ in enumerate(old.ids)}
    then = np.fromiter((numbers.get(id_, -1) for id_ in new.ids), np.int64, len(new.ids))
    after = np.flatnonzero(then >= 0)
    before = then[after]
    differing = (
        _differing(old.links, new.links, before, after),
        _differing(old.keys, new.keys, before, after),
        _differing(Rows(old.keys.starts, old.weights), Rows(new.keys.starts, new.weights), before, after),
    )
    changed = {new.ids[number] for number in np.concatenate(differing).tolist()}
    return changed | (set(old.ids) ^ set(new.ids))


def _differing(was: Rows[N], now: Rows[N], before: Positions, after: Positions) -> Positions:
    """List the records, by their new numbers, whose rows differ."""
    lengths = now.lengths[after]
    alike = lengths == was.lengths[before]
    differ = was.of(before[alike]).values != now.of(after[alike]).values
    return np.concatenate((after[~alike], np.repeat(after[alike], lengths[alike])[differ]))
