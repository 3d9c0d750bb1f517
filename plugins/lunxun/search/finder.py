"""Find the documents that answer a question, best first, with whatever engine keeps them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lunxun.search.asked import Question, Word
from lunxun.search.document import SearchDocument
from lunxun.search.entries import PIECE_END, Tiers, pairs_of, read_tiers, unpack
from lunxun.search.excerpts import Excerpt, Segment, excerpt, marked
from lunxun.search.port import AllOf, AnyOf, Condition, Has, Reader
from lunxun.search.ranking import score, share_score
from lunxun.search.tokens import SEPARATOR

_LEAST_SHARE = 0.5
# What a question is asked with; the documents answer, they do not ask.
_SAYS_NOTHING = re.compile(
    "怎么办|怎么样?|怎样|如何|为什么|什么|哪些|哪个|哪里|多少|能不能|可不可以|是不是|有没有|谁来?|[吗呢吧的了]"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers, with what to show of it."""

    document: SearchDocument
    title: tuple[Segment, ...]
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Results:
    """The answer: how many documents, whether the words are only scattered in them, and the best of them."""

    total: int
    is_partial: bool
    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...] = ()
    """Queries that may have been meant, when nothing holds the words as they are."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    number: int
    tiers: Tiers
    score: float


def find(reader: Reader, question: Question, limit: int) -> Results:
    """Answer a question. A word stands in a document if its characters do, side by side."""
    ranked = list(_exact(reader, question))
    marks = [form for word in question.words for form in word.forms]
    is_partial = not ranked and bool(question.words)
    if is_partial:
        said = (_SAYS_NOTHING.sub(SEPARATOR, word.forms[0]) for word in question.words)
        marks = [pair for text in said for pair in pairs_of(text) if not (pair.isascii() and pair.isalpha())]
        ranked = list(_scattered(reader, question, marks))
    documents = (unpack(reader.document(one.number)) for one in _in_order(ranked)[:limit])
    hits = tuple(Hit(one, marked(one.title, marks), excerpt(one, marks)) for one in documents)
    suggestions = _suggestions(reader, question) if is_partial else ()
    return Results(len(ranked), is_partial and bool(ranked), hits, suggestions)


def exact_addresses(reader: Reader, question: Question) -> list[str]:
    """List every document that holds the words as they are, best first."""
    return [one.tiers.address for one in _in_order(_exact(reader, question))]


def _in_order(ranked: Iterable[_Ranked]) -> list[_Ranked]:
    return sorted(ranked, key=lambda one: (-one.score, one.tiers.address))


def _exact(reader: Reader, question: Question) -> Iterator[_Ranked]:
    """Rank the documents that hold every word: an engine knows pairs, the text itself decides."""
    condition = AllOf((*_filters(question), *map(_may_hold, question.words)))
    weights = _weights(reader, question.words)
    for number, tiers in _candidates(reader, question, condition):
        if all(any(map(tiers.holds, word.forms)) for word in question.words):
            yield _Ranked(number, tiers, score(tiers, question.words, weights))


def _scattered(reader: Reader, question: Question, pairs: list[str]) -> Iterator[_Ranked]:
    """Rank the documents that hold at least half of the pairs that any document holds, the rarer ones counting more."""
    holders = {pair: numbers for pair in dict.fromkeys(pairs) if (numbers := reader.numbers(Has("pairs", pair)))}
    size = len(reader.numbers(AllOf(())))
    weights = {pair: _rarity(len(numbers), size) for pair, numbers in holders.items()}
    shares: defaultdict[int, float] = defaultdict(float)
    for pair, numbers in holders.items():
        for number in numbers:
            shares[number] += weights[pair]
    least = _LEAST_SHARE * sum(weights.values())
    condition = AllOf((*_filters(question), AnyOf(tuple(Has("pairs", pair) for pair in holders))))
    for number, tiers in _candidates(reader, question, condition):
        if shares[number] >= least:
            yield _Ranked(number, tiers, share_score(tiers, weights))


def _suggestions(reader: Reader, question: Question) -> tuple[str, ...]:
    """Replace the first word that stands nowhere by names that are like it."""
    from lunxun.search.suggest import suggest  # noqa: PLC0415 - the sounds of characters take a while to import

    words = [word.forms[0] for word in question.words]
    texts = [read_tiers(reader.text(number)) for number in reader.numbers(AllOf(()))]
    names = sorted({name.strip() for tiers in texts for name in (tiers.title, *tiers.aliases.split(PIECE_END))})
    for index, word in enumerate(words):
        if not any(tiers.holds(word) for tiers in texts):
            return tuple(" ".join([*words[:index], other, *words[index + 1 :]]) for other in suggest(word, names))
    return ()


def _candidates(reader: Reader, question: Question, condition: Condition) -> Iterator[tuple[int, Tiers]]:
    classed_out = {
        number
        for chosen in question.filters
        if chosen.is_excluded
        for number in reader.numbers(AnyOf(tuple(Has("classes", f"{chosen.facet}={id_}") for id_ in chosen.ids)))
    }
    unwanted = [form for word in question.excluded for form in word.forms]
    for number in reader.numbers(condition):
        if number not in classed_out:
            tiers = read_tiers(reader.text(number))
            if not any(map(tiers.holds, unwanted)):
                yield number, tiers


def _filters(question: Question) -> Iterator[Condition]:
    for chosen in question.filters:
        if not chosen.is_excluded:
            yield AnyOf(tuple(Has("classes", f"{chosen.facet}={id_}") for id_ in chosen.ids))


def _may_hold(word: Word) -> Condition:
    """Say what must be there for a word to be; a single character has no pairs, so that anything may hold it."""
    return AnyOf(tuple(AllOf(tuple(Has("pairs", pair) for pair in pairs_of(form))) for form in word.forms))


def _weights(reader: Reader, words: tuple[Word, ...]) -> Mapping[Word, float]:
    if len(words) < 2:  # one word needs no weight
        return dict.fromkeys(words, 1.0)
    size = len(reader.numbers(AllOf(())))
    return {word: _rarity(len(reader.numbers(_may_hold(word))), size) for word in words}


def _rarity(holders: int, size: int) -> float:
    return math.log(1 + (size - holders + 0.5) / (holders + 0.5))
