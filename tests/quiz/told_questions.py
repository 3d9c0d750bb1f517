"""What a question asks and what answers it, as plainly as any program that reads it must understand it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lunxun.records.bank import Bank
from lunxun.records.question_types import (
    CaseAnalysis,
    Choice,
    Essay,
    FillIn,
    Judgement,
    Matching,
    Ordering,
    Question,
    ShortAnswer,
)


class Told(NamedTuple):
    """A question: `right` and `others` are its right and its other answers, in the order in which they stand."""

    id: str
    type: str
    stem: str
    right: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    rationale: str = ""


def told(bank: Bank) -> Iterator[Told]:
    """Tell the questions of a bank, the parts of a case after it."""
    for question in bank.questions:
        yield _told(question)
        if isinstance(question, CaseAnalysis):
            yield from map(_told, question.questions)


def blanked(stem: str) -> str:
    """Write blanks in one way, whatever stands around them."""
    return re.sub(r"\s*_{4,}\s*", "____", stem)


def pair(left: str, right: str) -> str:
    """Write a pair; the left of what matches nothing is empty."""
    return f"{left} —— {right}"


def _told(question: Question) -> Told:
    right, others, stem = _answers(question), _others(question), blanked(question.stem)
    return Told(question.id, question.type, stem, right, others, question.rationale)


def _answers(question: Question) -> tuple[str, ...]:
    match question:
        case Choice():
            found = [question.option_texts[place] for place in question.keyed]
        case FillIn():
            found = ["｜".join(blank.accept) for blank in question.blanks]
        case Judgement():
            found = [question.key]
        case Matching():
            found = [pair(one.left, one.right) for one in question.key]
        case Ordering():
            found = [*question.key]
        case ShortAnswer() | Essay():
            found = [question.key.answer, *(point.text for point in question.key.points)]
        case _:
            found = []
    return tuple(found)


def _others(question: Question) -> tuple[str, ...]:
    if isinstance(question, Choice):
        return tuple(text for place, text in enumerate(question.option_texts) if place not in question.keyed)
    return tuple(pair("", one) for one in question.extra) if isinstance(question, Matching) else ()
