"""How well a document answers: where the words stand, how often, how near each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lunxun.search.asked import Word
from lunxun.search.entries import PIECE_END, Tiers

# Exact name before name within a name before heading before body; nothing below reaches what stands above it
# unless the words are common and the text speaks of little else.
_IS_TITLE, _IS_ALIAS = 24.0, 20.0
_IN_TITLE, _IN_ALIAS, _IN_HEADING = 8.0, 5.0, 3.0
_AT_START = 2.0
_IN_SUMMARY = 1.0
_BODY = 3.0
_TYPICAL_LENGTH = 1_200
_NEAR = 4.0
_NEAR_SPAN = 30
_NAMED_KINDS = {"term": 1.0, "policy": 0.5}
_MOST_PLACES = 50


def score(tiers: Tiers, words: Iterable[Word], weights: Mapping[Word, float]) -> float:
    """Score a document that holds all words."""
    words = tuple(words)
    total = sum(weights[word] * _word_score(tiers, word) for word in words)
    if len(words) > 1:
        total += max(weights.values()) * _NEAR * _nearness(tiers, words)
    return total


def share_score(tiers: Tiers, weights: Mapping[str, float]) -> float:
    """Score a document by the pairs it holds; those in its names count threefold."""
    names = f"{tiers.title}{PIECE_END}{tiers.aliases}"
    return sum(weight * (3 if pair in names else tiers.holds(pair)) for pair, weight in weights.items())


def _word_score(tiers: Tiers, word: Word) -> float:
    """Score the best form of a word by its best name, and all its forms by how often they stand in the body."""
    length = len(tiers.body) / _TYPICAL_LENGTH
    times = sum(tiers.body.count(form) for form in word.forms)
    in_body = _BODY * times / (times + 0.5 + length)
    summary = tiers.body.partition(PIECE_END)[0]
    in_summary = _IN_SUMMARY * any(form in summary for form in word.forms)
    return max(_name_score(tiers, form) for form in word.forms) + in_body + in_summary


def _name_score(tiers: Tiers, form: str) -> float:
    found = 0.0
    if form == tiers.title.strip():
        found = _IS_TITLE + _NAMED_KINDS.get(tiers.kind, 0.0)
    elif form in (alias.strip() for alias in tiers.aliases.split(PIECE_END)):
        found = _IS_ALIAS + _NAMED_KINDS.get(tiers.kind, 0.0)
    elif form in tiers.title:
        # The more of the title the word is, the more the record is about it.
        found = _IN_TITLE * (1 + len(form) / len(tiers.title)) + _AT_START * tiers.title.startswith(form)
    elif form in tiers.aliases:
        found = _IN_ALIAS
    return found + _IN_HEADING * (form in tiers.headings)


def _nearness(tiers: Tiers, words: tuple[Word, ...]) -> float:
    """Give 1 where the words stand side by side in one piece, less where they are apart, 0 where they never meet."""
    pieces = (tiers.title, *tiers.aliases.split(PIECE_END), *tiers.body.split(PIECE_END))
    spans = (_shortest_span(piece, words) for piece in pieces)
    shortest = min((span for span in spans if span is not None), default=None)
    return 0.0 if shortest is None else _NEAR_SPAN / (_NEAR_SPAN + shortest)


def _shortest_span(text: str, words: tuple[Word, ...]) -> int | None:
    """Find the shortest stretch that holds all words; its length without the words themselves."""
    places = sorted(
        (start, index, len(form))
        for index, word in enumerate(words)
        for form in word.forms
        for start in _places(text, form)
    )
    last: dict[int, tuple[int, int]] = {}
    shortest: int | None = None
    for start, index, length in places:
        last[index] = (start, length)
        if len(last) == len(words):
            first = min(last.values())[0]
            span = max(0, start + length - first - sum(size for _, size in last.values()))
            shortest = span if shortest is None else min(shortest, span)
    return shortest


def _places(text: str, form: str) -> Iterable[int]:
    start = text.find(form)
    for _ in range(_MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(form, start + 1)
