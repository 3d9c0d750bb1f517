"""The one signature index of a Library, made once for the checks and the pages of a build."""

from __future__ import annotations

import weakref
from collections import defaultdict

from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.features import read_features
from lunxun.search.said import said_in_record
from lunxun.search.signatures import SignatureIndex

# By the id of a Library that lives; it is taken out when the Library goes.
_known: dict[int, SignatureIndex] = {}


def index_of(library: Library) -> SignatureIndex:
    """Give the index of a Library. A Library never changes, so that it is made once and forgotten with it."""
    known = _known.get(id(library))
    if known is None:
        known = _known[id(library)] = _make(library)
        weakref.finalize(library, _known.pop, id(library), None)
    return known


def id_of(key: Key) -> str:
    """Name a record as the index does."""
    return f"{key.kind}:{key.id}"


def _make(library: Library) -> SignatureIndex:
    links: defaultdict[Key, set[str]] = defaultdict(set)
    for link in library.links:
        # Where something was taken from says nothing of what it is.
        if Source.kind not in (link.source.kind, link.target.kind):
            links[link.source].add(id_of(link.target))
    entries = library.entries.items()
    return SignatureIndex(
        read_features(said_in_record(id_of(key), entry.record, links.get(key, ())) for key, entry in entries)
    )
