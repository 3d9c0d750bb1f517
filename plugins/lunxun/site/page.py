"""A finished page, ready to be put into the theme."""

from __future__ import annotations

from dataclasses import dataclass


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
