"""Text out of HTML from strangers: paragraphs and emphasis stay, everything else is dropped, images are counted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = {"br": "\n", "p": "\n\n", "div": "\n", "li": "\n", "tr": "\n", "h1": "\n\n", "h2": "\n\n", "h3": "\n\n"}
_STRONG = ("b", "strong")
_DROPPED = ("script", "style")
_MEDIA = ("img", "audio", "video", "object", "iframe", "svg")


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.dropped = 0
        self.media = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.dropped += tag in _DROPPED
        self.media += tag in _MEDIA
        self.pieces.append("**" if tag in _STRONG else "- " if tag == "li" else "\n" if tag == "br" else "")

    def handle_endtag(self, tag: str) -> None:
        self.dropped = max(0, self.dropped - (tag in _DROPPED))
        self.pieces.append("**" if tag in _STRONG else _BREAKS.get(tag, "") if tag != "br" else "")

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.pieces.append(re.sub(r"\s+", " ", data))


def from_html(text: str) -> tuple[str, int]:
    """Give the plain text of HTML, and how many images and other media it had."""
    stripper = _Stripper()
    stripper.feed(text)
    stripper.close()
    lines = [line.strip() for line in "".join(stripper.pieces).replace("\u00a0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), stripper.media
