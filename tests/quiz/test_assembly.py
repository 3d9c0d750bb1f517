"""Forms meet every demand or say which they miss; the exact solver agrees with trying everything."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunxun.library.paper_pool import HALVES, shares
from lunxun.quiz import assembly_exact, assembly_search
from lunxun.quiz.assembly import assemble
from lunxun.quiz.assembly_problem import Assembly, Form, Problem, problem_over, shortfalls
from lunxun.records.paper import Limits, Paper, Quota
from made_items import EMPTY, blueprint, made_items, made_problem

needs_solver = pytest.mark.skipif(not assembly_exact.is_there(), reason="OR-Tools is an extra")
SMALL: list[dict[str, Any]] = [{"type": "单选", "count": 3, "score": 1}, {"type": "案例分析", "count": 1, "score": 4.5}]
STEPS = 3_000


def _limits(low: int, high: int) -> dict[str, int]:
    return {"min": min(low, high), "max": max(low, high)}


_small = st.integers(0, 5)
_quota = st.one_of(
    st.builds(lambda topic, a, b: {"topic": f"t{topic}", "count": _limits(a, b)}, st.integers(0, 2), _small, _small),
    st.builds(lambda level, a: {"level": level, "score": {"max": a + 2}}, st.sampled_from(["识记", "应用"]), _small),
    st.builds(lambda a: {"difficulties": [4, 5], "count": {"min": a % 3}}, _small),
)
_blueprints = st.builds(
    lambda quotas, forms, overlap, target: blueprint(
        sections=SMALL,
        quotas=quotas,
        forms=forms,
        overlap=overlap,
        difficulty={"target": target / 10, "tolerance": 0.8},
    ),
    st.lists(_quota, max_size=3),
    st.integers(1, 3),
    st.integers(0, 2),
    st.integers(20, 35),
)


def _meets(paper: Paper, problem: Problem, forms: tuple[Form, ...]) -> bool:
    """Judge forms from the blueprint and the items alone, without the demands made of them."""
    near = all(len(set(one) & set(other)) <= paper.overlap for one, other in combinations(forms, 2))
    return near and len(forms) == paper.forms and all(_form_meets(paper, problem, form) for form in forms)


def _form_meets(paper: Paper, problem: Problem, form: Form) -> bool:
    items = [problem.items[index] for index in form]
    parts = [part for item in items for part in item.parts]
    counts = [sum(item.section == number for item in items) for number in range(len(paper.sections))]
    ids = {item.id for item in items}
    score = sum(part.points for part in parts) / HALVES
    mean = sum(part.difficulty * part.points / HALVES for part in parts) / score if score else 0
    difficulty = paper.difficulty
    return (
        counts == [section.count for section in paper.sections]
        and not any(item.enemies & ids for item in items)
        and (difficulty is None or abs(mean - difficulty.target) <= difficulty.tolerance + 1e-6)
        and all(_quota_holds(quota, parts) for quota in paper.quotas)
    )


def _quota_holds(quota: Quota, parts: list[Any]) -> bool:
    those = [
        part
        for part in parts
        if (quota.topic is None or part.topic == quota.topic)
        and (quota.level is None or part.level == quota.level)
        and (not quota.difficulties or part.difficulty in quota.difficulties)
    ]
    return _within(quota.count, len(those)) and _within(quota.score, sum(part.points for part in those) / HALVES)


def _within(limits: Limits | None, value: float) -> bool:
    low, high = (limits.min, limits.max) if limits else (None, None)
    return (low is None or value >= low) and (high is None or value <= high)


@given(_blueprints, st.integers(4, 14), st.integers(0, 10**6))
@settings(max_examples=60)
def test_the_search_meets_every_demand_or_says_that_it_does_not(paper: Paper, count: int, seed: int) -> None:
    problem = made_problem(paper, count, 3, str(seed))
    found = assembly_search.search(problem, STEPS)
    assert (found.shortfalls == ()) == _meets(paper, problem, found.forms)
    assert found == assembly_search.search(problem, STEPS)


@needs_solver
@given(_blueprints, st.integers(4, 14), st.integers(0, 10**6))
@settings(max_examples=40)
def test_the_exact_solver_is_never_worse_than_the_search(paper: Paper, count: int, seed: int) -> None:
    problem = made_problem(paper, count, 3, str(seed))
    exact, near = assemble(problem, True), assembly_search.search(problem, STEPS)
    assert exact.is_exact
    assert (exact.shortfalls == ()) == _meets(paper, problem, exact.forms)
    if not near.shortfalls:
        assert not exact.shortfalls
        assert exact.spread <= near.spread
    assert exact == assemble(problem, True)


@needs_solver
@given(_blueprints, st.integers(3, 8), st.integers(0, 10**6))
@settings(max_examples=40)
def test_the_exact_solver_agrees_with_trying_everything(paper: Paper, count: int, seed: int) -> None:
    paper = paper.model_copy(update={"forms": min(paper.forms, 2)})
    problem = made_problem(paper, count, 3, str(seed))
    best = _by_trying(paper, problem)
    found = assembly_exact.solve(problem)
    assert found is not None
    assert (best is None) == bool(found.shortfalls)
    assert best is None or found.spread == found.bound == best


def _by_trying(paper: Paper, problem: Problem) -> int | None:
    by_section = [
        combinations([index for index, item in enumerate(problem.items) if item.section == number], section.count)
        for number, section in enumerate(paper.sections)
    ]
    forms = [tuple(sorted(sum(picked, ()))) for picked in product(*by_section)]
    fair = [form for form in forms if _form_meets(paper, problem, form)]
    spreads = [problem.spread(picked) for picked in product(fair, repeat=paper.forms) if _meets(paper, problem, picked)]
    return min(spreads, default=None)


_PLAIN: list[dict[str, Any]] = [{"type": "单选", "count": 10, "score": 2}, {"type": "判断", "count": 5, "score": 1}]
_SOLVERS = [False, pytest.param(True, marks=needs_solver)]


def _solved(exactly: bool, count: int = 120, **fields: Any) -> tuple[Problem, Assembly]:
    paper = blueprint(**{"sections": _PLAIN, **fields})
    problem = made_problem(paper, count, 3, "plain")
    return problem, assemble(problem, exactly)


@pytest.mark.parametrize("exactly", _SOLVERS)
def test_forms_are_equally_hard_and_near_the_target(exactly: bool) -> None:
    problem, found = _solved(exactly, forms=3, difficulty={"target": 2.6, "tolerance": 0.3})
    assert (found.shortfalls, found.spread) == ((), 0)
    assert all(abs(problem.hardness(form) / problem.points - 2.6) <= 0.05 for form in found.forms)
    assert not set(found.forms[0]) & set(found.forms[1])


@pytest.mark.parametrize("exactly", _SOLVERS)
def test_forms_share_as_much_as_is_asked(exactly: bool) -> None:
    _, found = _solved(exactly, forms=3, overlap=5, overlap_min=4)
    assert found.shortfalls == ()
    assert all(4 <= len(set(one) & set(other)) <= 5 for one, other in combinations(found.forms, 2))


@pytest.mark.parametrize("exactly", _SOLVERS)
def test_what_must_be_in_is_in_every_form(exactly: bool) -> None:
    problem, found = _solved(exactly, forms=2, overlap=2, include=["q00003", "q00007"])
    assert found.shortfalls == ()
    assert all({"q00003", "q00007"} <= {problem.items[index].id for index in form} for form in found.forms)


@pytest.mark.parametrize("exactly", _SOLVERS)
def test_another_seed_gives_another_paper(exactly: bool) -> None:
    assert _solved(exactly, seed=1)[1].forms != _solved(exactly, seed=2)[1].forms


@pytest.mark.parametrize("exactly", _SOLVERS)
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"quotas": [{"topic": "t0", "count": {"min": 13}}, {"topic": "t1", "count": {"min": 4}}]},
            ["题数", "差 2 题"],
        ),
        ({"include": ["q00003", "q00007"], "forms": 2, "overlap": 1}, ["两套卷相同的题", "至多 1 题", "差 1 题"]),
        ({"quotas": [{"level": "识记", "score": {"max": 5}}, {"level": "识记", "count": {"min": 9}}]}, ["“识记”题"]),
    ],
)
def test_what_cannot_be_met_is_named(exactly: bool, fields: dict[str, Any], told: list[str]) -> None:
    _, found = _solved(exactly, **fields)
    assert len(found.shortfalls) == 1
    assert all(word in str(found.shortfalls[0]) for word in told), str(found.shortfalls[0])


@needs_solver
def test_a_bank_that_is_too_small_is_told_as_forms_that_share() -> None:
    problem, found = _solved(True, count=24, forms=2)
    assert [one.what for one in found.shortfalls] == ["两套卷相同的题"]
    assert found.is_least
    counts = [sum(item.section == number for item in problem.items) for number in range(2)]
    needed = sum(max(0, 2 * wanted - there) for wanted, there in zip(problem.counts, counts, strict=True))
    assert found.shortfalls[0].off == f"{needed} 题"


def test_enemies_in_one_form_are_told() -> None:
    paper = blueprint(sections=[{"type": "单选", "count": 4, "score": 1}])
    items = made_items(paper, 4, 1, "apart", enemies=1.0)
    problem = problem_over(EMPTY, paper, items)
    assert len(problem.enemies) > 0
    found = assembly_search.search(problem, STEPS)
    assert [one.what.startswith("互斥题") for one in found.shortfalls] == [True] * len(problem.enemies)
    assert shortfalls(problem, found.forms) == found.shortfalls


@given(st.integers(1, 200), st.lists(st.sampled_from([0.5, 1, 1.5, 2, 5]), min_size=1, max_size=9))
def test_shares_add_up_and_are_fair(total: int, weights: list[float]) -> None:
    found = shares(total, weights)
    assert sum(found) == total
    assert all(abs(share - total * weight / sum(weights)) <= 1 for share, weight in zip(found, weights, strict=True))
