"""The search page under bad input: hostile queries, a spoilt store, a damaged copy of the site."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser.chromium import Chromium
from tests.browser.conftest import folder_url
from tests.browser.judges import overflow
from tests.browser.search_steps import (
    BOX,
    BREAK_STORE,
    MILLISECONDS,
    RESULT,
    WORD,
    copy_of,
    open_search,
    titles,
    type_query,
)

pytestmark = pytest.mark.browser

MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
HOSTILE = {
    "long": "网格" * 5000,
    "long word": "a" * 10_000,
    "markup": MARKUP,
    "closing": '"></p></div><svg onload=window.hacked=1>',
    "control": "网\x00格\x07\x1b[31m\x7f\u202e\u200b",
    "quotes": '"\'“”‘’"""“',
    "open quote": "“网格",
    "regex": r"(a+)+$ [一-龥]{1,} .*?\1 (?<=x) [",
    "minus": "-网格 - -- -“",
    "names": "__proto__ constructor toString hasOwnProperty",
    "percent": "%E7%BD %00 %2e%2e/ &q=2 #x ?",
    "halves": "网格\ud800",
    "spaces": " \u3000\t\n ",
    "emoji": "👨‍👩‍👧‍👦网格🏳️‍🌈",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("way", ["typed", "address"])
def test_hostile_queries_neither_break_nor_inject(chromium: Chromium, file_url: str, query: str, way: str) -> None:
    if way == "typed":
        visit = open_search(chromium, file_url)
        chromium.page.evaluate(
            "([box, text]) => { const input = document.querySelector(box); input.value = text; "
            "input.dispatchEvent(new InputEvent('input', { bubbles: true })); }",
            [BOX, query],
        )
    else:
        visit = chromium.open(file_url + "search.html?q=" + quote(query, errors="surrogatepass"), file_url)
    chromium.page.wait_for_timeout(400)
    chromium.page.press(BOX, "Enter")
    chromium.page.wait_for_timeout(100)
    assert visit.complaints == []
    assert chromium.evaluate("window.hacked") is None
    assert chromium.evaluate("document.querySelectorAll('.lx-find :is(img, script, svg, iframe)').length") == 0
    assert overflow(chromium) == []
    type_query(chromium, WORD)
    assert titles(chromium)


@pytest.mark.parametrize("kept", ['{"a": 1}', "[1, null, {}]", "no json", '["<img src=x onerror=hacked=1>"]'])
def test_a_spoilt_store_does_no_harm(chromium: Chromium, file_url: str, kept: str) -> None:
    chromium.page.add_init_script(f"localStorage.setItem('lunxun.recent', {json.dumps(kept)})")
    visit = open_search(chromium, file_url)
    type_query(chromium, WORD)
    assert titles(chromium)
    assert visit.complaints == []
    assert chromium.evaluate("window.hacked") is None


def test_without_a_store_everything_else_works(chromium: Chromium, file_url: str) -> None:
    chromium.page.add_init_script(BREAK_STORE)
    visit = open_search(chromium, file_url, "?q=" + quote(WORD))
    chromium.page.press(BOX, "Enter")
    assert titles(chromium)
    chromium.page.fill(BOX, "")
    chromium.page.wait_for_selector(RESULT, state="detached")
    assert chromium.page.is_hidden("[data-lx-recent]")
    assert visit.complaints == []


# ---- damaged copies ----


def break_shards(site: Path, requests: list[str], folder: str, how: str) -> None:
    """Remove, cut short or exchange every file of a folder of the index that a query loaded."""
    for url in requests:
        if f"/search/{folder}/" not in url:
            continue
        file = site / url.split("/site/", 1)[1].split("?")[0]
        text = file.read_text("utf-8")
        if how == "missing":
            file.rename(file.with_suffix(".gone"))
        elif how == "damaged":
            file.write_text(text[: len(text) // 3], "utf-8")
        else:
            name, build, data = text.split(",", 2)
            file.write_text(f'{name},"{build[1:-1][::-1]}",{data}', "utf-8")


@pytest.mark.parametrize("how", ["missing", "damaged", "of another build"])
@pytest.mark.parametrize("folder", ["p", "t"])
def test_a_broken_shard_gives_a_warning_and_the_page_lives(
    chromium: Chromium, built_site: Path, tmp_path: Path, folder: str, how: str
) -> None:
    site = copy_of(built_site, tmp_path / "site")
    base = folder_url(site)
    loaded = open_search(chromium, base, "?q=" + quote("一肩挑")).requests
    assert any(f"/search/{folder}/" in url for url in loaded)
    break_shards(site, loaded, folder, how)
    visit = open_search(chromium, base, "?q=" + quote("一肩挑"))
    chromium.page.wait_for_selector("[data-lx-warnings] p", timeout=MILLISECONDS)
    assert "搜索数据" in chromium.page.inner_text("[data-lx-warnings]")
    assert chromium.page.get_attribute("[data-lx-warnings]", "role") == "alert"
    type_query(chromium, "学时")
    assert titles(chromium), "别的分片还在，别的词应当照样找得到"
    chromium.page.fill(BOX, "")
    chromium.page.wait_for_function("document.querySelector('[data-lx-warnings]').textContent === ''")
    assert visit.outside == []


def test_a_missing_engine_is_told_and_tried_again(chromium: Chromium, built_site: Path, tmp_path: Path) -> None:
    site = copy_of(built_site, tmp_path / "site")
    engine = site / "assets/lunxun/search-engine.js"
    gone = engine.rename(engine.with_suffix(".gone"))
    open_search(chromium, folder_url(site), "?q=" + quote(WORD))
    assert "没有读到" in chromium.page.inner_text("[data-lx-warnings]")
    assert chromium.page.is_visible("[data-lx-start]")
    gone.rename(engine)
    chromium.page.press(BOX, "Enter")
    chromium.page.wait_for_selector(RESULT)
    assert chromium.page.inner_text("[data-lx-warnings]") == ""


def test_an_index_of_another_build_is_told(chromium: Chromium, built_site: Path, tmp_path: Path) -> None:
    site = copy_of(built_site, tmp_path / "site")
    open_search(chromium, folder_url(site), "?q=" + quote(WORD))
    assert chromium.page.inner_text("[data-lx-warnings]") == ""
    start = site / "assets/lunxun/search/start.js"
    name, build, data = start.read_text("utf-8").split(",", 2)
    start.write_text(f'{name},"xx",{data}' if build != '"xx"' else f'{name},"yy",{data}', "utf-8")
    open_search(chromium, folder_url(site), "?q=" + quote(WORD))
    chromium.page.wait_for_selector("[data-lx-warnings] p", timeout=MILLISECONDS)
    assert "不是同一次生成" in chromium.page.inner_text("[data-lx-warnings]")
    assert titles(chromium), "能用的照样给出来"
