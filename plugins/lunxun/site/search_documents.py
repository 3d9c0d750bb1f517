"""Records as search sees them: names, headings and stretches of plain text, each with its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lunxun.library.library import Entry, Library
from lunxun.records.case import Case
from lunxun.records.kinds import SHOWN
from lunxun.records.policy import Policy
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.search.document import SearchDocument
from lunxun.site import addresses
from lunxun.site.context import PageContext
from lunxun.site.listing import classes
from lunxun.site.prose import ProseRenderer
from lunxun.site.search_parts import body_parts, own_headings
from lunxun.site.tables import Tables

FACETS = {"kind": "类别", "topics": "主题", "levels": "层级", "fields": "领域", "regions": "地区", "year": "年份"}
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_YEARS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年?[-–—~至到]{1,2}((?:19|20)[0-9]{2})(?![0-9])")
_LONGEST_SPAN = 30


def search_documents(renderer: ProseRenderer, keys: Iterable[Key] | None = None) -> Iterator[SearchDocument]:
    """Give visible records, all of the library if none are named, in their order."""
    entries = renderer.library.entries
    for key in entries if keys is None else keys:
        if not entries[key].is_hidden:
            yield _document(renderer, entries[key])


def facet_names(library: Library) -> dict[str, dict[str, str]]:
    """Map the ids of each facet to their names, in the order in which they are shown; years name themselves."""
    names = {facet: library.taxonomy.names(facet) for facet in ("topics", "levels", "fields", "regions")}
    return {"kind": {kind: model.kind_name for kind, model in SHOWN.items()}, **names}


def _document(renderer: ProseRenderer, entry: Entry) -> SearchDocument:
    address, record = addresses.of_record(entry.key), entry.record
    page = PageContext(renderer, address, entry)
    parts = tuple(body_parts(page, entry))
    own = own_headings(record)
    return SearchDocument(
        address=address,
        kind=entry.key.kind,
        title=record.title,
        aliases=_aliases(record),
        headings=tuple(dict.fromkeys([part.heading for part in parts if part.heading in own])) if own else (),
        parts=tuple([part for part in parts if part.text]),
        facets=_facets(entry, renderer.tables),
    )


def _aliases(record: Record) -> tuple[str, ...]:
    versions = record.versions if isinstance(record, Policy) else ()
    names = dict.fromkeys((*record.aliases, *(version.title for version in versions if version.title)))
    return tuple(name for name in names if name != record.title)


def _facets(entry: Entry, tables: Tables) -> Mapping[str, tuple[str, ...]]:
    found = {"kind": (entry.key.kind,), **classes(entry, tables), "year": _years(entry.record)}
    return {facet: found[facet] for facet in FACETS if found.get(facet)}


def _years(record: Record) -> tuple[str, ...]:
    """List the years a record speaks of: of its versions, its publication, or the time it covers."""
    if isinstance(record, Policy):
        dates = [(v.adopted, v.issued, v.published, v.in_force) for v in record.versions]
        return _sorted(date[:4] for version in dates for date in version if date)
    if isinstance(record, Source):
        return (record.published[:4],) if record.published else ()
    return _sorted(_years_in(record.period)) if isinstance(record, Case) else ()


def _years_in(text: str) -> Iterator[str]:
    yield from _YEAR.findall(text)
    for first, last in _YEARS.findall(text):
        if int(last) - int(first) <= _LONGEST_SPAN:
            yield from map(str, range(int(first), int(last) + 1))


def _sorted(years: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(years)))
