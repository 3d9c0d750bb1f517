"""What the page of a record shows of the others: who refers to it, its figures elsewhere, what of it is out of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lunxun.library.freshness import StaleLink, stale_links_of
from lunxun.library.library import Entry
from lunxun.records.collection import Query
from lunxun.records.fact import Fact
from lunxun.records.references import Key
from lunxun.site.comparison import Figures
from lunxun.site.listing import Classes, classes
from lunxun.site.prose import ProseRenderer
from lunxun.site.relations import Group, cited_by

_FACTS, _SOURCE, _INDICATOR = "facts", "source", "indicator"


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with the record that holds it."""

    entry: Entry
    fact: Fact


@dataclass(frozen=True, slots=True)
class ProvenLine:
    """A line of a raw text with the facts that it proves."""

    line: int
    rows: tuple[FactRow, ...]


class RecordTables:
    """Answers what the pages of records ask of the whole library; what several ask is worked out once."""

    def __init__(self, renderer: ProseRenderer) -> None:
        self._library = renderer.library
        self._tables = renderer.tables
        self._classes: dict[str, tuple[tuple[Entry, Classes], ...]] = {}

    def make(self) -> None:
        """Work out now what many pages ask, so that processes that are forked later have it."""
        for key in list(self._library.entries)[:1]:
            _ = (self.stale(key), self.cited_by(key))  # at the first call all links are looked through
        _ = self._tables.link_ends
        for kind in ("case", "practice", "problem"):
            self._classes_of(kind)

    def matching(self, query: Query) -> Iterator[Entry]:
        """Yield the visible records that a collection asks for."""
        return (entry for entry, actual in self._classes_of(query.kind) if _fits(actual, query))

    def stale(self, key: Key) -> tuple[StaleLink, ...]:
        """List the links of a record that an editor has to look at again."""
        return stale_links_of(self._library, key)

    def cited_by(self, key: Key) -> tuple[Group, ...]:
        """List the records that refer to a record."""
        return cited_by(self._library.incoming(key), self._tables.shown)

    def figures(self, indicator: Key) -> Figures:
        """List the facts that name an indicator."""
        return tuple((row.entry, row.fact) for row in self._naming(indicator, _INDICATOR))

    def proven(self, source: Key) -> tuple[ProvenLine, ...]:
        """List the lines of a source that prove facts."""
        lines: defaultdict[int, list[FactRow]] = defaultdict(list)
        for row in self._naming(source, _SOURCE):
            if row.fact.source is not None:
                lines[row.fact.source.line].append(row)
        return tuple(ProvenLine(line, tuple(rows)) for line, rows in sorted(lines.items()))

    def _naming(self, key: Key, field: str) -> Iterator[FactRow]:
        """Yield the facts of visible records that name a record in a field, in the order of the library."""
        for link in self._library.incoming(key):
            if link.path[0] == _FACTS and link.path[2] == field:
                entry = self._library.entries[link.source]
                if not entry.is_hidden:
                    yield FactRow(entry, entry.record.facts[int(link.path[1])])

    def _classes_of(self, kind: str) -> tuple[tuple[Entry, Classes], ...]:
        """List the visible records of a kind with their classes."""
        found = self._classes.get(kind)
        if found is None:
            found = tuple((entry, classes(entry, self._tables)) for entry in self._tables.visible[kind])
            self._classes[kind] = found
        return found


def _fits(actual: Mapping[str, tuple[str, ...]], query: Query) -> bool:
    wanted = (("topics", query.topics), ("fields", query.fields), ("levels", query.levels), ("regions", query.regions))
    return all(not ids or not set(ids).isdisjoint(actual.get(facet, ())) for facet, ids in wanted)
