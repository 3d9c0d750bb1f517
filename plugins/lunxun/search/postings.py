"""Posting lists: for each pair of neighbouring characters, the positions at which it stands.

Twelve million characters pass through here, so each step handles them by the chunk: a text becomes 16-bit codes, two
neighbouring codes are read as one 32-bit number, and only the sorting of positions into lists goes one by one.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lunxun.search.layout import BREAK, Placed
from lunxun.search.tokens import SEPARATOR, indexed_character

# A key is always two characters: a pair of neighbours, or one that stands alone and a separator.
Postings: TypeAlias = "dict[str, array[int]]"

_CHUNK = 1 << 20
# UTF-16 keeps the codes from here on for halves of pairs; a library never has so many different characters.
_MOST_CHARACTERS = 0xD800
_ALONE = re.compile("(?<![^\0])[^\0](?![^\0])")
_HALF = 16
_ENCODING = f"utf-16-{sys.byteorder[0]}e"


class _Numbering(dict[int, int]):
    """A table for `str.translate`: folds a character and numbers what comes out; separators are 0."""

    def __init__(self) -> None:
        super().__init__()
        self.characters = [SEPARATOR]
        self._numbers = {SEPARATOR: 0}

    def __missing__(self, code: int) -> int:
        character = indexed_character(code)
        number = self._numbers.get(character)
        if number is None:
            number = len(self.characters)
            if number >= _MOST_CHARACTERS:
                raise ValueError("文字种类太多，搜索索引放不下。")
            self.characters.append(character)
            self._numbers[character] = number
        self[code] = number
        return number


def collect(placed: Iterable[Placed]) -> Postings:
    """Sort the positions of all documents into lists by key."""
    numbering = _Numbering()
    pairs: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    alone: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    for start, text in _chunks(placed):
        codes = text.translate(numbering)
        for match in _ALONE.finditer(codes):
            alone[ord(match[0])].append(start + match.start())
        for position, pair in enumerate(_pairs(codes), start):
            pairs[pair].append(position)
    named = {key: found for pair, found in pairs.items() if (key := _name(pair, numbering.characters))}
    named.update((numbering.characters[code] + SEPARATOR, found) for code, found in alone.items())
    return named


def _chunks(placed: Iterable[Placed]) -> Iterator[tuple[int, str]]:
    """Join documents to long texts, and tell where each begins."""
    texts: list[str] = []
    begin = end = 0
    for item in placed:
        if end - begin >= _CHUNK:
            yield begin, "".join(texts)
            texts = []
        if not texts:
            begin = end = item.start
        texts += (BREAK * (item.start - end), item.text)
        end = item.start + len(item.text)
    yield begin, "".join(texts)


def _pairs(codes: str) -> array[int]:
    """Read each two neighbouring codes as one number."""
    raw = codes.encode(_ENCODING)
    pairs = array("I", bytes(4 * max(len(codes) - 1, 0)))
    pairs[0::2] = _words(raw)
    pairs[1::2] = _words(raw[2:])
    return pairs


def _words(raw: bytes) -> array[int]:
    return array("I", raw[: len(raw) // 4 * 4])


def _name(pair: int, characters: list[str]) -> str | None:
    """Give the key of a pair; none if it touches a separator."""
    low, high = pair & (1 << _HALF) - 1, pair >> _HALF
    first, second = (low, high) if sys.byteorder == "little" else (high, low)
    return characters[first] + characters[second] if first and second else None
