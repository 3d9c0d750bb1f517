"""Files of posting lists after an edit that moves no document: only those that differ are written."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lunxun.search import bits
from lunxun.search.binding import Volumes, bind, heads_of, places_of, signed, texts
from lunxun.search.bits import Bits, Row
from lunxun.search.edit import Edit
from lunxun.search.ledger import Ledger
from lunxun.search.lists import Shelved, bounds, span_of
from lunxun.search.opened import OpenedLists
from lunxun.search.postings import Pairs
from lunxun.search.relisting import Relisted, relist
from lunxun.search.scripts import Read
from lunxun.search.shelf import Shelf
from lunxun.search.stretches import Stretches, copied


def rewrite_lists(folder: str, pairs: Pairs, edit: Edit, before: Shelved, read: Read) -> Shelved:
    """Write the files that differ; raises LostFileError if one that is needed for it is not what was written."""
    opened = OpenedLists(folder, before.shelf, before.ledger, read)
    lists = relist(edit, before.ledger, opened, span_of(pairs.span))
    keys, weights = lists.ledger.keys, lists.ledger.weights
    volumes = _bound(lists.ledger, pairs)
    stay = _stay(volumes, before, edit.changed)
    heavy = keys[volumes.heavy]
    stay_alone = np.isin(heavy, before.shelf.heavy) & ~np.isin(heavy, edit.changed)
    old = before.shelf.picked(
        np.isin(before.shelf.lows, volumes.lows[stay]), np.isin(before.shelf.heavy, heavy[stay_alone])
    )
    differing = volumes.picked(~stay, ~stay_alone)
    shelf, scripts = signed(folder, differing, keys, weights, _written(lists, differing, opened))
    return Shelved(Shelf.joined((old, shelf)), lists.ledger, scripts)


def _bound(ledger: Ledger, pairs: Pairs) -> Volumes:
    """Choose what goes into which file."""
    rows = [[np.zeros(0, np.int64)] for _ in range(4)]
    count = 0
    for low, high in bounds(pairs.counts):
        first, after = np.searchsorted(ledger.keys, (low * pairs.size, high * pairs.size)).tolist()
        some = bind(ledger.keys[first:after], ledger.weights[first:after], low * pairs.size, high * pairs.size)
        for row, found in zip(
            rows, (some.lows, some.firsts + count, some.lists + first, some.heavy + first), strict=True
        ):
            row.append(found)
        count += len(some.lists)
    return Volumes(*(np.concatenate(row) for row in rows))


def _stay(volumes: Volumes, before: Shelved, changed: Row) -> NDArray[np.bool_]:
    """Tell which files of many lists hold what they held."""
    shelf, keys = before.shelf, before.ledger.keys
    light = keys[~np.isin(keys, shelf.heavy)]
    then = np.diff(np.searchsorted(light, shelf.lows), append=len(light))
    at = np.searchsorted(shelf.lows, volumes.lows)
    is_known = np.append(shelf.lows, -1)[at] == volumes.lows
    is_as_long = np.append(then, 0)[at] == volumes.counts()
    # A list that came into a file, or left it, is one that changed.
    of_changed = np.searchsorted(volumes.lows, changed, "right") - 1
    is_touched = np.zeros(len(volumes.lows), np.bool_)
    is_touched[of_changed[of_changed >= 0]] = True
    stay: NDArray[np.bool_] = is_known & is_as_long & ~is_touched
    return stay


def _written(lists: Relisted, volumes: Volumes, opened: OpenedLists) -> list[bytes]:
    """Put files together from bits."""
    chosen = np.concatenate((volumes.lists, volumes.heavy))
    opened.open(lists.before[chosen[lists.begins[chosen] > 0]])
    heads = heads_of(lists.ledger.keys[volumes.lists], volumes.lows, volumes.firsts)
    places = places_of(volumes, heads, lists.ledger.weights)
    lengths = heads.lengths()
    before = bits.ends(lengths) - lengths
    row = Bits(int(lengths.sum()))
    heads.put(row, before)
    of_heads = Stretches(opened.heap.add(row.groups()) + before, lengths, places.heads)
    of_lists = lists.stretches(chosen, np.concatenate((places.lists, places.heavy)), opened.starts)
    stretches = Stretches.joined((of_heads, *of_lists))
    return texts(copied(opened.heap.emptied(), stretches, places.size), places)
