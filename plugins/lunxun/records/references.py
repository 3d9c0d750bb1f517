"""How one record names another: `[kind:]id[@version][#article]`, and a fact: `[kind:]id.fact`."""

from __future__ import annotations

import re
from typing import NamedTuple

_REFERENCE = re.compile(
    r"(?:(?P<kind>[a-z]+):)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:@(?P<version>[0-9a-z][0-9a-z-]*))?(?:#(?P<article>[0-9a-z]+(?:[.-][0-9a-z]+)*))?\Z"
)
_FACT = re.compile(r"(?:(?:(?P<kind>[a-z]+):)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.)?(?P<fact>[a-z0-9]+(?:-[a-z0-9]+)*)\Z")


class Key(NamedTuple):
    """The identity of a record: its kind and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class Reference(NamedTuple):
    """A parsed reference; the kind is None where the writer left it out."""

    kind: str | None
    id: str
    version: str | None = None
    article: str | None = None


class FactReference(NamedTuple):
    """A parsed reference to a fact; without a record id it means the record it stands in."""

    kind: str | None
    id: str | None
    fact: str


def parse_reference(text: str) -> Reference | None:
    """Read a reference, or None when it is not of the form."""
    match = _REFERENCE.match(text)
    return Reference(*match.groups()) if match else None


def parse_fact_reference(text: str) -> FactReference | None:
    """Read a reference to a fact, or None when it is not of the form."""
    match = _FACT.match(text)
    return FactReference(*match.groups()) if match else None
