"""The filter of a list stands there from the first moment, so that nothing jumps; without scripts there is none."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Chromium

pytestmark = pytest.mark.browser

_FILTER = "form[data-lx-filter]"
_WATCH = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
  .observe({type: "layout-shift", buffered: true});
"""


def test_the_list_does_not_jump_when_its_script_has_come(chromium: Chromium, http_url: str) -> None:
    chromium.page.add_init_script(_WATCH)
    chromium.open(f"{http_url}cases/index.html", http_url)
    assert chromium.page.locator(_FILTER).is_visible()
    assert chromium.evaluate("window.shift") == 0
    count = chromium.page.locator("[data-lx-count]").inner_text()
    assert count == f"共{chromium.page.locator('.lx-card').count()}条"


def test_without_scripts_there_is_no_filter_that_would_do_nothing(chromium_browser: Browser, file_url: str) -> None:
    tab = Chromium(chromium_browser, has_scripts=False)
    try:
        tab.page.goto(f"{file_url}cases/index.html")
        assert tab.page.locator(_FILTER).is_hidden()
        assert tab.page.locator(".lx-card").first.is_visible()
    finally:
        tab.close()
