"""Texts of questions for the page: bold type and paragraphs only, since a link beside one option would give it away."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

BLANK = "____"
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_STRONG = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_POINT = "- "
_HOLE, _WIDE_HOLE = "（）", Markup('<span class="lx-hole">（\u3000\u3000）</span>')

Plain = Callable[[str], str]
"""Writes prose as text, with figures and names put in."""


def blocks(text: str, plain: Plain) -> Markup:
    """Render prose as paragraphs and lists without links."""
    return Markup("").join(_block(part, plain) for part in _PARAGRAPH.split(text.strip()))


def with_blanks(text: str, plain: Plain, blank: Callable[[int], Markup]) -> Markup:
    """Render a stem with something put into each of its blanks, which are counted from 0."""
    first, *others = (phrase(part, plain) for part in text.strip().split(BLANK))
    filled = Markup("").join(blank(place) + part for place, part in enumerate(others))
    return Markup("<p>{}</p>").format(first + filled)


def phrase(text: str, plain: Plain) -> Markup:
    """Render prose as one line with its bold words; a hole is as wide as on paper."""
    parts = (
        Markup("<strong>{}</strong>").format(plain(part)) if place % 2 else escape(plain(part))
        for place, part in enumerate(_STRONG.split(text))
    )
    return Markup("").join(parts).replace(_HOLE, _WIDE_HOLE)


def _block(text: str, plain: Plain) -> Markup:
    lines = text.split("\n")
    if all(line.startswith(_POINT) for line in lines):
        points = (Markup("<li>{}</li>").format(phrase(line.removeprefix(_POINT), plain)) for line in lines)
        return Markup("<ul>{}</ul>").format(Markup("").join(points))
    return Markup("<p>{}</p>").format(phrase(text, plain))
