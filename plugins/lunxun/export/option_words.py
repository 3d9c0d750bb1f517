"""What is to be noticed of a single option, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.quiz.item_analysis import OptionUse
from lunxun.quiz.mending import LEAST_CHOSEN


def warnings(option: OptionUse) -> Iterator[str]:
    """Say what is odd about how an option was chosen."""
    if option.is_key:
        if option.lean is not None and option.lean < 0:
            yield "答案，高分的人反而选得少"
        return
    if option.share < LEAST_CHOSEN:
        yield "不起作用（不到 5%）"
    if option.lean is not None and option.lean > 0:
        yield "高分的人选得多"
