"""What is remembered of a record to compare it with others: the pairs of characters it speaks in, and a sketch.

Both hang on the record alone, so that an incremental build may keep them with it:

- the pairs of neighbouring Chinese characters in its names, headings and summary, with the weight of the best place
  each stands in, and the records it links to, as numbers of 64 bits;
- a sketch of its whole text, by which near-duplicates find each other (`sketches.py`).

numpy, because one pass over the codes of many texts costs a tenth of the same loop over characters.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from lunxun.search.said import PIECE_END, Said
from lunxun.search.sketches import SHINGLE, sketches
from lunxun.text.folding import fold

Codes = NDArray[np.uint32]
Numbers = NDArray[np.uint64]
Weights = NDArray[np.uint8]
Positions = NDArray[np.int64]

_BATCH = 256
# Texts that are written down together: the rows of their numbers stay near the processor.
_AT_ONCE = 50
_IN_NAME, _IN_HEADING, _IN_SUMMARY, _LINK = 6, 3, 2, 6
_HAN = (0x4E00, 0x9FFF)
_CODE_BITS, _WEIGHT_BITS = 16, 3
# How many hashes a sketch has, and how many pairs there are.
_COUNTS = struct.Struct("<II")
_BODY = hashlib.sha256().digest_size
_IS_LINK = np.uint64(1 << 63)

# The folded code of each code that has been met; 0 for the others. As `fold` does it, at a twentieth of the time.
_FOLDED = np.zeros(0x110000, np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What is remembered of one record."""

    id: str
    kind: str
    links: tuple[str, ...]
    keys: Numbers
    """Pairs and links, increasing, each once."""
    weights: Weights
    """What each key counts, by where it stands."""
    sketch: Numbers
    """The smallest hashes of its runs, increasing; all, where there are no more."""
    body: bytes
    """What two records share that say the same under other names."""


def read_features(said: Iterable[Said]) -> Iterator[Features]:
    """Read each text once."""
    waiting = iter(said)
    while batch := tuple(islice(waiting, _BATCH)):
        notes = zip(batch, text_notes(batch), strict=True)
        yield from features([Noted(one.id, one.kind, one.links, note) for one, note in notes])


def text_notes(batch: Sequence[Said]) -> Iterator[bytes]:
    """Write down of some texts what is remembered of each, without its links: a tenth of the time together."""
    for start in range(0, len(batch), _AT_ONCE):
        yield from _text_notes(batch[start : start + _AT_ONCE])


def _text_notes(batch: Sequence[Said]) -> Iterator[bytes]:
    texts = [one.text.ljust(SHINGLE, PIECE_END) for one in batch]
    codes = _folded_codes("".join(texts))
    starts = _starts([len(text) for text in texts])
    sketch, sizes = sketches(codes, np.diff(starts))
    keys, weights, counts = _pairs(batch, codes, starts)
    # Of arrays of all texts each takes its part, as bytes.
    columns = tuple(column.tobytes() for column in (sketch.astype("<u8"), keys.astype("<u4"), weights))
    edges = (8 * _starts(sizes), 4 * _starts(counts), _starts(counts))
    parts = [
        [column[one:other] for one, other in pairwise(edge.tolist())]
        for column, edge in zip(columns, edges, strict=True)
    ]
    heads = map(_COUNTS.pack, sizes.tolist(), counts.tolist())
    bodies = _bodies(batch, codes, starts.tolist())
    return map(b"".join, zip(heads, bodies, *parts, strict=True))


def _bodies(batch: Sequence[Said], codes: Codes, starts: Sequence[int]) -> Iterator[bytes]:
    """Sum up what stands below the names of each."""
    raw = memoryview(codes.tobytes())
    width = codes.itemsize
    for one, start in zip(batch, starts, strict=False):
        yield hashlib.sha256(raw[width * (start + one.ends[0]) : width * (start + len(one.text))]).digest()


@dataclass(frozen=True, slots=True)
class Noted:
    """A record with what was written down of its texts, and what it links to."""

    id: str
    kind: str
    links: tuple[str, ...]
    note: bytes


def features(records: Sequence[Noted]) -> Iterator[Features]:
    """Read what was written down of records, and add their links: all in one go, which costs a third."""
    raw = np.frombuffer(b"".join(one.note for one in records), np.uint8)
    starts = _starts([len(one.note) for one in records])
    heads = raw[starts[:-1, None] + np.arange(_COUNTS.size)].view("<u4").astype(np.int64)
    sketches, pairs = heads[:, 0], heads[:, 1]
    at_sketch = starts[:-1] + _COUNTS.size + _BODY
    at_keys = at_sketch + 8 * sketches
    at_weights = at_keys + 4 * pairs
    linked = [sorted(map(link_key, one.links)) for one in records]
    # The links of each record come behind its pairs.
    edges = _starts(pairs + [len(keys) for keys in linked])
    own = ranges(edges[:-1], edges[:-1] + pairs)
    keys, weights = np.zeros(edges[-1], np.uint64), np.full(edges[-1], _LINK, np.uint8)
    keys[own] = raw[ranges(at_keys, at_weights)].view("<u4")
    keys[ranges(edges[:-1] + pairs, edges[1:])] = np.array([key for row in linked for key in row], np.uint64)
    weights[own] = raw[ranges(at_weights, at_weights + pairs)]
    sketch = raw[ranges(at_sketch, at_keys)].view("<u8").astype(np.uint64)
    ends = _starts(sketches)
    rows = zip(records, pairwise(edges.tolist()), pairwise(ends.tolist()), strict=True)
    for one, (start, end), (first, last) in rows:
        body = one.note[_COUNTS.size : _COUNTS.size + _BODY]
        yield Features(one.id, one.kind, one.links, keys[start:end], weights[start:end], sketch[first:last], body)


def ranges(starts: Positions, ends: Positions) -> Positions:
    """Join the numbers from each start to its end."""
    counts = ends - starts
    before = np.cumsum(counts) - counts
    found: Positions = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    return found


def _starts(lengths: Sequence[int] | Positions) -> Positions:
    """Tell where stretches of these lengths begin, and where the last one ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(np.asarray(lengths, np.int64))))


@lru_cache(1 << 16)
def link_key(target: str) -> int:
    """Give the number of a record that others link to; no pair has such a number."""
    digest = hashlib.blake2b(target.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) | int(_IS_LINK)


def _pairs(batch: Sequence[Said], codes: Codes, starts: Positions) -> tuple[Numbers, Weights, Positions]:
    """Give the pairs of each record, increasing, with the weights of the best place of each, and how many it has."""
    numbers = np.arange(len(batch))
    lengths = [end - start for one in batch for start, end in pairwise((0, *one.ends))]
    ends = np.array([one.ends[-1] for one in batch])
    own = codes[ranges(starts[:-1], starts[:-1] + ends)].astype(np.uint64)
    weights = np.repeat(np.tile((_IN_NAME, _IN_HEADING, _IN_SUMMARY), len(batch)), lengths)
    owners = np.repeat(numbers.astype(np.uint64), ends)
    is_han = (own >= _HAN[0]) & (own <= _HAN[1])
    at = np.flatnonzero(is_han[:-1] & is_han[1:])  # pieces end in a line end, so that no pair crosses them
    keys = own[at] << np.uint64(_CODE_BITS) | own[at + 1]
    # One number for owner, pair and weight, the greatest weight first: sorted, the first of equal pairs is the one.
    lack = (_IN_NAME - weights[at]).astype(np.uint64)
    packed = np.sort((owners[at] << np.uint64(2 * _CODE_BITS) | keys) << np.uint64(_WEIGHT_BITS) | lack)
    whole = packed >> np.uint64(_WEIGHT_BITS)
    first = np.flatnonzero(np.diff(whole, prepend=np.uint64((1 << 64) - 1)))
    whole, packed = whole[first], packed[first]
    owner = (whole >> np.uint64(2 * _CODE_BITS)).astype(np.int64)
    weight = _IN_NAME - (packed & np.uint64((1 << _WEIGHT_BITS) - 1)).astype(np.uint8)
    return whole & np.uint64((1 << 2 * _CODE_BITS) - 1), weight, np.bincount(owner, minlength=len(batch))


def _folded_codes(text: str) -> Codes:
    """Give the codes of a folded text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    folded: Codes = _FOLDED[codes]
    unknown = np.unique(codes[folded == 0])
    if len(unknown):
        _FOLDED[unknown] = [ord(fold(chr(code))) for code in unknown.tolist()]
        folded = _FOLDED[codes]
    return folded
