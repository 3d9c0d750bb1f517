"""Prose as it is read: every mark replaced by what it stands for."""

from __future__ import annotations

from lunxun.library.library import Library
from lunxun.records.references import Key, parse_fact_reference, parse_reference
from lunxun.text.marks import FactMark, LinkMark, marks


def said(library: Library, owner: Key, prose: str) -> str:
    """Write a prose text of a record with its figures and names put in; a mark without a target stays as it is."""
    pieces, at = [], 0
    for mark in marks(prose):
        meant = _figure(library, owner, mark) if isinstance(mark, FactMark) else _name(library, mark)
        pieces += [prose[at : mark.start], meant or prose[mark.start : mark.end]]
        at = mark.end
    return "".join((*pieces, prose[at:]))


def _figure(library: Library, owner: Key, mark: FactMark) -> str | None:
    reference = parse_fact_reference(mark.target)
    if reference is None:
        return None
    owners = (owner,) if reference.id is None else library.find(reference.id, reference.kind)
    facts = (library.fact(key, reference.fact) for key in owners)
    return next((fact.text for fact in facts if fact), None)


def _name(library: Library, mark: LinkMark) -> str | None:
    reference = parse_reference(mark.target)
    found = library.find(reference.id, reference.kind) if reference else ()
    return mark.label or (library.entries[found[0]].record.title if found else None)
