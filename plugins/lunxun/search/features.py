"""What is remembered of a record to compare it with others: the pairs of characters it speaks in, and a sketch.

Both hang on the record alone, so that an incremental build may keep them with it:

- the pairs of neighbouring Chinese characters in its names, headings and summary, with the weight of the best place
  each stands in, and the records it links to, as numbers of 64 bits;
- the smallest hashes of its runs of six characters, by which near-duplicates find each other (Broder 1997).

numpy, because one pass over the codes of many texts costs a tenth of the same loop over characters.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from lunxun.search.said import Said
from lunxun.text.folding import fold

Numbers = NDArray[np.uint64]
Weights = NDArray[np.uint8]

SKETCH = 24
SHINGLE = 6
_BATCH = 256
_IN_NAME, _IN_HEADING, _IN_SUMMARY, _LINK = 6, 3, 2, 6
_HAN = (0x4E00, 0x9FFF)
_CODE_BITS, _WEIGHT_BITS = 16, 3
# How many hashes a sketch has, and how many pairs there are.
_COUNTS = struct.Struct("<II")
_IS_LINK = np.uint64(1 << 63)
# Odd numbers without a pattern (those of SplitMix64): they spread what is near each other.
_SPREAD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)

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
        for one, note in zip(batch, text_notes(batch), strict=True):
            yield features(one.id, one.kind, one.links, note)


def text_notes(batch: Sequence[Said]) -> Iterator[bytes]:
    """Write down of some texts what is remembered of each, without its links: a twentieth of the time together."""
    codes = _folded_codes("".join(one.text for one in batch))
    starts = list(accumulate((len(one.text) for one in batch), initial=0))
    for one, start, (keys, weights) in zip(batch, starts, _pairs(batch, codes), strict=False):
        own = codes[start : start + len(one.text)]
        sketch = _sketch(own)
        body = hashlib.sha256(own[one.ends[0] :].tobytes()).digest()
        columns = (sketch.astype("<u8"), keys.astype("<u4"), weights)
        yield b"".join((_COUNTS.pack(len(sketch), len(keys)), body, *(column.tobytes() for column in columns)))


def features(id_: str, kind: str, links: tuple[str, ...], note: bytes) -> Features:
    """Read what was written down of a text, and add its links."""
    sketches, pairs = _COUNTS.unpack_from(note)
    at_sketch = _COUNTS.size + hashlib.sha256().digest_size
    at_keys = at_sketch + 8 * sketches
    linked = np.array(sorted(map(link_key, links)), np.uint64)
    return Features(
        id_,
        kind,
        links,
        np.concatenate((np.frombuffer(note, "<u4", pairs, at_keys).astype(np.uint64), linked)),
        np.concatenate(
            (np.frombuffer(note, np.uint8, pairs, at_keys + 4 * pairs), np.full(len(linked), _LINK, np.uint8))
        ),
        np.frombuffer(note, "<u8", sketches, at_sketch).astype(np.uint64),
        note[_COUNTS.size : at_sketch],
    )


@lru_cache(1 << 16)
def link_key(target: str) -> int:
    """Give the number of a record that others link to; no pair has such a number."""
    digest = hashlib.blake2b(target.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) | int(_IS_LINK)


def _pairs(batch: Sequence[Said], codes: Numbers) -> Iterator[tuple[Numbers, Weights]]:
    """Give for each record its pairs, increasing, with the weights of the best place of each."""
    lengths = [end - start for one in batch for start, end in pairwise((0, *one.ends, len(one.text)))]
    weights = np.repeat(np.tile((_IN_NAME, _IN_HEADING, _IN_SUMMARY, 0), len(batch)), lengths)
    owners = np.repeat(np.arange(len(batch), dtype=np.uint64), [len(one.text) for one in batch])
    is_read = (weights > 0) & (codes >= _HAN[0]) & (codes <= _HAN[1])
    at = np.flatnonzero(is_read[:-1] & is_read[1:])  # pieces end in a line end, so that no pair crosses them
    keys = codes[at] << np.uint64(_CODE_BITS) | codes[at + 1]
    # One number for owner, pair and weight, the greatest weight first: sorted, the first of equal pairs is the one.
    lack = (_IN_NAME - weights[at]).astype(np.uint64)
    packed = np.sort((owners[at] << np.uint64(2 * _CODE_BITS) | keys) << np.uint64(_WEIGHT_BITS) | lack)
    whole = packed >> np.uint64(_WEIGHT_BITS)
    packed = packed[np.flatnonzero(np.diff(whole, prepend=np.uint64((1 << 64) - 1)))]
    ends = np.searchsorted(packed >> np.uint64(2 * _CODE_BITS + _WEIGHT_BITS), np.arange(len(batch)), side="right")
    key = packed >> np.uint64(_WEIGHT_BITS) & np.uint64((1 << 2 * _CODE_BITS) - 1)
    weight = _IN_NAME - (packed & np.uint64((1 << _WEIGHT_BITS) - 1)).astype(np.uint8)
    for start, end in pairwise((0, *ends.tolist())):
        yield key[start:end], weight[start:end]


def _sketch(codes: Numbers) -> Numbers:
    """Choose the smallest hashes of the runs of six characters; a shorter text is one run."""
    width = min(SHINGLE, len(codes))
    count = len(codes) - width + 1
    hashes = np.zeros(count, np.uint64)
    for offset in range(width):
        hashes = (hashes ^ codes[offset : offset + count]) * _SPREAD
        hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    if count > 2 * SKETCH:
        few = np.unique(np.partition(hashes, 2 * SKETCH)[: 2 * SKETCH])
        hashes = few if len(few) >= SKETCH else hashes
    smallest: Numbers = np.unique(hashes)[:SKETCH]
    return smallest


def _folded_codes(text: str) -> Numbers:
    """Give the codes of a folded text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    folded = _FOLDED[codes]
    unknown = np.unique(codes[folded == 0])
    if len(unknown):
        _FOLDED[unknown] = [ord(fold(chr(code))) for code in unknown.tolist()]
        folded = _FOLDED[codes]
    wide: Numbers = folded.astype(np.uint64)
    return wide
