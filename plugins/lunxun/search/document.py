"""What search knows of a page: plain values, made by the site layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page: where a hit in it should lead."""

    anchor: str
    """The id on the page; empty for the top."""
    heading: str
    """The heading it stands under, shown with the snippet; empty for the summary."""
    text: str
    """Plain text, figures written out, no markup."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page as search sees it. Its parts come in the order of reading, the summary first."""

    address: str
    kind: str
    title: str
    aliases: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """Titles of actions, steps and the like; not the fixed labels that every page of a kind has."""
    parts: tuple[Part, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids by facet: kind, topics, levels, fields, regions (with those they lie in), year."""
