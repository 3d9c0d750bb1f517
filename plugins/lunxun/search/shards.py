"""Posting lists as files: lists in the order of their keys, not too many bytes a file; heavy lists alone.

A file of many lists begins with its keys: how many, then the gaps between them, from the lowest key that it may hold.
The lists follow, each with how many positions it has, and the gaps between those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lunxun.search import bits
from lunxun.search.bits import Bits, Codes, Groups, Row
from lunxun.search.cutting import cut
from lunxun.search.ledger import Landmarks, Ledger, landmarks_of
from lunxun.search.postings import Pairs, Postings, edges, keys, positions
from lunxun.search.scripts import script
from lunxun.search.shelf import Shelf, heavy_name, name_of

_MOST_BITS = 28_000 * bits.GROUP // 2
_HEAVY_BITS = 8_000 * bits.GROUP // 2
# What a key takes, about; only for choosing where files begin.
_KEY_BITS = 10


@dataclass(frozen=True, slots=True)
class Lists:
    """What all parts of some posting lists have in common."""

    folder: str
    pairs: Pairs
    span: int
    """How far positions go, rounded; gaps are written to suit it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Keys whose first characters are in a range."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Written:
    """All files of a part, what is known of the lists in them, and the scripts by name."""

    shelf: Shelf
    ledger: Ledger
    scripts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands before the lists in files of many: how many keys, the divisor of the gaps between them, the gaps."""

    counts: Codes
    suited: Codes
    gaps: Codes
    firsts: Row
    """The first gap of each file."""

    def lengths(self) -> Row:
        """Tell how many bits stand before the lists of each file."""
        return self.counts.lengths + self.suited.lengths + sums(self.gaps.lengths, self.firsts)

    def put(self, row: Bits, places: Row) -> None:
        """Write them at places."""
        row.put(self.counts, places)
        places = places + self.counts.lengths
        row.put(self.suited, places)
        row.put(self.gaps, bits.places(self.gaps.lengths, self.firsts, places + self.suited.lengths))


def heads_of(keys: Row, lows: Row, firsts: Row) -> Heads:
    """Make the heads of files that begin at some of these lists and may hold keys from `lows` on."""
    if not len(lows):
        none = bits.gamma(lows)
        return Heads(none, none, none, firsts)
    return Heads(
        bits.gamma(np.diff(firsts, append=len(keys))), *bits.columns(bits.gaps(keys, firsts, lows), firsts), firsts
    )


@dataclass(frozen=True, slots=True)
class Coded:
    """Posting lists in the order of their keys, as codes."""

    keys: Row
    counts: Row
    heads: Codes
    codes: Codes
    weights: Row
    """How many bits each list has."""
    landmarks: Landmarks

    def picked(self, chosen: NDArray[np.bool_]) -> Coded:
        """Give some of the lists."""
        if chosen.all():
            return self
        codes = self.codes.picked(np.repeat(chosen, self.counts))
        heads = self.heads.picked(chosen)
        return Coded(self.keys[chosen], self.counts[chosen], heads, codes, self.weights[chosen], self.landmarks)


def write_parts(lists: Lists, parts: Sequence[Part]) -> Written:
    """Write the files of some parts that follow each other; a task for workers."""
    size = lists.pairs.size
    # To look through all texts once for all parts is faster than to do it for each.
    postings = lists.pairs.between(parts[0].low, parts[-1].high)
    bounds = [*(part.low for part in parts), parts[-1].high]
    first, _ = edges(postings, np.array(bounds, np.int64) * size)
    written = [
        _write_part(lists, part, postings[start:end])
        for part, (start, end) in zip(parts, pairwise(first.tolist()), strict=True)
    ]
    scripts = {name: text for one in written for name, text in one.scripts.items()}
    ledger = Ledger.joined([one.ledger for one in written])
    return Written(Shelf.joined([one.shelf for one in written]), ledger, scripts)


def _write_part(lists: Lists, part: Part, postings: Postings) -> Written:
    coded = coded_lists(postings, lists.span)
    is_heavy = are_heavy(coded.weights)
    light, heavy = coded.picked(~is_heavy), coded.picked(is_heavy)
    lows, firsts = cut_files(light.keys, light.weights, part.low * lists.pairs.size, part.high * lists.pairs.size)
    files = signed([name_of(lists.folder, low) for low in lows.tolist()], _packed_light(light, lows, firsts))
    alone = signed([heavy_name(lists.folder, key) for key in heavy.keys.tolist()], _packed_heavy(heavy))
    shelf = Shelf(lows, marks_of(files), heavy.keys, heavy.weights, marks_of(alone))
    ledger = Ledger(coded.keys, coded.counts, coded.weights, coded.landmarks)
    return Written(shelf, ledger, {name: text for name, (_, text) in (files | alone).items()})


def are_heavy(weights: Row) -> NDArray[np.bool_]:
    """Tell which lists have a file of their own."""
    return weights >= _HEAVY_BITS


def cut_files(keys: Row, weights: Row, low: int, high: int) -> tuple[Row, Row]:
    """Choose what goes into which file: give the lowest key that each may hold, and its first list."""
    files = list(cut(keys, weights + _KEY_BITS, low, high, _MOST_BITS))
    lows, firsts = ([file[row] for file in files] for row in (0, 1))
    return np.array(lows, np.int64), np.array(firsts, np.int64)


def coded_lists(postings: Postings, span: int) -> Coded:
    """Write lists as codes."""
    of_each = keys(postings)
    firsts = np.flatnonzero(np.diff(of_each, prepend=-1))
    counts = np.diff(firsts, append=len(postings))
    suited = bits.divisors(span // counts)
    places = positions(postings)
    codes = bits.golomb(bits.gaps(places, firsts), np.repeat(suited, counts))
    heads = bits.gamma(counts)
    weights = sums(codes.lengths, firsts) + heads.lengths
    return Coded(of_each[firsts], counts, heads, codes, weights, landmarks_of(counts, heads, codes, places))


def _packed_light(lists: Coded, lows: Row, firsts: Row) -> list[bytes]:
    """Write files of many lists."""
    if not len(lows):
        return []
    heads = heads_of(lists.keys, lows, firsts)
    before = heads.lengths()
    starts, sizes = aligned(before + sums(lists.weights, firsts))
    row = Bits(int(starts[-1]) + int(sizes[-1]))
    heads.put(row, starts)
    put_lists(row, lists, bits.places(lists.weights, firsts, starts + before))
    return texts(row.groups(), starts, sizes)


def _packed_heavy(lists: Coded) -> list[bytes]:
    """Write files of one list each; their names say which."""
    if not len(lists.keys):
        return []
    starts, sizes = aligned(lists.weights)
    row = Bits(int(starts[-1]) + int(sizes[-1]))
    put_lists(row, lists, starts)
    return texts(row.groups(), starts, sizes)


def put_lists(row: Bits, lists: Coded, starts: Row) -> None:
    """Write lists at places."""
    row.put(lists.heads, starts)
    firsts = bits.ends(lists.counts) - lists.counts
    row.put(lists.codes, bits.places(lists.codes.lengths, firsts, starts + lists.heads.lengths))


def aligned(lengths: Row) -> tuple[Row, Row]:
    """Give files of so many bits their places, each at a whole character, and their whole sizes."""
    sizes = -(-lengths // bits.GROUP) * bits.GROUP
    return bits.ends(sizes) - sizes, sizes


def texts(groups: Groups, starts: Row, sizes: Row) -> list[bytes]:
    """Write files that stand behind each other as JSON."""
    characters = bits.as_characters(groups)
    edges = zip(bits.size_of(starts).tolist(), bits.size_of(starts + sizes).tolist(), strict=True)
    return [b'"%s"' % characters[start:end] for start, end in edges]


def signed(names: Sequence[str], data: Sequence[bytes]) -> dict[str, tuple[str, bytes]]:
    """Make scripts; give their marks and texts by their names."""
    return {name: script(name, text) for name, text in zip(names, data, strict=True)}


def marks_of(files: dict[str, tuple[str, bytes]]) -> NDArray[np.str_]:
    """Give the marks of scripts in a row."""
    return np.array([mark for mark, _ in files.values()], "U2")


def sums(numbers: Row, firsts: Row) -> Row:
    """Sum up the numbers of each stretch, given where stretches begin."""
    return np.add.reduceat(numbers, firsts) if len(firsts) else np.zeros(0, np.int64)
