"""“相关内容” leads to a few records that the page does not link to anyway."""

from __future__ import annotations

import re

import pytest

from environment import ROOT
from lunxun.library.load import load
from lunxun.site.page import SitePage
from lunxun.site.whole import make_site

_BLOCK = re.compile(r'<ul class="lx-links lx-see-also">.*?</ul>', re.DOTALL)
_LINK = re.compile(r'<a[^>]*\bhref="([^"#?]+)')
_RECORD = re.compile(r"(?:cases|collections|indicators|policies|practices|problems|terms)/(?!index\.)")


@pytest.fixture(scope="module")
def pages() -> list[SitePage]:
    site = make_site(load(ROOT / "content").library)
    return [page for page in site.pages if _RECORD.match(page.address)]


def related(page: SitePage) -> list[str]:
    found = _BLOCK.search(page.body)
    return _LINK.findall(found[0]) if found else []


def test_records_lead_to_three_to_five_others_and_few_to_less(pages: list[SitePage]) -> None:
    counts = [len(related(page)) for page in pages]
    assert max(counts) == 5 and sum(count >= 3 for count in counts) > 0.9 * len(pages) > 100


def test_nothing_is_linked_that_the_page_links_to_anyway(pages: list[SitePage]) -> None:
    for page in pages:
        links = _LINK.findall(page.body)
        assert [link for link in related(page) if links.count(link) > 1] == [], page.address


def test_the_heading_is_in_the_table_of_contents_only_with_something_below_it(pages: list[SitePage]) -> None:
    for page in pages:
        assert bool(related(page)) == ("see-also" in {heading.id for heading in page.headings}), page.address


def test_no_source_is_called_related(pages: list[SitePage]) -> None:
    assert not any("sources/" in link for page in pages for link in related(page))
