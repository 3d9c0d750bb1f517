"""The built site and the browsers that look at it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from environment import ROOT, child_environment
from node_tools import AXE
from serving import SiteServer
from system_tools import CHROMIUM, FIREFOX, find_program
from tests.browser.bidi import Firefox
from tests.browser.chromium import Chromium, launch

SUB_PATH = "/a/b/"
BUILD_SECONDS = 600

Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project's own site once."""
    site = tmp_path_factory.mktemp("built") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "lunxun", "build", "--output", str(site)],
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=BUILD_SECONDS,
        check=False,
    )
    if done.returncode != 0 or not (site / "index.html").is_file():
        said = done.stdout.decode("utf-8", "replace")[-3000:]
        pytest.fail(f"网站没有建成（退出码 {done.returncode}）：\n{said}", pytrace=False)
    return site


@pytest.fixture(scope="session")
def file_url(built_site: Path) -> str:
    """Give the address of the built site's folder on disk."""
    return folder_url(built_site)


@pytest.fixture(scope="session")
def http_url(built_site: Path) -> Iterator[str]:
    """Serve the built site over plain http under a sub-path."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="package")
def chromium_browser() -> Iterator[Browser]:
    """Start the system's Chromium; over before other tests begin, since Playwright keeps an event loop running."""
    executable = _needed(CHROMIUM)
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        yield browser
        browser.close()


@pytest.fixture
def chromium(chromium_browser: Browser) -> Iterator[Chromium]:
    """Give a tab of Chromium with empty storage."""
    tab = Chromium(chromium_browser)
    yield tab
    tab.close()


@pytest.fixture(scope="package")
def firefox_browser() -> Iterator[Firefox]:
    """Start the system's Firefox ESR with an empty profile."""
    browser = Firefox(_needed(FIREFOX))
    yield browser
    browser.close()


@pytest.fixture
def firefox(firefox_browser: Firefox) -> Firefox:
    """Give a new tab of Firefox."""
    firefox_browser.change_tab()
    return firefox_browser


@pytest.fixture(scope="session")
def axe_script() -> str:
    """Read axe-core, which `scripts/test.py` has put in place."""
    if not AXE.is_file():
        pytest.fail("缺少 axe-core：请用 python3 scripts/test.py 运行，它会先装好。", pytrace=False)
    return AXE.read_text("utf-8")


def folder_url(folder: Path) -> str:
    """Give the file:// address of a folder, with the closing slash."""
    return folder.resolve().as_uri() + "/"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder under the sub-path on a free port, and give its address."""
    with SiteServer(folder, prefix=SUB_PATH) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


def _needed(names: tuple[str, ...]) -> str:
    """Find a browser; a test that is skipped without it would prove nothing."""
    found = find_program(names)
    if found is None:
        pytest.fail(f"找不到 {names[0]}：请用 python3 scripts/test.py 运行，它会说明要装什么。", pytrace=False)
    return found
