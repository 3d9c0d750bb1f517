"""Posting lists bound into files: lists in the order of their keys, not too many bytes a file; heavy lists alone.

A file of many lists begins with its keys: how many, then the gaps between them, from the lowest key that it may hold.
The lists follow, each with how many positions it has, and the gaps between those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search import bits
from lunxun.search.bits import Bits, Codes, Groups, Row
from lunxun.search.cutting import cut
from lunxun.search.scripts import script
from lunxun.search.shelf import Shelf, heavy_name, name_of

_MOST_BITS = 28_000 * bits.GROUP // 2
_HEAVY_BITS = 8_000 * bits.GROUP // 2
# What a key takes, about; only for choosing where files begin.
_KEY_BITS = 10


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


@dataclass(frozen=True, slots=True)
class Volumes:
    """Files of lists, which are named by their numbers: files of many, then those of one each."""

    lows: Row
    """For each file of many, the lowest key that it may hold."""
    firsts: Row
    """The first of its lists among `lists`."""
    lists: Row
    heavy: Row
    """The list of each file of one."""

    def counts(self) -> Row:
        """Tell how many lists each file of many has."""
        return np.diff(self.firsts, append=len(self.lists))

    def picked(self, files: NDArray[np.bool_], heavy: NDArray[np.bool_]) -> Volumes:
        """Give some of the files."""
        counts = self.counts()
        lists, firsts = self.lists[np.repeat(files, counts)], bits.ends(counts[files]) - counts[files]
        return Volumes(self.lows[files], firsts, lists, self.heavy[heavy])


@dataclass(frozen=True, slots=True)
class Places:
    """Where in one row of bits everything in some files is."""

    heads: Row
    lists: Row
    """Those of `Volumes.lists`."""
    heavy: Row
    starts: Row
    """Where each file begins, at a whole character."""
    sizes: Row

    @property
    def size(self) -> int:
        """Tell how many bits all files have."""
        return int(self.sizes.sum())


def bind(keys: Row, weights: Row, low: int, high: int) -> Volumes:
    """Choose what goes into which file, of all lists with keys in a range."""
    is_heavy = are_heavy(weights)
    light = np.flatnonzero(~is_heavy)
    files = list(cut(keys[light], weights[light] + _KEY_BITS, low, high, _MOST_BITS))
    lows, firsts = (np.array([file[row] for file in files], np.int64) for row in (0, 1))
    return Volumes(lows, firsts, light, np.flatnonzero(is_heavy))


def are_heavy(weights: Row) -> NDArray[np.bool_]:
    """Tell which lists have a file of their own."""
    return weights >= _HEAVY_BITS


def heads_of(keys: Row, lows: Row, firsts: Row) -> Heads:
    """Make the heads of files that begin at some of these lists and may hold keys from `lows` on."""
    counts = bits.gamma(np.diff(firsts, append=len(keys)))
    if not len(lows):
        return Heads(counts, counts, counts, firsts)
    return Heads(counts, *bits.columns(bits.gaps(keys, firsts, lows), firsts), firsts)


def places_of(volumes: Volumes, heads: Heads, weights: Row) -> Places:
    """Lay files out one behind the other."""
    before, light = heads.lengths(), weights[volumes.lists]
    lengths = np.concatenate((before + sums(light, volumes.firsts), weights[volumes.heavy]))
    sizes = -(-lengths // bits.GROUP) * bits.GROUP
    starts = bits.ends(sizes) - sizes
    many, alone = np.split(starts, [len(before)])
    return Places(many, bits.places(light, volumes.firsts, many + before), alone, starts, sizes)


def texts(groups: Groups, places: Places) -> list[bytes]:
    """Write files as JSON."""
    characters = bits.as_characters(groups)
    starts, ends = bits.size_of(places.starts), bits.size_of(places.starts + places.sizes)
    return [b'"%s"' % characters[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def signed(
    folder: str, volumes: Volumes, keys: Row, weights: Row, data: Sequence[bytes]
) -> tuple[Shelf, dict[str, bytes]]:
    """Make scripts of files; give what is known of the files, and the scripts by name."""
    heavy = keys[volumes.heavy]
    names = [name_of(folder, low) for low in volumes.lows.tolist()]
    names += [heavy_name(folder, key) for key in heavy.tolist()]
    made = [script(name, text) for name, text in zip(names, data, strict=True)]
    marks, alone = np.split(np.array([mark for mark, _ in made], "U2"), [len(volumes.lows)])
    shelf = Shelf(volumes.lows, marks, heavy, weights[volumes.heavy], alone)
    return shelf, {name: text for name, (_, text) in zip(names, made, strict=True)}


def sums(numbers: Row, firsts: Row) -> Row:
    """Sum up the numbers of each stretch, given where stretches begin."""
    return np.add.reduceat(numbers, firsts) if len(firsts) else np.zeros(0, np.int64)
