"""Several things in one text: a line each, with marks between their parts, and a backslash before a mark that is text.

A line break inside a thing is written ⏎. A backslash before anything else, as files from elsewhere
have it in paths, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

BREAK = "⏎"
_MARKS = "|｜→；：（）" + BREAK
_ESCAPED = re.compile(rf"\\([\\{re.escape(_MARKS)}])")


def escaped(text: str, marks: str = "") -> str:
    """Write a text so that it stays on one line and none of the marks in it parts it."""
    found = re.sub(rf"[\\{BREAK}{re.escape(marks)}]", lambda match: "\\" + match[0], text)
    return found.replace("\n", BREAK)


def unescaped(text: str) -> str:
    """Read a text that `escaped` wrote."""
    pieces, at = [], 0
    for match in _ESCAPED.finditer(text):
        pieces += [text[at : match.start()].replace(BREAK, "\n"), match[1]]
        at = match.end()
    return "".join((*pieces, text[at:].replace(BREAK, "\n"))).strip()


def parted(text: str, marks: str) -> list[str]:
    """Part a text at marks that no backslash precedes; the parts are still escaped."""
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] in marks:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [part.strip() for part in (*parts, text[start:])]


def lines_of(text: str) -> list[str]:
    """List the lines that hold something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def as_lines(things: Iterable[str]) -> str:
    """Write things that are escaped already, one a line."""
    return "\n".join(things)
