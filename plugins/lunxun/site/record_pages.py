"""Each visible record as a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lunxun.library.freshness import StaleLink
from lunxun.library.library import Entry, Library
from lunxun.records.collection import Collection, Query
from lunxun.records.fact import Fact
from lunxun.records.indicator import Indicator
from lunxun.records.references import Key, parse_reference
from lunxun.records.source import Source
from lunxun.site import addresses
from lunxun.site.comparison import Figures, compare, figures
from lunxun.site.context import PageContext
from lunxun.site.listing import Classes, classes
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.relations import Group, cited_by, stale_by_record
from lunxun.site.templating import template


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


@dataclass(frozen=True, slots=True)
class SectionEntries:
    """A section of a collection with its records found."""

    title: str
    text: str
    entries: tuple[Entry, ...]


class RecordPages:
    """The pages of the visible records of a library, each made when it is asked for.
    """

    def __init__(self, renderer: ProseRenderer, see_also: Mapping[Key, tuple[Entry, ...]]) -> None:
        self._renderer = renderer
        self._library = renderer.library
        self._tables = renderer.tables
        self._see_also = see_also

    def page(self, key: Key) -> SitePage:
        """Render the page of a visible record."""
        entry, address = self._library.entries[key], addresses.of_record(key)
        page = PageContext(self._renderer, address, entry)
        own = self._own_values(entry)
        listed = {item.key for section in own.get("sections", ()) for item in section.entries}
        body = template(key.kind).render(
            page=page,
            entry=entry,
            record=entry.record,
            stale_links=self._stale.get(key, ()),
            cited_by=self._cited_by.get(key, ()),
            see_also=[other for other in self._see_also.get(key, ()) if other.key not in listed],
            **own,
        )
        description = page.face(key, "summary")
        return SitePage(address, entry.record.title, body, page.headings, description, page.explained)

    def _own_values(self, entry: Entry) -> dict[str, Any]:
        """Give the values that only the template of this kind uses."""
        if isinstance(entry.record, Indicator):
            return {"rows": compare(self._tables, self._figures.get(entry.key.id, ()))}
        if isinstance(entry.record, Source):
            return {"proven": self._facts_by_source.get(entry.key, ())}
        if isinstance(entry.record, Collection):
            return {"sections": tuple(self._sections(entry.record))}
        return {}

    def _sections(self, collection: Collection) -> Iterator[SectionEntries]:
        entries = self._library.entries
        for section in collection.sections:
            named = (entries[key] for reference in section.items for key in _found(self._library, reference))
            queried = self._matching(section.query) if section.query else ()
            keys = dict.fromkeys(entry.key for entry in (*named, *queried) if not entry.is_hidden)
            yield SectionEntries(section.title, section.text, tuple(entries[key] for key in keys))

    def _matching(self, query: Query) -> Iterator[Entry]:
        return (entry for entry, actual in self._classes.get(query.kind, ()) if _fits(actual, query))

    @cached_property
    def _classes(self) -> dict[str, tuple[tuple[Entry, Classes], ...]]:
        """List the visible records of each kind with the classes that collections ask for."""
        return {
            kind: tuple((entry, classes(entry.record, self._tables)) for entry in entries)
            for kind, entries in self._tables.visible.items()
        }

    @cached_property
    def _figures(self) -> Figures:
        return figures(self._library)

    @cached_property
    def _stale(self) -> dict[Key, tuple[StaleLink, ...]]:
        return stale_by_record(self._library)

    @cached_property
    def _cited_by(self) -> dict[Key, tuple[Group, ...]]:
        return cited_by(self._library)

    @cached_property
    def _facts_by_source(self) -> dict[Key, tuple[ProvenLine, ...]]:
        return _facts_by_source(self._library)


def record_pages(renderer: ProseRenderer, see_also: Mapping[Key, tuple[Entry, ...]]) -> Iterator[SitePage]:
    """Render every visible record of the library, in its order; `see_also` holds what is related to each."""
    pages = RecordPages(renderer, see_also)
    for key, entry in renderer.library.entries.items():
        if not entry.is_hidden:
            yield pages.page(key)


def _facts_by_source(self) -> dict[Key, tuple[ProvenLine, ...]]:
        return _facts_by_source(self._library)


def record_pages(renderer: ProseRenderer, see_also: Mapping[Key, tuple[Entry, ...]]) -> Iterator[SitePage]:
    """Render every visible record of the library, in its order; `see_also` holds what is related to each."""
    pages = RecordPages(renderer, see_also)
    for key, entry in renderer.library.entries.items():
        if not entry.is_hidden:
            yield pages.page(key)


def _own_values(
    library: Library, entry: Entry, facts_by_source: Mapping[Key, tuple[ProvenLine, ...]]
) -> dict[str, Any]:
    """Give the values that only the template of this kind uses."""
    if isinstance(entry.record, Indicator):
        return {"rows": compare(library, entry.key)}
    if isinstance(entry.record, Source):
        return {"proven": facts_by_source.get(entry.key, ())}
    if isinstance(entry.record, Collection):
        return {"sections": _sections(library, entry.record)}
    return {}


def _facts_by_source(library: Library) -> dict[Key, tuple[ProvenLine, ...]]:
    found: defaultdict[Key, defaultdict[int, list[FactRow]]] = defaultdict(lambda: defaultdict(list))
    for entry in library.entries.values():
        for fact in () if entry.is_hidden else entry.record.facts:
            if fact.source is not None:
                for key in library.find(fact.source.id, None, (Source.kind,)):
                    found[key][fact.source.line].append(FactRow(entry, fact))
    return {
        key: tuple(ProvenLine(line, tuple(rows)) for line, rows in sorted(lines.items()))
        for key, lines in found.items()
    }


def _found(library: Library, reference: str) -> tuple[Key, ...]:
    parsed = parse_reference(reference)
    return library.find(parsed.id, parsed.kind) if parsed else ()


def _fits(actual: Mapping[str, tuple[str, ...]], query: Query) -> bool:
    wanted = (("topics", query.topics), ("fields", query.fields), ("levels", query.levels), ("regions", query.regions))
    return all(not ids or not set(ids).isdisjoint(actual.get(facet, ())) for facet, ids in wanted)
