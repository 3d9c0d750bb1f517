"""The syllables of names: how each character is read in its context."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

# pypinyin reads these wrong, or not the way party building means them.
_READ_SO = {
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
_COMMON = range(0x4E00, 0x9FFF + 1)


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
    for code in _COMMON:
        character = chr(code)
        if _is_common(character):
            found.setdefault(_pypinyin().lazy_pinyin(character)[0], []).append(character)
    # 嗯 and 呣 are read without a vowel; as syllables they would only make more ways to cut letters.
    return {syllable: characters for syllable, characters in found.items() if set(syllable) & set("aeiouv")}


def words(text: str) -> Iterator[str]:
    """Cut text where pypinyin would, many times faster: Chinese into its phrases, the rest into stretches."""
    start = 0
    while start < len(text):
        chinese = _is_chinese(text[start])
        end = start + 1
        while end < len(text) and _is_chinese(text[end]) == chinese:
            end += 1
        yield from _phrases(text[start:end]) if chinese else [text[start:end]]
        start = end


@cache
def read(word: str) -> tuple[str, ...]:
    """Give the syllables of a word, one for each of its characters."""
    read_so = _pypinyin().lazy_pinyin(word, errors=_nothing)
    if len(read_so) != len(word):
        read_so = [_pypinyin().lazy_pinyin(character, errors=_nothing)[0] for character in word]
    known = syllables()
    return tuple(syllable if syllable in known else "" for syllable in read_so)


def _phrases(text: str) -> Iterator[str]:
    """Cut off the longest known phrase again and again, as pypinyin does."""
    prefixes, phrases = _pypinyin().seg.mmseg.p_set, _pypinyin().constants.PHRASES_DICT
    start = 0
    while start < len(text):
        found, end = start + 1, start + 2
        while end <= len(text) and (longer := text[start:end]) in prefixes:
            if longer in phrases:
                found = end
            end += 1
        yield text[start:found]
        start = found


@cache
def _is_chinese(character: str) -> bool:
    return bool(_pypinyin().constants.RE_HANS.match(character))


def _nothing(rest: str) -> Any:
    """Stand for text without sound, an empty reading for each character; its types are not those published."""
    return [""] * len(rest)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _pypinyin() -> Any:
    """Load pypinyin when something is read: its dictionaries take a while."""
    pypinyin = importlib.import_module("pypinyin")
    phrases = {phrase: [[syllable] for syllable in read_so.split()] for phrase, read_so in _READ_SO.items()}
    # What load_phrases_dict does, but for learning all other phrases again.
    pypinyin.constants.PHRASES_DICT.update(phrases)
    pypinyin.seg.mmseg.seg.train(phrases)
    return pypinyin
