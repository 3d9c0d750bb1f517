"""All posting lists of an index: cut into parts of which any can be written anywhere, with the same result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lunxun.search.bits import Row
from lunxun.search.cutting import cut
from lunxun.search.layout import rounded_up
from lunxun.search.ledger import Ledger
from lunxun.search.postings import Pairs
from lunxun.search.scripts import Put
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
    """All files of some posting lists, what is known of the lists, and the scripts that were written now, by name."""

    shelf: Shelf
    ledger: Ledger
    scripts: dict[str, bytes]


def span_of(positions: int) -> int:
    """Round how far positions go, so that it stays the same for long."""
    return int(rounded_up(np.array([max(positions, 1)]), _SPANS)[0])


def write_lists(folder: str, pairs: Pairs, workers: Workers, put: Put | None = None) -> Shelved:
    """Write all lists into a folder; whoever writes files can `put` them into the site, too."""
    parts = [(Part(low, high), int(pairs.counts[low:high].sum())) for low, high in bounds(pairs.counts)]
    batches = list(_batches(parts, workers.count))
    written = list(run(workers, write_parts, Lists(folder, pairs, span_of(pairs.span), put), batches))
    scripts = {name: text for part in written for name, text in part.scripts.items()}
    ledger = Ledger.joined([Ledger.empty(), *(part.ledger for part in written)])
    return Shelved(Shelf.joined([Shelf.empty(), *(part.shelf for part in written)]), ledger, scripts)


def bounds(counts: Row) -> list[tuple[int, int]]:
    """Cut first characters into ranges: they follow from the texts, however many workers there are."""
    lows = [low for low, _, _ in cut(np.arange(len(counts)), counts, 0, len(counts), _PART)]
    return list(zip(lows, [*lows[1:], len(counts)], strict=True))


def _batches(parts: Sequence[tuple[Part, int]], workers: int) -> Iterator[list[Part]]:
    """Put parts together that are next to each other; of each it is known about how many postings it needs.

    If one batch is not enough, all workers are to have as many, so that none waits for the others at the end.
    """
    total = sum(postings for _, postings in parts)
    wanted = workers * -(-total // (_BATCH * workers)) if total > _BATCH else 1
    batch: list[Part] = []
    begun, done = 0, 0
    for part, postings in parts:
        # A batch ends where the share of all that is done is nearest to one more of all batches.
        if batch and (done + postings // 2) * wanted > (begun + 1) * total:
            yield batch
            batch, begun = [], begun + 1
        batch.append(part)
        done += postings
    if batch:
        yield batch
