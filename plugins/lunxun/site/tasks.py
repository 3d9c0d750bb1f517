"""The pieces of work that a site is made of: each can be done by any worker that has the Library.

A worker that shares our disk writes files itself; another gives them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.search.pieces import IndexPiece, Place, places, write_piece
from lunxun.site import addresses
from lunxun.site.frame import Frame
from lunxun.site.guide_pages import guide_pages
from lunxun.site.output import write_file
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_pages import record_pages
from lunxun.site.record_tables import RecordTables
from lunxun.site.reference_pages import reference_pages
from lunxun.site.search_documents import search_documents
from lunxun.site.see_also import SeeAlso
from lunxun.site.templating import make_templates

Files = tuple[tuple[str, str | bytes], ...]


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

    @cached_property
    def see_also(self) -> SeeAlso:
        """Find out what the records are compared by, once for all of them."""
        return SeeAlso(self.library)

    def make(self) -> None:
        """Make all tables and templates now, so that processes that are forked later have them."""
        self.renderer.shared(RecordTables).make()
        _ = self.see_also
        make_templates()

    def write(self, files: Iterable[tuple[str, str | bytes]]) -> Files:
        """Write files, or give them back to be written."""
        if self.folder is None:
            return tuple(files)
        for address, data in files:
            write_file(self.folder / address, data)
        return ()


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


def write_records(work: SiteWork, piece: RecordPiece) -> tuple[Files, IndexPiece]:
    """Write the pages of some records and their texts for the search; give what the index needs of them besides."""
    pages = record_pages(work.renderer, work.see_also.of(piece.keys), piece.keys)
    written = work.write(_in_frame(work, pages))
    index, texts = write_piece(tuple(search_documents(work.renderer, piece.keys)), piece.place)
    return (*written, *work.write(texts.items())), index


def write_guides(work: SiteWork, piece: None) -> Files:
    """Write the home page, the lists and the reference pages."""
    return work.write(_in_frame(work, (*guide_pages(work.renderer), *reference_pages(work.renderer))))


def _in_frame(work: SiteWork, pages: Iterable[SitePage]) -> Iterable[tuple[str, str | bytes]]:
    return ((page.address, work.frame.html(page)) for page in pages)
