"""All posting lists of an index: cut into parts of which any can be written anywhere, with the same result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lunxun.search.bits import Row
from lunxun.search.cutting import cut
from lunxun.search.layout import rounded_up
from lunxun.search.postings import Pairs
from lunxun.search.shards import Lists, Part, write_parts
from lunxun.search.shelf import Shelf
from lunxun.workers import Workers, run

# So many postings are written at once, which takes about eighty bytes each; and so many are picked out of the texts,
# which takes eight.
_PART = 1 << 19
_BATCH = 1 << 21
_MOST_KEYS = 1 << 25
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
    counts = pairs.counts()
    parts = [(Part(low, high), int(counts[low:high].sum())) for low, high in _bounds(counts)]
    return _run(Lists(folder, pairs, span_of(pairs.span)), parts, workers)


def rewrite_lists(folder: str, pairs: Pairs, before: Pairs, shelf: Shelf, workers: Workers) -> Shelved:
    """Write the files that differ from those of an earlier build; `shelf` knows all of those."""
    if (pairs.size, pairs.span) != (before.size, before.span):
        return write_lists(folder, pairs, workers)
    differ = pairs.differing(before)
    counts = pairs.counts()
    bounds = _bounds(counts)
    if bounds != _bounds(counts - pairs.counts_at(differ) + before.counts_at(differ)):
        return write_lists(folder, pairs, workers)
    changed = pairs.changed(before, differ)
    parts: list[tuple[Part, int]] = []
    untouched = [Shelf.empty()]
    for low, high in bounds:
        edges = (low * pairs.size, high * pairs.size)
        keys = changed[slice(*np.searchsorted(changed, edges))]
        mine = shelf.within(*edges)
        if len(keys):
            share = min(len(keys) / max(len(mine.lows), 1), 1.0)
            parts.append((Part(low, high, mine, keys), int(counts[low:high].sum() * share)))
        else:
            untouched.append(mine)
    shelved = _run(Lists(folder, pairs, span_of(pairs.span)), parts, workers)
    return Shelved(Shelf.joined((shelved.shelf, *untouched)), shelved.scripts)


def _bounds(counts: Row) -> list[tuple[int, int]]:
    """Cut first characters into ranges: they follow from the texts, however many workers there are."""
    lows = [low for low, _, _ in cut(np.arange(len(counts)), counts, 0, len(counts), _PART)]
    return list(zip(lows, [*lows[1:], len(counts)], strict=True))


def _run(lists: Lists, parts: Sequence[tuple[Part, int]], workers: Workers) -> Shelved:
    batches = list(_batches(parts, lists.pairs.size))
    written = list(run(workers, write_parts, lists, batches))
    scripts = {name: text for part in written for name, text in part.scripts.items()}
    return Shelved(Shelf.joined([Shelf.empty(), *(part.shelf for part in written)]), scripts)


def _batches(parts: Sequence[tuple[Part, int]], size: int) -> Iterator[list[Part]]:
    """Put parts together that are next to each other; of each it is known about how many postings it needs."""
    batch: list[Part] = []
    needed = 0
    for part, postings in parts:
        if batch and (needed + postings > _BATCH or (part.high - batch[0].low) * size > _MOST_KEYS):
            yield batch
            batch, needed = [], 0
        batch.append(part)
        needed += postings
    if batch:
        yield batch
