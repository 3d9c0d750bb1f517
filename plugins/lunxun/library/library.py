"""The Library: every record, and every link between records, resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from lunxun.findings import Finding
from lunxun.library.document import Document, Path
from lunxun.library.origin import Placed
from lunxun.records.fact import Fact
from lunxun.records.front import has_changes, listed_by, measured
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy

R = TypeVar("R", bound=Record)
T = TypeVar("T")


EMPTY_TAXONOMY = Taxonomy(topics=(), levels=(), fields=(), audiences=(), regions=())


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its identity and the document it was read from."""

    key: Key
    record: Record
    document: Placed

    @property
    def is_hidden(self) -> bool:
        """Tell whether learners must not see it: it waits to be confirmed."""
        return self.record.is_hidden

    # Whoever goes through all records asks for these: where a record was kept, they are known before it is opened.
    @property
    def title(self) -> str:
        """Give the title of the record."""
        return self.record.title

    @property
    def aliases(self) -> tuple[str, ...]:
        """Give its other names."""
        return self.record.aliases

    @property
    def listed_by(self) -> Mapping[str, Any]:
        """Give the fields that lists can be filtered by."""
        return listed_by(self.record)

    @property
    def has_changes(self) -> bool:
        """Tell whether a part of it was replaced or corrected."""
        return has_changes(self.record)

    @property
    def measured(self) -> tuple[tuple[int, str, str], ...]:
        """List the facts that name an indicator: the place of each, the indicator, the unit."""
        return measured(self.record)


class Link(NamedTuple):
    """One resolved reference: from a place in a record to a record, and more exactly to a part of it."""

    source: Key
    path: Path
    target: Key
    version: str | None = None
    article: str | None = None
    fact: str | None = None


@dataclass(frozen=True)
class LinkTable:
    """What became of all mentions, by the record that they stand in; records without any are left out.

    `waiting` names the records that mention an id without a link to show for it: whatever happens to that id
    concerns them.
    """

    outgoing: Mapping[Key, tuple[Link, ...]]
    findings: Mapping[Key, tuple[Finding, ...]]
    waiting: Mapping[str, frozenset[Key]]

    @cached_property
    def incoming(self) -> Mapping[Key, tuple[Link, ...]]:
        """Sort the links by the record that they lead to."""
        found: defaultdict[Key, list[Link]] = defaultdict(list)
        for links in self.outgoing.values():
            for link in links:
                found[link.target].append(link)
        return {key: tuple(links) for key, links in found.items()}


@dataclass(frozen=True)
class Library:
    """All that is known. Immutable; passes read it and return values."""

    taxonomy: Taxonomy
    entries: Mapping[Key, Entry]
    links: tuple[Link, ...] = ()
    taxonomy_document: Placed = field(default_factory=lambda: Document("taxonomy.yml", None, ()))
    unread: frozenset[str] = frozenset()
    """Ids of files that could not be read as records: a reference to one is not a mistake of its own."""

    @property
    def taxonomy_is_unread(self) -> bool:
        """Tell whether the taxonomy itself is broken, so that no class can be looked up."""
        return self.taxonomy == EMPTY_TAXONOMY

    def of(self, model: type[R]) -> Iterator[tuple[Entry, R]]:
        """Yield the entries of one kind with their records, in the order of their ids."""
        for entry in self._by_kind.get(model.kind, ()):
            record = entry.record
            if isinstance(record, model):
                yield entry, record

    def outgoing(self, key: Key) -> tuple[Link, ...]:
        """List the links that start in a record."""
        return self._table.outgoing.get(key, ())

    def incoming(self, key: Key) -> tuple[Link, ...]:
        """List the links that end in a record."""
        return self._table.incoming.get(key, ())

    def fact(self, key: Key, fact_id: str) -> Fact | None:
        """Find a fact of a record."""
        entry = self.entries.get(key)
        facts = reversed(entry.record.facts) if entry else ()
        return next((fact for fact in facts if fact.id == fact_id), None)

    def find(self, record_id: str, kind: str | None, among: tuple[str, ...] = ()) -> tuple[Key, ...]:
        """List the records that a reference may mean: of the kind it names, else of the kinds allowed there."""
        kinds = (kind,) if kind else among
        return tuple(key for key in self._by_id.get(record_id, ()) if not kinds or key.kind in kinds)

    def linked(self, table: LinkTable) -> Library:
        """Give the same Library with these links, in the order of its entries."""
        links = chain.from_iterable(table.outgoing.get(key, ()) for key in self.entries)
        made = replace(self, links=tuple(links))
        made.__dict__.update(_table=table, _by_id=self._by_id)  # known already
        return made

    def once(self, make: Callable[[Library], T]) -> T:
        """Give what a function makes of this Library; it is asked only once, since a Library never changes."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Callable[[Library], Any], Any]:
        return {}

    @cached_property
    def _by_kind(self) -> dict[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for key, entry in self.entries.items():
            found[key.kind].append(entry)
        return found

    @cached_property
    def _by_id(self) -> dict[str, tuple[Key, ...]]:
        found: dict[str, tuple[Key, ...]] = {}
        for key in self.entries:
            found[key.id] = (*found.get(key.id, ()), key)
        return found

    @cached_property
    def _table(self) -> LinkTable:
        found: defaultdict[Key, list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.source].append(link)
        return LinkTable({key: tuple(links) for key, links in found.items()}, {}, {})
