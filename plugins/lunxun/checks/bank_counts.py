"""What a bank looks like as a whole, in numbers: by which a test-wise learner could guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from lunxun.library.library import Library
from lunxun.library.questions import PlacedQuestion
from lunxun.records.question_types import LETTERS, CaseAnalysis, Choice, Judgement, MultipleChoice, SingleChoice


@dataclass(frozen=True, slots=True)
class Chance:
    """How often something happened in independent trials, and how often and how widely chance would have it."""

    happened: int
    trials: int
    expected: float
    variance: float

    @property
    def surprise(self) -> float:
        """Say by how many standard deviations it happened more often than by chance (negative: more rarely)."""
        return (self.happened - self.expected) / sqrt(self.variance) if self.variance > 0 else 0.0


@dataclass(frozen=True, slots=True)
class BankCounts:
    """The numbers of one bank; retired questions are not counted."""

    types: Counter[str]
    levels: Counter[str]
    difficulties: Counter[int]
    topics: Counter[str]
    single_letters: dict[str, Chance]
    multiple_letters: dict[str, Chance]
    longest_is_key: Chance
    shortest_is_key: Chance
    longest_run: int
    length_ratio: float
    """Mean length of right options of 多选 questions by that of wrong ones; 1 where there are none."""
    multiple_count: int
    true_statements: Chance

    @property
    def total(self) -> int:
        """Count the questions, the parts of cases instead of the cases."""
        return sum(count for name, count in self.types.items() if name != "案例分析")


def count(library: Library, bank: Iterable[PlacedQuestion]) -> BankCounts:
    """Count what stands in a bank."""
    placed = [one for one in bank if one.question.retired is None]
    asked = [one for one in placed if not isinstance(one.question, CaseAnalysis)]
    singles = [one for one in asked if isinstance(one.question, SingleChoice) and len(one.question.keyed) == 1]
    multiples = [one for one in asked if isinstance(one.question, MultipleChoice) and one.question.keyed]
    statements = [one.question.key == "对" for one in asked if isinstance(one.question, Judgement)]
    lengths = [(_lengths(library, one), _keyed(one)[0]) for one in singles]
    return BankCounts(
        Counter(one.question.type for one in placed),
        Counter(one.question.level for one in asked),
        Counter(one.question.difficulty for one in asked),
        Counter(topic for one in asked for topic in one.topics),
        _letters(singles),
        _letters(multiples),
        _extreme([(lengths, key, max(lengths)) for lengths, key in lengths]),
        _extreme([(lengths, key, min(lengths)) for lengths, key in lengths]),
        _longest_run([one.question.key for one in singles if isinstance(one.question, Choice)]),
        _length_ratio(library, multiples),
        len(multiples),
        _chance((is_true, 0.5) for is_true in statements),
    )


def option_lengths(library: Library, placed: PlacedQuestion, question: Choice) -> tuple[int, ...]:
    """Count the characters of each option as it is read."""
    return tuple(len(placed.said(library, text)) for text in question.option_texts)


def _lengths(library: Library, placed: PlacedQuestion) -> tuple[int, ...]:
    return option_lengths(library, placed, placed.question) if isinstance(placed.question, Choice) else ()


def _keyed(placed: PlacedQuestion) -> tuple[int, ...]:
    return placed.question.keyed if isinstance(placed.question, Choice) else ()


def _letters(choices: Iterable[PlacedQuestion]) -> dict[str, Chance]:
    trials: dict[str, list[tuple[bool, float]]] = {}
    for placed in choices:
        keyed = _keyed(placed)
        options = len(placed.question.options) if isinstance(placed.question, Choice) else 0
        for index in range(min(options, len(LETTERS))):
            trials.setdefault(LETTERS[index], []).append((index in keyed, len(keyed) / options))
    return {letter: _chance(found) for letter, found in sorted(trials.items())}


def _extreme(choices: Iterable[tuple[tuple[int, ...], int, int]]) -> Chance:
    # An extreme that several options share gives nothing away.
    clear = [(lengths, key, extreme) for lengths, key, extreme in choices if lengths.count(extreme) == 1]
    return _chance((lengths[key] == extreme, 1 / len(lengths)) for lengths, key, extreme in clear)


def _chance(trials: Iterable[tuple[bool, float]]) -> Chance:
    made = list(trials)
    return Chance(
        sum(happened for happened, _ in made),
        len(made),
        sum(chance for _, chance in made),
        sum(chance * (1 - chance) for _, chance in made),
    )


def _longest_run(keys: list[str]) -> int:
    longest = run = 0
    for index, key in enumerate(keys):
        run = run + 1 if index and key == keys[index - 1] else 1
        longest = max(longest, run)
    return longest


def _length_ratio(library: Library, multiples: Iterable[PlacedQuestion]) -> float:
    right: list[int] = []
    wrong: list[int] = []
    for placed in multiples:
        for index, length in enumerate(_lengths(library, placed)):
            (right if index in _keyed(placed) else wrong).append(length)
    if not right or not sum(wrong):
        return 1.0
    return (sum(right) / len(right)) / (sum(wrong) / len(wrong))
