"""Undo what a byte-wise pinyin annotator did to GBK text: it cut characters in two.

The page that two of our sources were copied from had `(reading)` put after every traditional character, by
replacing bytes, not characters. Where the second byte of one character and the first of the next happen to be
the code of a third, the reading landed inside the next character:

    日報記者   C8D5 88F3 …   D588 is 請, F3 is left over     → 日?qǐng)?bào)記者
    涉惡問題   … 90BA 8696 EE7D   BA86 is 簡                → 涉惡?jiǎn)栴}

The `?` is the cut-off first byte together with the bracket, which no decoder could read as a character, and all
that follows is paired wrongly until an ASCII character is swallowed as a second byte. The third character is
known by its reading and by its first byte, so the lost byte, and with it the text, can be told for certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LOST = "\ufffd"

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
READING = rf"(?=[a-zɡüê]*[{_TONED}])[a-zɡüê{_TONED}]{{1,6}}"
"""A pinyin syllable with its tone mark, as a regular expression; without a mark it may be a Latin word."""
BARE_ENTITY = r"(?:[lr][ds]quo|[lr]aquo|nbsp|e[nm]sp|middot|[mn]dash|hellip);"
"""An HTML entity that lost its ampersand; only names that are not words."""

# The annotated characters that are known to have cut into another, by reading.
_ANNOTATED = {"qǐng": "請", "bào": "報", "jiǎn": "簡", "zé": "責", "fù": "負", "dān": "擔"}

_CUT = re.compile(rf"\?({READING})\)")
_SWALLOWED_AMPERSAND = re.compile(rf"\?(?={BARE_ENTITY})")
_MAX_RUN = 16
_SECOND_BYTES = range(0x40, 0x7F)


@dataclass(frozen=True, slots=True)
class _Restored:
    text: str
    end: int


def realign(text: str) -> str:
    """Restore the characters that were cut in two; what cannot be told becomes U+FFFD."""
    out = ""
    at = 0
    while (cut := _CUT.search(text, at)) is not None:
        out += text[at : cut.start()]
        found = _read_on(text, cut.end(), _second_byte(out[-1:], cut[1]))
        out += found.text if found else LOST
        at = found.end if found else cut.end()
    return out + text[at:]


def _read_on(text: str, start: int, first_byte: bytes | None) -> _Restored | None:
    """Pair the bytes anew from a cut; None when they do not come out as cuts of this kind do."""
    restored = ""
    pending = first_byte
    for at in range(start, min(len(text), start + _MAX_RUN)):
        if (cut := _CUT.match(text, at)) is not None:
            return _Restored(restored + _annotated(cut[1], pending), cut.end())
        if _SWALLOWED_AMPERSAND.match(text, at):
            return _Restored(restored + LOST, at + 1)
        code = _bytes(text[at])
        if not code or (len(code) == 1 and (code[0] not in _SECOND_BYTES or (pending is None and not restored))):
            return None
        character = _character(pending, code[:1])
        if character is None:
            return None
        restored += character
        pending = code[1:]
        if not pending:
            return _Restored(restored, at + 1)
    return None


def _second_byte(before: str, reading: str) -> bytes | None:
    """Tell the second byte of the annotated character whose first byte ends the character before."""
    character = _annotated(reading, _bytes(before)[1:]) if before else LOST
    return _bytes(character)[1:] if character != LOST else None


def _annotated(reading: str, first_byte: bytes | None) -> str:
    fitting = [character for character in _ANNOTATED.get(reading, "") if _bytes(character)[:1] == first_byte]
    return fitting[0] if len(fitting) == 1 else LOST


def _character(first: bytes | None, second: bytes) -> str | None:
    if first is None:
        return LOST
    try:
        return (first + second).decode("gb18030")
    except UnicodeDecodeError:
        return None


def _bytes(character: str) -> bytes:
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return b"" if code[2:] else code  # GBK has one or two bytes; four are outside it
