"""What a record mentions: references and marks, read but not yet resolved, and the classes it gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lunxun.records.base import ClassedBy, IsProse, RefersTo
from lunxun.records.references import parse_fact_reference, parse_reference
from lunxun.records.walk import Leaf, Path
from lunxun.text.marks import FactMark, marks

Class = tuple[str, str]
"""The name of a list of the taxonomy, and an id of it."""


class Mention(NamedTuple):
    """A reference as it is written.

    The id is empty where a fact of the same record is meant, and where the text is no reference at all.
    """

    path: Path
    text: str
    kinds: tuple[str, ...] = ()
    kind: str | None = None
    id: str = ""
    version: str | None = None
    article: str | None = None
    fact: str | None = None
    of_fact: bool = False


def mentions(leaves: Iterable[Leaf]) -> Iterator[Mention]:
    """Yield what the texts of a record refer to, in their order."""
    for path, value, field in leaves:
        mark = field.mark
        if mark is None:
            continue
        if isinstance(mark, RefersTo):
            yield (_fact_of_record(path, value) if mark.or_fact else None) or _record(path, value, mark.kinds)
        elif isinstance(mark, IsProse) and ("${" in value or "[[" in value):
            for found in marks(value):
                place = (*path, found.start)
                if isinstance(found, FactMark):
                    yield _fact(place, found.target)
                else:
                    yield _record(place, found.target, ())


def classes(leaves: Iterable[Leaf]) -> tuple[Class, ...]:
    """List what the record is classed as."""
    return tuple((leaf.mark.list_name, leaf.value) for leaf in leaves if isinstance(leaf.mark, ClassedBy))


def _record(path: Path, text: str, kinds: tuple[str, ...]) -> Mention:
    read = parse_reference(text)
    if read is None:
        return Mention(path, text, kinds)
    return Mention(path, text, kinds, *read)


def _fact_of_record(path: Path, text: str) -> Mention | None:
    """Read a fact with its record (`[kind:]id.fact`), which no other reference looks like."""
    read = parse_fact_reference(text)
    return _fact(path, text) if read is not None and read.id is not None else None


def _fact(path: Path, text: str) -> Mention:
    read = parse_fact_reference(text)
    if read is None:
        return Mention(path, text, of_fact=True)
    return Mention(path, text, (), read.kind, read.id or "", None, None, read.fact, True)
