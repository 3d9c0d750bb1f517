"""Posting lists of a range of keys picked out of all texts, coded, and written as files: work for any process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lunxun.search.binding import bind, heads_of, places_of, signed, texts
from lunxun.search.bits import Bits
from lunxun.search.coding import coded_lists
from lunxun.search.ledger import Ledger
from lunxun.search.postings import Pairs, Postings, edges
from lunxun.search.scripts import Put, address_of
from lunxun.search.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Lists:
    """What all parts of some posting lists have in common."""

    folder: str
    pairs: Pairs
    span: int
    """How far positions go, rounded; gaps are written to suit it."""
    put: Put | None = None
    """Takes the files, if they are not to be given back."""


@dataclass(frozen=True, slots=True)
class Part:
    """Keys whose first characters are in a range."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of the files of a part and of the lists in them; the scripts by name, unless they were put away."""

    shelf: Shelf
    ledger: Ledger
    scripts: dict[str, bytes]


def write_parts(lists: Lists, parts: Sequence[Part]) -> Written:
    """Write the files of some parts that follow each other; a task for workers."""
    # To look through all texts once for all parts is faster than to do it for each.
    postings = lists.pairs.between(parts[0].low, parts[-1].high)
    bounds = np.array([*(part.low for part in parts), parts[-1].high], np.int64) * lists.pairs.size
    first, _ = edges(postings, bounds)
    written = [
        _write_part(lists, part, postings[start:end])
        for part, (start, end) in zip(parts, pairwise(first.tolist()), strict=True)
    ]
    scripts = {name: text for one in written for name, text in one.scripts.items()}
    if lists.put is not None:
        lists.put({address_of(name): text for name, text in scripts.items()})
        scripts = {}
    ledger = Ledger.joined([one.ledger for one in written])
    return Written(Shelf.joined([one.shelf for one in written]), ledger, scripts)


def _write_part(lists: Lists, part: Part, postings: Postings) -> Written:
    coded = coded_lists(postings, lists.span)
    keys, weights = coded.ledger.keys, coded.ledger.weights
    volumes = bind(keys, weights, part.low * lists.pairs.size, part.high * lists.pairs.size)
    heads = heads_of(keys[volumes.lists], volumes.lows, volumes.firsts)
    places = places_of(volumes, heads, weights)
    row = Bits(places.size)
    heads.put(row, places.heads)
    of_each = np.empty_like(keys)
    of_each[volumes.lists], of_each[volumes.heavy] = places.lists, places.heavy
    coded.put(row, of_each)
    shelf, scripts = signed(lists.folder, volumes, keys, weights, texts(row.groups(), places))
    return Written(shelf, coded.ledger, scripts)
