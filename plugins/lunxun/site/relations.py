"""The records that refer to a record, grouped as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from lunxun.library.library import Link
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key


@dataclass(frozen=True, slots=True)
class Group:
    """Related records of one kind."""

    kind: str
    title: str
    keys: list[Key]


def cited_by(incoming: Iterable[Link], shown: Container[Key]) -> tuple[Group, ...]:
    """Group the visible records that the links to a record start in, by kind, in the order of their ids."""
    by_kind: defaultdict[str, list[Key]] = defaultdict(list)
    for source in {link.source for link in incoming if link.source != link.target}:
        if source in shown:
            by_kind[source.kind].append(source)
    return tuple(
        Group(kind, model.kind_name, sorted(by_kind[kind])) for kind, model in KINDS.items() if kind in by_kind
    )
