"""“相关内容”: records that speak of the same as a record, and that its page does not link to anyway."""

from __future__ import annotations

from collections.abc import Iterable

from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.document import SearchDocument
from lunxun.search.library_index import id_of, index_of
from lunxun.search.related import related
from lunxun.site import addresses

# More than a page shows: it leaves out those that it has come to link to while it was made.
_CANDIDATES = 8


def see_also(library: Library, documents: Iterable[SearchDocument]) -> dict[Key, tuple[Entry, ...]]:
    """Map the records that have a page to those most related to them; sources are no reading of their own."""
    shown = {document.address for document in documents if document.kind != Source.kind}
    keys = {id_of(key): key for key in library.entries if addresses.of_record(key) in shown}
    return {
        keys[id_]: tuple(library.entries[keys[other]] for other in others)
        for id_, others in related(index_of(library), _CANDIDATES, keys).items()
    }
