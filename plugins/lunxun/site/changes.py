"""Which pages have to be made again after an edit.

A page shows its record and something of the records around it: those that it links to or that link to it, those that
are related, the terms it explains, those that a collection lists. What is shown of those may hold a figure or the title
of yet another record. So when a record changes, so may all pages that show it, or that show a record which names it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lunxun.library.library import Library
from lunxun.records.collection import Collection as CollectionRecord
from lunxun.records.references import Key
from lunxun.records.term import Term


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around each record: all links, the related ones, the terms that its page explains."""

    digests: Mapping[Key, str]
    targets: Mapping[Key, Collection[Key]]
    related: Mapping[Key, Collection[Key]]
    explained: Mapping[Key, Collection[Key]]
    term_names: Mapping[str, Key]


def targets_of(library: Library) -> dict[Key, tuple[Key, ...]]:
    """List for each record those that it links to, each once."""
    found: defaultdict[Key, dict[Key, None]] = defaultdict(dict)
    for link in library.links:
        found[link.source][link.target] = None
    return {key: tuple(targets) for key, targets in found.items()}


def term_names(library: Library) -> dict[str, Key]:
    """List the names that pages explain; the first term that has a name explains it."""
    names: dict[str, Key] = {}
    for entry, term in library.of(Term):
        if term.explain and not entry.is_hidden:
            for name in (term.title, *term.aliases):
                names.setdefault(name, entry.key)
    return names


def pages_to_make(library: Library, texts: Mapping[Key, str], old: Around, new: Around) -> set[Key]:
    """List the records of a Library whose pages may differ from those of the last build.

    `texts` gives all that a record says, to look for names of terms that have come or gone; `new` need not know yet
    what the pages explain.
    """
    changed = {key for key in {*old.digests, *new.digests} if old.digests.get(key) != new.digests.get(key)}
    if not changed:
        return set()
    naming = changed | _sources(changed, old.targets) | _sources(changed, new.targets)
    found = set(naming)
    for around in (old, new):
        found.update(_sources(naming, around.targets))
        found.update(target for key in naming for target in around.targets.get(key, ()))
        found.update(_sources(naming, around.related))
    found.update(_sources(naming, old.explained))
    found.update(key for key in new.related if tuple(new.related[key]) != tuple(old.related.get(key, ())))
    found.update(entry.key for entry, record in library.of(CollectionRecord) if _is_queried(record))
    names = [name for name, _ in old.term_names.items() ^ new.term_names.items()]
    found.update(key for key, text in texts.items() if any(name in text for name in names))
    return found & library.entries.keys()


def _sources(keys: Collection[Key], targets: Mapping[Key, Iterable[Key]]) -> set[Key]:
    """List what has one of the keys among its targets."""
    return {source for source, own in targets.items() if not keys.isdisjoint(own)} if isinstance(keys, set) else set()


def _is_queried(record: CollectionRecord) -> bool:
    return any(section.query is not None for section in record.sections)
