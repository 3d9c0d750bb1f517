"""Link all records of a Library, or only those that something has changed for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lunxun.library.library import Library, Link, LinkTable
from lunxun.library.link import Linker, Mentioned, Resolved
from lunxun.records.policy import Policy
from lunxun.records.references import Key


def link_all(library: Library, mentioned: Mapping[str, Mentioned]) -> LinkTable:
    """Resolve the mentions of every record."""
    linker = Linker(library)
    resolved = {
        key: linker.resolve(entry, mentioned.get(entry.document.file)) for key, entry in library.entries.items()
    }
    return LinkTable(
        {key: one.links for key, one in resolved.items() if one.links},
        {key: one.findings for key, one in resolved.items() if one.findings},
        _with_waiting({}, resolved),
    )


def link_anew(
    library: Library, table: LinkTable, again: Iterable[Key], gone: Iterable[Key], mentioned: Mapping[str, Mentioned]
) -> LinkTable:
    """Resolve the mentions of some records in a Library that has changed; those of the others are as they were."""
    linker = Linker(library)
    entries = (library.entries[key] for key in again)
    resolved = {entry.key: linker.resolve(entry, mentioned.get(entry.document.file)) for entry in entries}
    left = {*resolved, *gone}
    outgoing: dict[Key, tuple[Link, ...]] = {}
    for key in library.entries:  # in their order, whichever came first
        links = resolved[key].links if key in resolved else table.outgoing.get(key)
        if links:
            outgoing[key] = links
    findings = {key: found for key, found in table.findings.items() if key not in left}
    findings.update((key, one.findings) for key, one in resolved.items() if one.findings)
    waiting = {id_: kept for id_, keys in table.waiting.items() if (kept := keys - left)}
    made = LinkTable(outgoing, findings, _with_waiting(waiting, resolved))
    made.__dict__["incoming"] = _incoming(library, table, outgoing, left)
    return made


def concerned(table: LinkTable, before: Library, after: Library, ids: Iterable[str]) -> set[Key]:
    """List the records whose links depend on one of these ids, if what can be said of it has changed."""
    found: set[Key] = set()
    for id_ in ids:
        if _face(before, id_) != _face(after, id_):
            found |= table.waiting.get(id_, frozenset())
            for key in before.find(id_, None):
                found.update(link.source for link in table.incoming.get(key, ()))
    return found


def _face(library: Library, id_: str) -> object:
    """Give all that resolving a reference to an id looks at."""
    records = {key.kind: library.entries[key].record for key in library.find(id_, None)}
    versions = [
        (version.id, [article.no for article in version.articles])
        for record in records.values()
        if isinstance(record, Policy)
        for version in record.versions
    ]
    facts = [(kind, fact.id) for kind, record in records.items() for fact in record.facts]
    return id_ in library.unread, list(records), versions, facts


def _incoming(
    library: Library, table: LinkTable, outgoing: Mapping[Key, tuple[Link, ...]], left: set[Key]
) -> Mapping[Key, tuple[Link, ...]]:
    """Carry the incoming links over, and sort those anew that the changed records had or have."""
    added: defaultdict[Key, list[Link]] = defaultdict(list)
    for source in left:
        for link in outgoing.get(source, ()):
            added[link.target].append(link)
    touched = {*added, *(link.target for source in left for link in table.outgoing.get(source, ()))}
    position = {key: number for number, key in enumerate(library.entries)}
    incoming = dict(table.incoming)
    for target in touched:
        kept = [link for link in incoming.pop(target, ()) if link.source not in left]
        # The sort is stable, so that the links of one record stay in their order.
        links = sorted([*kept, *added[target]], key=lambda link: position[link.source])
        if links:
            incoming[target] = tuple(links)
    return incoming


def _with_waiting(
    waiting: Mapping[str, frozenset[Key]], resolved: Mapping[Key, Resolved]
) -> Mapping[str, frozenset[Key]]:
    added: defaultdict[str, set[Key]] = defaultdict(set)
    for key, one in resolved.items():
        for id_ in one.waits_for:
            added[id_].add(key)
    return {**waiting, **{id_: waiting.get(id_, frozenset()) | keys for id_, keys in added.items()}}
