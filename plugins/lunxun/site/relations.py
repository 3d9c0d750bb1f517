"""The records that refer to a record, grouped as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from lunxun.library.library import Entry, Library
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key


@dataclass(frozen=True, slots=True)
class Group:
    """Related records of one kind."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


def cited_by(library: Library, key: Key) -> tuple[Group, ...]:
    """Give the visible records that refer to a record, by kind, in the order of their ids."""
    sources = dict.fromkeys(link.source for link in library.incoming(key) if link.source != key)
    entries = [library.entries[source] for source in sources]
    return _groups(entry for entry in entries if not entry.is_hidden)


def _groups(entries: Iterable[Entry]) -> tuple[Group, ...]:
    by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.key.kind].append(entry)
    return tuple(
        Group(kind, model.kind_name, tuple(sorted(by_kind[kind], key=attrgetter("key.id"))))
        for kind, model in KINDS.items()
        if kind in by_kind
    )
