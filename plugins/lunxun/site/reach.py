"""What a change of content reaches: the pages, lists and search documents that have to be made again.

More than is needed may be named, never less; `record_pages` says what a page shows. Two steps are taken:

- a page shows the records that its own refers to or that refer to it, those its prose explains, and those related;
- of some of these it shows a text that itself names others: the summary or the definition, the version that took the
  place of another; a table of figures names the source of each. So whoever is named there reaches one step further.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from lunxun.library.library import Entry, Library
from lunxun.records.collection import Collection as Compilation
from lunxun.records.indicator import Indicator
from lunxun.records.policy import Policy
from lunxun.records.references import Key, parse_reference
from lunxun.records.walk import leaves
from lunxun.site.kept_site import KeptSite, cut_kinds, links_of, record_prints, taxonomy_print
from lunxun.site.prose import ProseRenderer
from lunxun.site.relation import numbered

# Fields of a record that other pages show, and that may name others.
_SHOWN_ELSEWHERE = {"summary", "definition", "versions"}
_FIGURES = "facts"
# When so many names come or go, to look for each of them in all texts takes longer than to make the pages.
_MANY_NAMES = 64


@dataclass(frozen=True, slots=True)
class Reach:
    """What has to be made again, and the records whose pages are no more."""

    changed: frozenset[Key]
    """Records that came or are not what they were."""
    gone: frozenset[Key]
    """Records that are no more, or are hidden now."""
    pages: frozenset[Key]
    """Records whose pages may differ, but for what is related to them."""
    documents: frozenset[Key]
    """Records that the search may have to see anew."""
    lists: frozenset[str]
    """Kinds whose lists may differ."""
    cards: frozenset[Key]
    """Records of which the lists may say something else."""
    moved: frozenset[str]
    """Kinds of which others are shown than were: on each page of their lists may be others."""
    all_pages: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone or self.all_pages)


def reach(kept: KeptSite, renderer: ProseRenderer, look: str, changed: Collection[Key] | None = None) -> Reach | None:
    """Compare a Library with what a site was made of; nothing where classes are named anew, which reaches all.

    `changed` are the records that came, are others or link elsewhere now, where that is known already.
    """
    library = renderer.library
    if kept.taxonomy != taxonomy_print(library):
        return None
    changed = _changed(kept, library) if changed is None else {key for key in changed if key in library.entries}
    gone = set(kept.keys) - library.entries.keys()
    names = _names_that_differ(kept, renderer)
    all_pages = kept.look != look or kept.cut != cut_kinds(renderer) or len(names) > _MANY_NAMES
    shown = {key for key, entry in library.entries.items() if not entry.is_hidden}
    faces = _faces(library, changed) | _replaced_by(library, changed | gone)
    documents = _neighbours(kept, library, changed | gone | faces)
    documents.update(_indicators(library, changed))
    pages = set(documents)
    if not all_pages:
        pages |= _naming(kept, changed | gone | faces)
        pages |= _holding(library, names) if names else set()
    lists = {key.kind for key in changed | gone | faces}
    pages |= _queried(library, lists)
    left = (kept.shown - shown) | (gone & kept.shown)
    return Reach(
        frozenset(changed),
        frozenset(left),
        frozenset(pages & shown),
        frozenset(documents & shown),
        frozenset(lists),
        frozenset(changed | gone | faces),
        frozenset(key.kind for key in kept.shown ^ shown),
        all_pages,
    )


def _changed(kept: KeptSite, library: Library) -> set[Key]:
    """List the records that came, whose files differ, or whose links lead elsewhere since others came or went."""
    before, keys = dict(zip(kept.keys, kept.prints, strict=True)), tuple(library.entries)
    changed = {key for key, print_ in zip(keys, record_prints(library), strict=True) if before.get(key) != print_}
    now = numbered(keys)
    numbers = np.array([now.get(key, -1) for key in kept.keys], np.int64)
    return changed | {keys[number] for number in links_of(library).differing(kept.links, numbers)}


def _neighbours(kept: KeptSite, library: Library, keys: Collection[Key]) -> set[Key]:
    """Give records with those that they link or linked to, and those that link to them."""
    numbers = numbered(kept.keys)
    found = set(keys)
    for key in keys:
        found.update(link.target for link in library.outgoing(key))
        found.update(link.source for link in library.incoming(key))
        if key in numbers:
            found.update(kept.keys[number] for number in kept.links.of(numbers[key]))
    return found


def _faces(library: Library, changed: Iterable[Key]) -> set[Key]:
    """List the records that name a changed one in a text that other pages show."""
    return {link.source for key in changed for link in library.incoming(key) if link.path[0] in _SHOWN_ELSEWHERE}


def _replaced_by(library: Library, keys: Collection[Key]) -> set[Key]:
    """List the policies that say that one of these took their place, which is no link."""
    ids = {key.id for key in keys if key.kind == Policy.kind}
    found = set()
    for entry, policy in library.of(Policy) if ids else ():
        named = (parse_reference(version.replaced_by) for version in policy.versions if version.replaced_by)
        if any(reference is not None and reference.id in ids for reference in named):
            found.add(entry.key)
    return found


def _indicators(library: Library, changed: Iterable[Key]) -> Iterator[Key]:
    """List the indicators of the figures that name a changed record: its name stands in their tables."""
    for key in changed:
        holders = {link.source for link in library.incoming(key) if link.path[0] == _FIGURES}
        for holder in holders:
            yield from (link.target for link in library.outgoing(holder) if link.target.kind == Indicator.kind)


def _naming(kept: KeptSite, keys: Collection[Key]) -> set[Key]:
    """List the records whose pages explained one of these, or named it as related."""
    numbers = numbered(kept.keys)
    wanted = [numbers[key] for key in keys if key in numbers]
    return {kept.keys[at] for one in (kept.explained, kept.related) for at in one.naming(wanted)}


def _queried(library: Library, kinds: Collection[str]) -> set[Key]:
    """List the collections that ask for records of some kinds."""
    return {
        entry.key
        for entry, record in library.of(Compilation)
        if any(section.query and section.query.kind in kinds for section in record.sections)
    }


def _names_that_differ(kept: KeptSite, renderer: ProseRenderer) -> frozenset[str]:
    """List the names of terms that came, went, or are explained elsewhere."""
    differing = set(kept.terms.items()) ^ set(renderer.terms.names().items())
    return frozenset(html.unescape(name) for name, _ in differing)


def _holding(library: Library, names: Collection[str]) -> set[Key]:
    """List the records whose texts hold one of these names, white space apart: prose may break a line anywhere."""
    wanted = ["".join(name.split()) for name in names]
    return {entry.key for entry in library.entries.values() if _holds(entry, wanted)}


def _holds(entry: Entry, names: Iterable[str]) -> bool:
    text = "".join("".join([leaf.value for leaf in leaves(entry.record)]).split())
    return any(name in text for name in names)
