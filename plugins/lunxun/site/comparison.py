"""An indicator as a table: every fact that names it, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lunxun.library.library import Entry, Library
from lunxun.records.case import Case
from lunxun.records.fact import Fact
from lunxun.records.problem import Problem
from lunxun.records.term import Term
from lunxun.site.tables import Tables


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the comparison, with the region it speaks of and its share of the largest."""

    entry: Entry
    fact: Fact
    region: str
    share: float


Figures = dict[str, tuple[tuple[Entry, Fact], ...]]


def figures(library: Library) -> Figures:
    """Map the ids of indicators to the facts of visible records that name them."""
    found: defaultdict[str, list[tuple[Entry, Fact]]] = defaultdict(list)
    for entry in library.entries.values():
        for fact in () if entry.is_hidden else entry.record.facts:
            if fact.indicator is not None:
                found[fact.indicator].append((entry, fact))
    return {indicator: tuple(pairs) for indicator, pairs in found.items()}


def compare(tables: Tables, found: Sequence[tuple[Entry, Fact]]) -> tuple[Row, ...]:
    """List the facts of an indicator by region, the largest figure of each region first."""
    largest = max((fact.magnitude for _, fact in found), default=0.0) or 1.0
    rows = [Row(entry, fact, _region(tables, entry), fact.magnitude / largest) for entry, fact in found]
    return tuple(sorted(rows, key=lambda row: (row.region, -row.share, row.entry.key, row.fact.id)))


def _region(tables: Tables, entry: Entry) -> str:
    record = entry.record
    region = record.region if isinstance(record, Case | Problem | Term) else None
    return " ".join(taxon.name for taxon in tables.lineage("regions", region)) if region else ""
