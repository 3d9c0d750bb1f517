"""Index pages: what is listed of a kind, and by which classes it can be filtered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lunxun.library.library import Entry
from lunxun.records.policy import Policy
from lunxun.site.tables import LIST_PAGE, Tables

_NEAR = 4
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


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a listing; a short one is a single page."""

    number: int
    count: int
    items: tuple[Item, ...]
    first: int
    """The number of its first record in the whole list, from 1."""
    total: int

    @property
    def last(self) -> int:
        """Give the number of its last record in the whole list."""
        return self.first + len(self.items) - 1

    @property
    def near(self) -> tuple[int | None, ...]:
        """List the pages to link to: the first, the last, those around this one; None where some are passed over."""
        wanted = {1, self.count, *range(max(self.number - _NEAR, 1), min(self.number + _NEAR, self.count) + 1)}
        found: list[int | None] = []
        for number in sorted(wanted):
            if found and found[-1] != number - 1:
                found.append(None)
            found.append(number)
        return tuple(found)


def list_pages(listed: Listing, is_cut: bool) -> tuple[ListPage, ...]:
    """Cut a listing into pages, or leave it whole."""
    total = len(listed.items)
    size = LIST_PAGE if is_cut else max(total, 1)
    starts = range(0, max(total, 1), size)
    return tuple(
        ListPage(number, len(starts), listed.items[start : start + size], start + 1, total)
        for number, start in enumerate(starts, 1)
    )


def listing(tables: Tables, kind: str) -> Listing:
    """List the visible records of a kind; a facet with fewer than two values is left out."""
    items = tuple(Item(entry, classes(entry, tables)) for entry in tables.visible[kind])
    facets = (_facet(tables, items, *facet) for facet in _FACETS)
    return Listing(kind, items, tuple(facet for facet in facets if len(facet.choices) > 1))


def classes(entry: Entry, tables: Tables) -> Classes:
    """Give the class ids of a record by facet; a region brings those it lies in."""
    own = entry.listed_by
    region: str | None = own.get("region")
    level: str | None = own.get("level")
    found = {
        "topics": own["topics"],
        "levels": (level,) if level else tuple(own.get("levels", ())),
        "fields": tuple(own.get("fields", ())),
        "regions": tuple(taxon.id for taxon in tables.lineage("regions", region)) if region else (),
        "marks": _marks(entry),
    }
    return {facet: ids for facet, ids in found.items() if ids}


MARK_NAMES = {
    "national": "全国通用",
    "local": "地方提法",
    "in-force": "现行",
    "replaced": "有旧版",
    "hours": "有学时要求",
}


def _marks(entry: Entry) -> tuple[str, ...]:
    scope: str | None = entry.listed_by.get("scope")
    marks = [scope] if scope else []
    record = entry.record if entry.key.kind == Policy.kind else None
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
