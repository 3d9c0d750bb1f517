"""The search page, used as a reader uses it: typing, keyboard, facets, shared links, large text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.chromium import NARROW, WIDE, Chromium
from tests.browser.judges import accessibility_faults, overflow
from tests.browser.search_steps import (
    BOX,
    BREAK_STORE,
    NOTHING,
    RESULT,
    STATUS,
    TITLES,
    WORD,
    counts,
    engine_requests,
    open_search,
    status,
    tick,
    titles,
    total,
    type_query,
    wait_for_answer,
)

pytestmark = pytest.mark.browser

PAGE_SIZE = 10


@pytest.fixture
def page_url(request: pytest.FixtureRequest) -> str:
    """Give the site's address on disk or over http, as the test's parameter says."""
    url: str = request.getfixturevalue(request.param)
    return url


both_places = pytest.mark.parametrize("page_url", ["file_url", "http_url"], indirect=True)


# ---- typing ----


@both_places
def test_typing_shows_marked_results(chromium: Chromium, page_url: str) -> None:
    visit = open_search(chromium, page_url)
    assert engine_requests(visit) == []
    type_query(chromium, WORD)
    assert len(titles(chromium)) == min(PAGE_SIZE, total(chromium)) > 1
    assert WORD in chromium.page.locator(RESULT).first.inner_text()
    assert set(chromium.page.locator(f"{RESULT} mark").all_inner_texts()) == {WORD}
    assert visit.complaints == []


def test_results_lead_to_pages_and_places(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    links: Any = chromium.page.evaluate(f"[...document.querySelectorAll('{RESULT} a')].map(link => link.href)")
    assert any("#" in link for link in links)
    for link in links:
        visit = chromium.open(link, file_url)
        assert visit.complaints == []
        place = chromium.evaluate(
            "location.hash === '' || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"
        )
        assert place, link


def test_more_results_follow_at_a_click(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    first = titles(chromium)
    chromium.page.click("[data-lx-more]")
    chromium.page.wait_for_function(f"document.querySelectorAll('{TITLES}').length > {PAGE_SIZE}")
    assert titles(chromium)[:PAGE_SIZE] == first
    assert len(set(titles(chromium))) == len(titles(chromium))
    assert chromium.page.evaluate("document.activeElement.textContent") == titles(chromium)[PAGE_SIZE]


def test_who_comes_back_sees_as_much_as_before(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    chromium.page.click("[data-lx-more]")
    chromium.page.wait_for_function(f"document.querySelectorAll('{TITLES}').length > {PAGE_SIZE}")
    before = titles(chromium)
    chromium.page.reload()
    chromium.page.wait_for_selector(RESULT)
    assert titles(chromium) == before


def test_half_typed_text_of_an_input_method_is_not_searched(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url)
    chromium.page.focus(BOX)
    method = chromium.page.context.new_cdp_session(chromium.page)
    for half in ("w", "wang", "wang'ge"):
        method.send("Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)})
        chromium.page.wait_for_timeout(200)
    # Enter and Escape belong to the input method meanwhile.
    chromium.page.evaluate(
        """box => ["Enter", "Escape", "ArrowDown"].forEach(key => document.querySelector(box).dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, isComposing: true })))""",
        BOX,
    )
    assert (chromium.page.input_value(BOX), status(chromium)) == ("wang'ge", "")
    assert "q=" not in chromium.address()
    method.send("Input.insertText", {"text": WORD})
    wait_for_answer(chromium.page, WORD)
    assert len(titles(chromium)) > 1


def test_a_late_answer_to_an_old_query_is_dropped(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    # The engine is there: now its first answer takes longer than its second.
    chromium.page.evaluate(
        """async () => {
            const engine = await LunxunSearch.open("./");
            const search = engine.search.bind(engine);
            engine.search = async (query, wishes) => {
                const found = await search(query, wishes);
                if (query === "党员") await new Promise(done => setTimeout(done, 600));
                return found;
            };
        }"""
    )
    chromium.page.fill(BOX, "党员")
    chromium.page.wait_for_timeout(250)
    type_query(chromium, "学时")
    chromium.page.wait_for_timeout(700)
    assert "学时" in status(chromium)
    assert "q=" + quote("学时") in chromium.address()


# ---- keyboard ----


def test_keyboard_alone_is_enough(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    page = chromium.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "lx-q"
    page.keyboard.type("学时")  # what stood there is selected
    wait_for_answer(page, "学时")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == titles(chromium)[0]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "lx-q"
    page.keyboard.press("ArrowDown")
    target = str(page.evaluate("document.activeElement.href")).split("?")[0]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.split("?")[0] == target


SLASH = "[data-lx-slash] input"
# Makes an element that takes keys, or not, focuses it, and tells whether a slash was left to it.
PRESS = """([markup, pressed]) => {
    const place = document.createElement("div");
    place.innerHTML = markup;
    document.body.append(place);
    const target = place.querySelector("[data-here]");
    target.focus();
    const wanted = { key: "/", bubbles: true, cancelable: true, ...pressed };
    const isLeft = target.dispatchEvent(new KeyboardEvent("keydown", wanted));
    place.remove();
    return isLeft && document.activeElement.id !== "lx-q";
}"""


@pytest.mark.parametrize(
    "markup",
    [
        "<input data-here>",
        "<input data-here type=checkbox>",
        "<select data-here><option>一</option></select>",
        "<textarea data-here></textarea>",
        "<div contenteditable><p data-here tabindex=0>字</p></div>",
    ],
)
def test_the_slash_is_left_to_what_takes_keys(chromium: Chromium, file_url: str, markup: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    assert chromium.page.evaluate(PRESS, [markup, {}]) is True


@pytest.mark.parametrize("modifier", ["ctrlKey", "altKey", "metaKey", "shiftKey", "isComposing"])
def test_the_slash_is_left_alone_with_other_keys(chromium: Chromium, file_url: str, modifier: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    button = "<button data-here>一</button>"
    assert chromium.page.evaluate(PRESS, [button, {modifier: True}]) is True
    assert chromium.page.evaluate(PRESS, [button, {}]) is False


@both_places
def test_the_slash_can_be_switched_off_for_good(chromium: Chromium, page_url: str) -> None:
    open_search(chromium, page_url)
    assert chromium.page.is_checked(SLASH)
    chromium.page.uncheck(SLASH)
    for page, box in (("search.html?q=" + quote(WORD), "lx-q"), ("terms/grid-term.html", "lx-header-q")):
        chromium.open(page_url + page, page_url)
        chromium.page.keyboard.press("/")
        assert chromium.page.evaluate("document.activeElement.id") != box
    open_search(chromium, page_url)
    assert not chromium.page.is_checked(SLASH)
    chromium.page.check(SLASH)
    chromium.open(page_url + "terms/grid-term.html", page_url)
    chromium.page.keyboard.press("/")
    assert chromium.page.evaluate("document.activeElement.id") == "lx-header-q"


def test_the_slash_can_be_switched_off_without_a_store(chromium: Chromium, file_url: str) -> None:
    chromium.page.add_init_script(BREAK_STORE)
    visit = open_search(chromium, file_url)
    chromium.page.uncheck(SLASH)
    chromium.page.evaluate("document.activeElement.blur()")
    chromium.page.keyboard.press("/")
    assert chromium.page.evaluate("document.activeElement.id") == ""
    assert visit.complaints == []


def test_escape_clears_and_then_leaves_the_box(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url)
    assert chromium.page.evaluate("document.activeElement.id") == "lx-q"
    type_query(chromium, WORD)
    chromium.page.keyboard.press("Escape")
    chromium.page.wait_for_selector(RESULT, state="detached")
    assert (chromium.page.input_value(BOX), status(chromium)) == ("", "")
    assert chromium.page.is_visible("[data-lx-start]")
    chromium.page.keyboard.press("Escape")
    assert chromium.page.evaluate("document.activeElement.id") == ""


def test_tab_walks_from_the_box_over_the_facets_to_the_results(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(WORD))
    chromium.page.focus(BOX)
    seen: list[str] = []
    for _ in range(60):
        chromium.page.keyboard.press("Tab")
        seen.append(
            str(chromium.evaluate("document.activeElement.closest('.lx-result') ? 'r' : document.activeElement.type"))
        )
        if seen[-1] == "r":
            break
    assert seen[0] == "submit" and "checkbox" in seen and seen[-1] == "r"


# ---- facets and the address ----


@both_places
def test_facets_count_and_narrow_and_the_link_restores_it(chromium: Chromium, page_url: str) -> None:
    open_search(chromium, page_url, "?q=" + quote(WORD))
    everything, kinds = total(chromium), counts(chromium, "kind")
    assert sum(kinds.values()) == everything and len(kinds) > 1
    value, count = list(kinds.items())[1]
    tick(chromium, "kind", value)
    assert total(chromium) == count
    assert counts(chromium, "kind") == kinds, "一个分面自己的选择不应改变它自己的数字"
    assert chromium.page.evaluate("document.activeElement.value") == value, "勾选之后焦点应留在原处"
    other, fewer = next(iter(counts(chromium, "topics").items()))
    tick(chromium, "topics", other)
    assert total(chromium) == fewer <= count
    shared, shown = chromium.address(), titles(chromium)
    assert f"kind={value}" in shared and f"topics={other}" in shared
    with chromium.fresh() as friend:
        friend.open(shared, page_url)
        friend.page.wait_for_selector(RESULT)
        assert (friend.page.input_value(BOX), titles(friend), total(friend)) == (WORD, shown, fewer)
        assert friend.page.is_checked(f'input[name=kind][value="{value}"]')
        friend.page.click(".lx-chip--all")
        friend.page.wait_for_function("!location.search.includes('kind=')")
        friend.page.wait_for_function(f"document.querySelector('{STATUS}').textContent.includes('找到{everything}条')")


def test_made_up_facets_do_no_harm(chromium: Chromium, file_url: str) -> None:
    asked = "?q=" + quote(WORD) + "&kind=nothing&topics=%22%5D%3Cb%3E&year=" + "9" * 500 + "&regions=__proto__&kind="
    visit = open_search(chromium, file_url, asked)
    assert "没有符合所选条件" in status(chromium)
    chromium.page.click(".lx-chip--all")
    chromium.page.wait_for_selector(RESULT)
    assert visit.complaints == []


def test_count_is_announced(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url)
    assert chromium.page.get_attribute(STATUS, "role") == "status"
    type_query(chromium, WORD)
    assert status(chromium) == f"搜“{WORD}”，找到{total(chromium)}条"
    assert chromium.page.title().startswith(f"“{WORD}”")


# ---- recent queries ----


def test_recent_queries_stay_in_the_browser_and_can_be_cleared(chromium: Chromium, http_url: str) -> None:
    open_search(chromium, http_url)
    page = chromium.page
    assert page.is_hidden("[data-lx-recent]")
    type_query(chromium, WORD)
    page.keyboard.press("Escape")
    assert page.is_hidden("[data-lx-recent]"), "只打了字、没有按回车的不记"
    for query in (NOTHING, "学时", WORD, "鱻麤", "学时"):
        type_query(chromium, query)
        page.keyboard.press("Enter")
        page.wait_for_timeout(50)
    page.fill(BOX, "")
    page.wait_for_selector("[data-lx-recent] a")
    assert page.locator("[data-lx-recent] a").all_inner_texts() == ["学时", WORD]
    kept: Any = page.evaluate("Object.entries(localStorage)")
    assert [[key, json.loads(value)] for key, value in kept] == [["lunxun.recent", ["学时", WORD]]]
    assert page.evaluate("document.cookie + Object.keys(sessionStorage)") == ""
    page.click("[data-lx-recent] button")
    assert page.is_hidden("[data-lx-recent]")
    assert page.evaluate("localStorage.length") == 0


def test_nothing_found_offers_ways_on(chromium: Chromium, file_url: str) -> None:
    open_search(chromium, file_url, "?q=" + quote(NOTHING))
    assert status(chromium) == f"没有找到“{NOTHING}”。"
    assert chromium.page.is_visible("[data-lx-none]")
    ways = chromium.page.locator("[data-lx-start] a").all_inner_texts()
    assert any("典型案例" in way for way in ways)
    open_search(chromium, file_url, "?q=" + quote("网各化"))
    assert "网格化" in chromium.page.locator("[data-lx-meant] a").all_inner_texts()
    chromium.page.click("[data-lx-meant] a >> text=网格化")
    chromium.page.wait_for_selector(RESULT)
    assert chromium.page.input_value(BOX) == "网格化"


def test_without_script_the_page_says_what_to_do(built_site: Path) -> None:
    text = (built_site / "search.html").read_text("utf-8")
    assert "<noscript>" in text and "各类目录" in text and 'href="cases/index.html"' in text


# ---- looks ----


@pytest.mark.parametrize("mode", ["plain", "elder"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("query", [WORD, NOTHING, "网各化", ""], ids=["results", "none", "meant", "start"])
def test_axe_and_width(chromium: Chromium, file_url: str, axe_script: str, query: str, width: int, mode: str) -> None:
    with chromium.fresh(width) as tab:
        open_search(tab, file_url, f"?lx={mode}" + (f"&q={quote(query)}" if query else ""))
        if query == WORD:
            if not tab.page.evaluate("document.querySelector('[data-lx-facets]').open"):
                tab.page.click("[data-lx-facets] > summary")
            tick(tab, "kind", next(iter(counts(tab, "kind"))))
        assert accessibility_faults(tab, axe_script) == []
        assert overflow(tab) == []


def test_large_text_survives_searching_from_disk(chromium: Chromium, file_url: str) -> None:
    chromium.page.add_init_script(BREAK_STORE)  # as in Firefox, where each file has a store of its own
    chromium.open(file_url + "index.html?lx=elder", file_url)
    chromium.page.fill("#lx-home-q", WORD)
    chromium.page.press("#lx-home-q", "Enter")
    chromium.page.wait_for_selector(RESULT)
    large = "document.documentElement.classList.contains('lx-elder')"
    assert chromium.evaluate(large)
    type_query(chromium, "学时")
    assert "lx=elder" in chromium.address()
    with chromium.page.expect_navigation():
        chromium.page.click(f"{TITLES} >> nth=0")
    assert chromium.evaluate(large)
