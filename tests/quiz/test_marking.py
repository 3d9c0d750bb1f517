"""Marks by key: what each rule gives, and that blanks are judged as the practice page judges them."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.quiz.answer_sheet import Answer
from lunxun.quiz.marking import MULTI_RULES, MultiRule, OrderRule, Rules, mark, worth
from lunxun.quiz.paper_files import Asked, Keyed
from lunxun.quiz.written_answers import fits, folded, hits, number
from lunxun.records.question_types import Blank

CASES = json.loads((Path(__file__).parent / "blank_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES["folded"])
def test_texts_fold_as_on_the_practice_page(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES["numbers"])
def test_numbers_are_read_as_on_the_practice_page(text: str, expected: float | None) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(("key", "text", "expected"), CASES["fits"])
def test_blanks_are_judged_as_on_the_practice_page(key: dict[str, Any], text: str, expected: bool) -> None:
    assert fits(Blank(**key), text) is expected


def _asked(kind: Any, **more: Any) -> Asked:
    return Asked(no=1, id="a-b", type=kind, score=4, stem="问", **more)


def _keyed(key: Any, **more: Any) -> Keyed:
    return Keyed(no=1, id="a-b", score=4, key=key, **more)


_FOUR = _asked("多选", options=("一", "二", "三", "四"))


@pytest.mark.parametrize(
    ("rule", "given_", "share"),
    [
        ("全对", "ACD", 1),
        ("全对", "AC", 0),
        ("全对", "ABCD", 0),
        ("少选给分", "ACD", 1),
        ("少选给分", "A", Fraction(1, 2)),
        ("少选给分", "AC", Fraction(1, 2)),
        ("少选给分", "AB", 0),
        ("少选给分", "ABCD", 0),
        ("逐项", "ACD", 1),
        ("逐项", "A", Fraction(1, 3)),
        ("逐项", "AC", Fraction(2, 3)),
        ("逐项", "AB", 0),
        ("逐项", "ABCD", Fraction(2, 3)),
        ("逐项", "B", 0),
    ],
)
def test_rules_for_several_choices(rule: MultiRule, given_: str, share: Fraction) -> None:
    assert mark(_FOUR, _keyed("ACD"), given_, Rules(multi=rule)).share == share


@pytest.mark.parametrize(
    ("rule", "given_", "share"),
    [
        ("全对", "CABD", 1),
        ("全对", "CADB", 0),
        ("相邻", "CABD", 1),
        ("相邻", "CADB", Fraction(1, 3)),
        ("相邻", "ABDC", Fraction(2, 3)),
        ("相邻", "DBAC", 0),
    ],
)
def test_rules_for_orders(rule: OrderRule, given_: str, share: Fraction) -> None:
    asked = _asked("排序", steps=("一", "二", "三", "四"))
    assert mark(asked, _keyed("CABD"), given_, Rules(order=rule)).share == share


@pytest.mark.parametrize(
    ("asked", "key", "answer", "share"),
    [
        (_asked("单选", options=("一", "二")), "B", "B", 1),
        (_asked("单选", options=("一", "二")), "B", "A", 0),
        (_asked("判断"), "错", "错", 1),
        (_asked("判断"), "错", None, 0),
        (_asked("匹配", lefts=("甲", "乙", "丙"), rights=("一", "二", "三", "四")), "BDA", "BD-", Fraction(2, 3)),
        (_asked("匹配", lefts=("甲", "乙", "丙"), rights=("一", "二", "三", "四")), "BDA", "---", 0),
        (_asked("填空", blanks=2), (Blank(accept=("书记",)), Blank(accept=("县",))), ("书 记", "市"), Fraction(1, 2)),
        (_asked("填空", blanks=2), (Blank(accept=("书记",)), Blank(accept=("县",))), ("", " "), 0),
    ],
)
def test_other_types(asked: Asked, key: Any, answer: Answer | None, share: Fraction) -> None:
    assert mark(asked, _keyed(key), answer, Rules()).share == share


def test_where_the_order_is_free_each_key_is_used_once() -> None:
    blanks = (Blank(accept=("甲", "乙")), Blank(accept=("甲",)))
    assert hits(blanks, ("甲", "乙"), any_order=True) == (True, True)
    assert hits((Blank(accept=("甲",)), Blank(accept=("乙",))), ("甲", "甲"), any_order=True) == (True, False)
    assert hits(blanks, ("乙", "乙"), any_order=False) == (True, False)


_WORDS = st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=3, unique=True).map(tuple)


def _with_texts(keys: list[tuple[str, ...]]) -> st.SearchStrategy[tuple[list[tuple[str, ...]], list[str]]]:
    return st.tuples(st.just(keys), st.lists(st.sampled_from("甲乙丙丁 "), min_size=len(keys), max_size=len(keys)))


@given(st.lists(_WORDS, min_size=1, max_size=4).flatmap(_with_texts))
def test_free_order_gives_as_much_as_the_best_assignment(case: tuple[list[tuple[str, ...]], list[str]]) -> None:
    keys, texts = case
    blanks = [Blank(accept=key) for key in keys]
    best = max(sum(text in key for text, key in zip(texts, order, strict=True)) for order in permutations(keys))
    assert sum(hits(blanks, texts, any_order=True)) == best


_SIGNS = st.sets(st.sampled_from("ABCD"))


@given(st.sampled_from(list(MULTI_RULES)), _SIGNS.filter(bool), _SIGNS)
def test_only_the_whole_key_is_worth_everything(rule: MultiRule, key: set[str], chosen: set[str]) -> None:
    share = mark(_FOUR, _keyed("".join(sorted(key))), "".join(sorted(chosen)) or None, Rules(multi=rule)).share
    assert 0 <= share <= 1
    assert (share == 1) == (chosen == key)


@given(st.fractions(0, 1), st.integers(1, 40))
def test_scores_are_half_points_and_never_rounded_up(share: Fraction, halves: int) -> None:
    got = worth(share, halves / 2)
    assert got <= share * halves < got + 1


def test_rules_are_told_in_chinese() -> None:
    told = "".join(Rules("少选给分", "相邻").told)
    assert "得一半" in told
    assert "紧挨着" in told
    assert "不足半分的舍去" in told
