"""The signs in a text, without the Chinese characters between them: some for a thousand characters.

Many rules look for signs only. A search for one goes through a short row of bytes instead of the whole text, which is
gone through once for all of them.
"""

from __future__ import annotations

import codecs

PAIRED = "《》“”‘’（）「」【】"
"""Marks that open and close, each behind the one that it closes."""
WIDE_DIGITS = "０１２３４５６７８９"
_UNUSED = "\ufffe"
_TABLE = codecs.charmap_build(("".join(map(chr, range(128))) + PAIRED + WIDE_DIGITS).ljust(256, _UNUSED))


def signs_of(text: str) -> bytes:
    """Give the signs of a text in their order, a byte each: ASCII as it is, the paired marks and the wide digits."""
    return codecs.charmap_encode(text, "ignore", _TABLE)[0]


def as_signs(text: str) -> bytes:
    """Give the same of a text that has nothing else, to look for it among signs."""
    return codecs.charmap_encode(text, "strict", _TABLE)[0]
