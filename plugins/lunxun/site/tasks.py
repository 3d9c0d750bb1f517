"""The pieces of work that a site is made of: each can be done by any worker that has the Library.

A worker that shares our disk writes files itself; another gives them back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.search.index_state import OtherStateError, from_arrays, to_arrays
from lunxun.search.page_index import PageIndex, build, update
from lunxun.search.scripts import FOLDER
from lunxun.site.frame import Frame
from lunxun.site.guide_pages import guide_pages, some_guide_pages
from lunxun.site.kept_site import load_arrays, save_arrays
from lunxun.site.output import file_marks, write_file
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_pages import record_pages
from lunxun.site.reference_pages import reference_pages
from lunxun.site.search_documents import facet_names, search_documents

Files = tuple[tuple[str, str | bytes], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a piece of work made: files that are still to be written, the addresses of all, those of files now gone.

    `explained` tells of record pages which terms their prose explains.
    """

    files: Files
    addresses: tuple[str, ...]
    gone: frozenset[str] = frozenset()
    explained: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SiteWork:
    """What all pieces of a build share."""

    library: Library
    frame: Frame
    folder: Path | None
    """Where files are to be written; a worker elsewhere gives them back."""

    @cached_property
    def renderer(self) -> ProseRenderer:
        """Make the tables that all pages need once in each process."""
        return ProseRenderer(self.library)

    def write(self, files: Iterable[tuple[str, str | bytes]]) -> Written:
        """Write files, or give them back to be written."""
        if self.folder is None:
            given = tuple(files)
            return Written(given, tuple(address for address, _ in given))
        addresses = []
        for address, data in files:
            write_file(self.folder / address, data)
            addresses.append(address)
        return Written((), tuple(addresses))


@dataclass(frozen=True, slots=True)
class RecordPiece:
    """Some records, with those that are related to them."""

    keys: Sequence[Key]
    related: Mapping[Key, tuple[Key, ...]]


@dataclass(frozen=True, slots=True)
class SearchPiece:
    """Where what is known of the index is kept, if it is."""

    state: Path | None


@dataclass(frozen=True, slots=True)
class SearchChange:
    """Records whose search documents may differ, addresses that are no more, and the site that has the index so far."""

    state: Path
    documents: Collection[Key]
    gone: Collection[str]
    site: Path


def write_records(work: SiteWork, piece: RecordPiece) -> Written:
    """Write the pages of some records."""
    entries = work.library.entries
    related = {key: tuple(entries[other] for other in others) for key, others in piece.related.items()}
    pages = tuple(zip(piece.keys, record_pages(work.renderer, related, piece.keys), strict=True))
    explained = {key: page.explained for key, page in pages if page.explained}
    return replace(work.write(_in_frame(work, (page for _, page in pages))), explained=explained)


def write_guides(work: SiteWork, kinds: Collection[str] | None) -> Written:
    """Write the home page, the lists and the reference pages; where kinds are given, only what these concern."""
    if kinds is not None:
        return work.write(_in_frame(work, some_guide_pages(work.renderer, kinds)))
    return work.write(_in_frame(work, (*guide_pages(work.renderer), *reference_pages(work.renderer))))


def write_search(work: SiteWork, piece: SearchPiece) -> Written:
    """Write the index of the search in the page, and keep what is known of it."""
    index = build(tuple(search_documents(work.renderer)), facet_names(work.library))
    return _with_index(work, index, piece.state)


def update_search(work: SiteWork, piece: SearchChange) -> Written:
    """Bring the index up to date; where that cannot be done, it is made anew."""
    documents = tuple(search_documents(work.renderer, piece.documents))

    def read(address: str) -> bytes | None:
        try:
            return (piece.site / address).read_bytes()
        except OSError:
            return None

    try:
        before = from_arrays(load_arrays(piece.state))
        index = update(before, documents, piece.gone, read, facet_names(work.library))
    except (OSError, ValueError, BadZipFile, OtherStateError):
        index = None
    if index is not None:
        return _with_index(work, index, piece.state)
    known = {f"{FOLDER}{name}" for name in file_marks(piece.site / FOLDER)}
    written = write_search(work, SearchPiece(piece.state))
    return replace(written, gone=frozenset(known.difference(written.addresses)))


def _with_index(work: SiteWork, index: PageIndex, state: Path | None) -> Written:
    if state is not None:
        save_arrays(state, to_arrays(index.state))
    return replace(work.write(index.files.items()), gone=index.gone)


def _in_frame(work: SiteWork, pages: Iterable[SitePage]) -> Iterator[tuple[str, str | bytes]]:
    return ((page.address, work.frame.html(page)) for page in pages)
