"""How well a document answers: where the words stand, how often, how near each other.

The weights are those of the page (`search-rank.js`), so that the command line puts first what the page does.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from lunxun.search.asked import Word
from lunxun.search.entries import PIECE_END, Tiers

TYPICAL_LENGTH = 1_000
_IS_TITLE, _IN_TITLE, _OF_TITLE = 14.0, 4.5, 4.0
_IS_ALIAS, _IN_ALIAS, _OF_ALIAS = 11.0, 3.5, 3.0
_AT_START = 0.8
_NAMED_KINDS = ("term", "policy")
_NAMED = 1.5
_IN_HEADING, _MORE_HEADINGS = 2.0, 0.4
_IN_BODY = 2.2
_EARLY, _EARLY_WITHIN = 0.8, 120
_VARIANT, _HEARD = 0.95, 0.85
_NEAR, _NEAR_SCALE = 2.0, 24
_AT_PLACE, _CASE_AT_PLACE = 1.0, 3.0
_MOST_PLACES = 200


def rarity(holders: int, size: int) -> float:
    """Weigh what so many of the documents hold."""
    return math.log(1 + (size + 1) / (holders + 0.5))


def score(tiers: Tiers, words: Sequence[Word], weights: Sequence[float], is_there: Sequence[bool]) -> float:
    """Score a document that holds all words; `is_there` says of each whether it names where the document is from."""
    is_alone = len(words) == 1
    total = sum(weight * _word_score(tiers, word, is_alone) for word, weight in zip(words, weights, strict=True))
    whole = tiers.whole if not is_alone else ""
    for one, other in pairwise(words):
        total += _NEAR * _NEAR_SCALE / (_NEAR_SCALE + _gap(whole, one, other))
    place = _CASE_AT_PLACE if tiers.kind == "case" else _AT_PLACE
    return total + place * sum(is_there)


def body_value(tiers: Tiers, times: int) -> float:
    """Damp how often something stands in a body, the longer the text the more: between 0 and 1."""
    length = 0.4 + 0.6 * sum(map(len, tiers[:4])) / TYPICAL_LENGTH
    return times / (times + length)


def _word_score(tiers: Tiers, word: Word, is_alone: bool) -> float:
    forms = [(form, 1.0 if not index else _VARIANT) for index, form in enumerate(word.forms)]
    forms += [(form, _HEARD) for form in word.heard]
    # A document of a region that the word spells holds it, as it were, once.
    least = _IN_BODY * body_value(tiers, 1) if word.spelt else 0.0
    return max(least, *(weight * _form_score(tiers, form, is_alone) for form, weight in forms))


def _form_score(tiers: Tiers, form: str, is_alone: bool) -> float:
    headings = tiers.headings.count(form)
    bodies = tiers.body.count(form)
    found = _name_score(tiers, form, is_alone)
    if headings:
        found += _IN_HEADING + _MORE_HEADINGS * min(headings - 1, 2)
    if bodies:
        found += _IN_BODY * body_value(tiers, bodies) + _EARLY * (form in tiers.body[: _EARLY_WITHIN + len(form)])
    return found


def _name_score(tiers: Tiers, form: str, is_alone: bool) -> float:
    named = _NAMED if tiers.kind in _NAMED_KINDS else 0.0
    title = (_IS_TITLE + named, _IN_TITLE, _OF_TITLE)
    alias = (_IS_ALIAS + named, _IN_ALIAS, _OF_ALIAS)
    names = ((tiers.title, title), *((name, alias) for name in tiers.aliases.split(PIECE_END)))
    return max((_in_name(name, form, is_alone, values) for name, values in names if form in name), default=0.0)


def _in_name(name: str, form: str, is_alone: bool, values: tuple[float, float, float]) -> float:
    """Score a name that holds a word: the more of it the word is, the more the record is about it."""
    is_whole, within, cover = values
    if is_alone and form == name.strip():
        return is_whole
    return within + cover * len(form) / len(name) + _AT_START * name.startswith(form)


def _gap(whole: str, one: Word, other: Word) -> int:
    """Measure the least distance between two words in a document; the length of it where one is not in the text."""
    first, second = (sorted(set(_places(whole, word.all_forms))) for word in (one, other))
    least = len(whole)
    for place in first:
        at = bisect_left(second, place)
        least = min([least, *(abs(place - near) for near in second[max(at - 1, 0) : at + 1])])
    return least


def _places(text: str, forms: Collection[str]) -> Iterator[int]:
    for form in forms:
        start = text.find(form)
        for _ in range(_MOST_PLACES):
            if start < 0:
                break
            yield start
            start = text.find(form, start + 1)
