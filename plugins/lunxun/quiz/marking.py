"""Marks of objective answers by key. Every rule gives a share of the score; shares become half points in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from lunxun.library.paper_pool import HALVES
from lunxun.quiz.answer_sheet import Answer, is_empty
from lunxun.quiz.form import INSTRUCTIONS
from lunxun.quiz.paper_files import Asked, Keyed
from lunxun.quiz.paper_set import PaperSet
from lunxun.quiz.written_answers import hits

MultiRule = Literal["全对", "少选给分", "逐项"]
OrderRule = Literal["全对", "相邻"]
MULTI_RULES: dict[MultiRule, str] = {
    "全对": "多选：全部选对才得分，多选、少选、错选均不得分。",
    "少选给分": "多选：全部选对得满分；少选而没有选错，得一半；有选错的不得分。",
    "逐项": "多选：选对一项得满分除以正确项数，选错一项扣同样多，扣到 0 分为止。",
}
ORDER_RULES: dict[OrderRule, str] = {
    "全对": "排序：次序全对才得分。",
    "相邻": "排序：紧挨着的两项前后相接对了几处，得几处的分。",
}
_OTHER_RULES = (
    "单选、判断：答对得满分，答错、不答不得分。",
    "填空：各空平分；全角半角、大小写、简体繁体、空格和标点不计，单位写不写都算对，允许误差的按数值比；可以互换的空不计次序。",
    "匹配：各对平分。",
    "分数算到半分，不足半分的舍去。",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rule is used where there is a choice."""

    multi: MultiRule = "全对"
    order: OrderRule = "全对"

    @property
    def told(self) -> tuple[str, ...]:
        """State all rules in Chinese."""
        return (_OTHER_RULES[0], MULTI_RULES[self.multi], *_OTHER_RULES[1:3], ORDER_RULES[self.order], _OTHER_RULES[3])


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth: a share from 0 to 1; `hits` tells of each blank, pair or step whether it is right."""

    share: Fraction
    hits: tuple[bool, ...] = ()


def instructions_to_compare(paper: PaperSet, rules: Rules) -> Iterator[str]:
    """Name the instructions printed on the paper that may say something else than the rule for 多选 (Chinese)."""
    said = {one.instructions for form in paper.forms.values() for one in form.form.sections if one.type == "多选"}
    for text in sorted(said):
        if text != INSTRUCTIONS["多选"]:
            yield f"卷上多选的说明是“{text}”，评分用的是“{rules.multi}”。不一致的，用 --multi 换一种。"
        elif rules.multi != "全对":
            yield f"注意：卷上写的是“{text}”，评分用的却是“{rules.multi}”，要向学员说明。"


NOTHING = Mark(Fraction(0))


def mark(asked: Asked, keyed: Keyed, answer: Answer | None, rules: Rules) -> Mark:
    """Mark the answer to an objective question; the key must fit the question, and the answer its type."""
    if is_empty(answer) or answer is None or keyed.key is None:
        return NOTHING
    if isinstance(keyed.key, tuple):
        return _counted(hits(keyed.key, answer if isinstance(answer, tuple) else (answer,), keyed.any_order))
    given = "".join(answer)
    if asked.type == "多选":
        return Mark(_chosen(keyed.key, given, rules.multi))
    if asked.type == "匹配":
        return _counted([one == other for one, other in zip(keyed.key, given, strict=False)])
    if asked.type == "排序":
        return _ordered(keyed.key, given, rules.order)
    return Mark(Fraction(given == keyed.key))


def in_halves(score: float) -> int:
    """Turn points into half points."""
    return round(score * HALVES)


def worth(share: Fraction, score: float) -> int:
    """Give the half points of a share of a score; what is less than half a point is dropped."""
    return int(share * in_halves(score))


def _chosen(key: str, given: str, rule: MultiRule) -> Fraction:
    right, wrong = len(set(given) & set(key)), len(set(given) - set(key))
    if right == len(key) and not wrong:
        return Fraction(1)
    if rule == "逐项":
        return max(Fraction(right - wrong, len(key)), Fraction(0))
    return Fraction(1, 2) if rule == "少选给分" and right and not wrong else Fraction(0)


def _ordered(key: str, given: str, rule: OrderRule) -> Mark:
    right = tuple(one == other for one, other in zip(key, given, strict=False))
    if rule == "全对":
        return Mark(Fraction(key == given), right)
    wanted, found = set(pairwise(key)), set(pairwise(given))
    return Mark(Fraction(len(wanted & found), max(len(wanted), 1)), right)


def _counted(right: Sequence[bool]) -> Mark:
    return Mark(Fraction(sum(right), max(len(right), 1)), tuple(right))
