"""The one signature index of a Library, made once for the checks and the pages of a build."""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Mapping

from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.features import Features, read_features
from lunxun.search.said import said_in_record
from lunxun.search.signatures import SignatureIndex

# By the id of a Library that lives; it is taken out when the Library goes.
_known: dict[int, SignatureIndex] = {}


def index_of(library: Library) -> SignatureIndex:
    """Give the index of a Library. A Library never changes, so that it is made once and forgotten with it."""
    known = _known.get(id(library))
    if known is None:
        known = _keep(library, _make(library, {}))
    return known


def remember(library: Library, known: Mapping[str, Features]) -> None:
    """Make the index of a Library of features that were read before; those of other records are read now."""
    index = _make(library, known)
    _keep(library, index)


def id_of(key: Key) -> str:
    """Name a record as the index does."""
    return f"{key.kind}:{key.id}"


def _keep(library: Library, index: SignatureIndex) -> SignatureIndex:
    _known[id(library)] = index
    weakref.finalize(library, _known.pop, id(library), None)
    return index


def _make(library: Library, known: Mapping[str, Features]) -> SignatureIndex:
    links: defaultdict[Key, set[str]] = defaultdict(set)
    for link in library.links:
        # Where something was taken from says nothing of what it is.
        if Source.kind not in (link.source.kind, link.target.kind):
            links[link.source].add(id_of(link.target))
    unknown = [(id_of(key), key, entry) for key, entry in library.entries.items() if id_of(key) not in known]
    read = read_features(said_in_record(id_, entry.record, links.get(key, ())) for id_, key, entry in unknown)
    return SignatureIndex((*read, *(known[id_of(key)] for key in library.entries if id_of(key) in known)))
