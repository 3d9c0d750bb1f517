"""The one signature index of a Library, made once for the checks and the pages of a build."""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from lunxun.library.analysis import Looked
from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.records.walk import leaves
from lunxun.search.features import Features, Noted, features, text_notes
from lunxun.search.said import said_in_leaves
from lunxun.search.signatures import SignatureIndex

# By the id of a Library that lives; it is taken out when the Library goes.
_known: dict[int, SignatureIndex] = {}
_AT_ONCE = 200


def note(looked: Sequence[Looked]) -> list[bytes]:
    """Write down what is remembered of the texts of some records; `load` keeps it with their files."""
    return list(text_notes([said_in_leaves(id_of(entry.key), entry.key.kind, found) for entry, found in looked]))


def index_of(library: Library, notes: Mapping[Key, bytes] | None = None) -> SignatureIndex:
    """Give the index of a Library. A Library never changes, so that it is made once and forgotten with it.

    `notes` are those of all its records, where they were made when the records were read.
    """
    known = _known.get(id(library))
    if known is None:
        known = _known[id(library)] = SignatureIndex(_features(library, notes or _notes(library)))
        weakref.finalize(library, _known.pop, id(library), None)
    return known


@lru_cache(1 << 17)
def id_of(key: Key) -> str:
    """Name a record as the index does."""
    return f"{key.kind}:{key.id}"


def _features(library: Library, notes: Mapping[Key, bytes]) -> Features:
    links: defaultdict[Key, set[str]] = defaultdict(set)
    for link in library.links:
        # Where something was taken from says nothing of what it is.
        if Source.kind not in (link.source.kind, link.target.kind):
            links[link.source].add(id_of(link.target))
    return features(Noted(id_of(key), key.kind, tuple(links.get(key, ())), notes[key]) for key in library.entries)


def _notes(library: Library) -> dict[Key, bytes]:
    entries = list(library.entries.values())
    found: dict[Key, bytes] = {}
    for start in range(0, len(entries), _AT_ONCE):
        some = [Looked(entry, leaves(entry.record)) for entry in entries[start : start + _AT_ONCE]]
        found.update(zip((entry.key for entry, _ in some), note(some), strict=True))
    return found
