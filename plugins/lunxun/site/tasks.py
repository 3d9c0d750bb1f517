"""The pieces of work that a site is made of: each can be done by any worker that has the Library.

A worker that shares our disk writes files itself; another gives them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.search.page_index import build
from lunxun.site.frame import Frame
from lunxun.site.guide_pages import guide_pages
from lunxun.site.output import write_file
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_pages import record_pages
from lunxun.site.reference_pages import reference_pages
from lunxun.site.search_documents import facet_names, search_documents

Files = tuple[tuple[str, str | bytes], ...]
Related = Mapping[Key, tuple[Entry, ...]]


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

    def write(self, files: Iterable[tuple[str, str | bytes]]) -> Files:
        """Write files, or give them back to be written."""
        if self.folder is None:
            return tuple(files)
        for address, data in files:
            write_file(self.folder / address, data)
        return ()


@dataclass(frozen=True, slots=True)
class RecordPiece:
    """Some records, with those that are related to them."""

    keys: Sequence[Key]
    related: Mapping[Key, tuple[Key, ...]]


def write_records(work: SiteWork, piece: RecordPiece) -> Files:
    """Write the pages of some records."""
    entries = work.library.entries
    related = {key: tuple(entries[other] for other in others) for key, others in piece.related.items()}
    return work.write(_in_frame(work, record_pages(work.renderer, related, piece.keys)))


def write_guides(work: SiteWork, piece: None) -> Files:
    """Write the home page, the lists and the reference pages."""
    return work.write(_in_frame(work, (*guide_pages(work.renderer), *reference_pages(work.renderer))))


def write_search(work: SiteWork, piece: None) -> Files:
    """Write the index of the search in the page."""
    documents = tuple(search_documents(work.renderer))
    return work.write(build(documents, facet_names(work.library)).files.items())


def _in_frame(work: SiteWork, pages: Iterable[SitePage]) -> Iterable[tuple[str, str | bytes]]:
    return ((page.address, work.frame.html(page)) for page in pages)
