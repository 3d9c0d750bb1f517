"""An indicator as a table: every fact that names it, place by place."""

from __future__ import annotations

from dataclasses import dataclass

from lunxun.library.library import Entry, Library
from lunxun.records.case import Case
from lunxun.records.fact import Fact
from lunxun.records.problem import Problem
from lunxun.records.references import Key
from lunxun.records.term import Term


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the comparison, with the region it speaks of and its share of the largest."""

    entry: Entry
    fact: Fact
    region: str
    share: float


def compare(library: Library, indicator: Key) -> tuple[Row, ...]:
    """List the facts of an indicator by region, the largest figure of each region first."""
    found = [
        (entry, fact)
        for entry in library.entries.values()
        if not entry.is_hidden
        for fact in entry.record.facts
        if fact.indicator == indicator.id
    ]
    largest = max((fact.magnitude for _, fact in found), default=0.0) or 1.0
    rows = [Row(entry, fact, _region(library, entry), fact.magnitude / largest) for entry, fact in found]
    return tuple(sorted(rows, key=lambda row: (row.region, -row.share, row.entry.key, row.fact.id)))


def _region(library: Library, entry: Entry) -> str:
    record = entry.record
    region = record.region if isinstance(record, Case | Problem | Term) else None
    if region is None:
        return ""
    return " ".join(taxon.name for taxon in library.taxonomy.lineage("regions", region))
