"""Posting lists as files: lists in the order of their keys, not too many bytes a file; heavy lists alone.

A file of many lists begins with its keys: how many, then the gaps between them, from the lowest key that it may hold.
The lists follow, each with how many positions it has, and the gaps between those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lunxun.search import bits
from lunxun.search.bits import Bits, Codes, Row
from lunxun.search.cutting import cut
from lunxun.search.postings import Pairs, Postings, keys, positions, start_of
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
    """Keys whose first characters are in a range; and, of an earlier build, their files and which lists differ now."""

    low: int
    high: int
    before: Shelf | None = None
    changed: Row = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class Written:
    """All files of a part, and the scripts of those that were written now, by name."""

    shelf: Shelf
    scripts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class _Coded:
    """Posting lists in the order of their keys, as codes."""

    keys: Row
    counts: Row
    heads: Codes
    codes: Codes
    weights: Row
    """How many bits each list has."""

    def picked(self, chosen: NDArray[np.bool_]) -> _Coded:
        """Give some of the lists."""
        if chosen.all():
            return self
        codes = self.codes.picked(np.repeat(chosen, self.counts))
        return _Coded(self.keys[chosen], self.counts[chosen], self.heads.picked(chosen), codes, self.weights[chosen])


def write_parts(lists: Lists, parts: Sequence[Part]) -> Written:
    """Write the files of some parts, but for those written earlier that stay as they are; a task for workers."""
    size = lists.pairs.size
    kept = [_unchanged(part) for part in parts]
    # To look through all texts once for all parts is faster than to do it for each.
    postings = _postings(lists.pairs, parts, kept)
    edges = [(start_of(postings, part.low * size), start_of(postings, part.high * size)) for part in parts]
    written = [
        _write_part(lists, part, stay, postings[start:end])
        for part, stay, (start, end) in zip(parts, kept, edges, strict=True)
    ]
    scripts = {name: text for one in written for name, text in one.scripts.items()}
    return Written(Shelf.joined([one.shelf for one in written]), scripts)


def _write_part(lists: Lists, part: Part, kept: Shelf, postings: Postings) -> Written:
    while True:
        coded = _coded(postings, lists.span)
        is_heavy = coded.weights >= _HEAVY_BITS
        light = coded.picked(~is_heavy)
        lows, firsts, stay = _cut(lists.pairs.size, part, kept, light)
        if len(stay) == len(kept.lows):
            break
        # What was to stay as it is would share a file with other lists now: its lists are needed too.
        kept = kept.picked(np.isin(kept.lows, stay), slice(None))
        postings = _postings(lists.pairs, [part], [kept])
    heavy = coded.picked(is_heavy)
    files = _signed([name_of(lists.folder, low) for low in lows.tolist()], _packed_light(light, lows, firsts))
    alone = _signed([heavy_name(lists.folder, key) for key in heavy.keys.tolist()], _packed_heavy(heavy))
    weights = _sums(light.weights + _KEY_BITS, firsts)
    shelf = Shelf(lows, weights, _marks(files), heavy.keys, heavy.weights, _marks(alone))
    return Written(Shelf.joined((kept, shelf)), {name: text for name, (_, text) in (files | alone).items()})


def _unchanged(part: Part) -> Shelf:
    """Give the files of an earlier build that hold no list that changed."""
    if part.before is None:
        return Shelf.empty()
    touched = np.searchsorted(part.before.lows, part.changed, "right") - 1
    is_touched = np.zeros(len(part.before.lows), np.bool_)
    is_touched[touched[touched >= 0]] = True
    return part.before.picked(~is_touched, ~np.isin(part.before.heavy, part.changed))


def _postings(pairs: Pairs, parts: Sequence[Part], kept: Sequence[Shelf]) -> Postings:
    """Pick out the postings of all lists that are in no file that stays."""
    low, high = parts[0].low, parts[-1].high
    if parts[0].before is None:
        return pairs.between(low, high)
    wanted = np.zeros((high - low) * pairs.size, np.bool_)
    for part, stay in zip(parts, kept, strict=True):
        before = part.before or Shelf.empty()
        lows = np.append(before.lows, part.high * pairs.size) - low * pairs.size
        for opened in np.flatnonzero(~np.isin(before.lows, stay.lows)).tolist():
            wanted[lows[opened] : lows[opened + 1]] = True
        wanted[stay.heavy - low * pairs.size] = False
        wanted[part.changed - low * pairs.size] = True
    return pairs.between(low, high, wanted)


def _coded(postings: Postings, span: int) -> _Coded:
    """Write lists as codes."""
    of_each = keys(postings)
    firsts = np.flatnonzero(np.diff(of_each, prepend=-1))
    counts = np.diff(firsts, append=len(postings))
    suited = bits.divisors(span // counts)
    codes = bits.golomb(bits.gaps(positions(postings), firsts), np.repeat(suited, counts))
    heads = bits.gamma(counts)
    return _Coded(of_each[firsts], counts, heads, codes, _sums(codes.lengths, firsts) + heads.lengths)


def _cut(size: int, part: Part, kept: Shelf, light: _Coded) -> tuple[Row, Row, Row]:
    """Choose what goes into which file: give the lowest key of each, its first list, and the files that stay."""
    items = np.concatenate((kept.lows, light.keys))
    weights = np.concatenate((kept.weights, light.weights + _KEY_BITS))
    is_file = np.arange(len(items)) < len(kept.lows)
    order = np.argsort(items)
    items, weights, is_file = items[order], weights[order], is_file[order]
    files_before = np.concatenate((np.zeros(1, np.int64), bits.ends(is_file.astype(np.int64)))).tolist()
    lows, firsts, stay = [], [], []
    for low, first, after in cut(items, weights, part.low * size, part.high * size, _MOST_BITS):
        files = files_before[after] - files_before[first]
        if files and after - first == 1 and items[first] == low:
            stay.append(low)
        elif not files:
            lows.append(low)
            firsts.append(first - files_before[first])
    return np.array(lows, np.int64), np.array(firsts, np.int64), np.array(stay, np.int64)


def _packed_light(lists: _Coded, lows: Row, firsts: Row) -> list[bytes]:
    """Write files of many lists."""
    if not len(lows):
        return []
    counts = np.diff(firsts, append=len(lists.keys))
    heads = bits.gamma(counts)
    suited, key_codes = bits.columns(bits.gaps(lists.keys, firsts, lows), firsts)
    before = heads.lengths + suited.lengths
    behind = before + _sums(key_codes.lengths, firsts)
    starts, sizes = _aligned(behind + _sums(lists.weights, firsts))
    row = Bits(int(starts[-1]) + int(sizes[-1]))
    row.put(heads, starts)
    row.put(suited, starts + heads.lengths)
    row.put(key_codes, bits.places(key_codes.lengths, firsts, starts + before))
    _put(row, lists, bits.places(lists.weights, firsts, starts + behind))
    return _texts(row, starts, sizes)


def _packed_heavy(lists: _Coded) -> list[bytes]:
    """Write files of one list each; their names say which."""
    if not len(lists.keys):
        return []
    starts, sizes = _aligned(lists.weights)
    row = Bits(int(starts[-1]) + int(sizes[-1]))
    _put(row, lists, starts)
    return _texts(row, starts, sizes)


def _put(row: Bits, lists: _Coded, starts: Row) -> None:
    row.put(lists.heads, starts)
    firsts = bits.ends(lists.counts) - lists.counts
    row.put(lists.codes, bits.places(lists.codes.lengths, firsts, starts + lists.heads.lengths))


def _aligned(lengths: Row) -> tuple[Row, Row]:
    """Give files of so many bits their places, each at a whole character, and their whole sizes."""
    sizes = -(-lengths // bits.GROUP) * bits.GROUP
    return bits.ends(sizes) - sizes, sizes


def _texts(row: Bits, starts: Row, sizes: Row) -> list[bytes]:
    characters = row.characters()
    edges = zip(bits.size_of(starts).tolist(), bits.size_of(starts + sizes).tolist(), strict=True)
    return [b'"%s"' % characters[start:end] for start, end in edges]


def _signed(names: Sequence[str], data: Sequence[bytes]) -> dict[str, tuple[str, bytes]]:
    return {name: script(name, text) for name, text in zip(names, data, strict=True)}


def _marks(files: dict[str, tuple[str, bytes]]) -> NDArray[np.str_]:
    return np.array([mark for mark, _ in files.values()], "U2")


def _sums(numbers: Row, firsts: Row) -> Row:
    return np.add.reduceat(numbers, firsts) if len(firsts) else np.zeros(0, np.int64)
