"""Find the documents that answer a question, best first, with whatever engine keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lunxun.search.articles import cited, looser
from lunxun.search.asked import Question, Word, word_of
from lunxun.search.document import SearchDocument
from lunxun.search.entries import PIECE_END, Tiers, pairs_of, read_tiers, unpack
from lunxun.search.excerpts import Excerpt, Segment, excerpt, marked
from lunxun.search.port import AllOf, AnyOf, Condition, Has, Reader
from lunxun.search.ranking import rarity, score
from lunxun.search.scattered import scattered
from lunxun.search.tokens import SEPARATOR

_POLICY = "policy"
_ABOVE_ALL = 1_000_000.0


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
    note: str = ""
    """What to tell of an article that is not there."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """Scores by number, and for each word what is to be marked."""

    scores: Mapping[int, float]
    marks: tuple[tuple[str, ...], ...]
    is_partial: bool = False
    note: str = ""


def find(reader: Reader, question: Question, limit: int) -> Results:
    """Answer a question. A word stands in a document if its characters do, side by side."""
    search = _Search(reader, question)
    answer = search.answer()
    forms = [form for word in answer.marks for form in word]
    documents = [unpack(reader.document(number)) for number in search.in_order(answer.scores)[:limit]]
    hits = tuple(Hit(one, marked(one.title, forms), excerpt(one, answer.marks)) for one in documents)
    suggestions = search.suggestions() if answer.is_partial and not answer.note else ()
    return Results(len(answer.scores), answer.is_partial and bool(answer.scores), hits, suggestions, answer.note)


def exact_addresses(reader: Reader, question: Question) -> list[str]:
    """List every document that holds the words as they are, best first."""
    search = _Search(reader, question)
    return [search.tiers(number).address for number in search.in_order(search.exact(question.words))]


class _Search:
    """One question to one index; what was read of the index is read once."""

    def __init__(self, reader: Reader, question: Question) -> None:
        self._reader = reader
        self._question = question
        self._read: dict[int, Tiers] = {}

    def answer(self) -> _Answer:
        """Find the documents that hold all words, also where a document and its article stand apart; else near ones."""
        words = [self._with_names(word) for word in self._question.words]
        articles = cited([word.written for word in words if not word.is_phrase])
        phrases = [word for word in words if word.is_phrase]
        ways = [[*_words(part.text for part in articles), *phrases], words, _apart(words)]
        for way in ways if articles else ways[1:]:
            found = self.exact(way) if way or not words else {}
            if found or not words:
                return _Answer(found, tuple(word.all_forms for word in way))
        for texts, note in looser(articles) if articles else ():
            way = [*_words(texts), *phrases]
            found = self.exact(way)
            if any(self._is_named(number, way) for number in found):
                return _Answer(found, tuple(word.all_forms for word in way), True, note)
        return self._nearest(words)

    def exact(self, words: Sequence[Word]) -> dict[int, float]:
        """Score the documents that hold every word: an engine knows pairs, the text itself decides."""
        condition = AllOf((*self._filters(), *map(_may_hold, words)))
        weights = [rarity(len(self._reader.numbers(_may_hold(word))), self._size) for word in words]
        spelt = [self._of_regions(word.spelt) for word in words]
        places = [self._of_regions(word.places) for word in words]
        found = {}
        for number in self._allowed(condition):
            tiers = self.tiers(number)
            both = zip(words, spelt, strict=True)
            if all(number in there or any(map(tiers.holds, word.all_forms)) for word, there in both):
                found[number] = score(tiers, words, weights, [number in there for there in places])
        return found

    def in_order(self, scores: Mapping[int, float]) -> list[int]:
        """Put documents in order: best first, then by address."""
        return sorted(scores, key=lambda number: (-scores[number], self.tiers(number).address))

    def tiers(self, number: int) -> Tiers:
        """Read the texts of a document."""
        if number not in self._read:
            self._read[number] = read_tiers(self._reader.text(number))
        return self._read[number]

    def suggestions(self) -> tuple[str, ...]:
        """Replace the first word that stands nowhere by names that are like it."""
        from lunxun.search.suggest import suggest  # noqa: PLC0415 - the sounds of characters take a while to import

        words = [word.forms[0] for word in self._question.words]
        for index, word in enumerate(words):
            if not any(tiers.holds(word) for tiers in self._all.values()):
                return tuple(
                    " ".join([*words[:index], other, *words[index + 1 :]]) for other in suggest(word, self._names)
                )
        return ()

    def _nearest(self, words: Sequence[Word]) -> _Answer:
        """Rank what the words sound like, and below it what holds most of what they are made of."""
        allowed = {number: self.tiers(number) for number in self._allowed(AllOf(tuple(self._filters())))}
        scores, pairs = scattered(allowed, words)
        heard = self._heard(words)
        first = self.exact(heard) if heard else {}
        marks = (*(word.all_forms for word in heard), *((pair,) for pair in pairs))
        return _Answer({**scores, **{number: _ABOVE_ALL + value for number, value in first.items()}}, marks, True)

    def _heard(self, words: Sequence[Word]) -> list[Word]:
        """Put names in the place of words that stand nowhere and sound like them; nothing if there are none."""
        from lunxun.search.suggest import sounds_like  # noqa: PLC0415 - as above

        heard = []
        for word in words:
            is_known = word.is_phrase or any(tiers.holds(word.forms[0]) for tiers in self._all.values())
            name = "" if is_known else sounds_like(word.forms[0], self._names)
            heard.append(Word((name,), name) if name else word)
        return heard if heard != list(words) else []

    def _with_names(self, word: Word) -> Word:
        """Add to a word of letters the stretches of names that it spells."""
        if not word.is_letters:
            return word
        from lunxun.search.suggest import spelt_in  # noqa: PLC0415 - as above

        return replace(word, heard=spelt_in(word.forms[0].replace(SEPARATOR, ""), self._names))

    def _is_named(self, number: int, words: Iterable[Word]) -> bool:
        tiers = self.tiers(number)
        return tiers.kind == _POLICY and any(form in tiers.names for word in words for form in word.forms)

    def _allowed(self, condition: Condition) -> Iterator[int]:
        """Yield the documents that meet a condition and hold nothing that is excluded."""
        chosen = [one for one in self._question.filters if one.is_excluded]
        classed_out = {number for one in chosen for number in self._reader.numbers(_of_classes(one.facet, one.ids))}
        unwanted = [form for word in self._question.excluded for form in word.forms]
        for number in self._reader.numbers(condition):
            if number not in classed_out and not any(map(self.tiers(number).holds, unwanted)):
                yield number

    def _filters(self) -> Iterator[Condition]:
        for chosen in self._question.filters:
            if not chosen.is_excluded:
                yield _of_classes(chosen.facet, chosen.ids)

    def _of_regions(self, ids: tuple[str, ...]) -> frozenset[int]:
        return frozenset(self._reader.numbers(_of_classes("regions", ids)) if ids else ())

    @cached_property
    def _size(self) -> int:
        return len(self._reader.numbers(AllOf(())))

    @cached_property
    def _all(self) -> dict[int, Tiers]:
        return {number: self.tiers(number) for number in self._reader.numbers(AllOf(()))}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        pieces = (name.strip() for tiers in self._all.values() for name in tiers.names.split(PIECE_END))
        return tuple(sorted({name for name in pieces if name}))


def _words(texts: Iterable[str]) -> list[Word]:
    return [word for text in texts for word in word_of(text, {})]


def _apart(words: Sequence[Word]) -> list[Word]:
    """Take words apart at their separators; nothing where that changes nothing."""
    runs = [[word] if word.is_phrase else _words(word.forms[0].split(SEPARATOR)) for word in words]
    return [run for some in runs for run in some] if any(len(some) > 1 for some in runs) else []


def _may_hold(word: Word) -> Condition:
    """Say what must be there for a word to be; a single character has no pairs, so that anything may hold it."""
    forms = tuple(AllOf(tuple(Has("pairs", pair) for pair in pairs_of(form))) for form in word.all_forms)
    return AnyOf((*forms, *((_of_classes("regions", word.spelt),) if word.spelt else ())))


def _of_classes(facet: str, ids: Iterable[str]) -> Condition:
    return AnyOf(tuple(Has("classes", f"{facet}={id_}") for id_ in ids))
