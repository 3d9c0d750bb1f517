"""Names by character and by sound: each as itself, as a syllable, and as the letter that the syllable begins with.

Syllables and letters are written as characters of the private range, so that pairs of them are keys of posting lists
like all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from lunxun.search.sounds import characters_by_syllable, read, syllables, words
from lunxun.search.tokens import SEPARATOR

# The second character of the key of a character that stands in a name.
IN_NAME = "\uf8ff"
_FIRST_SYLLABLE = 0xE000
_FIRST_LETTER = 0xF000

# A name twice, character by character: as syllables, as first letters.
Sounds: TypeAlias = tuple[str, str]


def sounds_of(name: str) -> Sounds:
    """Write a folded name as syllables and as first letters; separators stand for what has none."""
    found = [_word(word) for word in words(name)]
    return "".join(sounds for sounds, _ in found), "".join(letters for _, letters in found)


def sound_table() -> str:
    """Write every syllable with the common characters that are read so, for the browser."""
    return ",".join(syllable + "".join(characters) for syllable, characters in sorted(characters_by_syllable().items()))


@cache
def _word(word: str) -> Sounds:
    number: Mapping[str, int] = syllables()
    said = read(word)
    sounds = (chr(_FIRST_SYLLABLE + number[syllable]) if syllable else SEPARATOR for syllable in said)
    letters = (_letter(syllable or character) for syllable, character in zip(said, word, strict=True))
    return "".join(sounds), "".join(letters)


def _letter(text: str) -> str:
    first = text[0]
    return chr(_FIRST_LETTER + ord(first)) if first.isascii() and first.isalnum() else SEPARATOR
