"""A sketch is the smallest hashes of the runs of a text, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from lunxun.search.sketches import SHINGLE, SKETCH, sketches

_WORD = (1 << 32) - 1
_SPREAD, _MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_texts = st.lists(
    st.text("网格治理党支部ab1，", min_size=SHINGLE, max_size=40)
    | st.text("网格", min_size=SHINGLE, max_size=300)
    | st.integers(SHINGLE, 400).map(lambda length: "".join(chr(0x4E00 + at * at) for at in range(1, length + 1))),
    min_size=1,
    max_size=4,
)


@given(_texts)
@example(["网格" * 200, "网" * SHINGLE])
@example(["\U0003ffff" * SHINGLE, "\0" * 100])
def test_a_sketch_is_the_smallest_hashes_of_its_runs(texts: list[str]) -> None:
    assert _sketches(texts) == [sorted(set(_hashes(text)))[:SKETCH] for text in texts]


def _sketches(texts: Sequence[str]) -> list[list[int]]:
    codes = np.array([ord(character) for character in "".join(texts)], np.uint32)
    found, sizes = sketches(codes, np.array([len(text) for text in texts]))
    return [part.tolist() for part in np.split(found, np.cumsum(sizes)[:-1])]


def _hashes(text: str) -> list[int]:
    """Do the same in whole numbers, a run at a time."""
    found = []
    for start in range(len(text) - SHINGLE + 1):
        number = 0
        for character in text[start : start + SHINGLE]:
            number = (number * _SPREAD + ord(character)) & _WORD
        number ^= number >> 16
        number = number * _MIX & _WORD
        found.append(number ^ number >> 15)
    return found
