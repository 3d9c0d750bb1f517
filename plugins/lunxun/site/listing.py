"""Index pages: what is listed of a kind, and by which classes it can be filtered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lunxun.library.library import Entry, Library
from lunxun.records.kinds import KINDS
from lunxun.records.policy import Policy
from lunxun.records.record import Record
from lunxun.site.tables import Tables

_FACETS = (("topics", "主题"), ("levels", "层级"), ("fields", "领域"), ("regions", "地区"), ("marks", "标记"))


Classes = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the number of records that have it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to filter a list."""

    id: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A listed record with its classes, by facet."""

    entry: Entry
    classes: Classes


@dataclass(frozen=True, slots=True)
class Listing:
    """The visible records of a kind and the facets that tell them apart."""

    kind: str
    items: tuple[Item, ...]
    facets: tuple[Facet, ...]


def listing(tables: Tables, kind: str) -> Listing:
    """List the visible records of a kind; a facet with fewer than two values is left out."""
    items = tuple(Item(entry, classes(entry.record, tables)) for entry in tables.visible[kind])
    facets = (_facet(tables, items, *facet) for facet in _FACETS)
    return Listing(kind, items, tuple(facet for facet in facets if len(facet.choices) > 1))


def classes(record: Record, tables: Tables) -> Classes:
    """Give the class ids of a record by facet; a region brings those it lies in."""
    region: str | None = getattr(record, "region", None)
    level: str | None = getattr(record, "level", None)
    found = {
        "topics": record.topics,
        "levels": (level,) if level else tuple(getattr(record, "levels", ())),
        "fields": tuple(getattr(record, "fields", ())),
        "regions": tuple(taxon.id for taxon in tables.lineage("regions", region)) if region else (),
        "marks": _marks(record),
    }
    return {facet: ids for facet, ids in found.items() if ids}


MARK_NAMES = {
    "national": "全国通用",
    "local": "地方提法",
    "in-force": "现行",
    "replaced": "有旧版",
    "hours": "有学时要求",
}


def _marks(record: Record) -> tuple[str, ...]:
    scope: str | None = getattr(record, "scope", None)
    marks = [scope] if scope else []
    if isinstance(record, Policy):
        if record.current is not None and record.current.expires is None:
            marks.append("in-force")
        if any(version.replaced_by for version in record.versions):
            marks.append("replaced")
        if any(version.requirements for version in record.versions):
            marks.append("hours")
    return tuple(marks)


def _facet(tables: Tables, items: tuple[Item, ...], facet_id: str, name: str) -> Facet:
    counts = Counter(value for item in items for value in item.classes.get(facet_id, ()))
    names = MARK_NAMES if facet_id == "marks" else tables.taxa[facet_id]
    choices = tuple(Choice(value, names[value], counts[value]) for value in names if counts[value])
    return Facet(facet_id, name, choices)


def kinds_with_records(library: Library) -> tuple[str, ...]:
    """List the kinds that have at least one visible record."""
    present = {entry.key.kind for entry in library.entries.values() if not entry.is_hidden}
    return tuple(kind for kind in KINDS if kind in present)
