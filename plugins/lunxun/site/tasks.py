"""The pieces of work that a site is made of: each can be done by any worker that has the Library.

A worker that shares our disk writes files itself; another gives them back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np

from lunxun.checks.checked import Found
from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.search.document import SearchDocument
from lunxun.search.index_state import IndexState, OtherStateError, from_arrays, to_arrays
from lunxun.search.page_index import PageIndex, build, update
from lunxun.search.pieces import IndexPiece, Place, places, write_piece
from lunxun.search.scripts import FOLDER
from lunxun.search.start_file import FacetNames
from lunxun.search.tables import FoldTable, fold_table
from lunxun.site import addresses
from lunxun.site.frame import Frame
from lunxun.site.guide_pages import Lists, guide_pages, some_guide_pages
from lunxun.site.output import file_marks, write_file
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.ready import Unchecked
from lunxun.site.record_pages import record_pages
from lunxun.site.record_tables import RecordTables
from lunxun.site.reference_pages import reference_pages
from lunxun.site.rows_file import load_arrays, save_arrays
from lunxun.site.search_documents import search_documents
from lunxun.site.see_also import SeeAlso
from lunxun.site.spare import trim
from lunxun.site.templating import compiled_templates, make_templates

_UNREADABLE = (OSError, ValueError, OtherStateError)
_opened: dict[Path, IndexState] = {}
Files = tuple[tuple[str, str | bytes], ...]
Named = Mapping[Key, tuple[Key, ...]]
Related = Mapping[Key, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a piece of work made: files that are still to be written, and the addresses of all."""

    files: Files
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenRecords:
    """Pages of records: which terms their prose explains, which records are related, what the index needs of them."""

    pages: Written
    explained: Named
    related: Named
    index: IndexPiece | None = None


@dataclass(frozen=True, slots=True)
class WrittenIndex:
    """Files of an index, and those that it no longer has."""

    files: Written
    gone: frozenset[str]


@dataclass(frozen=True)
class SiteWork:
    """What all pieces of a build share."""

    library: Library
    frame: Frame
    folder: Path | None
    """Where files are to be written; a worker elsewhere gives them back."""
    content: Unchecked | None = None
    """What the Library was made of, where that is at hand: it does not travel."""

    def __getstate__(self) -> dict[str, object]:
        """Leave out what each process makes for itself, and what a worker elsewhere has no use for."""
        return {**{one.name: getattr(self, one.name) for one in fields(self)}, "content": None}

    @cached_property
    def renderer(self) -> ProseRenderer:
        """Make the tables that all pages need once in each process."""
        return ProseRenderer(self.library)

    @cached_property
    def see_also(self) -> SeeAlso:
        """Find out what the records are compared by, once for all of them."""
        return SeeAlso(self.library)

    def make(self) -> None:
        """Make all tables and templates now, so that processes that are forked later have them."""
        self.renderer.shared(RecordTables).make()
        _ = self.see_also
        make_templates()

    def write(self, files: Iterable[tuple[str, str | bytes]]) -> Written:
        """Write files, or give them back to be written."""
        if self.folder is None:
            given = tuple(files)
            return Written(given, tuple(address for address, _ in given))
        addresses = []
        for address, data in files:
            write_file(f"{self.folder}/{address}", data)
            addresses.append(address)
        return Written((), tuple(addresses))


@dataclass(frozen=True, slots=True)
class RecordPiece:
    """Some records, and their place in the search index."""

    keys: Sequence[Key]
    place: Place


def record_pieces(library: Library, count: int) -> list[RecordPiece]:
    """Cut the visible records, in the order of their addresses, into about so many pieces."""
    keys = {addresses.of_record(key): key for key, entry in library.entries.items() if not entry.is_hidden}
    in_order = sorted(keys)
    found = places(in_order, count)
    return [RecordPiece([keys[one] for one in in_order[place.start : place.end]], place) for place in found]


@dataclass(frozen=True, slots=True)
class IndexChange:
    """Search documents that may differ, and addresses that are no more; the site that has the index so far.

    `state` is the file of what is known of that index, `new_state` takes what is known of the new one, and `folder` its
    files.
    """

    state: Path
    new_state: Path
    documents: tuple[SearchDocument, ...]
    gone: Collection[str]
    names: FacetNames
    site: Path
    folder: Path


def write_records(work: SiteWork, piece: RecordPiece) -> WrittenRecords:
    """Write the pages of some records and their texts for the search."""
    related = work.see_also.of(piece.keys)
    pages = write_pages(work, piece.keys, related)
    index, texts = write_piece(tuple(search_documents(work.renderer, piece.keys)), piece.place)
    return replace(pages, pages=together((pages.pages, work.write(texts.items()))), index=index)


def write_pages(work: SiteWork, keys: Sequence[Key], related: Related) -> WrittenRecords:
    """Write the pages of some visible records, given what is related to them."""
    made = list(zip(keys, record_pages(work.renderer, related, keys), strict=True))
    return WrittenRecords(
        work.write(_in_frame(work, (page for _, page in made))),
        {key: page.explained for key, page in made if page.explained},
        {key: tuple(entry.key for entry in others) for key, others in related.items()},
    )


def write_some(work: SiteWork, related: Named) -> WrittenRecords:
    """Write the pages of some visible records, given the keys of what is related to them; records need not travel."""
    entries = work.library.entries
    named = {key: tuple(entries[other] for other in others) for key, others in related.items()}
    return write_pages(work, tuple(named), named)


def write_guides(work: SiteWork, lists: Lists | None) -> Written:
    """Write the home page, the lists and the reference pages; where lists are given, only what these concern."""
    if lists is not None:
        return work.write(_in_frame(work, some_guide_pages(work.renderer, lists)))
    return work.write(_in_frame(work, (*guide_pages(work.renderer), *reference_pages(work.renderer))))


def make_fold_table(work: SiteWork, nothing: None) -> FoldTable:
    """Make the table of what characters fold to, the same for all libraries."""
    return fold_table()


def keep_content(work: SiteWork, found: Found) -> bool:
    """Keep what is known of the content for the next run; tell whether it was at hand."""
    if work.content is not None:
        work.content.keep(found)
    return work.content is not None


def open_index(_: None, state: Path) -> None:
    """Read what is known of an index, to have it at hand when this process is to bring the index up to date."""
    with suppress(*_UNREADABLE):
        _opened[state] = from_arrays(load_arrays(state))
    np.unique(np.zeros(1))  # at the first call numpy imports more of itself


def trim_spare(_: None, folders: tuple[Path, Path]) -> frozenset[str]:
    """Leave only those files in the spare folder that are of the last site, and list them."""
    return trim(*folders)


def delete(_: None, path: Path) -> None:
    """Delete a file that nobody needs; it does no harm where that fails."""
    with suppress(OSError):
        path.unlink()


def compile_templates(_: None, nothing: None) -> dict[str, bytes]:
    """Compile all templates."""
    return compiled_templates()


def update_index(_: None, change: IndexChange) -> WrittenIndex | None:
    """Bring the index of the search in the page up to date; nothing is done where that cannot be done."""
    index = _updated(change)
    return _write_index(index, change) if index is not None else None


def remake_index(work: SiteWork, change: IndexChange) -> WrittenIndex:
    """Make the index anew."""
    index = build(tuple(search_documents(work.renderer)), change.names)
    known = {f"{FOLDER}{name}" for name in file_marks(change.site / FOLDER)} - index.files.keys()
    return _write_index(replace(index, gone=index.gone.union(known)), change)


def _write_index(index: PageIndex, change: IndexChange) -> WrittenIndex:
    save_arrays(change.new_state, to_arrays(index.state))
    for address, data in index.files.items():
        write_file(f"{change.folder}/{address}", data)
    return WrittenIndex(Written((), tuple(index.files)), index.gone)


def together(written: Iterable[Written]) -> Written:
    """Put what several pieces made together."""
    parts = list(written)
    files, addresses = (tuple(chain.from_iterable(getattr(part, name) for part in parts)) for name in Written.__slots__)
    return Written(files, addresses)


def _updated(change: IndexChange) -> PageIndex | None:
    def read(address: str) -> bytes | None:
        try:
            return (change.site / address).read_bytes()
        except OSError:
            return None

    try:
        before = _opened.pop(change.state, None) or from_arrays(load_arrays(change.state))
        return update(before, change.documents, change.gone, read, change.names)
    except _UNREADABLE:
        return None


def _in_frame(work: SiteWork, pages: Iterable[SitePage]) -> Iterator[tuple[str, str | bytes]]:
    return ((page.address, work.frame.html(page)) for page in pages)
