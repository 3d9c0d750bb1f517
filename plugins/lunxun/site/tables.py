"""What many pages ask of a library, worked out once for all of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from lunxun.library.library import Entry, Library
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.records.taxonomy import Taxon, Taxonomy
from lunxun.records.term import Term
from lunxun.site.safe_html import escaped

LONGEST_LIST = 300
"""A list of more records than this is cut into pages: a reader's old computer should not have to show thousands."""
LIST_PAGE = 100
"""How many records a page of such a list shows: some 70 KB."""


class Tables:
    """Names of classes, places and sources, and what there is of each kind; a table is made when it is first asked for.

    Plain data only, so that it is inherited by a fork and can be pickled.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._lineages: dict[tuple[str, str], tuple[Taxon, ...]] = {}
        self._regions: dict[str, str] = {}
        self._sources: dict[str, Source | None] = {}
        self._terms: dict[str, tuple[Entry, ...]] = {}

    @cached_property
    def taxa(self) -> dict[str, dict[str, str]]:
        """Map the ids of each list of the taxonomy to their names."""
        return {name: self.library.taxonomy.names(name) for name in Taxonomy.model_fields}

    @cached_property
    def shown(self) -> dict[Key, Entry]:
        """Map the records that readers may see, in the order of the library."""
        return {key: entry for key, entry in self.library.entries.items() if not entry.is_hidden}

    @cached_property
    def link_ends(self) -> dict[Key, str]:
        """Give the links to visible records from the name of the file on, which is the same on all pages."""
        return {
            key: f'{key.id}.html">{escaped(entry.title)}</a>'  # ids need no escaping
            for key, entry in self.shown.items()
        }

    @cached_property
    def visible(self) -> dict[str, tuple[Entry, ...]]:
        """List the records of each kind that readers may see, in the order of the library."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for key, entry in self.shown.items():
            found[key.kind].append(entry)
        return {kind: tuple(found[kind]) for kind in KINDS}

    def is_cut(self, kind: str) -> bool:
        """Tell whether the index of a kind has several pages."""
        return len(self.visible[kind]) > LONGEST_LIST

    def lineage(self, list_name: str, taxon_id: str) -> tuple[Taxon, ...]:
        """List a class and what it belongs to, from the top down."""
        found = self._lineages.get((list_name, taxon_id))
        if found is None:
            found = self.library.taxonomy.lineage(list_name, taxon_id)
            self._lineages[list_name, taxon_id] = found
        return found

    def region(self, region: str) -> str:
        """Write out a region with those it lies in: 青海省黄南州."""
        found = self._regions.get(region)
        if found is None:
            found = self._regions[region] = "".join(taxon.name for taxon in self.lineage("regions", region))
        return found

    def source(self, reference: str) -> Source | None:
        """Find the source that a citation names."""
        if reference not in self._sources:
            found = self.library.find(reference, None, (Source.kind,))
            record = self.library.entries[found[0]].record if found else None
            self._sources[reference] = record if isinstance(record, Source) else None
        return self._sources[reference]

    def terms(self, name: str) -> tuple[Entry, ...]:
        """Find the visible terms that a record names."""
        found = self._terms.get(name)
        if found is None:
            keys = self.library.find(name, None, (Term.kind,))
            found = self._terms[name] = tuple(self.shown[key] for key in keys if key in self.shown)
        return found
