"""Codes that were written read again: many lists at once, a step in all of them together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lunxun.search import bits
from lunxun.search.bits import Groups, Row
from lunxun.search.stretches import leading_ones, read


class OtherBitsError(Exception):
    """What was read is not what was written."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where reading begins, as often as it does, and where it ends."""

    places: Row
    """The bit of the first code."""
    positions: Row
    """The position before it."""
    divisors: Row
    ends: Row
    """The bit behind the last code."""
    most: Row
    """The first position of which what follows does not matter."""


@dataclass(frozen=True, slots=True)
class Steps:
    """All codes that were read: of which reading, the position that each stands for, the bit behind it; in order."""

    readings: Row
    positions: Row
    ends: Row


def read_on(groups: Groups, reading: Reading) -> Steps:
    """Read codes until the end, or until a position is reached from which nothing matters."""
    open_ = np.flatnonzero(reading.places < reading.ends)
    places, positions = reading.places[open_], reading.positions[open_]
    steps = [(open_[:0], positions[:0], places[:0])]
    while len(open_):
        numbers, lengths = _golomb(groups, places, reading.divisors[open_])
        places = places + lengths
        positions = positions + numbers + 1
        steps.append((open_, positions, places))
        goes_on = (places < reading.ends[open_]) & (positions < reading.most[open_])
        open_, places, positions = open_[goes_on], places[goes_on], positions[goes_on]
    readings, positions, places = (np.concatenate(row) for row in zip(*steps, strict=True))
    if (places > reading.ends[readings]).any():
        raise OtherBitsError
    order = np.argsort(readings, kind="stable")
    return Steps(readings[order], positions[order], places[order])


def _golomb(groups: Groups, places: Row, divisors: Row) -> tuple[Row, Row]:
    """Read a number at each place; give how many bits it has, too."""
    ones = leading_ones(read(groups, places, bits.MOST_ONES), bits.MOST_ONES)
    width = bits.bit_lengths(divisors - 1)
    short = (np.int64(1) << width) - divisors
    rests = read(groups, places + ones + 1, width)
    is_short = rests >> 1 < short
    numbers = ones * divisors + np.where(is_short, rests >> 1, rests - short)
    lengths = ones + 1 + width - is_short
    far = np.flatnonzero(ones == bits.MOST_ONES)
    numbers[far] = read(groups, places[far] + bits.MOST_ONES, bits.RAW)
    lengths[far] = bits.MOST_ONES + bits.RAW
    return numbers, lengths
