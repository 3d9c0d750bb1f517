"""“您是不是要找”: names that sound like a word nobody wrote, or differ from it in one character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lunxun.search.sounds import readings

_MOST = 3
_SHORTEST, _LONGEST = 2, 20
_SHORTEST_ONE_OFF = 3
_LONGEST_HEARD = 12
_SOUND, _ONE_OFF = 2, 1
_WHOLE = 4


def suggest(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """List what may have been meant: stretches of names, the likeliest first. All is compared text."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    found: Counter[str] = Counter()
    for name in dict.fromkeys(names):
        stretches = _by_letters(word, name) if word.isascii() else _by_character(word, name)
        for stretch, weight in dict.fromkeys(stretches):
            found[stretch] += weight + _WHOLE * (stretch == name)
    ranked = sorted(found.items(), key=lambda item: (-item[1], len(item[0]), item[0]))
    return tuple(stretch for stretch, _ in ranked[:_MOST])


def sounds_like(word: str, names: Iterable[str]) -> str:
    """Find the first stretch of a name that is read as the word is and written otherwise; empty if there is none."""
    if not _SHORTEST <= len(word) <= _LONGEST_HEARD or not all(readings(word)):
        return ""
    found = (stretch for name in names for stretch, weight in _by_character(word, name) if weight == _SOUND)
    return next((stretch for stretch in found if stretch != word), "")


def spelt_in(letters: str, names: Iterable[str]) -> tuple[str, ...]:
    """List the stretches of names that letters spell: wanggehua, or the first letters, wgh."""
    return tuple(dict.fromkeys(stretch for name in names for stretch, _ in _by_letters(letters, name)))


def spells(letters: str, name: str) -> bool:
    """Tell whether letters spell a name from its beginning, or its first letters."""
    sound = readings(name)
    initials = "".join(syllable[:1] for syllable in sound)
    return all(sound) and ("".join(sound).startswith(letters) or initials.startswith(letters))


def _by_character(word: str, name: str) -> Iterator[tuple[str, int]]:
    """Yield the stretches of a name that are read like the word, or differ from it in one character."""
    sound = readings(word)
    name_sound = readings(name)
    for start in range(len(name) - len(word) + 1):
        stretch = name[start : start + len(word)]
        different = sum(one != other for one, other in zip(word, stretch, strict=True))
        if all(sound) and sound == name_sound[start : start + len(word)]:
            yield stretch, _SOUND
        elif different == 1 and len(word) >= _SHORTEST_ONE_OFF and " " not in stretch:
            yield stretch, _ONE_OFF


def _by_letters(word: str, name: str) -> Iterator[tuple[str, int]]:
    """Yield the stretches of a name whose syllables begin with the letters of the word, or are spelt by it."""
    sound = readings(name)
    for start in range(len(name)):
        if sound[start]:
            initials = "".join(syllable[:1] or " " for syllable in sound[start : start + len(word)])
            spelt = _spelt(word, sound[start:])
            if initials == word:
                yield name[start : start + len(word)], _SOUND
            elif spelt > 1:
                yield name[start : start + spelt], _SOUND


def _spelt(word: str, sound: tuple[str, ...]) -> int:
    """Tell how many syllables the letters spell, the last of them maybe unfinished; 0 when they do not."""
    for count, syllable in enumerate(sound, 1):
        if not syllable:
            return 0
        if syllable.startswith(word):
            return count
        if not word.startswith(syllable):
            return 0
        word = word[len(syllable) :]
    return 0
