"""The records around a record, in both directions, grouped as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lunxun.library.freshness import StaleLink, stale_links
from lunxun.library.library import Entry, Library
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key


@dataclass(frozen=True, slots=True)
class Group:
    """Related records of one kind."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


def cites(library: Library, key: Key) -> tuple[Group, ...]:
    """Group the visible records that a record refers to."""
    return _grouped(library, (link.target for link in library.outgoing(key)), key)


def cited_by(library: Library, key: Key) -> tuple[Group, ...]:
    """Group the visible records that refer to a record."""
    return _grouped(library, (link.source for link in library.incoming(key)), key)


def stale_by_record(library: Library) -> dict[Key, tuple[StaleLink, ...]]:
    """Map records to their links that an editor has to look at again."""
    found: defaultdict[Key, list[StaleLink]] = defaultdict(list)
    for stale in stale_links(library):
        found[stale.link.source].append(stale)
    return {key: tuple(links) for key, links in found.items()}


def _grouped(library: Library, keys: Iterable[Key], own: Key) -> tuple[Group, ...]:
    unique = dict.fromkeys(key for key in keys if key != own and not library.entries[key].is_hidden)
    by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
    for key in unique:
        by_kind[key.kind].append(library.entries[key])
    return tuple(
        Group(kind, model.kind_name, tuple(sorted(by_kind[kind], key=lambda entry: entry.key)))
        for kind, model in KINDS.items()
        if kind in by_kind
    )
