"""The syllables of names: how each character is read in its context."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from lunxun.search import dictionary
from lunxun.search.dictionary import Dictionary

# pypinyin reads these wrong, or not the way party building means them.
READ_SO = {
    "行长": "hang zhang",
    "支行长": "zhi hang zhang",
    "分行长": "fen hang zhang",
    "调研": "diao yan",
    "参差": "cen ci",
    "朝阳": "chao yang",
    "重庆": "chong qing",
    "六安": "lu an",
    "村委会": "cun wei hui",
}
# The rows of the national standard set that hold Chinese characters, and the columns of each.
_ROWS, _COLUMNS = range(0xB0, 0xF8), range(0xA1, 0xFF)


@lru_cache(1 << 14)
def readings(text: str) -> tuple[str, ...]:
    """Give the syllable of each character of folded text in its context; nothing for what has none."""
    return tuple(syllable for word in words(text) for syllable in read(word))


@cache
def syllables() -> dict[str, int]:
    """Give each syllable of Chinese its number in alphabetical order."""
    return {syllable: number for number, syllable in enumerate(sorted(characters_by_syllable()))}


@cache
def characters_by_syllable() -> dict[str, list[str]]:
    """Sort the characters of the national standard set by their most common reading."""
    found: dict[str, list[str]] = {}
    rows = b"".join(bytes((row, column)) for row in _ROWS for column in _COLUMNS)
    for character in sorted(rows.decode("gb2312", "ignore")):
        found.setdefault(_dictionary().character(character), []).append(character)
    # 嗯 and 呣 are read without a vowel; as syllables they would only make more ways to cut letters.
    return {syllable: characters for syllable, characters in found.items() if set(syllable) & set("aeiouv")}


def words(text: str) -> Iterator[str]:
    """Cut text into words that are read as one, and single characters."""
    return _dictionary().cut(text)


@cache
def read(word: str) -> tuple[str, ...]:
    """Give the syllables of a word, one for each of its characters."""
    read_so = _dictionary().phrase(word)
    if read_so is None or len(read_so) != len(word):
        read_so = tuple(map(_dictionary().character, word))
    known = syllables()
    return tuple(syllable if syllable in known else "" for syllable in read_so)


@cache
def _dictionary() -> Dictionary:
    found = dictionary.load()
    for phrase, syllables in READ_SO.items():
        found.add(phrase, tuple(syllables.split()))
    return found
