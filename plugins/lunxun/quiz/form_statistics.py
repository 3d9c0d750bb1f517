"""How a form as a whole measures, and whether forms are equally hard.

Cronbach's alpha over all questions, KR-20 over those that are right or wrong; the standard error of measurement from
alpha. Two forms are compared by Welch's t and Hedges' g. Variances are those of a sample (n - 1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lunxun.quiz.item_analysis import FormScores, Numbers
from lunxun.quiz.student import quantile, two_sided

_RIGHT_OR_WRONG = ("单选", "多选", "判断", "排序")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class FormStatistics:
    """One form; figures that cannot be worked out are absent. `full` is the score of the questions that count."""

    letter: str
    n: int
    questions: int
    full: float
    totals: tuple[float, ...]
    mean: float | None
    sd: float | None
    alpha: float | None
    kr20: float | None
    kr20_questions: int
    sem: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two forms: the difference of their means with its 95% interval, Welch's t, and Hedges' g."""

    one: str
    other: str
    difference: float
    low: float
    high: float
    t: float
    freedom: float
    p: float
    g: float


def form_statistics(form: FormScores) -> FormStatistics:
    """Describe a form."""
    totals = form.totals
    n = len(totals)
    sd = float(totals.std(ddof=1)) if n >= _FEWEST else None
    alpha = cronbach(form.points)
    binary = right_or_wrong(form)
    return FormStatistics(
        letter=form.letter,
        n=n,
        questions=len(form.questions),
        full=sum(float(one.score) for one in form.questions),
        totals=tuple(float(total) for total in totals),
        mean=float(totals.mean()) if n else None,
        sd=sd,
        alpha=alpha,
        kr20=kr20(binary),
        kr20_questions=binary.shape[1],
        sem=None if sd is None or alpha is None else sd * math.sqrt(1 - max(alpha, 0.0)),
    )


def cronbach(points: Numbers) -> float | None:
    """Give Cronbach's alpha of a table of points, learners by questions."""
    n, count = points.shape
    if n < _FEWEST or count < _FEWEST:
        return None
    whole = float(points.sum(axis=1).var(ddof=1))
    if whole < 1e-12:
        return None
    return float(count / (count - 1) * (1 - float(points.var(axis=0, ddof=1).sum()) / whole))


def kr20(binary: Numbers) -> float | None:
    """Give Kuder and Richardson's formula 20 of a table of 0 and 1."""
    n, count = binary.shape
    if n < _FEWEST or count < _FEWEST:
        return None
    p = binary.mean(axis=0)
    whole = float(binary.sum(axis=1).var())
    return None if whole < 1e-12 else float(count / (count - 1) * (1 - float((p * (1 - p)).sum()) / whole))


def right_or_wrong(form: FormScores) -> Numbers:
    """Give the questions of a form that were marked as a whole, as 0 and 1."""
    shares = form.points / np.array([float(one.score) or 1.0 for one in form.questions])
    columns = [
        place
        for place, one in enumerate(form.questions)
        if one.type in _RIGHT_OR_WRONG and np.isin(shares[:, place], (0.0, 1.0)).all()
    ]
    return np.asarray(shares[:, columns])


def comparisons(forms: Sequence[FormStatistics]) -> Iterator[Comparison]:
    """Compare every two forms that at least two learners sat each."""
    for one, other in combinations([form for form in forms if form.n >= _FEWEST], 2):
        found = _compared(one, other)
        if found is not None:
            yield found


def _compared(one: FormStatistics, other: FormStatistics) -> Comparison | None:
    first, second = np.array(one.totals), np.array(other.totals)
    parts = float(first.var(ddof=1)) / one.n, float(second.var(ddof=1)) / other.n
    error = math.sqrt(sum(parts))
    if error < 1e-12:
        return None
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (other.n - 1))
    difference = float(first.mean() - second.mean())
    t = difference / error
    half = quantile(0.05, freedom) * error
    squares = (one.n - 1) * float(first.var(ddof=1)) + (other.n - 1) * float(second.var(ddof=1))
    pooled = squares / (one.n + other.n - 2)
    g = difference / math.sqrt(pooled) * (1 - 3 / (4 * (one.n + other.n) - 9))
    return Comparison(
        one.letter, other.letter, difference, difference - half, difference + half, t, freedom, two_sided(t, freedom), g
    )
