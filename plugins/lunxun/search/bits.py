"""Numbers as bits, and bits as printable characters that need no escape inside a script.

13 bits make two characters of an alphabet of 92, since 92² > 2¹³: 6.5 bits a byte. Codes are written by the million, so
all of them are rows of numbers: what each code is, how many bits it has, where it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Row: TypeAlias = NDArray[np.int64]
# Thirteen bits each.
Groups: TypeAlias = NDArray[np.uint16]

# All of printable ASCII but the quotation mark and the backslash, which a script would escape, and "<", which could
# end a script element that someone writes into a page.
ALPHABET = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\<')
GROUP = 13
MOST_ONES = 24
RAW = 32
# Near ln 2, which would suit numbers drawn evenly.
_SHARE = 0.65
_WORD = 64
# So many codes are worked on at once: their rows then stay in the processor's cache.
_AT_ONCE = 1 << 14
_PAIRS = np.frombuffer("".join(a + b for a in ALPHABET for b in ALPHABET).encode()[: 2 << GROUP], np.uint16)
_GROUP_OF = np.zeros(1 << 16, np.uint16)
_GROUP_OF[_PAIRS] = np.arange(1 << GROUP)


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes in the order in which they are written: their bits as numbers, and how many bits each has."""

    values: NDArray[np.uint64]
    lengths: Row

    def picked(self, chosen: NDArray[Any]) -> Codes:
        """Give some of the codes."""
        return Codes(self.values[chosen], self.lengths[chosen])

    @staticmethod
    def joined(rows: Sequence[Codes]) -> Codes:
        """Put rows of codes behind each other."""
        return Codes(np.concatenate([row.values for row in rows]), np.concatenate([row.lengths for row in rows]))


def bit_lengths(numbers: Row) -> Row:
    """Tell how many bits each number has; 0 has none. Numbers are below 2⁵³."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


def golomb(numbers: Row, divisors: Row) -> Codes:
    """Write numbers as ones for how often a divisor goes into them, a zero, and the rest; a far one in full.

    Of the rests the lower ones have one bit less, unless the divisor is a power of two.
    """
    codes = Codes(np.empty(len(numbers), np.uint64), np.empty(len(numbers), np.int64))
    for start in range(0, len(numbers), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        _golomb(numbers[some], divisors[some], codes.values[some].view(np.int64), codes.lengths[some])
    return codes


def _golomb(numbers: Row, divisors: Row, values: Row, lengths: Row) -> None:
    # Exact: the quotient of numbers below 2⁵³ is never rounded up to a whole one.
    ones = (numbers / divisors).astype(np.int64)
    rests = numbers - ones * divisors
    width = bit_lengths(divisors - 1)
    short = (np.int64(1) << width) - divisors
    is_short = rests < short
    width -= is_short
    np.add(ones, width + 1, out=lengths)
    np.add(rests, np.where(is_short, 0, short), out=values)
    values |= ((np.int64(1) << np.minimum(ones, MOST_ONES)) - 1) << (width + 1)
    far = np.flatnonzero(ones >= MOST_ONES)
    values[far] = ((1 << MOST_ONES) - 1 << RAW) | numbers[far]
    lengths[far] = MOST_ONES + RAW


def gamma(numbers: Row) -> Codes:
    """Write numbers from 1 on: the length of its bits in zeros, then the bits (Elias)."""
    return Codes(numbers.astype(np.uint64), 2 * bit_lengths(numbers) - 1)


def divisors(means: Row) -> Row:
    """Choose what suits gaps of these means; the browser works it out in the same way."""
    return np.maximum((means * _SHARE).astype(np.int64), 1)


def ends(lengths: Row) -> Row:
    """Tell where each of a row of stretches ends, if they follow each other."""
    return np.cumsum(lengths, dtype=np.int64)


def begins(row: NDArray[Any]) -> Row:
    """Tell where stretches of one and the same value begin."""
    differs = np.ones(len(row), np.bool_)
    np.not_equal(row[1:], row[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def places(lengths: Row, firsts: Row, starts: Row) -> Row:
    """Tell where stretches begin that follow each other in groups: `firsts` are those at which groups start."""
    before: Row = ends(lengths) - lengths
    return before + np.repeat(starts - before[firsts], np.diff(firsts, append=len(lengths)))


def gaps(numbers: Row, firsts: Row, before: Row | int = 0) -> Row:
    """Tell how many numbers are left out before each one of some increasing rows.

    `firsts` says where rows begin; before a row's first number those from `before` on are left out.
    """
    found = np.empty_like(numbers)
    np.subtract(numbers[1:], numbers[:-1] + 1, out=found[1:])
    found[firsts] = numbers[firsts] - before
    return found


def columns(numbers: Row, firsts: Row) -> tuple[Codes, Codes]:
    """Write rows of any numbers from 0 on; give the divisor of each row, which suits its mean, and the codes."""
    counts = np.diff(firsts, append=len(numbers))
    suited = divisors(np.add.reduceat(numbers, firsts) // counts + 1)
    return gamma(suited), golomb(numbers, np.repeat(suited, counts))


class Bits:
    """A row of bits in which codes are put at their places."""

    def __init__(self, size: int) -> None:
        # Three words more than needed: a code may reach into the next one, and groups are read from whole thirteens.
        self._words = np.zeros(-(-size // (_WORD * GROUP)) * GROUP + 3, np.uint64)

    def put(self, codes: Codes, places: Row) -> None:
        """Write codes at places, which increase; no two of all that is written may overlap."""
        for start in range(0, len(places), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            self._put(codes.values[some], codes.lengths[some], places[some])

    def _put(self, values: NDArray[np.uint64], lengths: Row, places: Row) -> None:
        words = places >> 6
        room = _WORD - (places & 63) - lengths
        over = np.flatnonzero(room < 0)
        mine = values << np.maximum(room, 0).view(np.uint64)
        mine[over] = values[over] >> (-room[over]).view(np.uint64)
        firsts = begins(words)
        self._words[words[firsts]] |= np.bitwise_or.reduceat(mine, firsts)
        # Codes are shorter than a word, so that at most one reaches from each word into the next.
        self._words[words[over] + 1] |= values[over] << (_WORD + room[over]).view(np.uint64)

    def groups(self) -> Groups:
        """Give all bits, thirteen at a time, and some zeros behind them."""
        whole = (len(self._words) - 1) // GROUP * GROUP
        rows = self._words[:whole].reshape(-1, GROUP)
        groups = np.empty((len(rows), _WORD), np.uint16)
        for group in range(_WORD):
            word, bit = divmod(group * GROUP, _WORD)
            part = rows[:, word] << np.uint64(bit)
            if bit > _WORD - GROUP:
                part = part | rows[:, word + 1] >> np.uint64(_WORD - bit)
            groups[:, group] = part >> np.uint64(_WORD - GROUP)
        return groups.ravel()

    def characters(self) -> bytes:
        """Write all bits as characters."""
        return as_characters(self.groups())


def as_characters(groups: Groups) -> bytes:
    """Write groups of thirteen bits as two characters each."""
    return _PAIRS[groups].tobytes()


def from_characters(characters: bytes) -> Groups:
    """Read groups of thirteen bits; what no group is written as is read as any."""
    return _GROUP_OF[np.frombuffer(characters, np.uint16)]


def whole_list(numbers: Sequence[int] | Row) -> str:
    """Write increasing numbers with how many they are and how far they go."""
    row = np.asarray(numbers, np.int64)
    span = int(row[-1]) + 1 if len(row) else 0
    head = gamma(np.array([len(row) + 1, span + 1], np.int64))
    if not len(row):
        return _characters((head,))
    suited = divisors(np.array([span // len(row)], np.int64))
    return _characters((head, golomb(gaps(row, np.zeros(1, np.int64)), np.repeat(suited, len(row)))))


def column(numbers: Iterable[int] | Row) -> str:
    """Write any numbers from 0 on; whoever reads them must know how many they are."""
    row = np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers), np.int64)
    return _characters(columns(row, np.zeros(1, np.int64))) if len(row) else ""


def size_of(bits: Row) -> Row:
    """Tell how many characters so many bits take."""
    return -(-bits // GROUP) * 2


def mark(data: bytes) -> str:
    """Sum data up in two characters, by which the browser knows a file of another build."""
    group = int.from_bytes(blake2b(data, digest_size=2).digest(), "big") >> 16 - GROUP
    return _PAIRS[group : group + 1].tobytes().decode()


def _characters(rows: Sequence[Codes]) -> str:
    codes = Codes.joined(rows)
    after = ends(codes.lengths)
    bits = Bits(int(after[-1]))
    bits.put(codes, after - codes.lengths)
    return bits.characters()[: int(size_of(after[-1]))].decode()
