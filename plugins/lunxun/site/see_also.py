"""“相关内容”: records that speak of the same as a record, and that its page does not link to anyway."""

from __future__ import annotations

from collections.abc import Collection

from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.library_index import id_of, index_of
from lunxun.search.related import related

# More than a page shows: it leaves out those that it has come to link to while it was made.
_CANDIDATES = 8
# Where something was taken from, and what asks about it, are no reading of their own.
_LEFT_OUT = {Source.kind, Bank.kind}


def see_also(library: Library, wanted: Collection[Key] | None = None) -> dict[Key, tuple[Entry, ...]]:
    """Map the records that have a page, or those of them that are wanted, to those most related to them."""
    asked = None if wanted is None else {id_of(key) for key in wanted}
    shown = (entry.key for entry in library.entries.values() if not entry.is_hidden)
    keys = {id_of(key): key for key in shown if key.kind not in _LEFT_OUT}
    return {
        keys[id_]: tuple(library.entries[keys[other]] for other in others)
        for id_, others in related(index_of(library), _CANDIDATES, keys, asked).items()
    }
