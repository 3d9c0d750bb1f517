"""Texts of a paper cut into what a printer needs: lines of words, stressed words and blanks; and how wide they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

BLANK = "____"
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_GAP = re.compile(r"_{4,}")
BRACKETS = "（　　）"
_BRACKETS = re.compile(r"（\s*）")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_WIDE, _NARROW = 1.0, 0.56
_LETTERS = 26


class Piece(NamedTuple):
    """A run of a line. Of a `gap` the text is empty; an `end` stands at the right edge."""

    kind: Literal["text", "strong", "gap", "end"]
    text: str


Line = tuple[Piece, ...]


def clean(text: str) -> str:
    """Drop what no printer can show: control characters, halves of characters, and signs that turn the direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs", "Cn", "Co"))
    return _UNSEEN.sub("", "".join(kept))


def one_line(text: str) -> str:
    """Write a text without line breaks."""
    return " ".join(clean(text).split("\n")).strip()


def lines(text: str) -> tuple[Line, ...]:
    """Cut prose into its lines; blank lines between paragraphs are left out, stress and blanks are marked."""
    written = (line.strip() for line in clean(text).split("\n"))
    return tuple(tuple(_pieces(line)) for line in written if line)


def with_brackets(text: str) -> str:
    """Widen the brackets that a letter is written into."""
    return _BRACKETS.sub(BRACKETS, text)


def letter(place: int) -> str:
    """Name the option at a place, counted from 0: A to Z, then AA."""
    return chr(65 + place) if place < _LETTERS else letter(place // _LETTERS - 1) + letter(place % _LETTERS)


def ems(text: str) -> float:
    """Tell how wide a text is at most, about, in units of its type size."""
    return sum(_WIDE if unicodedata.east_asian_width(one) in "WFA" else _NARROW for one in text)


def columns(texts: Sequence[str], line: float) -> int:
    """Choose how many of these stand side by side, as papers do it: four, two or one in a row of so many ems."""
    widest = max(map(ems, texts), default=0)
    for count in (4, 2):
        if len(texts) >= count and widest + 1 <= line / count:
            return count
    return 3 if len(texts) == 3 and widest + 1 <= line / 3 else 1


def height(texts: Iterable[str], line: float) -> int:
    """Count the lines that paragraphs fill, about."""
    return sum(1 + int(ems(text) / line) for text in texts)


def number(value: float) -> str:
    """Write a score without a fraction where it has none."""
    return f"{value:g}"


def _pieces(line: str) -> Iterable[Piece]:
    for place, part in enumerate(_STRONG.split(line)):
        kind: Literal["text", "strong"] = "strong" if place % 2 else "text"
        for at, text in enumerate(_GAP.split(part)):
            if at:
                yield Piece("gap", "")
            # Editors put spaces around a blank; the line is enough.
            if text := text.strip(" ") if at or _GAP.search(part) else text:
                yield Piece(kind, text)
