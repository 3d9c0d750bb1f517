"""The theme around a page, rendered once for many pages: a finished page is put into its gaps.

Material's template takes over a millisecond a page, and what it renders is the same for all pages of a folder but for
title, description, table of contents and body. A page of marks is rendered instead, and cut at the marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from lunxun.site.page import Heading, SitePage

TITLE, DESCRIPTION = "lunxun-mark-title", "lunxun-mark-description"
# Material puts a first heading before a body that has none.
BODY = "<h1>lunxun-mark-body</h1>"
HEADING = Heading("lunxun-mark-id", "lunxun-mark-heading")

_TOC = re.compile(r'<nav class="lx-toc".*?</nav>', re.DOTALL)
_ENTRY = re.compile(rf'<li><a href="#{HEADING.id}">{HEADING.title}</a></li>')
_MARK = re.compile("|".join(map(re.escape, (TITLE, DESCRIPTION, BODY, "lunxun-mark-toc"))))


class ShellError(ValueError):
    """The theme rendered the page of marks in a way that cannot be cut."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Pieces of a rendered page, and the table of contents that goes between them where a page has headings."""

    pieces: tuple[str, ...]
    """Between them, in this order, are the gaps."""
    gaps: tuple[str, ...]
    toc: tuple[str, str]

    def page(self, page: SitePage) -> str:
        """Put a page into the shell; its title and description are text, its body is HTML."""
        filling = {
            TITLE: escape(page.title, quote=False),
            DESCRIPTION: escape(page.description),
            BODY: page.body,
            "lunxun-mark-toc": self._toc(page.headings),
        }
        parts = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            parts += (filling[gap], piece)
        return "".join(parts)

    def _toc(self, headings: Sequence[Heading]) -> str:
        if not headings:
            return ""
        items = [f'<li><a href="#{escape(item.id)}">{escape(item.title, quote=False)}</a></li>' for item in headings]
        return self.toc[0] + "".join(items) + self.toc[1]


def cut_shell(html: str) -> Shell:
    """Cut a rendered page of marks; raise ShellError where a theme left a mark out or changed it."""
    toc = _TOC.search(html)
    entry = _ENTRY.search(toc[0]) if toc else None
    if toc is None or entry is None:
        raise ShellError("no table of contents")
    rest = html[: toc.start()] + "lunxun-mark-toc" + html[toc.end() :]
    shell = Shell(
        tuple(_MARK.split(rest)), tuple(_MARK.findall(rest)), (toc[0][: entry.start()], toc[0][entry.end() :])
    )
    if shell.gaps.count(BODY) != 1 or TITLE not in shell.gaps or "lunxun-mark" in "".join(shell.pieces):
        raise ShellError("a mark is missing, twice there, or changed")
    return shell
