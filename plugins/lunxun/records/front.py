"""What lists and rules over all records look at in each of them: kept apart, so that the rest need not be opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lunxun.records.policy import Policy
from lunxun.records.record import Record

_LISTED_BY = ("topics", "level", "levels", "fields", "region", "scope")


class Front(NamedTuple):
    """What can be told of a record without opening it."""

    title: str
    aliases: tuple[str, ...]
    is_hidden: bool
    listed_by: Mapping[str, Any]
    """Those fields that lists can be filtered by, as far as records of the kind have them."""
    has_changes: bool
    """Whether a version or a fact of it was replaced or corrected."""
    measured: tuple[tuple[int, str, str], ...]
    """The facts that name an indicator: the place of each, the indicator, the unit."""


def front_of(record: Record) -> Front:
    """Tell it of a record."""
    return Front(
        record.title, record.aliases, record.is_hidden, listed_by(record), has_changes(record), measured(record)
    )


def listed_by(record: Record) -> dict[str, Any]:
    """Give those fields of a record that lists can be filtered by."""
    own = vars(record)  # not every kind has each of these, and a missing attribute of a model takes long
    return {name: own[name] for name in _LISTED_BY if name in own}


def has_changes(record: Record) -> bool:
    """Tell whether a version or a fact of a record was replaced or corrected."""
    versions = record.versions if isinstance(record, Policy) else ()
    return any(version.replaced_by or version.changed_on for version in versions) or any(
        fact.changed_on is not None for fact in record.facts
    )


def measured(record: Record) -> tuple[tuple[int, str, str], ...]:
    """List the facts of a record that name an indicator: the place of each, the indicator, the unit."""
    return tuple([(at, fact.indicator, fact.unit) for at, fact in enumerate(record.facts) if fact.indicator])
