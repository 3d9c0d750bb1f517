"""The whole site as values: every page and every generated asset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lunxun.library.library import Library
from lunxun.search.page_index import build_page_index, fingerprint
from lunxun.site.guide_pages import guide_pages
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_pages import record_pages
from lunxun.site.reference_pages import reference_pages
from lunxun.site.search_documents import facet_names, search_documents


@dataclass(frozen=True, slots=True)
class Site:
    """Pages in order, and the texts of generated assets by address."""

    pages: tuple[SitePage, ...]
    assets: Mapping[str, str]


def make_site(library: Library) -> Site:
    """Render every page of a checked Library."""
    renderer = ProseRenderer(library)
    pages = (*guide_pages(renderer), *reference_pages(renderer), *record_pages(renderer))
    return Site(pages, _search_index(renderer))


def _search_index(renderer: ProseRenderer) -> dict[str, str]:
    documents = tuple(search_documents(renderer))
    names = facet_names(renderer.library)
    return build_page_index(documents, fingerprint(documents, names), names)
