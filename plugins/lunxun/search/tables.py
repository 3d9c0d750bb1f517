"""What the browser needs only for some queries: the folding of rarer characters, and the sounds of characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunxun.search.bits import whole_list
from lunxun.search.extract import stored
from lunxun.search.scripts import script
from lunxun.search.tokens import SEPARATOR, indexed_character
from lunxun.text.folding import may_fold

_PLANES = (range(0x80, 0xD800), range(0xE000, 0x10000), range(0x20000, 0x32400))
_WIDE = range(0xFF01, 0xFF5F)
_WIDTH = 0xFEE0


@dataclass(frozen=True, slots=True)
class FoldTable:
    """The script of what rarer characters fold to."""

    foldable: str
    """The codes of characters that fold to what the browser cannot work out; a query with one needs the table."""
    mark: str
    script: bytes


@cache
def fold_table() -> FoldTable:
    """Write what each of the foldable characters becomes, in their order; hangs on nothing but the dictionaries."""
    changed = _changed()
    mark, written = script("fold", stored("".join(changed.values())))
    return FoldTable(whole_list([ord(character) for character in changed]), mark, written)


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
