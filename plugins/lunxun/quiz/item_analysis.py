"""Classical analysis of the questions of an exam, by their ids across forms.

Difficulty is the mean share of the score. Discrimination is the correlation of a question's points with the points of
the rest of the form (corrected: the question itself is left out), from deviations within forms, so that forms of
unequal level do not add to it. D compares the best and the worst 27% of each form; of learners with equal totals on the
edge each counts in part. Sources: Kelley 1939 (27%); Ebel & Frisbie, Essentials of Educational Measurement.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.quiz.results import Question, Results, Scores, found_forms

GROUP = 0.27
FEWEST_IN_GROUP = 4
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OptionUse:
    """How often an option was chosen: by all, by the upper and by the lower group (shares of learners)."""

    id: str
    text: str
    is_key: bool
    count: int
    share: float
    upper: float | None
    lower: float | None

    @property
    def lean(self) -> float | None:
        """Give by how much more the upper group chose it than the lower."""
        return None if self.upper is None or self.lower is None else self.upper - self.lower


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What is known of a question: `interval` is where the discrimination lies with 95% confidence.

    `group` is how many learners the upper group has, and the lower.
    """

    question: Question
    n: int
    difficulty: float
    omitted: float
    discrimination: float | None
    interval: tuple[float, float] | None
    d: float | None
    group: float
    options: tuple[OptionUse, ...]


@dataclass(frozen=True)
class FormScores:
    """The points of one form: rows are sittings, columns questions; and how much each sitting is of either group."""

    letter: str
    questions: tuple[Question, ...]
    sittings: tuple[Scores, ...]
    points: Numbers
    upper: Numbers
    lower: Numbers

    @property
    def totals(self) -> Numbers:
        """Add up the points of each sitting."""
        return np.asarray(self.points.sum(axis=1))

    @property
    def has_groups(self) -> bool:
        """Tell whether there are learners enough for an upper and a lower group."""
        return len(self.sittings) >= FEWEST_IN_GROUP


def form_scores(results: Results) -> tuple[list[FormScores], list[Question]]:
    """Put the points of each form into a table, without the questions that wait for a marker: these come second."""
    waiting = {name for one in results.sittings for name, scored in one.answers.items() if scored.points is None}
    found = []
    for letter in found_forms(results):
        questions = tuple(one for one in results.questions if letter in one.numbers and one.id not in waiting)
        sittings = tuple(one for one in results.sittings if one.form == letter)
        rows = [[one.answers[question.id].points or 0 for question in questions] for one in sittings]
        points = np.array(rows, dtype=np.float64).reshape(len(sittings), len(questions))
        totals = points.sum(axis=1)
        found.append(FormScores(letter, questions, sittings, points, group_of(totals), group_of(-totals)))
    return found, [one for one in results.questions if one.id in waiting]


def group_of(totals: Numbers) -> Numbers:
    """Give how much each learner is of the group with the highest totals, 27% of all; equal totals share a rest."""
    weights = np.zeros(len(totals))
    left = float(min(max(1, math.floor(GROUP * len(totals) + 0.5)), len(totals) // 2))
    for total in np.unique(totals)[::-1]:
        same = totals == total
        weights[same] = min(1.0, left / same.sum())
        left -= min(left, float(same.sum()))
    return weights


def item_statistics(forms: Sequence[FormScores]) -> list[ItemStatistics]:
    """Analyse every question, in the order in which it first stands in a form."""
    places: dict[str, list[tuple[FormScores, int]]] = {}
    for form in forms:
        for column, question in enumerate(form.questions):
            if form.sittings:
                places.setdefault(question.id, []).append((form, column))
    return [_item(found) for found in places.values()]


def within_forms(pairs: Iterable[tuple[Numbers, Numbers]]) -> float | None:
    """Correlate two series from deviations within each form; nothing if one of them does not vary."""
    centred = [(one - one.mean(), other - other.mean()) for one, other in pairs]
    both = sum(float(one @ other) for one, other in centred)
    spread = sum(float(one @ one) for one, _ in centred) * sum(float(other @ other) for _, other in centred)
    return both / math.sqrt(spread) if spread > 1e-12 else None


def _item(found: Sequence[tuple[FormScores, int]]) -> ItemStatistics:
    question = found[0][0].questions[found[0][1]]
    score = float(question.score) or 1.0
    shares = np.concatenate([form.points[:, column] for form, column in found]) / score
    r = within_forms((form.points[:, column], form.totals - form.points[:, column]) for form, column in found)
    answers = [one.answers[question.id] for form, _ in found for one in form.sittings]
    return ItemStatistics(
        question=question,
        n=len(shares),
        difficulty=float(shares.mean()),
        omitted=sum(one.is_omitted for one in answers) / len(answers),
        discrimination=r,
        interval=interval(r, len(shares)),
        d=_d([(form, form.points[:, column] / score) for form, column in found]),
        group=sum(float(form.upper.sum()) for form, _ in found if form.has_groups),
        options=tuple(_options(question, [form for form, _ in found])),
    )


def interval(r: float | None, n: int) -> tuple[float, float] | None:
    """Give where a correlation lies with 95% confidence, after Fisher."""
    if r is None or n < 5 or abs(r) >= 1:
        return None
    half = 1.96 / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def _d(found: Sequence[tuple[FormScores, Numbers]]) -> float | None:
    upper, lower = _shares(found)
    return None if upper is None or lower is None else upper - lower


def _shares(found: Sequence[tuple[FormScores, Numbers]]) -> tuple[float | None, float | None]:
    """Give the means of values in the upper and the lower group, over all forms with learners enough."""
    fit = [(form, values) for form, values in found if form.has_groups]
    if not fit:
        return None, None
    upper = sum(float(form.upper @ values) for form, values in fit) / sum(float(form.upper.sum()) for form, _ in fit)
    lower = sum(float(form.lower @ values) for form, values in fit) / sum(float(form.lower.sum()) for form, _ in fit)
    return upper, lower


def _options(question: Question, forms: Sequence[FormScores]) -> Iterable[OptionUse]:
    for name, text in question.options.items():
        chosen = [
            (form, np.array([name in one.answers[question.id].chosen for one in form.sittings], dtype=np.float64))
            for form in forms
        ]
        count, n = sum(int(values.sum()) for _, values in chosen), sum(len(values) for _, values in chosen)
        upper, lower = _shares(chosen)
        yield OptionUse(name, text, name in question.key, count, count / n, upper, lower)
