"""What a reader does on the search page and in the boxes of other pages, in Chromium."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import Chromium
from tests.browser.visit import Visit

BOX = "#lx-q"
STATUS = "[data-lx-status]"
RESULT = ".lx-result"
TITLES = ".lx-result h3 a"
OPTIONS = "[role=option]"
MILLISECONDS = 10_000
WORD = "网格"
NOTHING = "龘靐齉爩"
BREAK_STORE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no store'); } });"


def open_search(tab: Chromium, base: str, query: str = "") -> Visit:
    """Open the search page, with a query string if one is given, and wait for its answer."""
    visit = tab.open(f"{base}search.html{query}", base)
    if "q=" in query:
        tab.page.wait_for_function(
            f"document.querySelector('{STATUS}').textContent || document.querySelector('[data-lx-warnings] p')"
        )
    return visit


def type_query(tab: Chromium, query: str) -> None:
    """Put a query into the box of the search page and wait until the page speaks of it."""
    tab.page.fill(BOX, query)
    wait_for_answer(tab.page, query)


def wait_for_answer(page: Page, query: str) -> None:
    """Wait until the status line names the query, and nothing longer."""
    page.wait_for_function(
        "([place, query]) => document.querySelector(place).textContent.includes(query)",
        arg=[STATUS, f"“{query}”"],
        timeout=MILLISECONDS,
    )


def titles(tab: Chromium) -> list[str]:
    """List the titles of the results shown."""
    return tab.page.locator(TITLES).all_inner_texts()


def status(tab: Chromium) -> str:
    """Give the status line, which screen readers hear."""
    return tab.page.inner_text(STATUS)


def total(tab: Chromium) -> int:
    """Give the number of results that the status line names."""
    found = re.search(r"(?:有|找到)(\d+)条", status(tab))
    return int(found[1]) if found else 0


def counts(tab: Chromium, facet: str) -> dict[str, int]:
    """Give the counts of a facet by the id of its values."""
    found: Any = tab.page.evaluate(
        """facet => [...document.querySelectorAll(`fieldset[data-facet="${facet}"] label`)]
            .map(label => [label.querySelector("input"), label.querySelector(".lx-count")])
            .map(([box, count]) => [box.value, Number(count.textContent)])""",
        facet,
    )
    return {str(value): int(count) for value, count in found}


def tick(tab: Chromium, facet: str, value: str) -> None:
    """Tick or untick a value of a facet and wait until the results follow."""
    before = tab.address()
    tab.page.click(f'fieldset[data-facet="{facet}"] input[value="{value}"]')
    tab.page.wait_for_function("before => location.href !== before", arg=before)


def engine_requests(visit: Visit) -> list[str]:
    """List the requests for the engine and its index; the rest of the search is only the boxes and the page."""
    ours = ("ui", "view", "recent", "state", "page")
    files = [url for url in visit.requests if "/lunxun/search" in url and url.endswith(".js")]
    return [url for url in files if not url.endswith(tuple(f"/search-{name}.js" for name in ours))]


def copy_of(site: Path, target: Path) -> Path:
    """Copy a built site, to break something in the copy."""
    shutil.copytree(site, target)
    return target
