"""A finished page, ready to be put into the theme."""

from __future__ import annotations

from dataclasses import dataclass

from lunxun.records.references import Key


@dataclass(frozen=True, slots=True)
class Heading:
    """A second-level heading of a page, for its table of contents."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the site: where it is, what it is called, its body (HTML), its headings."""

    address: str
    title: str
    body: str
    headings: tuple[Heading, ...] = ()
    description: str = ""
    explained: tuple[Key, ...] = ()
    """The terms that its text explains where they stand: it shows their definitions without a link in its record."""
