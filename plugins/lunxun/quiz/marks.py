"""Scores that markers give to free answers: what a marking sheet holds, and how two scores become one.

Each answer is marked once or by two markers apart. If the two differ by no more than a tenth of the score (at least one
point), their mean counts, rounded up to half a point; else a third score, 定分, has to decide. Where it is, it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from lunxun.library.paper_pool import HALVES

SHEET = "阅卷"
HEADINGS = ("考号", "答案", "一评", "二评", "定分", "备注")
SCORE_COLUMNS = ("一评", "二评", "定分")
ID_LABEL = "题目编号"
RULE = "两人评分相差不超过满分的一成（不足 1 分的按 1 分）时取平均，进到半分；超过的，要有定分。有定分的以定分为准。"


@dataclass(frozen=True, slots=True)
class Marked:
    """What markers wrote beside one answer: scores in points, the deciding one, and a note."""

    scores: tuple[float, ...] = ()
    decided: float | None = None
    note: str = ""


Key = tuple[str, str]
"""Which answer: the id of the question and the number of the sitting."""
Marks = dict[Key, Marked]


def limit(score: float) -> float:
    """Give the largest difference between two markers that a mean settles."""
    return max(1.0, score / 10)


def is_apart(marked: Marked, score: float) -> bool:
    """Tell whether two markers differ by too much, and nobody has decided."""
    if marked.decided is not None or len(marked.scores) < 2:
        return False
    return max(marked.scores) - min(marked.scores) > limit(score)


def points_of(marked: Marked | None, score: float) -> float | None:
    """Give what counts, or nothing if the answer still waits."""
    if marked is None or is_apart(marked, score):
        return None
    if marked.decided is not None:
        return marked.decided
    if not marked.scores:
        return None
    return ceil(HALVES * sum(marked.scores) / len(marked.scores)) / HALVES
