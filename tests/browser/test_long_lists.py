"""A long list is read page by page, also without a script, and searched by its classes, all from disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from environment import ROOT
from made_library import make_library
from tests.browser.chromium import NARROW, Chromium
from tests.browser.conftest import folder_url
from tests.browser.search_steps import RESULT, STATUS, titles
from tests.site.projects import build, make_project

pytestmark = pytest.mark.browser

RECORDS = 800
CARDS = "document.querySelectorAll('.lx-card').length"


@pytest.fixture(scope="module")
def long_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build a site of so many records that the list of its cases has pages."""
    project = make_project(tmp_path_factory.mktemp("long") / "project")
    make_library(ROOT / "content", project / "content", RECORDS)
    done = build(project, "lunxun", "build", "--jobs", "1")
    assert done.returncode == 0, done.stdout[-2000:]
    return folder_url(project / "site")


@pytest.fixture
def plain_tab(chromium_browser: Browser) -> Iterator[Chromium]:
    """Give a tab that runs no scripts."""
    tab = Chromium(chromium_browser, has_scripts=False)
    yield tab
    tab.close()


def test_the_pages_of_a_list_lead_from_one_to_the_next(plain_tab: Chromium, long_url: str) -> None:
    page = plain_tab.page
    page.goto(long_url + "cases/index.html")
    assert page.locator("a[rel=prev]").count() == 0
    seen = page.locator(".lx-card a").all_inner_texts()
    while page.locator("a[rel=next]").count():
        with page.expect_navigation():
            page.click("a[rel=next]")
        seen += page.locator(".lx-card a").all_inner_texts()
    assert len(seen) == len(set(seen)) == 320
    assert page.locator(".lx-pages [aria-current=page]").inner_text() == "4"
    assert page.locator("h1").inner_text() == "典型案例"
    with page.expect_navigation():
        page.click("a[rel=prev]")
    assert page.url.endswith("cases/index_3.html")


def test_a_class_of_a_long_list_is_a_search_without_a_word(chromium: Chromium, long_url: str) -> None:
    visit = chromium.open(long_url + "cases/index.html", long_url)
    assert chromium.evaluate(CARDS) == 100
    label = chromium.page.locator("label", has=chromium.page.locator("input[name=topics]")).first
    expected = label.locator(".lx-count").inner_text()
    label.locator("input").check()
    chromium.page.click(".lx-filter [type=submit]")
    chromium.page.wait_for_selector(RESULT)
    assert "search.html" in chromium.address()
    assert chromium.page.inner_text(STATUS) == f"符合所选条件的有{expected}条"
    assert chromium.page.locator(f"{RESULT} .lx-badge").all_inner_texts() == ["典型案例"] * 10
    assert all(chromium.page.locator(".lx-result__text").all_inner_texts())
    chromium.page.click("[data-lx-more]")
    chromium.page.wait_for_function(f"document.querySelectorAll('{RESULT}').length === 20")
    assert chromium.page.inner_text(STATUS) == f"{expected}条中已显示20条"
    assert len(set(titles(chromium))) == 20
    chromium.page.click(".lx-chip--all")
    chromium.page.wait_for_selector("[data-lx-start]:not([hidden])")
    assert chromium.page.locator(RESULT).count() == 0
    assert visit.complaints == []


def test_a_class_on_a_record_leads_to_that_search(chromium: Chromium, long_url: str) -> None:
    chromium.open(long_url + "cases/case-000000.html", long_url)
    chromium.page.locator(".lx-tags a").first.click()
    chromium.page.wait_for_selector(RESULT)
    assert "kind=case" in chromium.address()
    assert chromium.page.inner_text(STATUS).startswith("符合所选条件的有")


def test_an_old_link_to_a_filtered_list_keeps_its_choice(chromium: Chromium, long_url: str) -> None:
    chromium.open(long_url + "cases/index.html?topics=grid&q=网格", long_url)
    assert chromium.page.is_checked("input[name=topics][value=grid]")
    assert chromium.page.input_value("#lx-word") == "网格"
    assert chromium.page.input_value("input[name=kind]") == "case"
    assert chromium.evaluate(CARDS) == 100


def test_nothing_scrolls_sideways_on_a_phone(chromium: Chromium, long_url: str) -> None:
    with chromium.fresh(NARROW) as tab:
        for name in ("cases/index.html", "cases/index_2.html"):
            tab.open(long_url + name, long_url)
            assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
