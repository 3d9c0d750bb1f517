"""The search box in the header and on the home page: a combobox with the best six results."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser.bidi import Firefox
from tests.browser.chromium import HEIGHT, NARROW, WIDE, Chromium
from tests.browser.conftest import folder_url
from tests.browser.judges import accessibility_faults, overflow
from tests.browser.search_steps import OPTIONS, RESULT, copy_of, engine_requests

pytestmark = pytest.mark.browser

WORD = "网格"
RECORD = "cases/yancheng-grid.html"
HEADER = "#lx-header-q"
HOME = "#lx-home-q"
SIX = 6
PLACES = [pytest.param(RECORD, HEADER, id="header"), pytest.param("index.html", HOME, id="home")]


def fill(tab: Chromium, box: str, query: str = WORD) -> None:
    tab.page.fill(box, query)
    tab.page.wait_for_selector(".lx-suggest:not([hidden])")


@pytest.mark.parametrize(("page", "box"), PLACES)
@pytest.mark.parametrize("place", ["file_url", "http_url"])
def test_nothing_of_the_engine_is_requested_before_the_box_is_used(
    chromium: Chromium, request: pytest.FixtureRequest, place: str, page: str, box: str
) -> None:
    base: str = request.getfixturevalue(place)
    visit = chromium.open(base + page, base)
    chromium.page.wait_for_timeout(300)
    assert engine_requests(visit) == []
    chromium.page.focus(box)
    fill(chromium, box)
    assert engine_requests(visit) != []
    assert visit.complaints == []


@pytest.mark.parametrize(("page", "box"), PLACES)
def test_six_results_with_the_roles_of_a_combobox(chromium: Chromium, file_url: str, page: str, box: str) -> None:
    chromium.open(file_url + page, file_url)
    tab = chromium.page
    assert tab.get_attribute(box, "role") == "combobox"
    assert tab.get_attribute(box, "aria-expanded") == "false"
    fill(chromium, box)
    assert tab.get_attribute(box, "aria-expanded") == "true"
    listbox = tab.get_attribute(box, "aria-controls")
    assert tab.get_attribute(f"#{listbox}", "role") == "listbox"
    assert tab.locator(f"#{listbox} > {OPTIONS}").count() == SIX
    assert WORD in tab.locator(OPTIONS).first.inner_text()
    assert "按回车看全部" in tab.inner_text(".lx-suggest__note")
    assert "按回车看全部" in tab.inner_text("[data-lx-box] [role=status]")
    assert tab.get_attribute(box, "aria-activedescendant") is None
    tab.press(box, "ArrowDown")
    active = tab.get_attribute(box, "aria-activedescendant")
    assert tab.get_attribute(f"#{active}", "aria-selected") == "true"
    assert tab.locator("[aria-selected=true]").count() == 1
    assert tab.evaluate("document.activeElement.tagName") == "INPUT"


def test_escape_closes_then_clears(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + RECORD, file_url)
    fill(chromium, HEADER)
    chromium.page.press(HEADER, "ArrowDown")
    chromium.page.press(HEADER, "Escape")
    assert chromium.page.is_hidden(".lx-suggest")
    assert chromium.page.input_value(HEADER) == WORD
    assert chromium.page.get_attribute(HEADER, "aria-expanded") == "false"
    assert chromium.page.get_attribute(HEADER, "aria-activedescendant") is None
    chromium.page.press(HEADER, "ArrowDown")
    chromium.page.wait_for_selector(".lx-suggest:not([hidden])")
    chromium.page.press(HEADER, "Escape")
    chromium.page.press(HEADER, "Escape")
    assert chromium.page.input_value(HEADER) == ""


@pytest.mark.parametrize("base", ["file_url", "http_url"])
def test_arrows_and_enter_follow_a_result(chromium: Chromium, request: pytest.FixtureRequest, base: str) -> None:
    root: str = request.getfixturevalue(base)
    chromium.open(root + RECORD, root)
    chromium.page.keyboard.press("/")
    chromium.page.keyboard.type(WORD)
    chromium.page.wait_for_selector(OPTIONS)
    for key in ("ArrowDown", "ArrowUp", "ArrowUp"):  # the first, the box, the last
        chromium.page.keyboard.press(key)
    last = chromium.page.locator(OPTIONS).last
    assert last.get_attribute("aria-selected") == "true"
    target = str(last.evaluate("option => option.href"))
    with chromium.page.expect_navigation():
        chromium.page.keyboard.press("Enter")
    assert chromium.address().split("?")[0].split("#")[0] == target.split("#", maxsplit=1)[0]
    assert ("#" in target) == ("#" in chromium.address())


def test_enter_without_a_choice_shows_all_results(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + RECORD, file_url)
    fill(chromium, HEADER)
    with chromium.page.expect_navigation():
        chromium.page.press(HEADER, "Enter")
    chromium.page.wait_for_selector(RESULT)
    assert chromium.address().startswith(file_url + "search.html?q=" + quote(WORD))


def test_a_click_follows_a_result_and_leaving_closes_the_list(chromium: Chromium, file_url: str) -> None:
    chromium.open(file_url + RECORD, file_url)
    fill(chromium, HEADER)
    chromium.page.mouse.click(WIDE - 10, HEIGHT - 10)
    assert chromium.page.is_hidden(".lx-suggest")
    fill(chromium, HEADER, "学时")
    with chromium.page.expect_navigation():
        chromium.page.click(f"{OPTIONS} >> nth=1")
    assert "学时" not in chromium.address()


def test_half_typed_text_of_an_input_method_is_not_searched(chromium: Chromium, file_url: str) -> None:
    visit = chromium.open(file_url + RECORD, file_url)
    chromium.page.focus(HEADER)
    method = chromium.page.context.new_cdp_session(chromium.page)
    method.send("Input.imeSetComposition", {"text": "wang", "selectionStart": 4, "selectionEnd": 4})
    chromium.page.wait_for_timeout(300)
    assert chromium.page.is_hidden(".lx-suggest")
    method.send("Input.insertText", {"text": WORD})
    chromium.page.wait_for_selector(OPTIONS)
    assert visit.complaints == []


@pytest.mark.parametrize("query", ["网格" * 5000, "<img src=x onerror=hacked=1>", "“(['\"\x00\u202e", "龘靐齉爩"])
def test_hostile_queries_neither_break_nor_inject(chromium: Chromium, file_url: str, query: str) -> None:
    visit = chromium.open(file_url + RECORD, file_url)
    fill(chromium, HEADER, query)
    assert chromium.evaluate("document.querySelectorAll('.lx-suggest img').length") == 0
    assert chromium.evaluate("window.hacked") is None
    fill(chromium, HEADER)
    chromium.page.wait_for_selector(OPTIONS)
    assert visit.complaints == []


def test_a_missing_engine_is_told(chromium: Chromium, built_site: Path, tmp_path: Path) -> None:
    site = copy_of(built_site, tmp_path / "site")
    (site / "assets/lunxun/search-engine.js").unlink()
    chromium.open(folder_url(site) + RECORD, folder_url(site))
    fill(chromium, HEADER)
    assert "没有读到" in chromium.page.inner_text(".lx-suggest")
    with chromium.page.expect_navigation():
        chromium.page.press(HEADER, "Enter")
    chromium.page.wait_for_selector("[data-lx-warnings] p")


@pytest.mark.parametrize("mode", ["plain", "elder"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(("page", "box", "query"), [(RECORD, HEADER, WORD), ("index.html", HOME, "网各化")])
def test_axe_and_width_with_the_list_open(
    chromium: Chromium, file_url: str, axe_script: str, page: str, box: str, width: int, mode: str, query: str
) -> None:
    with chromium.fresh(width) as tab:
        tab.open(f"{file_url}{page}?lx={mode}", file_url)
        fill(tab, box, query)
        tab.page.press(box, "ArrowDown")
        assert accessibility_faults(tab, axe_script) == []
        assert overflow(tab) == []


def wait_in(firefox: Firefox, condition: str) -> None:
    """Wait until a condition holds in the page that Firefox shows."""
    waiting = f"""new Promise((done, stop) => {{
        const limit = Date.now() + 10000;
        (function look() {{
            let holds = false;
            try {{ holds = Boolean({condition}); }} catch (error) {{ /* not there yet */ }}
            if (holds) done(true); else if (Date.now() > limit) stop(new Error("late")); else setTimeout(look, 30);
        }})();
    }})"""
    assert firefox.evaluate(waiting) is True


TYPE = """(box, text) => {
    const input = document.querySelector(box);
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""


def test_box_and_page_work_in_firefox_from_disk(firefox: Firefox, file_url: str) -> None:
    visit = firefox.open(file_url + RECORD + "?lx=elder", file_url)
    firefox.evaluate(f"({TYPE})('{HEADER}', '{WORD}')")
    wait_in(firefox, f"document.querySelectorAll('{OPTIONS}').length === {SIX}")
    assert visit.complaints == []
    visit = firefox.open(file_url + "search.html?lx=elder&q=" + quote(WORD), file_url)
    wait_in(firefox, f"document.querySelector('{RESULT}')")
    firefox.evaluate("document.querySelector('fieldset[data-facet=kind] input').click()")
    wait_in(firefox, "location.search.includes('kind=') && location.search.includes('lx=elder')")
    shared = str(firefox.evaluate("location.href"))
    shown = firefox.evaluate("document.querySelector('.lx-find__results').textContent")
    assert visit.complaints == []
    visit = firefox.open(shared, file_url)
    wait_in(firefox, f"document.querySelector('{RESULT}')")
    assert firefox.evaluate("document.querySelector('.lx-find__results').textContent") == shown
    assert firefox.evaluate("document.documentElement.classList.contains('lx-elder')") is True
    assert visit.complaints == []
