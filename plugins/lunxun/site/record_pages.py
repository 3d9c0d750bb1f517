"""Each visible record as a page.

What a page shows, and so what it has to be made again for:

- its own record;
- of the records that it refers to, also in its prose: title, whether they are hidden, the facts, versions and
  articles it names (and of the policy that replaces such a version, since when it is in force); of its sources the
  short name and whether they speak of themselves;
- of the records that refer to it, and of those that are related: title and whether they are hidden;
- of the terms that it names, and of those that its prose explains (`SitePage.explained`): title, scope, definition.
  Terms are found by their names: when a name comes or goes, so may an explanation on any page whose text holds it. A
  local term is explained where the page shares a source with it;
- on the page of an indicator, the facts that name it, with the region and the source of each; on that of a source,
  the facts that it proves, with the titles of their records;
- on the page of a collection, the cards of the records that it lists, or that its queries find: title, summary,
  region, topics. Any record of the kind may come to fit a query;
- names of the taxonomy, and of its kind whether the list is cut into pages (`Tables.is_cut`), as links to classes
  then lead to the search.

Summaries and definitions are shown with the figures and titles of what they name: a page that shows one depends on
the records that this names, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.collection import Collection
from lunxun.records.indicator import Indicator
from lunxun.records.references import Key, parse_reference
from lunxun.records.source import Source
from lunxun.site import addresses
from lunxun.site.comparison import compare
from lunxun.site.context import PageContext
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.quiz_data import sheet
from lunxun.site.record_tables import RecordTables
from lunxun.site.templating import template


@dataclass(frozen=True, slots=True)
class SectionEntries:
    """A section of a collection with its records found."""

    title: str
    text: str
    entries: tuple[Entry, ...]


class RecordPages:
    """The pages of the visible records of a library, each made when it is asked for, in any order."""

    def __init__(self, renderer: ProseRenderer, see_also: Mapping[Key, tuple[Entry, ...]]) -> None:
        self._renderer = renderer
        self._library = renderer.library
        self._tables = renderer.shared(RecordTables)
        self._see_also = see_also

    def page(self, key: Key) -> SitePage:
        """Render the page of a visible record."""
        entry, address = self._library.entries[key], addresses.of_record(key)
        page = PageContext(self._renderer, address, entry)
        own = self._own_values(page, entry)
        related, listed = self._see_also.get(key, ()), own.get("sections", ())
        if listed:
            shown = {other.key for section in listed for other in section.entries}
            related = tuple(other for other in related if other.key not in shown)
        body = template(key.kind).render(
            page=page,
            entry=entry,
            record=entry.record,
            stale_links=self._tables.stale(key),
            cited_by=self._tables.cited_by(key),
            see_also=related,
            **own,
        )
        description = page.face(key, "summary")
        return SitePage(address, entry.record.title, body, page.headings, description, page.explained)

    def _own_values(self, page: PageContext, entry: Entry) -> dict[str, Any]:
        """Give the values that only the template of this kind uses."""
        if isinstance(entry.record, Indicator):
            return {"rows": compare(self._renderer.tables, self._tables.figures(entry.key))}
        if isinstance(entry.record, Source):
            return {"proven": self._tables.proven(entry.key)}
        if isinstance(entry.record, Collection):
            return {"sections": tuple(self._sections(entry.record))}
        if isinstance(entry.record, Bank):
            return {"sheet": sheet(page, entry, entry.record)}
        return {}

    def _sections(self, collection: Collection) -> Iterator[SectionEntries]:
        entries = self._library.entries
        for section in collection.sections:
            named = (entries[key] for reference in section.items for key in _found(self._library, reference))
            queried = self._tables.matching(section.query) if section.query else ()
            keys = dict.fromkeys(entry.key for entry in (*named, *queried) if not entry.is_hidden)
            yield SectionEntries(section.title, section.text, tuple(entries[key] for key in keys))


def record_pages(
    renderer: ProseRenderer, see_also: Mapping[Key, tuple[Entry, ...]], keys: Sequence[Key] | None = None
) -> Iterator[SitePage]:
    """Render visible records, all if no keys are given; `see_also` holds what is related to each."""
    pages = RecordPages(renderer, see_also)
    for key in renderer.library.entries if keys is None else keys:
        if not renderer.library.entries[key].is_hidden:
            yield pages.page(key)


def _found(library: Library, reference: str) -> tuple[Key, ...]:
    parsed = parse_reference(reference)
    return library.find(parsed.id, parsed.kind) if parsed else ()
