"""The one tokeniser: runs of letters, digits and Han characters in folded text, and their pairs.

`search-text.js` does the same in the browser; tests/search/golden.json holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.text.folding import fold

SEPARATOR = " "
_RUN = re.compile(r"[^ ]+")


class _Indexed(dict[int, str]):
    """A table for `str.translate`: the folded character, or a separator."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if folded.isalnum() else SEPARATOR
        return self[code]


_INDEXED = _Indexed()


@dataclass(frozen=True, slots=True)
class Run:
    """A maximal stretch of characters that can be searched for, and where it starts."""

    start: int
    text: str


def indexed_text(text: str) -> str:
    """Fold a text and write a separator for all that is no letter, digit or Han character; the length stays."""
    return text.translate(_INDEXED)


def indexed_character(code: int) -> str:
    """Fold one character, given by its code; a separator when it cannot be searched for."""
    return _INDEXED[code]


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text, in order."""
    for match in _RUN.finditer(indexed_text(text)):
        yield Run(match.start(), match[0])


def pairs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the keys of a text: each pair of neighbours in a run, or the run itself if it is one character."""
    for run in runs(text):
        if len(run.text) == 1:
            yield run.start, run.text
        for offset in range(len(run.text) - 1):
            yield run.start + offset, run.text[offset : offset + 2]
