"""“相关内容”: records that speak of the same as a record, and that its page does not link to anyway."""

from __future__ import annotations

from collections.abc import Collection

from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.library_index import id_of, index_of
from lunxun.search.related import allowed, related_to
from lunxun.search.signatures import SignatureIndex

# More than a page shows: it leaves out those that it has come to link to while it was made.
_CANDIDATES = 8
# Where something was taken from, and what asks about it, are no reading of their own.
_LEFT_OUT = {Source.kind, Bank.kind}


class SeeAlso:
    """Finds what is related to records. Plain data only, so that it is inherited by a fork and can be pickled."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._index: SignatureIndex = index_of(library)
        shown = (entry.key for entry in library.entries.values() if not entry.is_hidden)
        self._keys = {id_of(key): key for key in shown if key.kind not in _LEFT_OUT}
        self._allowed = allowed(self._index, self._keys)
        _ = (self._index.holders, self._index.linked)

    def of(self, keys: Collection[Key] | None = None) -> dict[Key, tuple[Entry, ...]]:
        """Map records, all if none are named, to those most related to them; only those with a page."""
        entries, known = self._library.entries, self._index.numbers
        numbers = range(len(known)) if keys is None else sorted(known[id_of(key)] for key in keys)
        return {
            self._keys[id_]: tuple(entries[self._keys[other]] for other in others)
            for id_, others in related_to(self._index, _CANDIDATES, self._allowed, numbers).items()
        }


def see_also(library: Library) -> dict[Key, tuple[Entry, ...]]:
    """Map the records that have a page to those most related to them."""
    return SeeAlso(library).of()
