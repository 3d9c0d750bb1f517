"""All posting lists of an index: cut into parts of which any can be written anywhere, with the same result."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lunxun.search.bits import Row
from lunxun.search.cutting import cut
from lunxun.search.layout import rounded_up
from lunxun.search.postings import Pairs
from lunxun.search.shards import Lists, Part, write_part
from lunxun.search.shelf import Shelf
from lunxun.workers import Workers

# Lists of so many postings are written at once, which takes about a hundred bytes each.
_AT_ONCE = 1 << 20
_SPANS = 16


@dataclass(frozen=True, slots=True)
class Shelved:
    """All files of some posting lists, and the scripts of those that were written now, by name."""

    shelf: Shelf
    scripts: dict[str, bytes]


def span_of(positions: int) -> int:
    """Round how far positions go, so that it stays the same for long."""
    return int(rounded_up(np.array([max(positions, 1)]), _SPANS)[0])


def write_lists(folder: str, pairs: Pairs, workers: Workers) -> Shelved:
    """Write all lists into a folder."""
    parts = [Part(low, high, Shelf.empty(), None) for low, high in _parts(pairs.counts())]
    return _run(Lists(folder, pairs, span_of(pairs.span)), parts, workers)


def rewrite_lists(folder: str, pairs: Pairs, before: Pairs, shelf: Shelf, workers: Workers) -> Shelved:
    """Write the files that differ from those of an earlier build; `shelf` knows all of those."""
    bounds = _parts(pairs.counts())
    is_alike = (pairs.size, pairs.span) == (before.size, before.span)
    if not is_alike or bounds != _parts(before.counts()):
        return write_lists(folder, pairs, workers)
    changed = pairs.changed(before)
    parts = []
    untouched = []
    for low, high in bounds:
        mine = shelf.within(low * pairs.size, high * pairs.size)
        keys = changed[slice(*np.searchsorted(changed, (low * pairs.size, high * pairs.size)))]
        if len(keys):
            parts.append(Part(low, high, mine, keys))
        else:
            untouched.append(mine)
    shelved = _run(Lists(folder, pairs, span_of(pairs.span)), parts, workers)
    return Shelved(Shelf.joined((shelved.shelf, *untouched)), shelved.scripts)


def _parts(counts: Row) -> list[tuple[int, int]]:
    """Cut first characters into ranges: they follow from the texts, however many workers there are."""
    lows = [low for low, _, _ in cut(np.arange(len(counts)), counts, 0, len(counts), _AT_ONCE)]
    return list(zip([0, *lows[1:]], [*lows[1:], len(counts)], strict=True))


def _run(lists: Lists, parts: list[Part], workers: Workers) -> Shelved:
    written = list(workers.run(write_part, lists, parts))
    scripts = {name: text for part in written for name, text in part.scripts.items()}
    return Shelved(Shelf.joined([Shelf.empty(), *(part.shelf for part in written)]), scripts)
