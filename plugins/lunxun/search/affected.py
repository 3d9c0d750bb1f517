"""Whose related records may be others now: what records were known by is kept and compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search.features import Numbers, Positions, ranges
from lunxun.search.signatures import SignatureIndex


@dataclass(frozen=True, slots=True, eq=False)
class Signatures:
    """What the records of an index are known by, as rows that can be kept."""

    ids: tuple[str, ...]
    links: tuple[tuple[str, ...], ...]
    """The ids of what each links to."""
    starts: Positions
    """Where the features of each record begin, and where the last ones end."""
    keys: Numbers
    weights: NDArray[np.uint8]


def signatures_of(index: SignatureIndex) -> Signatures:
    """Take what the records are known by out of an index."""
    links = tuple(one.links for one in index.features)
    return Signatures(index.ids, links, index.starts, index.keys[index.kept], index.weights.astype(np.uint8))


def affected(old: Signatures, index: SignatureIndex, also: Collection[str] = ()) -> set[str]:
    """List the records of an index whose related ones may differ from those of an older one.

    They are those that have changed, those that share a feature with one that has, as it was or is, and those that
    it links or linked to. `also` names others that count as changed: they may be listed now, or may no longer be.
    """
    new = signatures_of(index)
    changed = _changed(old, new) | set(also)
    keys: list[Numbers] = [np.zeros(0, np.uint64)]
    linked: set[str] = set()
    for one in (old, new):
        for number, id_ in enumerate(one.ids):
            if id_ in changed:
                keys.append(one.keys[one.starts[number] : one.starts[number + 1]])
                linked.update(one.links[number])
    touched = index.owners[np.isin(index.keys, np.concatenate(keys))[index.kept]]
    sharing = {new.ids[number] for number in np.unique(touched).tolist()}
    linking = {id_ for id_, links in zip(new.ids, new.links, strict=True) if not changed.isdisjoint(links)}
    return (changed | sharing | linking | linked) & index.numbers.keys()


def _changed(old: Signatures, new: Signatures) -> set[str]:
    """List the records that came, went, link to others or are known by others now."""
    numbers = {id_: number for number, id_ in enumerate(old.ids)}
    both = [(numbers[id_], number) for number, id_ in enumerate(new.ids) if id_ in numbers]
    found = set(old.ids) ^ set(new.ids)
    found.update(new.ids[now] for then, now in both if old.links[then] != new.links[now])
    if both:
        before, after = np.array(both, np.int64).T
        found.update(new.ids[number] for number in _resigned(old, new, before, after).tolist())
    return found


def _resigned(old: Signatures, new: Signatures, before: Positions, after: Positions) -> Positions:
    """List the records, by their new numbers, whose signatures differ."""
    lengths = new.starts[after + 1] - new.starts[after]
    alike = lengths == old.starts[before + 1] - old.starts[before]
    was, now = (
        ranges(one.starts[numbers[alike]], one.starts[numbers[alike] + 1])
        for one, numbers in ((old, before), (new, after))
    )
    differ = (old.keys[was] != new.keys[now]) | (old.weights[was] != new.weights[now])
    owners = np.repeat(after[alike], lengths[alike])
    return np.union1d(after[~alike], owners[differ])
