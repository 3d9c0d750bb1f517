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
    return _run(
        Lists(folder, pairs, span_of(pairs.span)), [Part(*bounds) for bounds in _bounds(counts)], counts, workers
    )


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
    parts, untouched = [], [Shelf.empty()]
    for low, high in bounds:
        edges = (low * pairs.size, high * pairs.size)
        keys = changed[slice(*np.searchsorted(changed, edges))]
        if len(keys):
            parts.append(Part(low, high, shelf.within(*edges), keys))
        else:
            untouched.append(shelf.within(*edges))
    shelved = _run(Lists(folder, pairs, span_of(pairs.span)), parts, counts, workers)
    return Shelved(Shelf.joined((shelved.shelf, *untouched)), shelved.scripts)


def _bounds(counts: Row) -> list[tuple[int, int]]:
    """Cut first characters into ranges: they follow from the texts, however many workers there are."""
    lows = [low for low, _, _ in cut(np.arange(len(counts)), counts, 0, len(counts), _PART)]
    return list(zip(lows, [*lows[1:], len(counts)], strict=True))


def _run(lists: Lists, parts: Sequence[Part], counts: Row, workers: Workers) -> Shelved:
    written = list(run(workers, write_parts, lists, list(_batches(parts, counts))))
    scripts = {name: text for part in written for name, text in part.scripts.items()}
    return Shelved(Shelf.joined([Shelf.empty(), *(part.shelf for part in written)]), scripts)


def _batches(parts: Sequence[Part], counts: Row) -> Iterator[list[Part]]:
    """Put parts together that are next to each other, as many as may be picked out of the texts at once."""
    batch: list[Part] = []
    size = 0
    for part in parts:
        mine = int(counts[part.low : part.high].sum())
        if batch and size + mine > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += mine
    if batch:
        yield batch
