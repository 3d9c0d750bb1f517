"""What to show of a document: the stretch where the words stand, and which characters of it to mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lunxun.search.document import Part, SearchDocument
from lunxun.search.tokens import indexed_text

_BEFORE = 24
_LENGTH = 96
_MORE = "……"
_MOST_MARKS = 200
_NAMED, _HEADED, _LABELLED, _PRECISE = 0.4, 3.0, 5.0, 2.0

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


def excerpt(document: SearchDocument, words: Sequence[Sequence[str]]) -> Excerpt:
    """Choose the part that shows most of the words, each given by its forms, and the window of it that does."""
    if not document.parts:
        return Excerpt("", "", ())
    part = _best_part(document, words)
    start, end = _window(part, [form for word in words for form in word])
    segments = marked(part.text[start:end], [form for word in words for form in word])
    before = (Segment(_MORE, False),) if start else ()
    after = (Segment(_MORE, False),) if end < len(part.text) else ()
    return Excerpt(part.anchor, part.heading, (*before, *segments, *after))


def _best_part(document: SearchDocument, words: Sequence[Sequence[str]]) -> Part:
    """Choose as the page does (`search-snippet.js`).

    Most words first, those that no name holds before the others; then one that is called so, as articles are, of
    several the first; then the more precise place; then the shortest.
    """
    names = indexed_text("\n".join((document.title, *document.aliases)))
    worths = [_NAMED if any(form in names for form in word) else 1.0 for word in words]
    anchors = {part.anchor for part in document.parts}
    best, best_value = document.parts[0], 0.0
    for part in document.parts:
        text, heading = indexed_text(part.text), indexed_text(part.heading)
        held = [index for index, word in enumerate(words) if any(form in text for form in word)]
        is_headed = part.heading in document.headings and any(form in heading for word in words for form in word)
        if held or is_headed:
            is_label = part.heading not in document.headings and any(
                form in heading and form in text for index in held for form in words[index]
            )
            few = min(sum(text.count(form) for index in held for form in words[index]), 4) / 4 + 100 / (100 + len(text))
            value = 6 * sum(worths[index] for index in held) + _HEADED * is_headed
            value += _PRECISE * _is_precise(part.anchor, anchors) + (_LABELLED if is_label else few)
            if value > best_value:
                best, best_value = part, value
    return best


def _is_precise(anchor: str, anchors: Collection[str]) -> bool:
    """Tell whether a place lies in another one of the page: v-2023-14 in v-2023."""
    return any(sign == "-" and anchor[:at] in anchors for at, sign in enumerate(anchor))


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
