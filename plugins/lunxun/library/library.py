"""The Library: every record, and every link between records, resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from lunxun.library.document import Document, Path
from lunxun.records.fact import Fact
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy

R = TypeVar("R", bound=Record)


EMPTY_TAXONOMY = Taxonomy(topics=(), levels=(), fields=(), audiences=(), regions=())


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its identity and the document it was read from."""

    key: Key
    record: Record
    document: Document

    @property
    def is_hidden(self) -> bool:
        """Tell whether learners must not see it: it waits to be confirmed."""
        return self.record.is_hidden


@dataclass(frozen=True, slots=True)
class Link:
    """One resolved reference: from a place in a record to a record, and more exactly to a part of it."""

    source: Key
    path: Path
    target: Key
    version: str | None = None
    article: str | None = None
    fact: str | None = None


@dataclass(frozen=True)
class Library:
    """All that is known. Immutable; passes read it and return values."""

    taxonomy: Taxonomy
    entries: Mapping[Key, Entry]
    links: tuple[Link, ...] = ()
    taxonomy_document: Document = field(default_factory=lambda: Document("taxonomy.yml", None, ()))
    unread: frozenset[str] = frozenset()
    """Ids of files that could not be read as records: a reference to one is not a mistake of its own."""

    @property
    def taxonomy_is_unread(self) -> bool:
        """Tell whether the taxonomy itself is broken, so that no class can be looked up."""
        return self.taxonomy == EMPTY_TAXONOMY

    def of(self, model: type[R]) -> Iterator[tuple[Entry, R]]:
        """Yield the entries of one kind with their records, in the order of their ids."""
        for entry in self.entries.values():
            if isinstance(entry.record, model):
                yield entry, entry.record

    def outgoing(self, key: Key) -> tuple[Link, ...]:
        """List the links that start in a record."""
        return self._outgoing.get(key, ())

    def incoming(self, key: Key) -> tuple[Link, ...]:
        """List the links that end in a record."""
        return self._incoming.get(key, ())

    def fact(self, key: Key, fact_id: str) -> Fact | None:
        """Find a fact of a record."""
        return self._facts.get((key, fact_id))

    def find(self, record_id: str, kind: str | None, among: tuple[str, ...] = ()) -> tuple[Key, ...]:
        """List the records that a reference may mean: of the kind it names, else of the kinds allowed there."""
        kinds = (kind,) if kind else among
        return tuple(key for key in self._by_id.get(record_id, ()) if not kinds or key.kind in kinds)

    @cached_property
    def _facts(self) -> dict[tuple[Key, str], Fact]:
        return {(key, fact.id): fact for key, entry in self.entries.items() for fact in entry.record.facts}

    @cached_property
    def _by_id(self) -> dict[str, tuple[Key, ...]]:
        found: dict[str, tuple[Key, ...]] = {}
        for key in self.entries:
            found[key.id] = (*found.get(key.id, ()), key)
        return found

    @cached_property
    def _outgoing(self) -> dict[Key, tuple[Link, ...]]:
        found: defaultdict[Key, list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.source].append(link)
        return {key: tuple(links) for key, links in found.items()}

    @cached_property
    def _incoming(self) -> dict[Key, tuple[Link, ...]]:
        found: defaultdict[Key, list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.target].append(link)
        return {key: tuple(links) for key, links in found.items()}
