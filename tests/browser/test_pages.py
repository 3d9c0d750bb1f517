"""Open the project's own site where its readers do: from disk, and over plain http under a sub-path."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.browser import pages
from tests.browser.bidi import Firefox
from tests.browser.chromium import NARROW, WIDE, Chromium
from tests.browser.judges import accessibility_faults, large_text_fault, overflow
from tests.browser.visit import Browser

SHOWN = 40
MODES = ("normal", "large")
# A page over http differs from that on disk by its frame and scripts alone, which neighbours share.
EVERY = 3


def no_faults(found: Iterable[str]) -> None:
    """Fail with the faults, each once with the first page that has it: most come from a template."""
    pages_of: dict[str, list[str]] = {}
    for line in found:
        page, _, fault = line.partition("：")
        pages_of.setdefault(fault, []).append(page)
    if pages_of:
        lines = [f"{having[0]}（共 {len(having)} 处）：{fault}" for fault, having in pages_of.items()]
        pytest.fail("\n".join([f"共 {len(lines)} 种：", *lines[:SHOWN]]), pytrace=False)


def complaints(browser: Browser, base: str, names: Iterable[str]) -> Iterable[str]:
    """Open pages one after another; yield what went wrong."""
    for name in names:
        yield from browser.open(base + name, base).complaints


def names(site: Path, files: Iterable[Path]) -> list[str]:
    """Give the addresses of pages below the site's folder."""
    return [file.relative_to(site).as_posix() for file in files]


@pytest.fixture(scope="session")
def every_page(built_site: Path) -> list[str]:
    return names(built_site, pages.site_pages(built_site))


@pytest.fixture(scope="session")
def one_of_each_kind(built_site: Path) -> list[str]:
    return names(built_site, pages.page_kinds(built_site).values())


def test_no_link_is_broken(built_site: Path) -> None:
    no_faults(pages.broken_links(built_site))


@pytest.mark.browser
def test_every_page_opens_in_chromium_from_disk(chromium: Chromium, file_url: str, every_page: list[str]) -> None:
    no_faults(complaints(chromium, file_url, every_page))


@pytest.mark.browser
def test_every_third_page_and_each_kind_opens_in_chromium_over_http(
    chromium: Chromium, http_url: str, every_page: list[str], one_of_each_kind: list[str]
) -> None:
    no_faults(complaints(chromium, http_url, dict.fromkeys([*one_of_each_kind, *every_page[::EVERY]])))


@pytest.mark.browser
def test_each_kind_opens_in_firefox_from_disk(firefox: Firefox, file_url: str, one_of_each_kind: list[str]) -> None:
    no_faults(complaints(firefox, file_url, one_of_each_kind))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "mode"), [(WIDE, "normal"), (NARROW, "large")])
def test_each_kind_is_accessible(
    chromium: Chromium, file_url: str, one_of_each_kind: list[str], axe_script: str, width: int, mode: str
) -> None:
    found: list[str] = []
    for name in one_of_each_kind:
        with chromium.fresh(width) as tab:
            tab.open(file_url + name, file_url)
            switched = large_text_fault(tab) if mode == "large" else []
            found += [f"{name}：{fault}" for fault in switched or accessibility_faults(tab, axe_script)]
    no_faults(found)


@pytest.mark.browser
@pytest.mark.parametrize("mode", MODES)
def test_no_kind_scrolls_sideways_on_a_phone(
    chromium: Chromium, file_url: str, one_of_each_kind: list[str], mode: str
) -> None:
    found: list[str] = []
    for name in one_of_each_kind:
        with chromium.fresh(NARROW) as tab:
            tab.open(file_url + name, file_url)
            switched = large_text_fault(tab) if mode == "large" else []
            found += [f"{name}：{fault}" for fault in switched or overflow(tab)]
    no_faults(found)
