"""The one signature index of a Library, made once for the checks and the pages of a build."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lunxun.library.analysis import Looked
from lunxun.library.library import Entry, Library
from lunxun.library.link_numbers import link_numbers
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.records.walk import leaves
from lunxun.search.features import Features, Noted, Rows, features, link_key, text_notes
from lunxun.search.said import said_in_leaves
from lunxun.search.signatures import SignatureIndex

# By the id of a Library that lives; it is taken out when the Library goes.
_known: dict[int, SignatureIndex] = {}
_AT_ONCE = 200


def note(looked: Sequence[Looked]) -> list[bytes]:
    """Write down what is remembered of the texts of some records; `load` keeps it with their files."""
    return list(text_notes([said_in_leaves(id_of(entry.key), entry.key.kind, found) for entry, found in looked]))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What the records of a Library are compared by, and these records: what is true of one stays so while it lives."""

    features: Features
    entries: Mapping[Key, Entry]


def compare(library: Library, notes: Mapping[Key, bytes], before: Compared | None = None) -> Compared:
    """Gather what the records are compared by: from their notes, or from before where a record is the same."""
    known = before.entries if before else {}
    again = [key for key, entry in library.entries.items() if known.get(key) is not entry]
    made = features(Noted(id_of(key), key.kind, (), notes[key]) for key in again)
    if before is not None:
        made = before.features.renewed(list(map(id_of, library.entries)), made)
    return Compared(replace(made, links=_links(library, made.ids)), library.entries)


def index_of(library: Library, compared: Compared | None = None) -> SignatureIndex:
    """Give the index of a Library. A Library never changes, so that it is made once and forgotten with it.

    `compared` is what its records are compared by, where that is known already.
    """
    known = _known.get(id(library))
    if known is None:
        compared = compared or compare(library, _notes(library))
        known = _known[id(library)] = SignatureIndex(compared.features)
        weakref.finalize(library, _known.pop, id(library), None)
    return known


@lru_cache(1 << 17)
def id_of(key: Key) -> str:
    """Name a record as the index does."""
    return f"{key.kind}:{key.id}"


def _links(library: Library, ids: Sequence[str]) -> Rows[np.uint64]:
    """List what each record, in the order of these ids, links to, as `link_key` numbers it."""
    numbers = {id_: number for number, id_ in enumerate(ids)}
    places = np.array([numbers[id_of(key)] for key in library.entries], np.int64)
    # Where something was taken from says nothing of what it is.
    counts = np.array([key.kind != Source.kind for key in library.entries], np.bool_)
    one, other = link_numbers(library)
    shown = counts[one] & counts[other]
    keys = np.fromiter(map(link_key, ids), np.uint64, len(ids))
    by_key = np.argsort(keys)
    rank = np.empty(len(ids), np.int64)
    rank[by_key] = np.arange(len(ids))
    pairs = np.unique(places[one[shown]] * len(ids) + rank[places[other[shown]]])
    owners, ranks = np.divmod(pairs, max(len(ids), 1))
    return Rows(np.searchsorted(owners, np.arange(len(ids) + 1)), keys[by_key][ranks])


def _notes(library: Library) -> dict[Key, bytes]:
    entries = list(library.entries.values())
    found: dict[Key, bytes] = {}
    for start in range(0, len(entries), _AT_ONCE):
        some = [Looked(entry, leaves(entry.record)) for entry in entries[start : start + _AT_ONCE]]
        found.update(zip((entry.key for entry, _ in some), note(some), strict=True))
    return found
