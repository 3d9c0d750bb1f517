"""What the browser needs only for some queries: the folding of rarer characters, and the sounds of characters."""

from __future__ import annotations

from functools import cache

from lunxun.search.bits import whole_list
from lunxun.search.tokens import SEPARATOR, indexed_character
from lunxun.text.folding import may_fold

_PLANES = (range(0x80, 0xD800), range(0xE000, 0x10000), range(0x20000, 0x32400))
_WIDE = range(0xFF01, 0xFF5F)
_WIDTH = 0xFEE0


def fold_table() -> str:
    """Give what each of the foldable characters becomes, in their order."""
    return "".join(_changed().values())


def foldable() -> str:
    """List the codes of characters that fold to what the browser cannot work out; a query with one needs the table."""
    return whole_list([ord(character) for character in _changed()])


@cache
def _changed() -> dict[str, str]:
    characters = "".join(chr(code) for plane in _PLANES for code in plane)
    changed = {}
    for character in may_fold(characters):
        folded = indexed_character(ord(character))
        if folded not in (SEPARATOR, _as_browsers_fold(character)):
            changed[character] = folded
    return changed


def _as_browsers_fold(character: str) -> str:
    """Narrow and lower a character as `search-text.js` does without a table."""
    code = ord(character)
    narrow = chr(code - _WIDTH) if code in _WIDE else character
    lowered = narrow.lower()
    return lowered if len(lowered) == 1 else narrow
