"""“相关内容”: records that speak of the same as a record, and that its page does not link to anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.document import SearchDocument
from lunxun.search.related import related
from lunxun.site import addresses

# More than a page shows: it leaves out those that it has come to link to while it was made.
_CANDIDATES = 8
# Where something was taken from, and what asks about it, say nothing of what it is.
_LEFT_OUT = {Source.kind, Bank.kind}


def see_also(library: Library, documents: Iterable[SearchDocument]) -> dict[Key, tuple[Entry, ...]]:
    """Map records to the records most related to them."""
    keys = {addresses.of_record(key): key for key in library.entries}
    links: defaultdict[str, set[str]] = defaultdict(set)
    for link in library.links:
        if not _LEFT_OUT & {link.source.kind, link.target.kind}:
            links[addresses.of_record(link.source)].add(addresses.of_record(link.target))
    texts = (document for document in documents if document.kind not in _LEFT_OUT)
    return {
        keys[address]: tuple(library.entries[keys[other]] for other in others)
        for address, others in related(texts, links, _CANDIDATES).items()
    }
