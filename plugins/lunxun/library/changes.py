"""What differs between two loads of one folder: the records themselves, and those that it may concern."""

from __future__ import annotations

from dataclasses import dataclass

from lunxun.library.library import Library
from lunxun.library.load import State
from lunxun.records.references import Key


@dataclass(frozen=True, slots=True)
class Changes:
    """Records that came, went or were read anew, and others that link to or from them or are linked otherwise now."""

    records: frozenset[Key]
    neighbours: frozenset[Key]

    def __bool__(self) -> bool:
        return bool(self.records or self.neighbours)


def changes(before: State, after: State) -> Changes:
    """Compare a load with the one that it was built on; without that relation everything has changed."""
    old, new = before.library.entries, after.library.entries
    records = (old.keys() - new.keys()) | {key for key, entry in new.items() if old.get(key) is not entry}
    was, now = before.links, after.links
    neighbours = {key for key in new if was.outgoing.get(key) is not now.outgoing.get(key)}
    neighbours |= {key for key in was.findings.keys() | now.findings if was.findings.get(key) != now.findings.get(key)}
    for key in records | neighbours:
        neighbours |= _linked_with(before.library, key) | _linked_with(after.library, key)
    return Changes(frozenset(records), frozenset((neighbours - records) & new.keys()))


def _linked_with(library: Library, key: Key) -> set[Key]:
    outgoing, incoming = library.outgoing(key), library.incoming(key)
    return {link.target for link in outgoing} | {link.source for link in incoming}
