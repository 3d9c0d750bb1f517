"""Files of posting lists after an edit that moves no document: only those that differ are written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search import bits
from lunxun.search.bits import Bits, Row
from lunxun.search.edit import Edit
from lunxun.search.ledger import Ledger
from lunxun.search.lists import Shelved, bounds, span_of
from lunxun.search.opened import OpenedLists
from lunxun.search.postings import Pairs
from lunxun.search.relisting import Relisted, relist
from lunxun.search.scripts import Read
from lunxun.search.shards import aligned, are_heavy, cut_files, heads_of, marks_of, signed, sums, texts
from lunxun.search.shelf import Shelf, heavy_name, name_of
from lunxun.search.stretches import Stretches, copied


@dataclass(frozen=True, slots=True)
class _Files:
    """Files of many lists, which are named by their numbers in the ledger."""

    lows: Row
    firsts: Row
    """The first list of each among `lists`."""
    lists: Row

    def counts(self) -> Row:
        """Tell how many lists each has."""
        return np.diff(self.firsts, append=len(self.lists))

    def picked(self, chosen: NDArray[np.bool_]) -> _Files:
        """Give some of the files."""
        counts = self.counts()
        lists = self.lists[np.repeat(chosen, counts)]
        return _Files(self.lows[chosen], bits.ends(counts[chosen]) - counts[chosen], lists)


def rewrite_lists(folder: str, pairs: Pairs, edit: Edit, before: Shelved, read: Read) -> Shelved:
    """Write the files that differ; raises LostFileError if one that is needed for it is not what was written."""
    opened = OpenedLists(folder, before.shelf, before.ledger, read)
    lists = relist(edit, before.ledger, opened, span_of(pairs.span))
    keys = lists.ledger.keys
    files = _cut(lists.ledger, pairs)
    heavy = np.flatnonzero(are_heavy(lists.ledger.weights))
    stays = _stay(files, lists.ledger, before, edit.changed)
    stays_alone = np.isin(keys[heavy], before.shelf.heavy) & ~np.isin(keys[heavy], edit.changed)
    old = before.shelf.picked(
        np.isin(before.shelf.lows, files.lows[stays]), np.isin(before.shelf.heavy, keys[heavy[stays_alone]])
    )
    files, heavy = files.picked(~stays), heavy[~stays_alone]
    data = _written(lists, files, heavy, opened)
    names = [name_of(folder, low) for low in files.lows.tolist()]
    scripts = signed([*names, *(heavy_name(folder, key) for key in keys[heavy].tolist())], data)
    marks = marks_of(scripts)
    weights = lists.ledger.weights[heavy]
    new = Shelf(files.lows, marks[: len(names)], keys[heavy], weights, marks[len(names) :])
    return Shelved(Shelf.joined((old, new)), lists.ledger, {name: text for name, (_, text) in scripts.items()})


def _cut(ledger: Ledger, pairs: Pairs) -> _Files:
    """Choose what goes into which file."""
    light = np.flatnonzero(~are_heavy(ledger.weights))
    keys, weights = ledger.keys[light], ledger.weights[light]
    lows, firsts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for low, high in bounds(pairs.counts):
        edges = (low * pairs.size, high * pairs.size)
        first, after = np.searchsorted(keys, edges)
        found, begins = cut_files(keys[first:after], weights[first:after], *edges)
        lows.append(found)
        firsts.append(begins + first)
    return _Files(np.concatenate(lows), np.concatenate(firsts), light)


def _stay(files: _Files, ledger: Ledger, before: Shelved, changed: Row) -> NDArray[np.bool_]:
    """Tell which files hold what they held."""
    shelf, keys = before.shelf, before.ledger.keys
    light = keys[~np.isin(keys, shelf.heavy)]
    then = np.diff(np.searchsorted(light, shelf.lows), append=len(light))
    at = np.searchsorted(shelf.lows, files.lows)
    is_known = np.append(shelf.lows, -1)[at] == files.lows
    is_as_long = np.append(then, 0)[at] == files.counts()
    # A list that came into a file, or left it, is one that changed.
    of_changed = np.searchsorted(files.lows, changed, "right") - 1
    is_touched = np.zeros(len(files.lows), np.bool_)
    is_touched[of_changed[of_changed >= 0]] = True
    stay: NDArray[np.bool_] = is_known & is_as_long & ~is_touched
    return stay


def _written(lists: Relisted, files: _Files, heavy: Row, opened: OpenedLists) -> list[bytes]:
    """Put files together from bits; first those of many lists."""
    ledger = lists.ledger
    chosen = np.concatenate((files.lists, heavy))
    opened.open(lists.before[chosen[lists.begins[chosen] > 0]])
    heads = heads_of(ledger.keys[files.lists], files.lows, files.firsts)
    before = heads.lengths()
    starts, sizes = aligned(
        np.concatenate((before + sums(ledger.weights[files.lists], files.firsts), ledger.weights[heavy]))
    )
    row = Bits(int(before.sum()))
    heads.put(row, bits.ends(before) - before)
    of_heads = Stretches(opened.heap.add(row.groups()) + bits.ends(before) - before, before, starts[: len(before)])
    in_files = bits.places(ledger.weights[files.lists], files.firsts, starts[: len(before)] + before)
    targets = np.concatenate((in_files, starts[len(before) :]))
    stretches = Stretches.joined((of_heads, *lists.stretches(chosen, targets, opened.starts)))
    size = int((starts + sizes)[-1]) if len(starts) else 0
    return texts(copied(opened.heap.whole(), stretches, size), starts, sizes)
