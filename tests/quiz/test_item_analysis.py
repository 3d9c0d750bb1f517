"""The figures of an analysis against an independent working on made data, and what is said of bad questions."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lunxun.quiz.form_statistics import comparisons, cronbach, form_statistics, kr20, right_or_wrong
from lunxun.quiz.item_analysis import form_scores, group_of, item_statistics
from lunxun.quiz.mending import Fault, analyse, to_mend
from lunxun.quiz.results import Results
from lunxun.quiz.student import quantile, two_sided
from tests.quiz import independent_statistics as independent
from tests.quiz.made_results import GOOD, made_choices

CLOSE = 1e-9
Rows = dict[str, list[list[float]]]


def _results(points: Rows, score: float = 2) -> Results:
    """Make results of forms: questions of the same column number are the same question."""
    width = max(len(row) for rows in points.values() for row in rows)
    questions = [
        {"id": f"q{place}", "type": "匹配", "section": "匹配", "score": score, "stem": "问"}
        | {"numbers": {letter: str(place + 1) for letter, rows in points.items() if len(rows[0]) > place}}
        for place in range(width)
    ]
    sittings = [
        {"number": f"{letter}{number}", "form": letter, "is_screen": True, "seconds": None}
        | {"answers": {f"q{place}": {"points": value} for place, value in enumerate(row)}}
        for letter, rows in points.items()
        for number, row in enumerate(rows)
    ]
    head: dict[str, Any] = {"format": 1, "paper": "p", "title": "卷", "total": score * width, "rules": []}
    return Results.model_validate({**head, "questions": questions, "sittings": sittings}, strict=False)


_POINTS = st.integers(0, 4).map(lambda halves: halves / 2)
_TABLES = st.tuples(st.integers(5, 14), st.integers(2, 6)).flatmap(
    lambda size: st.lists(
        st.lists(_POINTS, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)  # fmt: skip


def _exact(table: list[list[float]]) -> list[list[Fraction]]:
    return [[Fraction(value) for value in row] for row in table]


@settings(max_examples=150, deadline=None)
@given(_TABLES)
def test_one_form_agrees_with_the_textbooks(table: list[list[float]]) -> None:
    forms, _ = form_scores(_results({"A": table}))
    exact = _exact(table)
    totals = [sum(row, Fraction(0)) for row in exact]
    figures = form_statistics(forms[0])
    if len(set(totals)) > 1:
        assert figures.alpha == pytest.approx(float(independent.alpha(exact)), abs=CLOSE)
        assert figures.sd == pytest.approx(float(stats.tstd([float(total) for total in totals])), abs=CLOSE)
    else:
        assert figures.alpha is None
    for place, item in enumerate(item_statistics(forms)):
        column = [row[place] for row in exact]
        assert item.difficulty == pytest.approx(float(independent.mean(column) / 2), abs=CLOSE)
        expected = independent.item_rest(exact, place)
        assert item.discrimination == (None if expected is None else pytest.approx(expected, abs=CLOSE))
        upper, lower = independent.upper_lower(totals, column)
        assert item.d == pytest.approx(float((upper - lower) / 2), abs=CLOSE)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=4, max_size=4), min_size=4, max_size=20))
def test_kr20_is_alpha_of_right_and_wrong(table: list[list[float]]) -> None:
    found = kr20(np.array(table))
    if found is not None:
        assert found == pytest.approx(float(independent.kr20(_exact(table))), abs=CLOSE)
        assert found == pytest.approx(cronbach(np.array(table)), abs=CLOSE)


def test_questions_of_several_forms_are_correlated_within_forms() -> None:
    chance = random.Random(3)
    easy = [[chance.choice((0.0, 1.0, 2.0)) for _ in range(5)] for _ in range(12)]
    hard = [[chance.choice((0.0, 0.0, 1.0)) for _ in range(5)] for _ in range(9)]
    item = item_statistics(form_scores(_results({"A": easy, "B": hard}))[0])[2]
    # The same by least squares: what is left of both series once the forms' means are taken out.
    residues: tuple[list[float], list[float]] = ([], [])
    for rows in (easy, hard):
        own, rest = [row[2] for row in rows], [sum(row) - row[2] for row in rows]
        residues[0].extend(value - sum(own) / len(own) for value in own)
        residues[1].extend(value - sum(rest) / len(rest) for value in rest)
    assert item.n == 21
    assert item.discrimination == pytest.approx(stats.pearsonr(*residues).statistic, abs=CLOSE)


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's word for a form on which all totals are equal
@settings(max_examples=80, deadline=None)
@given(_TABLES, _TABLES)
def test_two_forms_are_compared_as_scipy_does(one: list[list[float]], other: list[list[float]]) -> None:
    forms, _ = form_scores(_results({"A": one, "B": other}))
    first, second = [sum(row) for row in one], [sum(row) for row in other]
    found = list(comparisons([form_statistics(form) for form in forms]))
    if len(set(first)) == len(set(second)) == 1:
        assert found == []
        return
    (compared,) = found
    welch = stats.ttest_ind(first, second, equal_var=False)
    assert compared.t == pytest.approx(welch.statistic, abs=1e-7)
    assert compared.p == pytest.approx(welch.pvalue, abs=1e-7)
    ends = welch.confidence_interval(0.95)
    assert (compared.low, compared.high) == pytest.approx((ends.low, ends.high), abs=1e-6)
    # The short correction of small samples differs from the exact one in the third place.
    assert compared.g == pytest.approx(independent.hedges(first, second), rel=0.01, abs=1e-6)


@given(st.floats(-40, 40), st.floats(1, 500))
def test_the_t_distribution_is_scipys(t: float, freedom: float) -> None:
    assert two_sided(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-7, abs=1e-12)


@given(st.floats(0.001, 0.9), st.floats(1, 500))
def test_its_quantiles_too(chance: float, freedom: float) -> None:
    assert quantile(chance, freedom) == pytest.approx(stats.t.isf(chance / 2, freedom), rel=1e-6)


@given(st.lists(st.integers(0, 6), min_size=2, max_size=40))
def test_groups_are_of_the_right_size_and_fair_to_ties(totals: list[int]) -> None:
    weights = group_of(np.array(totals, dtype=float))
    assert weights.sum() == pytest.approx(min(max(1, int(0.27 * len(totals) + 0.5)), len(totals) // 2))
    assert ((weights >= 0) & (weights <= 1)).all()
    by_total: dict[int, set[float]] = {}
    for total, weight in zip(totals, weights, strict=True):
        by_total.setdefault(total, set()).add(float(weight))
    assert all(len(found) == 1 for found in by_total.values())


def _faults(rows: list[tuple[str, int]], key: str = "a") -> list[Fault]:
    return [reason.fault for reason in analyse(made_choices(rows, key)).items[0].reasons]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("b", 9)] * 12 + [("a", 3)] * 14 + [("c", 5), ("d", 5)] * 3, Fault.KEY),
        ([("a", 2)] * 12 + [("b", 7), ("c", 7), ("d", 7), ("", 7)] * 4 + [("a", 8)] * 4, Fault.REVERSED),
        ([("a", 9)] * 6 + [("b", 10)] * 4 + [("a", 4)] * 8 + [("c", 2), ("d", 3)] * 5, Fault.LURING),
        ([("a", 5)] * 29 + [("b", 1)], Fault.EASY),
        ([("a", 9)] * 4 + [("b", 3), ("c", 4), ("d", 5)] * 9, Fault.HARD),
        ([("a", 5), ("b", 5)] * 8 + [("a", 6), ("c", 6)] * 7, Fault.WEAK),
        ([("a", 9)] * 15 + [("b", 3), ("c", 4)] * 10, Fault.UNUSED),
        (GOOD + [("", 2)] * 6, Fault.OMITTED),
    ],
)
def test_faults_are_found(rows: list[tuple[str, int]], fault: Fault) -> None:
    assert fault in _faults(rows)


def test_a_good_question_is_left_alone_and_few_learners_prove_nothing() -> None:
    assert _faults(GOOD) == []
    bad = [("b", 9)] * 5 + [("a", 3)] * 4
    assert _faults(bad) == []
    assert _faults(bad * 4)[0] is Fault.KEY
    assert any("只作参考" in text for text in analyse(made_choices(bad)).cautions)
    assert not any("只作参考" in text for text in analyse(made_choices(bad * 4)).cautions)


def test_distractors_are_counted_by_group() -> None:
    options = {one.id: one for one in analyse(made_choices(GOOD)).items[0].figures.options}
    assert [options[name].count for name in "abcd"] == [24, 6, 6, 4]
    assert options["a"].upper == 1
    assert options["a"].is_key
    assert options["b"].lean is not None
    assert options["b"].lean < 0
    assert sum(one.share for one in options.values()) == pytest.approx(1)


def test_what_waits_for_a_marker_is_left_out() -> None:
    results = made_choices(GOOD)
    waiting = results.sittings[0].model_copy(
        update={"answers": {name: one.model_copy(update={"points": None}) if name == "rest" else one
                            for name, one in results.sittings[0].answers.items()}}
    )  # fmt: skip
    analysis = analyse(results.model_copy(update={"sittings": (waiting, *results.sittings[1:])}))
    assert [one.figures.question.id for one in analysis.items] == ["q"]
    assert [one.id for one in analysis.waiting] == ["rest"]
    assert any("没有评完" in text or "还没有评完" in text for text in analysis.cautions)
    assert analysis.items[0].figures.discrimination is None


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_hardly_any_learners_give_no_figures_and_no_crash(count: int) -> None:
    analysis = analyse(made_choices(GOOD[:count]))
    assert to_mend(analysis) == []
    assert analysis.comparisons == ()
    assert right_or_wrong(form_scores(made_choices(GOOD[:count]))[0][0]).shape == (count, 1)
