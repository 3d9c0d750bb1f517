"""The whole site as values: every page and every generated asset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lunxun.library.library import Library
from lunxun.search.page_index import build
from lunxun.site.exam_list import exam_list
from lunxun.site.guide_pages import guide_pages
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_pages import record_pages
from lunxun.site.reference_pages import reference_pages
from lunxun.site.search_documents import facet_names, search_documents
from lunxun.site.see_also import see_also


@dataclass(frozen=True, slots=True)
class Site:
    """Pages in order, and the bytes of generated assets by address."""

    pages: tuple[SitePage, ...]
    assets: Mapping[str, bytes]


def make_site(library: Library) -> Site:
    """Render every page of a checked Library; exams are no part of one, and their list is empty."""
    renderer = ProseRenderer(library)
    documents = tuple(search_documents(renderer))
    records = record_pages(renderer, see_also(library))
    index = build(documents, facet_names(library))
    return Site((*guide_pages(renderer), *reference_pages(renderer), exam_list(()), *records), index.files)
