"""Each visible record as a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lunxun.library.freshness import StaleLink
from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.collection import Collection, Query
from lunxun.records.fact import Fact
from lunxun.records.indicator import Indicator
from lunxun.records.references import Key, parse_reference
from lunxun.records.source import Source
from lunxun.site import addresses
from lunxun.site.comparison import compare
from lunxun.site.context import PageContext
from lunxun.site.listing import classes
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.quiz_data import sheet
from lunxun.site.relations import cited_by, stale_by_record
from lunxun.site.templating import environment


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


def record_pages(
    renderer: ProseRenderer, see_also: Mapping[Key, tuple[Entry, ...]], keys: Sequence[Key] | None = None
) -> Iterator[SitePage]:
    """Render visible records, all if no keys are given; `see_also` holds what is related to each."""
    stale = stale_by_record(renderer.library)
    facts_by_source = _facts_by_source(renderer.library)
    for key in renderer.library.entries if keys is None else keys:
        entry = renderer.library.entries[key]
        if not entry.is_hidden:
            related = see_also.get(entry.key, ())
            yield _record_page(renderer, entry, stale.get(entry.key, ()), facts_by_source, related)


def _record_page(
    renderer: ProseRenderer,
    entry: Entry,
    stale_links: tuple[StaleLink, ...],
    facts_by_source: Mapping[Key, tuple[ProvenLine, ...]],
    related: tuple[Entry, ...],
) -> SitePage:
    library, address = renderer.library, addresses.of_record(entry.key)
    page = PageContext(renderer, address, entry)
    own = _own_values(page, entry, facts_by_source)
    listed = {item.key for section in own.get("sections", ()) for item in section.entries}
    body = (
        environment()
        .get_template(f"{entry.key.kind}.html.j2")
        .render(
            page=page,
            entry=entry,
            record=entry.record,
            stale_links=stale_links,
            cited_by=cited_by(library, entry.key),
            see_also=[other for other in related if other.key not in listed],
            **own,
        )
    )
    description = page.plain(entry.record.summary, entry.key)
    return SitePage(address, entry.record.title, body, page.headings, description)


def _own_values(
    page: PageContext, entry: Entry, facts_by_source: Mapping[Key, tuple[ProvenLine, ...]]
) -> dict[str, Any]:
    """Give the values that only the template of this kind uses."""
    library = page.library
    if isinstance(entry.record, Indicator):
        return {"rows": compare(library, entry.key)}
    if isinstance(entry.record, Source):
        return {"proven": facts_by_source.get(entry.key, ())}
    if isinstance(entry.record, Collection):
        return {"sections": _sections(library, entry.record)}
    if isinstance(entry.record, Bank):
        return {"sheet": sheet(page, entry, entry.record)}
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


def _sections(library: Library, collection: Collection) -> tuple[SectionEntries, ...]:
    sections = []
    for section in collection.sections:
        named = (library.entries[key] for reference in section.items for key in _found(library, reference))
        queried = _matching(library, section.query) if section.query else ()
        entries = dict.fromkeys(entry.key for entry in (*named, *queried) if not entry.is_hidden)
        sections.append(SectionEntries(section.title, section.text, tuple(library.entries[key] for key in entries)))
    return tuple(sections)


def _found(library: Library, reference: str) -> tuple[Key, ...]:
    parsed = parse_reference(reference)
    return library.find(parsed.id, parsed.kind) if parsed else ()


def _matching(library: Library, query: Query) -> tuple[Entry, ...]:
    wanted = {"topics": query.topics, "fields": query.fields, "levels": query.levels, "regions": query.regions}
    return tuple(
        entry
        for entry in library.entries.values()
        if entry.key.kind == query.kind and _fits(classes(entry.record, library.taxonomy), wanted)
    )


def _fits(actual: Mapping[str, tuple[str, ...]], wanted: Mapping[str, tuple[str, ...]]) -> bool:
    return all(not ids or set(ids) & set(actual.get(facet, ())) for facet, ids in wanted.items())
