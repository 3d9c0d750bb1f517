"""What rests on something that has changed since an editor last looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from lunxun.library.library import Entry, Library, Link
from lunxun.records.policy import Policy, Version
from lunxun.records.references import Key, parse_reference

_Part = tuple[Key, str | None, str | None]
"""A record with the version or the fact that a link names."""


@dataclass(frozen=True, slots=True)
class StaleLink:
    """A link whose target was replaced or corrected, and why that matters (Chinese)."""

    link: Link
    reason: str
    is_replaced: bool = False


def stale_links(library: Library) -> tuple[StaleLink, ...]:
    """List the links that an editor has to look at again."""
    return library.once(_stale_links)


def stale_links_of(library: Library, key: Key) -> tuple[StaleLink, ...]:
    """List those that stand in one record."""
    return tuple(_find_stale(library, library.outgoing(key)))


def _stale_links(library: Library) -> tuple[StaleLink, ...]:
    return tuple(_find_stale(library, library.links)) if library.once(_changed) else ()


def _changed(library: Library) -> frozenset[_Part]:
    """List the versions and facts that were replaced or corrected."""
    changed = (entry for entry in library.entries.values() if entry.has_changes)
    return frozenset(chain.from_iterable(map(_changed_parts, changed)))


def _find_stale(library: Library, links: Iterable[Link]) -> Iterator[StaleLink]:
    changed = library.once(_changed)
    for link in links:
        if (link.version or link.fact) and (link.target, link.version, link.fact) in changed:
            source = library.entries[link.source]
            replaced = _replaced(library, source, link)
            reason = replaced or _corrected(library, source, link)
            if reason is not None:
                yield StaleLink(link, reason, replaced is not None)


def _changed_parts(entry: Entry) -> Iterator[_Part]:
    record = entry.record
    for version in record.versions if isinstance(record, Policy) else ():
        if version.replaced_by or version.changed_on:
            yield entry.key, version.id, None
    for fact in record.facts:
        if fact.changed_on is not None:
            yield entry.key, None, fact.id


def _replaced(library: Library, source: Entry, link: Link) -> str | None:
    policy, version = _cited(library, link)
    if policy is None or version is None or version.replaced_by is None or link.source == link.target:
        return None
    successor = _version(library, policy, version.replaced_by)
    since = (successor.in_force or successor.published or successor.issued) if successor else None
    if since is not None and _looked_after(source, link, since):
        return None
    return f"《{policy.title}》的 {version.id} 版已被 {version.replaced_by} 取代"


def _cited(library: Library, link: Link) -> tuple[Policy | None, Version | None]:
    """Give the policy and the version that a link names, where it names one."""
    policy = library.entries[link.target].record
    if not isinstance(policy, Policy) or link.version is None:
        return None, None
    return policy, policy.version(link.version)


def _version(library: Library, policy: Policy, text: str) -> Version | None:
    """Find a version named by its id in the same policy, or as `id@version` of another."""
    reference = parse_reference(text)
    if policy.version(text) is not None or reference is None or reference.version is None:
        return policy.version(text)
    for key in library.find(reference.id, reference.kind, (Policy.kind,)):
        other = library.entries[key].record
        return other.version(reference.version) if isinstance(other, Policy) else None
    return None


def _corrected(library: Library, source: Entry, link: Link) -> str | None:
    if link.source == link.target:
        return None
    policy, version = _cited(library, link)
    if policy is not None and version is not None:
        if version.changed_on is None or _looked_after(source, link, version.changed_on):
            return None
        return f"《{policy.title}》{version.id} 版的记录已于 {version.changed_on} 更正"
    fact = library.fact(link.target, link.fact or "")
    if fact is None or fact.changed_on is None or _looked_after(source, link, fact.changed_on):
        return None
    return f"数据“{fact.label}”已于 {fact.changed_on} 更正为{fact.text}"


def _looked_after(source: Entry, link: Link, date: str) -> bool:
    looked = source.record.reviewed_on(link.path)
    return looked is not None and looked >= date
