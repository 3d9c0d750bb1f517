"""Find the documents that answer a question, best first, with whatever engine keeps them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lunxun.search.asked import Question, Word
from lunxun.search.document import SearchDocument
from lunxun.search.entries import pairs_of, unpack
from lunxun.search.excerpts import Excerpt, Segment, excerpt, marked
from lunxun.search.port import AllOf, AnyOf, Condition, Has, Reader
from lunxun.search.ranking import RankedWord, score, scattered_score

_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers, with what to show of it."""

    document: SearchDocument
    title: tuple[Segment, ...]
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a question: how many documents, whether only their pairs are scattered, and the best of them."""

    total: int
    partial: bool
    hits: tuple[Hit, ...]


def find(reader: Reader, question: Question, limit: int) -> Results:
    """Answer a question. A word stands in a document if its characters do, side by side, wherever words may end."""
    scope = _scope(reader, question)
    ranked = _exact(reader, question, scope)
    forms: Iterable[str] = [form for word in question.words for form in word.forms]
    is_partial = not ranked and bool(question.words)
    if is_partial:
        forms = dict.fromkeys(pair for word in question.words for pair in sorted_pairs(word.forms[0]))
        ranked = _scattered(reader, list(forms), question, scope)
    best = [unpack(reader.document(number)) for number in _in_order(reader, ranked)[:limit]]
    hits = tuple(Hit(one, marked(one.title, forms), excerpt(one, forms)) for one in best)
    return Results(len(ranked), is_partial and bool(ranked), hits)
