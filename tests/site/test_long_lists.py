"""A list that is too long for one page is cut, and loses nothing; no page of it is heavy."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.site.page import SitePage
from lunxun.site.tables import LONGEST_LIST
from lunxun.site.whole import make_site
from tests.site.markup import Markup

_CARD = re.compile(r'<h2 class="lx-card__title"><a href="([^"]+)">')
_MOST = 300_000  # bytes


def _with_cases(library: Library, count: int) -> Library:
    """Give a library so many cases, all alike but for their ids."""
    first, *others = (entry for entry in library.entries.values() if entry.key.kind == "case")
    more = [replace(first, key=Key("case", f"made-{number:03}")) for number in range(count - 1 - len(others))]
    entries: dict[Key, Entry] = {**library.entries, **{entry.key: entry for entry in more}}
    return replace(library, entries=entries)


def _lists(pages: tuple[SitePage, ...]) -> list[SitePage]:
    return [page for page in pages if page.address.startswith("cases/index")]


@pytest.fixture(scope="module")
def long(good_library: Library) -> tuple[SitePage, ...]:
    """Make the pages of a library with one case too many."""
    return make_site(_with_cases(good_library, LONGEST_LIST + 1)).pages


def test_a_list_that_is_just_short_enough_is_one_page(good_library: Library) -> None:
    (page,) = _lists(make_site(_with_cases(good_library, LONGEST_LIST)).pages)
    assert len(_CARD.findall(page.body)) == LONGEST_LIST
    assert '<form class="lx-filter" data-lx-filter aria-label' in page.body


def test_a_longer_list_is_cut_and_loses_nothing(long: tuple[SitePage, ...]) -> None:
    parts = _lists(long)
    names = ["cases/index.html", "cases/index_2.html", "cases/index_3.html", "cases/index_4.html"]
    assert [page.address for page in parts] == names
    assert [page.title for page in parts] == [
        "典型案例",
        "典型案例（第2页）",
        "典型案例（第3页）",
        "典型案例（第4页）",
    ]
    cards = [link for page in parts for link in _CARD.findall(page.body)]
    cases = {page.address.removeprefix("cases/") for page in long if page.address.startswith("cases/")}
    assert len(cards) == len(set(cards)) == LONGEST_LIST + 1
    assert set(cards) == {name for name in cases if not name.startswith("index")}


def test_each_page_of_a_list_leads_to_the_others(long: tuple[SitePage, ...]) -> None:
    for page in _lists(long):
        links = set(Markup(page.body).links)
        assert {"index.html", "index_2.html", "index_3.html", "index_4.html"} <= links


def test_the_filter_of_a_cut_list_is_a_search(long: tuple[SitePage, ...]) -> None:
    first, *others = _lists(long)
    (form,) = (element for element in Markup(first.body).elements if element.tag == "form")
    assert (form.attributes["action"], form.attributes["method"]) == ("../search.html", "get")
    assert '<input type="hidden" name="kind" value="case">' in first.body
    assert "<form" not in "".join(page.body for page in others)
    home = next(page for page in long if page.address == "index.html")
    assert "cases/index.html?" not in home.body
    assert "search.html?kind=case&amp;levels=county" in home.body


def test_pages_of_lists_are_light(long: tuple[SitePage, ...]) -> None:
    assert max(len(page.body.encode()) for page in _lists(long)) < _MOST
    assert next(len(page.body.encode()) for page in long if page.address == "index.html") < _MOST / 3
