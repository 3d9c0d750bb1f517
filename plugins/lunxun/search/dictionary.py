"""The dictionaries of pypinyin: how phrases and single characters are read, without tones.

They are taken from its files, not from the package: to import that takes three times as long and twice the memory,
most of it for phrases that no name has. A test reads every phrase and every character with the package, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

# A phrase as a key of JSON, up to the list of its readings.
_PHRASE = re.compile(r'"([^"]+)"\s*:\s*\[')
_TONES = dict.fromkeys((0x300, 0x301, 0x304, 0x30C))


class Dictionary:
    """Readings of phrases and characters, the first where there are several."""

    def __init__(self, phrases: str, characters: str) -> None:
        pieces = _PHRASE.split(phrases)
        # Of each phrase the rest of the list that its readings stand in, as JSON: most are never asked for.
        self._phrases = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        self._characters: dict[str, str] = json.loads(characters)
        self._longest: dict[str, int] = {}
        """How long the longest phrase is that begins with two characters."""
        for phrase in self._phrases:
            self._remember(phrase)
        self._ours: dict[str, tuple[str, ...]] = {}

    def add(self, phrase: str, syllables: tuple[str, ...]) -> None:
        """Read a phrase in another way."""
        self._ours[phrase] = syllables
        self._remember(phrase)

    def cut(self, text: str) -> Iterator[str]:
        """Cut text as pypinyin does: into the longest phrases known, from left to right, and single characters."""
        start, longest = 0, self._longest
        while start < len(text):
            most = longest.get(text[start : start + 2])
            end = start + 1 if most is None else self._end(text, start, most)
            yield text[start:end]
            start = end

    def phrase(self, phrase: str) -> tuple[str, ...] | None:
        """Give the syllables of a known phrase."""
        if phrase in self._ours:
            return self._ours[phrase]
        rest = self._phrases.get(phrase)
        if rest is None:
            return None
        readings, _ = json.JSONDecoder().raw_decode(f"[{rest}")
        return tuple(_without_tone(reading[0]) for reading in readings)

    def character(self, character: str) -> str:
        """Give the syllable of a character; nothing if it has none."""
        return _without_tone(self._characters.get(str(ord(character)), "").partition(",")[0])

    def _end(self, text: str, start: int, most: int) -> int:
        """Tell where the longest phrase ends that begins at a place and has at most so many characters."""
        for end in range(min(start + most, len(text)), start + 1, -1):
            phrase = text[start:end]
            if phrase in self._phrases or phrase in self._ours:
                return end
        return start + 1

    def _remember(self, phrase: str) -> None:
        start = phrase[:2]
        if self._longest.get(start, 0) < len(phrase):
            self._longest[start] = len(phrase)


def load() -> Dictionary:
    """Load the dictionaries of the pypinyin that is installed."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin", name="pypinyin")
    folder = Path(spec.origin).parent
    phrases, characters = ((folder / f"{name}_dict.json").read_text("utf-8") for name in ("phrases", "pinyin"))
    return Dictionary(phrases, characters)


@lru_cache(1 << 12)
def _without_tone(syllable: str) -> str:
    return normalize("NFC", normalize("NFD", syllable).translate(_TONES)).replace("ü", "v")
