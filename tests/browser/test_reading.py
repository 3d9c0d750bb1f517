"""What readers do with the site: filter, read a term, enlarge the text, find home from a lost page, print."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.bidi import Firefox
from tests.browser.chromium import NARROW, Chromium
from tests.browser.conftest import folder_url

pytestmark = pytest.mark.browser

SHOWN_CARDS = "[...document.querySelectorAll('.lx-card')].filter(card => !card.hidden).length"
CASE = "cases/huangnan-grid.html"


def focus_by_tab(tab: Chromium, selector: str, presses: int = 80) -> None:
    """Press Tab until an element has the focus, as someone without a mouse would."""
    for _ in range(presses):
        tab.page.keyboard.press("Tab")
        if tab.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"Tab 键走不到 {selector}", pytrace=False)


def test_a_shared_filter_shows_only_what_fits(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + "cases/index.html", file_url)
    everything = chromium.evaluate(SHOWN_CARDS)
    chromium.open(file_url + "cases/index.html?topics=grid&regions=yancheng", file_url)
    shown = chromium.evaluate(
        "[...document.querySelectorAll('.lx-card')].filter(card => !card.hidden)"
        ".map(card => [card.dataset.topics, card.dataset.regions])"
    )
    assert isinstance(shown, list)
    assert isinstance(everything, int)
    assert 0 < len(shown) < everything
    assert all("grid" in topics.split() and "yancheng" in regions.split() for topics, regions in shown)


def test_the_filter_works_by_keyboard_and_can_be_shared(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + "cases/index.html", file_url)
    everything = chromium.evaluate(SHOWN_CARDS)
    focus_by_tab(chromium, "input[name=topics][value=training]")
    chromium.page.keyboard.press("Space")
    shown = chromium.evaluate(SHOWN_CARDS)
    assert shown != everything
    assert "topics=training" in chromium.address()
    assert f"{everything}条中的{shown}条" in chromium.page.inner_text("[data-lx-count]")
    focus_by_tab(chromium, "button[type=reset]")
    chromium.page.keyboard.press("Enter")
    chromium.page.wait_for_function(f"{SHOWN_CARDS} === {everything}")


def test_an_impossible_filter_says_what_to_do(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + "cases/index.html?q=没有这样的案例", file_url)
    assert chromium.evaluate(SHOWN_CARDS) == 0
    assert "去掉一个条件" in chromium.page.inner_text("[data-lx-empty]")


def test_a_term_is_explained_on_focus_and_hidden_by_escape(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + CASE, file_url)
    chromium.page.focus("a.lx-term")
    box = chromium.page.locator("#lx-popover")
    assert box.is_visible()
    term = chromium.page.get_attribute("a.lx-term", "data-term")
    explained = chromium.page.locator(f"#term-{term} + dd").text_content()
    assert box.text_content() == explained
    assert chromium.page.get_attribute("a.lx-term", "aria-describedby") == "lx-popover"
    chromium.page.keyboard.press("Escape")
    assert box.is_hidden()


def test_the_menu_opens_by_keyboard_on_a_phone(chromium: Chromium, file_url: str) -> None:
    with chromium.fresh(NARROW) as tab:
        tab.open(file_url + "index.html", file_url)
        assert tab.page.locator("#lx-menu").is_hidden()
        focus_by_tab(tab, "#lx-menu-button")
        tab.page.keyboard.press("Enter")
        assert tab.page.locator("#lx-menu").is_visible()
        tab.page.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('#lx-menu') !== null")
        tab.page.keyboard.press("Escape")
        assert tab.page.locator("#lx-menu").is_hidden()
        assert tab.evaluate("document.activeElement.id") == "lx-menu-button"


def test_the_skip_link_leads_to_the_heading(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + CASE, file_url)
    chromium.page.keyboard.press("Tab")
    assert chromium.evaluate("document.activeElement.classList.contains('md-skip')")
    chromium.page.keyboard.press("Enter")
    chromium.page.wait_for_function("location.hash === '#top'")


def test_large_text_is_remembered_over_http(chromium: Chromium, http_url: str) -> None:
    chromium.open(http_url + "index.html", http_url)
    before = chromium.evaluate("parseFloat(getComputedStyle(document.querySelector('.md-typeset')).fontSize)")
    chromium.page.click("#lx-elder")
    chromium.open(http_url + CASE, http_url)
    after = chromium.evaluate("parseFloat(getComputedStyle(document.querySelector('.md-typeset')).fontSize)")
    assert isinstance(before, float | int)
    assert isinstance(after, float | int)
    assert after >= before * 1.2
    assert chromium.page.get_attribute("#lx-elder", "aria-pressed") == "true"


def test_large_text_follows_links_where_each_file_has_its_own_store(firefox: Firefox, file_url: str) -> None:
    firefox.open(file_url + "index.html", file_url)
    firefox.evaluate("document.getElementById('lx-elder').click()")
    followed = firefox.evaluate(
        "(() => { const link = document.querySelector('.lx-menu a[href*=cases]'); link.addEventListener('click',"
        " event => event.preventDefault()); link.click(); return link.href; })()"
    )
    assert isinstance(followed, str)
    firefox.open(followed, file_url)
    assert firefox.evaluate("document.documentElement.classList.contains('lx-elder')")


@pytest.mark.parametrize("lost", ["nowhere.html", "cases/nowhere.html", "x/y/z/nowhere.html"])
def test_a_lost_page_finds_the_way_home_at_any_depth(chromium: Chromium, http_url: str, lost: str) -> None:
    # The probes for the root are meant to fail on the way up, so complaints are not looked at here.
    chromium.open(http_url + lost, http_url)
    chromium.page.wait_for_function(f"document.getElementById('home').href === {http_url + 'index.html'!r}")


def test_paper_has_the_text_and_not_the_tools(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + CASE, file_url)
    chromium.page.emulate_media(media="print")
    for hidden in (".lx-header", ".lx-toc", ".lx-footer"):
        assert chromium.page.locator(hidden).is_hidden(), hidden
    assert chromium.page.locator("#facts").is_visible()
    assert chromium.page.locator("#sources").is_visible()


def test_the_site_works_after_being_moved(chromium: Chromium, built_site: Path, tmp_path: Path) -> None:
    moved = tmp_path / "党校 U 盘" / "轮训#1"
    shutil.copytree(built_site, moved)
    base = folder_url(moved)
    visit = chromium.open(base + CASE, base)
    assert visit.complaints == []
    chromium.page.click(".lx-path a")
    assert "典型案例" in chromium.page.inner_text("h1")
