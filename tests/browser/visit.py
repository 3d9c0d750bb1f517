"""What a browser had to say about one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

# Made inside the page itself, so nothing leaves the computer.
INNER_SCHEMES = ("data:", "blob:", "about:")


@dataclass
class Visit:
    """One page as a browser met it; `base` is the address of the site's folder."""

    url: str
    base: str
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """List the requests that left the folder of the site."""
        return [url for url in self.requests if not url.startswith((self.base, *INNER_SCHEMES))]

    @property
    def complaints(self) -> list[str]:
        """List everything that must not happen, one line each (Chinese)."""
        page = self.url.removeprefix(self.base)
        return [
            *(f"{page}：控制台报错：{text}" for text in self.console_errors),
            *(f"{page}：脚本出错：{text}" for text in self.page_errors),
            *(f"{page}：向站外请求：{url}" for url in self.outside),
        ]


class Browser(Protocol):
    """What the tests ask of either browser."""

    def open(self, url: str, base: str) -> Visit:
        """Open a page, wait until it is loaded and at rest, and return what happened."""

    def evaluate(self, javascript: str) -> object:
        """Evaluate an expression in the open page, waiting for a promise."""


# Evaluated after each load: scripts that start late still get to fail, and their events are delivered in order.
AT_REST = "new Promise(done => setTimeout(() => requestIdleCallback(() => done(true), {timeout: 250}), 20))"
