"""What rests on something that has changed since an editor last looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.library.library import Entry, Library, Link
from lunxun.records.policy import Policy


@dataclass(frozen=True, slots=True)
class StaleLink:
    """A link whose target was replaced or corrected, and why that matters (Chinese)."""

    link: Link
    reason: str


def stale_links(library: Library) -> Iterator[StaleLink]:
    """Yield the links that an editor has to look at again."""
    for link in library.links:
        source = library.entries[link.source]
        reason = _why_stale(library, source, link)
        if reason is not None:
            yield StaleLink(link, reason)


def _why_stale(library: Library, source: Entry, link: Link) -> str | None:
    if link.version is not None:
        return _replaced(library, source, link)
    if link.fact is not None and link.target != link.source:
        return _corrected(library, source, link)
    return None


def _replaced(library: Library, source: Entry, link: Link) -> str | None:
    policy = library.entries[link.target].record
    version = policy.version(link.version or "") if isinstance(policy, Policy) else None
    if version is None or version.replaced_by is None or link.source == link.target:
        return None
    successor = policy.version(version.replaced_by) if isinstance(policy, Policy) else None
    since = (successor.in_force or successor.published or successor.issued) if successor else None
    if since is not None and _looked_after(source, since):
        return None
    return f"《{policy.title}》的 {version.id} 版已被 {version.replaced_by} 取代"


def _corrected(library: Library, source: Entry, link: Link) -> str | None:
    fact = library.fact(link.target, link.fact or "")
    if fact is None or fact.changed_on is None or _looked_after(source, fact.changed_on):
        return None
    return f"数据“{fact.label}”已于 {fact.changed_on} 更正为{fact.text}"


def _looked_after(source: Entry, date: str) -> bool:
    review = source.record.review
    return review is not None and review.on >= date
