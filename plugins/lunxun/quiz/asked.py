"""A question as it stands in a form, and its key apart: options, right sides and steps are shuffled by seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lunxun.library.library import Library
from lunxun.library.paper_pool import HALVES, shares
from lunxun.library.questions import PlacedQuestion
from lunxun.quiz.chance import shuffled
from lunxun.records.question_types import (
    LETTERS,
    CaseAnalysis,
    Choice,
    Essay,
    FillIn,
    Judgement,
    Matching,
    Ordering,
    ShortAnswer,
)

Data = dict[str, Any]
ALL_LETTERS = LETTERS + "KLMNOPQRSTUVWXYZ"
"""What options, right sides and steps are called in a form."""
_TRIES = 20


class Asker:
    """Writes the questions of one form. What it gives for the form holds nothing from which a key could be told."""

    def __init__(self, library: Library, seed: str) -> None:
        self._library = library
        self._seed = seed

    def ask(self, placed: PlacedQuestion, points: int) -> tuple[Data, Data]:
        """Write a question worth so many half points, and its key."""
        question = placed.question
        asked: Data = {"id": question.id, "type": question.type, "score": in_points(points)}
        key: Data = {"id": question.id, "score": in_points(points)}
        asked["stem"] = placed.said(self._library, question.stem)
        if isinstance(question, CaseAnalysis):
            return asked, key
        shown, told = self._own(placed, points)
        asked |= shown
        key |= told
        key["rationale"] = placed.said(self._library, question.rationale)
        key["basis"] = list(question.basis)
        return asked, key

    def _own(self, placed: PlacedQuestion, points: int) -> tuple[Data, Data]:
        question = placed.question
        if isinstance(question, Choice):
            return self._choice(placed, question)
        if isinstance(question, Judgement):
            return {}, {"key": question.key}
        if isinstance(question, FillIn):
            blanks = [blank.model_dump(mode="json", exclude_none=True) for blank in question.blanks]
            for blank in blanks:
                blank["accept"] = [placed.said(self._library, text) for text in blank["accept"]]
            return {"blanks": len(blanks)}, {"key": blanks, "any_order": question.any_order}
        if isinstance(question, Matching):
            return self._matching(placed, question)
        if isinstance(question, Ordering):
            return self._ordering(placed, question)
        assert isinstance(question, ShortAnswer | Essay)
        marked = question.key
        scores = shares(points, [point.share for point in marked.points])
        worth = [
            {"text": placed.said(self._library, point.text), "score": in_points(score)}
            for point, score in zip(marked.points, scores, strict=True)
        ]
        return {}, {"key": placed.said(self._library, marked.answer), "points": worth}

    def _choice(self, placed: PlacedQuestion, question: Choice) -> tuple[Data, Data]:
        order = self._order(question.id, len(question.options))
        texts = [placed.said(self._library, question.option_texts[place]) for place in order]
        letters = [ALL_LETTERS[at] for at, place in enumerate(order) if place in question.keyed]
        return {"options": texts}, {"key": "".join(letters), "order": [question.option_ids[place] for place in order]}

    def _matching(self, placed: PlacedQuestion, question: Matching) -> tuple[Data, Data]:
        sides = list(dict.fromkeys((*(pair.right for pair in question.key), *question.extra)))
        order = self._order(question.id, len(sides))
        letters = {sides[place]: ALL_LETTERS[at] for at, place in enumerate(order)}
        lefts = [placed.said(self._library, pair.left) for pair in question.key]
        rights = [placed.said(self._library, sides[place]) for place in order]
        return {"lefts": lefts, "rights": rights}, {"key": "".join(letters[pair.right] for pair in question.key)}

    def _ordering(self, placed: PlacedQuestion, question: Ordering) -> tuple[Data, Data]:
        straight = list(range(len(question.key)))
        orders = (self._order(f"{question.id}/{attempt}", len(question.key)) for attempt in range(_TRIES))
        order = next((order for order in orders if order != straight), straight)
        steps = [placed.said(self._library, question.key[place]) for place in order]
        return {"steps": steps}, {"key": "".join(ALL_LETTERS[order.index(place)] for place in straight)}

    def _order(self, name: str, count: int) -> list[int]:
        return shuffled(f"{self._seed}/{name}", range(count))


def in_points(halves: int) -> int | float:
    """Write half points as points, without a fraction where there is none."""
    return halves // HALVES if halves % HALVES == 0 else halves / HALVES


def in_form_order(seed: str, ids: Iterable[str]) -> list[str]:
    """Put the questions of a section in the order in which a form asks them."""
    return shuffled(f"{seed}/order", ids)


def placed_by_id(groups: Mapping[str, tuple[PlacedQuestion, ...]], name: str) -> PlacedQuestion:
    """Find a question, or a part of a case, in the group it is picked with."""
    return next(placed for placed in groups[name] if placed.question.id == name)
