"""What rests on a record, on a version or clause of a policy, or on a fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.library.library import Library, Link
from lunxun.records.indicator import Indicator
from lunxun.records.policy import Policy
from lunxun.records.references import Key, parse_fact_reference, parse_reference


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked about: a record, and more exactly a part of it."""

    key: Key
    version: str | None = None
    article: str | None = None
    fact: str | None = None


def find_target(library: Library, text: str) -> Target | tuple[Key, ...]:
    """Read `[kind:]id[@version][#article]` or `[kind:]id.fact`; several or no keys when it is not one record."""
    fact, reference = parse_fact_reference(text), parse_reference(text)
    if fact is not None and fact.id is not None:
        found = library.find(fact.id, fact.kind)
        targets = tuple(Target(key, fact=fact.fact) for key in found)
    elif reference is not None:
        found = library.find(reference.id, reference.kind)
        targets = tuple(Target(key, reference.version, reference.article) for key in found)
    else:
        return ()
    if len(targets) != 1:
        return found
    return targets[0] if _exists(library, targets[0]) else ()


def _exists(library: Library, target: Target) -> bool:
    if target.fact is not None:
        return library.fact(target.key, target.fact) is not None
    if target.version is None:
        return target.article is None
    policy = library.entries[target.key].record
    version = policy.version(target.version) if isinstance(policy, Policy) else None
    if version is None:
        return False
    return target.article is None or any(article.no == target.article for article in version.articles)


def links_to(library: Library, target: Target) -> Iterator[Link]:
    """Yield the links that rest on the target; a link to a whole record does not rest on one part of it."""
    for link in library.incoming(target.key):
        if all(
            wanted is None or wanted == actual
            for wanted, actual in (
                (target.version, link.version),
                (target.article, link.article),
                (target.fact, link.fact),
            )
        ):
            yield link


def indicator_of(library: Library, target: Target) -> Key | None:
    """Name the indicator whose comparison a fact belongs to: that page rests on it too."""
    fact = library.fact(target.key, target.fact) if target.fact else None
    if fact is None or fact.indicator is None:
        return None
    found = library.find(fact.indicator, None, (Indicator.kind,))
    return found[0] if found else None
