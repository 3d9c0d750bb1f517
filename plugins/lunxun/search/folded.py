"""Folded texts as rows of numbers: each different character gets one, the separator is 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lunxun.search.tokens import SEPARATOR, indexed_character

Characters: TypeAlias = NDArray[np.uint16]
_ALL_CODES = 0x110000
_MOST = 1 << 16
_TOO_MANY = "文字种类太多，搜索索引放不下。"
# So many characters are folded at once: enough for speed, and little memory.
_AT_ONCE = 1 << 20


class TooManyCharactersError(ValueError):
    """A library with more different characters than 16 bits tell apart; no real one comes near."""


class Numbering:
    """Numbers the characters that texts are made of, in the order in which they come."""

    def __init__(self, alphabet: str = SEPARATOR) -> None:
        self.alphabet = list(alphabet)
        self._numbers = {character: number for number, character in enumerate(alphabet)}
        self._table = np.zeros(_ALL_CODES, np.uint16)
        self._known = np.zeros(_ALL_CODES, np.bool_)

    def fold(self, texts: Iterable[str]) -> Characters:
        """Fold texts and give the number of each character, one text behind the other."""
        return np.concatenate([self._fold(chunk) for chunk in _chunks(texts)])

    def number(self, text: str) -> Characters:
        """Give the numbers of characters that stand for sounds, and are not folded."""
        codes, places = np.unique(_codes(text), return_inverse=True)
        return np.array([self._number(chr(code)) for code in codes.tolist()], np.uint16)[places]

    def _fold(self, text: str) -> Characters:
        codes = _codes(text)
        occurs = np.zeros(_ALL_CODES, np.bool_)
        occurs[codes] = True
        for code in np.flatnonzero(occurs > self._known).tolist():
            self._table[code] = self._number(indexed_character(code))
            self._known[code] = True
        return self._table[codes]

    def _number(self, character: str) -> int:
        number = self._numbers.setdefault(character, len(self.alphabet))
        if number == _MOST:
            raise TooManyCharactersError(_TOO_MANY)
        if number == len(self.alphabet):
            self.alphabet.append(character)
        return number


def renumber(characters: Characters, before: str, alphabet: str) -> Characters:
    """Give characters of one alphabet their numbers in another; those that it lacks must not occur."""
    if len(alphabet) > _MOST:
        raise TooManyCharactersError(_TOO_MANY)
    numbers = {character: number for number, character in enumerate(alphabet)}
    return np.array([numbers.get(character, 0) for character in before], np.uint16)[characters]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


def _chunks(texts: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _AT_ONCE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
