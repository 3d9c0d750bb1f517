"""Names by character and by sound: each as itself, as a syllable, and as the letter that the syllable begins with.

Syllables and letters are written as characters of the private range, so that pairs of them are keys of posting lists
like all others.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pypinyin

from lunxun.search.layout import Placed
from lunxun.search.postings import Postings
from lunxun.search.tokens import SEPARATOR, indexed_text

# The second character of the key of a character that stands in a name.
IN_NAME = "\uf8ff"
# Of common characters no list is kept: they say little, and the list would be long.
_RARE = 200
_RARE_SHARE = 50
_FIRST_SYLLABLE = 0xE000
_FIRST_LETTER = 0xF000
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


@cache
def readings(text: str) -> tuple[str, ...]:
    """Give the syllable of each character of folded text in its context; nothing for what has none."""
    _teach()
    read = pypinyin.lazy_pinyin(text, errors=_nothing)
    if len(read) != len(text):
        read = [pypinyin.lazy_pinyin(character, errors=_nothing)[0] for character in text]
    known = syllables()
    return tuple(syllable if syllable in known else "" for syllable in read)


@cache
def syllables() -> dict[str, int]:
    """Give each syllable of Chinese its number in alphabetical order."""
    return {syllable: number for number, syllable in enumerate(sorted(_characters()))}


def characters_by_syllable() -> str:
    """Write every syllable with the common characters that are read so, for the browser."""
    return ",".join(syllable + "".join(characters) for syllable, characters in sorted(_characters().items()))


def collect_names(placed: Sequence[Placed]) -> Postings:
    """Sort the keys of titles and aliases into lists. Their positions count through names only, with a break each."""
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    position = 0
    for name in _names(placed):
        for offset, key in _keys(indexed_text(name)):
            found[key].append(position + offset)
        position += len(name) + 1
    most = max(_RARE, len(placed) // _RARE_SHARE)
    return {key: positions for key, positions in found.items() if key[1] != IN_NAME or len(positions) <= most}


def names_span(placed: Sequence[Placed]) -> int:
    """Tell how far the positions in names go."""
    return sum(len(name) + 1 for name in _names(placed))


def _names(placed: Iterable[Placed]) -> Iterator[str]:
    for item in placed:
        yield item.document.title
        yield from item.document.aliases


def _keys(name: str) -> Iterable[tuple[int, str]]:
    """Give a folded name's keys: characters, pairs of syllables, a run's last syllable, pairs of first letters."""
    yield from ((offset, character + IN_NAME) for offset, character in enumerate(name) if character != SEPARATOR)
    read = readings(name)
    sounds = [_sound(syllable) for syllable in read]
    letters = [_letter(syllable or character) for syllable, character in zip(read, name, strict=True)]
    for row in (sounds, letters):
        for offset, (first, second) in enumerate(pairwise(row)):
            if SEPARATOR not in (first, second):
                yield offset, first + second


def _nothing(rest: str) -> Any:
    """Stand for text without sound, an empty reading for each character; its types are not those published."""
    return [""] * len(rest)


def _sound(syllable: str) -> str:
    return chr(_FIRST_SYLLABLE + syllables()[syllable]) if syllable else SEPARATOR


def _letter(text: str) -> str:
    first = text[0]
    return chr(_FIRST_LETTER + ord(first)) if first.isascii() and first.isalnum() else SEPARATOR


@cache
def _characters() -> dict[str, list[str]]:
    """Sort the characters of the national standard set by their most common reading."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in _COMMON:
        character = chr(code)
        if _is_common(character):
            found[pypinyin.lazy_pinyin(character)[0]].append(character)
    # 嗯 and 呣 are read without a vowel; as syllables they would only make more ways to cut letters.
    return {syllable: characters for syllable, characters in found.items() if set(syllable) & set("aeiouv")}


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _teach() -> None:
    pypinyin.load_phrases_dict({phrase: [[syllable] for syllable in read.split()] for phrase, read in _READ_SO.items()})
