"""What is remembered of a record to compare it with others: the pairs of characters it speaks in, and a sketch.

Both hang on the record alone, so that an incremental build keeps them:

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
from itertools import chain, islice, pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from lunxun.search.said import PIECE_END, Said
from lunxun.search.sketches import SHINGLE, sketches
from lunxun.text.folding import fold

Codes = NDArray[np.uint32]
Numbers = NDArray[np.uint64]
Weights = NDArray[np.uint8]
Positions = NDArray[np.int64]
N = TypeVar("N", bound=np.generic)

_BATCH = 256
# Texts that are written down together: the rows of their numbers stay near the processor.
_AT_ONCE = 50
_IN_NAME, _IN_HEADING, _IN_SUMMARY = 6, 3, 2
LINK_WEIGHT = 6
_HAN = (0x4E00, 0x9FFF)
_CODE_BITS, _WEIGHT_BITS = 16, 3
# How many hashes a sketch has, and how many pairs there are.
_COUNTS = struct.Struct("<II")
_BODY = hashlib.sha256().digest_size
_IS_LINK = np.uint64(1 << 63)

# The folded code of each code that has been met; 0 for the others. As `fold` does it, at a twentieth of the time.
_FOLDED = np.zeros(0x110000, np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Rows(Generic[N]):
    """A row of numbers for each record, all in one."""

    starts: Positions
    """Where each begins, and where the last one ends."""
    values: NDArray[N]

    @property
    def lengths(self) -> Positions:
        """Tell how long each is."""
        return np.diff(self.starts)

    def of(self, numbers: Positions) -> Rows[N]:
        """Choose the rows of some records, by their numbers."""
        begins, ends = self.starts[numbers], self.starts[numbers + 1]
        return Rows(_starts(ends - begins), self.values[ranges(begins, ends)])

    def owners(self) -> Positions:
        """Tell of each value whose it is."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    def before(self, others: Rows[N]) -> Rows[N]:
        """Put the rows of other records behind these."""
        starts = np.concatenate((self.starts, self.starts[-1] + others.starts[1:]))
        return Rows(starts, np.concatenate((self.values, others.values)))


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What is remembered of some records, in the order of their ids."""

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    links: Rows[np.uint64]
    """What each links to, as `link_key` numbers it, increasing, each once."""
    pairs: Rows[np.uint32]
    """The pairs that each speaks in, increasing, each once."""
    weights: Weights
    """What each pair counts, by where it stands."""
    sketches: Rows[np.uint64]
    """The smallest hashes of the runs of each, increasing; all, where there are no more."""
    bodies: NDArray[np.uint8]
    """A sum for each: two records share it that say the same under other names."""

    def renewed(self, ids: Sequence[str], again: Features) -> Features:
        """Give the features of these records, those in `again` from there; none may be known in neither."""
        known = {id_: number for number, id_ in enumerate((*self.ids, *again.ids))}
        in_order = sorted(ids)
        numbers = np.fromiter((known[id_] for id_ in in_order), np.int64, len(in_order))
        kinds = (*self.kinds, *again.kinds)
        pairs = self.pairs.before(again.pairs)
        weights = Rows(pairs.starts, np.concatenate((self.weights, again.weights)))
        return Features(
            tuple(in_order),
            tuple([kinds[number] for number in numbers.tolist()]),
            self.links.before(again.links).of(numbers),
            pairs.of(numbers),
            weights.of(numbers).values,
            self.sketches.before(again.sketches).of(numbers),
            np.concatenate((self.bodies, again.bodies))[numbers],
        )


def read_features(said: Iterable[Said]) -> Features:
    """Read each text once."""
    waiting = iter(said)
    noted: list[Noted] = []
    while batch := tuple(islice(waiting, _BATCH)):
        notes = zip(batch, text_notes(batch), strict=True)
        noted += [Noted(one.id, one.kind, one.links, note) for one, note in notes]
    return features(noted)


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


def features(records: Iterable[Noted]) -> Features:
    """Read what was written down of records, and add their links."""
    given = sorted(records, key=lambda one: one.id)
    raw = np.frombuffer(b"".join([one.note for one in given]), np.uint8)
    heads = _starts([len(one.note) for one in given])[:-1, None] + np.arange(_COUNTS.size)
    sketches, pairs = raw[heads].view("<u4").astype(np.int64).T
    fixed = np.ones(len(given), np.int64)
    lengths = np.stack((fixed * _COUNTS.size, fixed * _BODY, 8 * sketches, 4 * pairs, pairs), axis=1)
    part = np.repeat(np.tile(np.arange(5, dtype=np.uint8), len(given)), lengths.ravel())
    body, sketch, pair, weight = (raw[part == number] for number in range(1, 5))
    links = [sorted(map(link_key, one.links)) for one in given]
    return Features(
        tuple([one.id for one in given]),
        tuple([one.kind for one in given]),
        Rows(_starts([len(row) for row in links]), np.fromiter(chain.from_iterable(links), np.uint64)),
        Rows(_starts(pairs), pair.view("<u4").astype(np.uint32, copy=False)),
        weight,
        Rows(_starts(sketches), sketch.view("<u8").astype(np.uint64, copy=False)),
        body.reshape(len(given), _BODY),
    )


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
