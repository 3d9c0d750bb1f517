"""What a search costs a browser: milliseconds, bytes and heap, from disk and over plain http."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from bench_search_site import ENGINE, PAGE, RESULTS_PAGE
from console import ScriptError
from system_tools import CHROMIUM, FIREFOX, find_program
from tests.browser.bidi import Firefox
from tests.browser.chromium import Chromium, launch
from tests.browser.conftest import folder_url, served
from tests.browser.visit import Visit

COLD_ROUNDS = 9
LIMIT = 10
MB = 1_000_000
DISK, HTTP = "磁盘", "http"
PLACES = (DISK, HTTP)
_OPEN = """
(() => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  const start = performance.now();
  script.onerror = () => reject(new Error("search-engine.js"));
  script.onload = () => LunxunSearch.open("./").then((engine) => {
    window.engine = engine;
    resolve(performance.now() - start);
  }, reject);
  script.src = ENGINE;
  document.head.append(script);
}))()
"""
_SEARCH = """
(async () => {
  const start = performance.now();
  const found = await window.engine.search(QUERY, {limit: LIMIT});
  return {ms: performance.now() - start, total: found.total, hits: found.hits, partial: found.partial,
          suggestions: found.suggestions, warnings: found.warnings};
})()
"""
_WATCH_RESULTS = """
window.firstResult = new Promise((resolve) => {
  const watcher = new MutationObserver(() => {
    if (!document.querySelector(".lx-result")) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });
  watcher.observe(document, {childList: true, subtree: true});
});
"""


class Tab(Protocol):
    """What is asked of a tab of either browser."""

    def open(self, url: str, base: str) -> Visit:
        """Open a page."""

    def evaluate(self, javascript: str) -> Any:
        """Evaluate an expression in it."""

    def close(self) -> None:
        """Close it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of what a typical query costs; bytes of the largest one too."""

    start_bytes: int
    query_bytes: int
    most_query_bytes: int
    cold_ms: float
    """From nothing: the engine's script, the start-up file, shards, ranked results with snippets."""
    next_ms: float
    """Another query in the same page, whose shards are not there yet."""
    again_ms: float
    """The same query again."""
    page_ms: float | None
    """From opening the results page to the first result; known of Chromium only."""
    heap_mb: float | None


def measure(tab: Tab, base: str, folder: Path, queries: Sequence[str]) -> Cost:
    """Search from nothing in a few fresh pages, then for all queries in one page."""
    cold, start_bytes = [], 0
    for query in queries[:COLD_ROUNDS]:
        visit = tab.open(base + PAGE, base)
        opened = open_engine(tab)
        start_bytes = _bytes(visit, folder, "/lunxun/search/")
        cold.append(opened + float(search(tab, query)["ms"]))
    visit = tab.open(base + PAGE, base)
    open_engine(tab)
    nexts, agains, sizes = [], [], []
    for query in queries[COLD_ROUNDS:]:
        before = len(visit.requests)
        nexts.append(float(search(tab, query)["ms"]))
        sizes.append(_bytes(visit, folder, "/lunxun/search/", before))
        agains.append(float(search(tab, query)["ms"]))
    middle = statistics.median
    heap = _heap(tab)
    page = results_page_ms(tab, base, queries)
    return Cost(start_bytes, int(middle(sizes)), max(sizes), middle(cold), middle(nexts), middle(agains), page, heap)


def results_page_ms(tab: Tab, base: str, queries: Sequence[str]) -> float | None:
    """Time from opening the results page with a query to its first result on the screen; Chromium only."""
    if not isinstance(tab, Chromium):
        return None
    times = []
    with tab.fresh() as other:
        other.page.add_init_script(_WATCH_RESULTS)
        for query in queries[:COLD_ROUNDS]:
            other.open(f"{base}{RESULTS_PAGE}?q={quote(query)}", base)
            times.append(float(str(other.evaluate("window.firstResult"))))
    return statistics.median(times)


def open_engine(tab: Tab) -> float:
    """Load and open the engine in the open page; return the milliseconds it took."""
    return float(tab.evaluate(_OPEN.replace("ENGINE", json.dumps(ENGINE))))


def search(tab: Tab, query: str) -> Any:
    """Ask the engine in the open page."""
    return tab.evaluate(_SEARCH.replace("QUERY", json.dumps(query)).replace("LIMIT", str(LIMIT)))


@contextmanager
def tabs(names: Sequence[str]) -> Iterator[dict[str, Tab]]:
    """Start the named browsers with a tab each."""
    found: dict[str, Tab] = {}
    with sync_playwright() as playwright:
        if "Chromium" in names:
            found["Chromium"] = Chromium(launch(playwright, _program(CHROMIUM)))
        if "Firefox" in names:
            found["Firefox"] = Firefox(_program(FIREFOX))
        try:
            yield found
        finally:
            for tab in found.values():
                tab.close()


@contextmanager
def base_address(folder: Path, place: str) -> Iterator[str]:
    """Give the address of a folder on disk, or serve it under a sub-path."""
    if place == HTTP:
        with served(folder) as address:
            yield address
    else:
        yield folder_url(folder)


def _bytes(visit: Visit, folder: Path, within: str, since: int = 0) -> int:
    files = {url.removeprefix(visit.base).partition("?")[0] for url in visit.requests[since:] if within in url}
    return sum((folder / file).stat().st_size for file in files)


def _heap(tab: Tab) -> float | None:
    if not isinstance(tab, Chromium):
        return None  # Firefox tells nobody
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    session.detach()
    parts = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
    return sum(float(usage.get(part, 0)) for part in parts) / MB


def _program(names: Sequence[str]) -> str:
    found = find_program(names)
    if found is None:
        raise ScriptError(f"找不到 {names[0]}：请先运行 python3 scripts/test.py，它会说明要装什么。")
    return found
