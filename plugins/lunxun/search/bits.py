"""Numbers as bits, and bits as printable characters that need no escape inside a script.

13 bits make two characters of an alphabet of 92, since 92² > 2¹³: 6.5 bits a byte. Bits are texts of 0 and 1 here,
because joining texts is what Python does fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from operator import sub

# All of printable ASCII but the quotation mark and the backslash, which a script would escape, and "<", which could
# end a script element that someone writes into a page.
ALPHABET = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\<')
GROUP = 13
MOST_ONES = 24
_RAW = 32
_LOW = 12
_LOW_MASK = (1 << _LOW) - 1


class _Codes(dict[int, str]):
    """The Rice codes of gaps for one parameter, each worked out once."""

    def __init__(self, low: int) -> None:
        super().__init__()
        self._low = low

    def __missing__(self, gap: int) -> str:
        self[gap] = rice(gap - 1, self._low)
        return self[gap]


class _Heads(dict[int, str]):
    """For long gaps: the codes of all bits above the lowest twelve."""

    def __init__(self, low: int) -> None:
        super().__init__()
        self._low = low - _LOW

    def __missing__(self, head: int) -> str:
        self[head] = "" if head >> self._low >= MOST_ONES else rice(head, self._low)
        return self[head]


def rice(number: int, low: int) -> str:
    """Write a number as ones for the part above the lowest bits, a zero, and those bits; a far one in full."""
    ones = number >> low
    if ones >= MOST_ONES:
        return "1" * MOST_ONES + fixed(number, _RAW)
    return "1" * ones + "0" + fixed(number & (1 << low) - 1, low)


def fixed(number: int, width: int) -> str:
    """Write a number in so many bits."""
    return f"{number:0{width}b}" if width else ""


def gamma(number: int) -> str:
    """Write a number from 1 on: the length of its bits in zeros, then the bits (Elias)."""
    written = f"{number:b}"
    return "0" * (len(written) - 1) + written


def rice_parameter(mean: int) -> int:
    """Choose how many low bits suit gaps of this mean; the browser works it out in the same way."""
    return int(mean * 0.481).bit_length()


def positions_bits(positions: Sequence[int], span: int) -> str:
    """Write increasing numbers below the span by their gaps. Whoever reads them must know how many they are."""
    low = rice_parameter(span // len(positions))
    gaps = map(sub, positions, chain((-1,), positions))
    if low <= _LOW:
        return "".join(map(_codes(low).__getitem__, gaps))
    heads, lows = _heads(low), _lows()
    return "".join([_long(gap - 1, heads[gap - 1 >> _LOW], lows) for gap in gaps])


def list_bits(numbers: Sequence[int]) -> str:
    """Write increasing numbers with how many they are and how far they go."""
    span = numbers[-1] + 1 if numbers else 0
    return gamma(len(numbers) + 1) + gamma(span + 1) + (positions_bits(numbers, span) if numbers else "")


def column_bits(numbers: Sequence[int]) -> str:
    """Write any numbers from 0 on, with a parameter that suits their mean."""
    low = rice_parameter(sum(numbers) // len(numbers) + 1) if numbers else 0
    return fixed(low, 5) + "".join(rice(number, low) for number in numbers)


def as_characters(bits: str) -> str:
    """Write bits as characters, two for each thirteen; the last group is filled up with zeros."""
    table = _groups()
    whole = bits + "0" * (-len(bits) % GROUP)
    return "".join([table[whole[start : start + GROUP]] for start in range(0, len(whole), GROUP)])


def size_of(bits: int) -> int:
    """Tell how many characters so many bits take."""
    return -(-bits // GROUP) * 2


def _long(number: int, head: str, lows: Sequence[str]) -> str:
    return head + lows[number & _LOW_MASK] if head else "1" * MOST_ONES + fixed(number, _RAW)


@cache
def _codes(low: int) -> _Codes:
    return _Codes(low)


@cache
def _heads(low: int) -> _Heads:
    return _Heads(low)


@cache
def _lows() -> tuple[str, ...]:
    return tuple(fixed(number, _LOW) for number in range(1 << _LOW))


@cache
def _groups() -> dict[str, str]:
    side = len(ALPHABET)
    return {fixed(number, GROUP): ALPHABET[number // side] + ALPHABET[number % side] for number in range(1 << GROUP)}
