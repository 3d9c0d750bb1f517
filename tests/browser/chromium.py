"""Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebError,
    WebSocket,
)

from tests.browser.visit import AT_REST, Visit

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A request to another host is recorded, and then fails here rather than on the network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WIDE = 1280
NARROW = 390
HEIGHT = 900


class Chromium:
    """One tab in a context of its own, which records what each page does."""

    def __init__(
        self, browser: Browser, width: int = WIDE, *, has_scripts: bool = True, has_touch: bool = False
    ) -> None:
        self._browser = browser
        size: ViewportSize = {"width": width, "height": HEIGHT}
        self._context = browser.new_context(
            viewport=size, locale="zh-CN", java_script_enabled=has_scripts, has_touch=has_touch, is_mobile=has_touch
        )
        self._visit = Visit("", "")
        self._context.on("console", self._on_console)
        self._context.on("weberror", self._on_page_error)
        self._context.on("request", self._on_request)
        self.page: Page = self._context.new_page()
        self.page.on("websocket", self._on_web_socket)

    def open(self, url: str, base: str) -> Visit:
        """Open a page, wait until it is at rest, and return what happened."""
        # What the last page still has to say comes out now, and is not laid to this one.
        self.page.goto("about:blank")
        self._visit = Visit(url, base)
        self.page.goto(url, wait_until="load")
        self.page.evaluate(AT_REST)
        return self._visit

    def evaluate(self, javascript: str) -> object:
        """Evaluate an expression in the open page, waiting for a promise."""
        value: object = self.page.evaluate(javascript)
        return value

    def address(self) -> str:
        """Say where the open page is by its own account: `page.url` hears of a move only some time after it."""
        return str(self.page.evaluate("location.href"))

    def close(self) -> None:
        """Close the tab and forget its storage."""
        self._context.close()

    @contextmanager
    def fresh(self, width: int = WIDE, *, has_touch: bool = False) -> Iterator[Chromium]:
        """Give another tab with empty storage, as wide as asked; with touch it is a telephone's."""
        other = Chromium(self._browser, width, has_touch=has_touch)
        try:
            yield other
        finally:
            other.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self._visit.console_errors.append(f"{message.text} {place}".strip())

    def _on_page_error(self, error: WebError) -> None:
        self._visit.page_errors.append(f"{error.error.name}: {error.error.message}")

    def _on_request(self, request: Request) -> None:
        self._visit.requests.append(request.url)

    def _on_web_socket(self, socket: WebSocket) -> None:
        self._visit.requests.append(socket.url)


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start the system's Chromium without its own traffic."""
    return playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
