"""What to show of a document: the stretch where the words stand, and which characters of it to mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lunxun.search.document import Part, SearchDocument
from lunxun.search.tokens import indexed_text

_BEFORE = 24
_LENGTH = 96
_MORE = "……"
_MOST_MARKS = 200

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document with the heading it stands under and the place it leads to."""

    anchor: str
    heading: str
    segments: tuple[Segment, ...]


def excerpt(document: SearchDocument, forms: Iterable[str]) -> Excerpt:
    """Choose the part that holds most of the forms, the first of equals, and the window of it that does."""
    wanted = tuple(dict.fromkeys(forms))
    if not document.parts:
        return Excerpt("", "", ())
    texts = [indexed_text(f"{part.heading}\n{part.text}") for part in document.parts]
    held = [sum(len(form) for form in wanted if form in text) for text in texts]
    part = document.parts[held.index(max(held))]
    start, end = _window(part, wanted)
    segments = marked(part.text[start:end], wanted)
    before = (Segment(_MORE, False),) if start else ()
    after = (Segment(_MORE, False),) if end < len(part.text) else ()
    return Excerpt(part.anchor, part.heading, (*before, *segments, *after))


def marked(text: str, forms: Iterable[str]) -> tuple[Segment, ...]:
    """Cut a text into marked and unmarked stretches."""
    segments: list[Segment] = []
    end = 0
    for start, stop in _spans(indexed_text(text), forms):
        segments += [Segment(text[end:start], False), Segment(text[start:stop], True)]
        end = stop
    return tuple(segment for segment in (*segments, Segment(text[end:], False)) if segment.text)


def _window(part: Part, forms: Sequence[str]) -> Span:
    """Choose the stretch in which most characters are marked; the beginning where none is."""
    spans = _spans(indexed_text(part.text), forms)
    starts = [max(0, start - _BEFORE) for start, _ in spans] or [0]
    marks = [
        sum(stop - begin for begin, stop in spans if start <= begin and stop <= start + _LENGTH) for start in starts
    ]
    start = starts[marks.index(max(marks))]
    return start, start + _LENGTH


def _spans(text: str, forms: Iterable[str]) -> list[Span]:
    """List where the forms stand, overlapping ones joined."""
    found: list[Span] = []
    for form in forms:
        start = text.find(form)
        while start >= 0 and len(found) < _MOST_MARKS:
            found.append((start, start + len(form)))
            start = text.find(form, start + len(form))
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
