"""The two marks that prose may hold, `${fact}` and `[[record]]`, and names in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# One class of characters in front lets the search pass quickly over everything else.
_MARK = re.compile(
    r"[$\[](?:"
    r"(?<=\$)\{(?P<fact>[^{}\n]{1,160})\}"
    r"|(?<=\[)\[(?P<link>[^\[\]|\n]{1,160})(?:\|(?P<label>[^\[\]|\n]{1,80}))?\]\]"
    r")"
)
_QUOTED = re.compile(r"“[^“”\n]{0,60}”|《[^《》\n]{0,120}》")


class FactMark(NamedTuple):
    """`${id}` (of the same record) or `${record.id}`: the figure stands here."""

    target: str
    start: int
    end: int


class LinkMark(NamedTuple):
    """`[[record]]` or `[[record|words]]`: a link to a record."""

    target: str
    label: str | None
    start: int
    end: int


def may_have_marks(prose: str) -> bool:
    """Tell whether a text holds one of the characters that marks begin with: a look that costs nearly nothing."""
    return "$" in prose or "[" in prose


def marks(prose: str) -> Iterator[FactMark | LinkMark]:
    """Yield the marks of a prose text in order."""
    for match in _MARK.finditer(prose):
        if match["fact"] is not None:
            yield FactMark(match["fact"].strip(), match.start(), match.end())
        else:
            label = match["label"]
            yield LinkMark(match["link"].strip(), label.strip() if label else None, match.start(), match.end())


def blank_marks(prose: str) -> str:
    """Replace every mark by spaces of the same length, so that offsets stay true."""
    return _MARK.sub(lambda match: " " * len(match[0]), prose) if may_have_marks(prose) else prose


def blank_quoted(text: str) -> str:
    """Replace what is in quotation marks, a name or a title, by spaces of the same length: its figures are no facts."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)
