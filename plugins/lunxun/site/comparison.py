"""An indicator as a table: every fact that names it, place by place."""

from __future__ import annotations

from dataclasses import dataclass

from lunxun.library.library import Entry
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


Figures = tuple[tuple[Entry, Fact], ...]


def compare(tables: Tables, found: Figures) -> tuple[Row, ...]:
    """List the facts of an indicator by region, the largest figure of each region first."""
    largest = max((fact.magnitude for _, fact in found), default=0.0) or 1.0
    rows = [Row(entry, fact, _region(tables, entry), fact.magnitude / largest) for entry, fact in found]
    return tuple(sorted(rows, key=lambda row: (row.region, -row.share, row.entry.key, row.fact.id)))


def _region(tables: Tables, entry: Entry) -> str:
    record = entry.record
    region = record.region if isinstance(record, Case | Problem | Term) else None
    return " ".join(taxon.name for taxon in tables.lineage("regions", region)) if region else ""
