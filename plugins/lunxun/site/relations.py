"""The records that refer to a record, grouped as its page shows them, and what of its own references is out of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

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


def cited_by(library: Library) -> dict[Key, tuple[Group, ...]]:
    """Map records to the visible records that refer to them, by kind, in the order of their ids."""
    citing: defaultdict[Key, dict[Key, Entry]] = defaultdict(dict)
    visible = {key: entry for key, entry in library.entries.items() if not entry.is_hidden}
    for link in library.links:
        if link.source != link.target and link.source in visible:
            citing[link.target][link.source] = visible[link.source]
    return {key: _groups(sources.values()) for key, sources in citing.items()}


def stale_by_record(library: Library) -> dict[Key, tuple[StaleLink, ...]]:
    """Map records to their links that an editor has to look at again."""
    found: defaultdict[Key, list[StaleLink]] = defaultdict(list)
    for stale in stale_links(library):
        found[stale.link.source].append(stale)
    return {key: tuple(links) for key, links in found.items()}


def _groups(entries: Iterable[Entry]) -> tuple[Group, ...]:
    by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.key.kind].append(entry)
    return tuple(
        Group(kind, model.kind_name, tuple(sorted(by_kind[kind], key=attrgetter("key.id"))))
        for kind, model in KINDS.items()
        if kind in by_kind
    )
