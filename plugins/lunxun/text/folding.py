"""Fold Chinese text for comparison; every fold keeps the length, so that offsets hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import opencc

# The character dictionary leaves these as they are, because each is also right in simplified Chinese (显著, 瞭望);
# for comparison they must meet the form that writers use in the other sense (着眼, 了解).
_ALSO = {"著": "着", "瞭": "了", "藉": "借", "甦": "苏"}
_CJK = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each character once."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, code: int) -> str:
        character = chr(code)
        changed = self._change(character)
        self[code] = changed if len(changed) == 1 else character
        return self[code]


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Folded text without spaces, and where each of its characters stood."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a non-empty span of the squeezed text into one of the original."""
        return self.offsets[start], self.offsets[end - 1] + 1


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones, one for one."""
    return text.translate(_SIMPLIFIED)


def fold_width(text: str) -> str:
    """Turn full-width Latin letters, digits, punctuation and spaces into half-width ones."""
    return text.translate(_HALF_WIDTH)


def fold(text: str) -> str:
    """Simplify, narrow and lower-case a text for comparison; never for display."""
    return text.translate(_FOLDED)


def may_fold(characters: str) -> list[str]:
    """Pick out the characters that folding or lower-casing may change, many times faster than folding each."""
    lines = "\n".join(characters)
    changed = [text.split("\n") for text in (str(_converter().convert(lines)), lines.lower(), lines.casefold())]
    return [
        character
        for character, simple, lower, folded in zip(characters, *changed, strict=True)
        if not character == simple == lower == folded
        or character in _ALSO
        or unicodedata.decomposition(character).startswith("<wide>")
    ]


def squeeze(text: str) -> Squeezed:
    """Fold a text and drop its spaces, except one between two digits, which keeps two numbers apart."""
    folded = fold(text)
    kept: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(folded):
        if character.isspace():
            continue
        after_space = bool(offset) and folded[offset - 1].isspace()
        if after_space and kept and _is_digit(kept[-1]) and _is_digit(character):
            kept.append(" ")
            offsets.append(offset - 1)
        kept.append(character)
        offsets.append(offset)
    return Squeezed("".join(kept), tuple(offsets))


def _simplified(character: str) -> str:
    is_cjk = any(first <= ord(character) <= last for first, last in _CJK)
    return str(_converter().convert(character)) if is_cjk else character


def _half_width(character: str) -> str:
    is_wide = unicodedata.decomposition(character).startswith("<wide>")
    return unicodedata.normalize("NFKC", character) if is_wide else character


def _folded(character: str) -> str:
    simplified = simplify(character)
    return fold_width(_ALSO.get(simplified, simplified)).casefold()


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


@cache
def _converter() -> opencc.OpenCC:
    # Loading the dictionaries takes a moment, so nothing is loaded until a Chinese character is met.
    return opencc.OpenCC("t2s")


_SIMPLIFIED = _Table(_simplified)
_HALF_WIDTH = _Table(_half_width)
_FOLDED = _Table(_folded)
