"""What a basis is called: the title of a record, with its version and clause, or the figure it is."""

from __future__ import annotations

from collections.abc import Iterable

from lunxun.library.library import Library
from lunxun.records.policy import Policy
from lunxun.records.references import parse_fact_reference, parse_reference

_KINDS = ("policy", "term", "practice", "problem", "case", "indicator", "collection")


def basis_names(library: Library, basis: Iterable[str]) -> dict[str, str]:
    """Map references to names; those that mean nothing here are left out."""
    return {one: name for one in set(basis) if (name := _record(library, one) or _fact(library, one))}


def _record(library: Library, written: str) -> str | None:
    reference = parse_reference(written)
    found = library.find(reference.id, reference.kind, _KINDS) if reference else ()
    if reference is None or not found:
        return None
    record = library.entries[found[0]].record
    version = record.version(reference.version or "") if isinstance(record, Policy) else None
    if version is None:
        return record.title
    label = next((article.label for article in version.articles if article.no == reference.article), "")
    return f"{record.title}（{version.id}版{label}）"


def _fact(library: Library, written: str) -> str | None:
    reference = parse_fact_reference(written)
    if reference is None or reference.id is None:
        return None
    for key in library.find(reference.id, reference.kind):
        fact = library.fact(key, reference.fact)
        if fact is not None:
            return f"{library.entries[key].record.title}：{fact.label}"
    return None
