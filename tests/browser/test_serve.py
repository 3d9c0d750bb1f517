"""An editor's loop: save a record, and the open page shows it."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser.bidi import BidiError, Firefox
from tests.browser.chromium import Chromium
from tests.browser.visit import Browser
from tests.contents import edit
from tests.site.projects import make_project
from tests.site.serving_process import ServingProcess, serving

pytestmark = pytest.mark.browser

LIMIT = 60.0
CASE, OTHER = "cases/hexi-grid.html", "terms/hexi-bell.html"
WAS, BECAME = "先划清边界，再配人员。", "先改了这一句。"
RIGHT, WRONG = "\ntitle: ", "\n<b>title</b>: "
BAR = "(document.querySelector('#lunxun-live') || {textContent: ''}).textContent"
MARKED = "window.lunxunMark === 1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture
def server(project: Path) -> Iterator[ServingProcess]:
    with serving(project) as one:
        yield one


def wait_for(browser: Browser, javascript: str) -> None:
    """Wait until an expression is true in the open page, which may be loaded again meanwhile."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        with contextlib.suppress(BidiError, PlaywrightError):
            if browser.evaluate(f"Boolean({javascript})"):
                return
        time.sleep(0.05)
    pytest.fail(f"never true: {javascript}")


def text(part: str) -> str:
    return f"document.readyState === 'complete' && document.body.textContent.includes({json.dumps(part)})"


def scroll_and_mark(browser: Browser) -> object:
    browser.evaluate("window.lunxunMark = 1")
    return browser.evaluate("(scrollTo({top: 300, behavior: 'instant'}), Math.round(scrollY))")


def check_the_loop(browser: Browser, other: Browser, server: ServingProcess, content: Path) -> None:
    """Edit, break and mend a record while its page and another one are open."""
    assert browser.open(server.address + CASE, server.address).complaints == []
    was_at = scroll_and_mark(browser)
    assert was_at != 0
    if other is not browser:
        other.open(server.address + OTHER, server.address)
        other.evaluate("window.lunxunMark = 1")

    edit(content, "cases/hexi-grid", WAS, BECAME)
    server.wait_for("更新网页")
    wait_for(browser, text(BECAME))
    wait_for(browser, f"Math.abs(scrollY - {was_at}) < 2")
    assert browser.evaluate(MARKED) is False

    browser.evaluate("window.lunxunMark = 1")
    edit(content, "cases/hexi-grid", RIGHT, WRONG)
    wait_for(browser, f"{BAR}.includes('不认识的字段')")
    wait_for(other, f"{BAR}.includes('不认识的字段')")
    assert browser.evaluate("document.querySelectorAll('#lunxun-live b').length") == 0
    wait_for(browser, text(BECAME))

    edit(content, "cases/hexi-grid", WRONG, RIGHT)
    wait_for(browser, f"{BAR} === ''")
    wait_for(other, f"{BAR} === ''")
    assert browser.evaluate(MARKED) is True  # mended to what it shows: nothing to load again
    assert other is browser or other.evaluate(MARKED) is True


def test_chromium_shows_every_change(chromium: Chromium, server: ServingProcess, project: Path) -> None:
    with chromium.fresh() as other:
        check_the_loop(chromium, other, server, project / "content")


def test_firefox_shows_every_change(firefox: Firefox, server: ServingProcess, project: Path) -> None:
    check_the_loop(firefox, firefox, server, project / "content")


def test_a_changed_style_is_shown_on_every_page(chromium: Chromium, server: ServingProcess, project: Path) -> None:
    chromium.open(server.address + OTHER, server.address)
    style = project / "theme/assets/lunxun/site.css"
    style.write_text(style.read_text("utf-8") + "\nbody { outline: 7px solid red }\n", "utf-8")
    wait_for(chromium, "getComputedStyle(document.body).outlineWidth === '7px'")


def test_a_new_record_replaces_the_page_that_says_there_is_none(
    chromium: Chromium, server: ServingProcess, project: Path
) -> None:
    chromium.page.goto(server.address + "terms/new-bell.html")
    wait_for(chromium, text("没有这个页面"))
    old = project / "content/terms/hexi-bell.yml"
    new = old.with_name("new-bell.yml")
    new.write_text(old.read_text("utf-8").replace("连心铃", "新心铃"), "utf-8")
    wait_for(chromium, "document.title.includes('新心铃')")


def test_a_page_finds_the_server_again(chromium: Chromium, project: Path) -> None:
    with serving(project) as first:
        chromium.open(first.address + CASE, first.address)
        port = int(first.address.rstrip("/").rpartition(":")[2])
        code, said = first.interrupt()
        assert (code, "Traceback" in said, said.splitlines()[-1]) == (0, False, "已停止。")
    edit(project / "content", "cases/hexi-grid", WAS, BECAME)
    with serving(project, port):
        wait_for(chromium, text(BECAME))


def test_content_that_is_broken_from_the_start_can_be_mended(chromium: Chromium, project: Path) -> None:
    edit(project / "content", "cases/hexi-grid", RIGHT, WRONG)
    with serving(project) as server:
        chromium.page.goto(server.address + CASE)
        wait_for(chromium, f"{BAR}.includes('不认识的字段')")
        edit(project / "content", "cases/hexi-grid", WRONG, RIGHT)
        wait_for(chromium, text(WAS))
