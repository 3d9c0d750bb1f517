"""What record pages show of the whole library, worked out once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lunxun.library.freshness import StaleLink
from lunxun.library.library import Entry
from lunxun.records.collection import Query
from lunxun.records.fact import Fact
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.site.comparison import Figures, figures
from lunxun.site.listing import Classes, classes
from lunxun.site.prose import ProseRenderer
from lunxun.site.relations import Group, cited_by, stale_by_record


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
    """Who refers to whom, what is out of date, the facts of each source and indicator, the classes of each record."""

    def __init__(self, renderer: ProseRenderer) -> None:
        self._library = renderer.library
        self._tables = renderer.tables

    def make(self) -> None:
        """Make all tables now, so that processes that are forked later have them."""
        _ = (self.stale, self.cited_by, self.proven, self.figures, self.classes)

    def matching(self, query: Query) -> Iterator[Entry]:
        """Yield the visible records that a collection asks for."""
        return (entry for entry, actual in self.classes.get(query.kind, ()) if _fits(actual, query))

    @cached_property
    def stale(self) -> dict[Key, tuple[StaleLink, ...]]:
        """Map records to their links that an editor has to look at again."""
        return stale_by_record(self._library)

    @cached_property
    def cited_by(self) -> dict[Key, tuple[Group, ...]]:
        """Map records to those that refer to them."""
        return cited_by(self._library)

    @cached_property
    def figures(self) -> Figures:
        """Map indicators to the facts that name them."""
        return figures(self._library)

    @cached_property
    def classes(self) -> dict[str, tuple[tuple[Entry, Classes], ...]]:
        """List the visible records of each kind with their classes."""
        return {
            kind: tuple((entry, classes(entry.record, self._tables)) for entry in entries)
            for kind, entries in self._tables.visible.items()
        }

    @cached_property
    def proven(self) -> dict[Key, tuple[ProvenLine, ...]]:
        """Map sources to their lines that prove facts."""
        found: defaultdict[Key, defaultdict[int, list[FactRow]]] = defaultdict(lambda: defaultdict(list))
        for entry in self._library.entries.values():
            for fact in () if entry.is_hidden else entry.record.facts:
                if fact.source is not None:
                    for key in self._library.find(fact.source.id, None, (Source.kind,)):
                        found[key][fact.source.line].append(FactRow(entry, fact))
        return {
            key: tuple(ProvenLine(line, tuple(rows)) for line, rows in sorted(lines.items()))
            for key, lines in found.items()
        }


def _fits(actual: Mapping[str, tuple[str, ...]], query: Query) -> bool:
    wanted = (("topics", query.topics), ("fields", query.fields), ("levels", query.levels), ("regions", query.regions))
    return all(not ids or not set(ids).isdisjoint(actual.get(facet, ())) for facet, ids in wanted)
