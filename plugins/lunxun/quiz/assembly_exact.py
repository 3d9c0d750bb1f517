"""Solve a paper exactly with OR-Tools CP-SAT (the extra `papers`).

One worker and a limit in deterministic time, not seconds: the same seed gives the same forms on any machine.
"""

from __future__ import annotations

from enum import Enum
from importlib.util import find_spec
from itertools import combinations
from typing import Any

from lunxun.quiz.assembly_problem import ENEMY_COST, OVERLAP_COST, Assembly, Form, Problem, shortfalls
from lunxun.quiz.chance import number, shuffled

EFFORT = 60.0
"""How long is looked for a better solution, in the deterministic units of the solver: some seconds each."""
_ATTEMPTS, _AMPLE, _FEW = 6, 2, 20


def is_there() -> bool:
    """Tell whether the solver is installed."""
    return find_spec("ortools") is not None


def solve(problem: Problem, effort: float = EFFORT) -> Assembly | None:
    """Find forms of the smallest spread, or the forms that miss the demands by least; None when the effort ran out.

    Forms that share a question either between all of them or not at all are looked for first, and first of all such as
    leave nothing to wish for, several times among a part of the items: how long that takes differs widely, so that to
    begin again is better than to go on. Where one is found the others need not be looked at.
    """
    for attempt in range(_ATTEMPTS):
        some = _some(problem, f"{problem.seed}/{attempt}")
        perfect = _Model(problem, Sharing.ALL_OR_NONE, is_perfect=True, among=some)
        found = perfect.solve(effort / 24, attempt)
        if found is not None:
            return found
        if perfect.is_impossible and len(some) == len(problem.items):
            break
    narrow = _Model(problem, Sharing.ALL_OR_NONE)
    found = narrow.solve(effort / 4)
    is_all = problem.overlap == 0 or problem.forms <= 2  # there is no other way of sharing
    if found is not None and (is_all or found.spread == 0):
        return found
    if not is_all:
        narrow = _Model(problem, Sharing.ANY, hint=found)
        found = narrow.solve(effort / 2) or found
    if found is not None or not narrow.is_impossible:
        return found
    return _Model(problem, Sharing.AT_A_COST).solve(effort)


def _some(problem: Problem, seed: str) -> frozenset[int]:
    """Choose by seed a part of the items that is ample for all forms, with those that must be in."""
    left = [count * problem.forms * _AMPLE + _FEW for count in problem.counts]
    chosen = set(problem.forced)
    for index in _by(problem, seed):
        section = problem.items[index].section
        left[section] -= 1
        if left[section] >= 0:
            chosen.add(index)
    return frozenset(chosen)


def _by(problem: Problem, seed: str) -> list[int]:
    return shuffled(seed, range(len(problem.items)), lambda index: problem.items[index].id)


class Sharing(Enum):
    """Which questions two forms may share."""

    ALL_OR_NONE = "a question stands in all forms or in one"
    ANY = "in any forms, within the limits"
    AT_A_COST = "in any forms; this and every other demand may be missed at a cost"


class _Model:
    """The problem as CP-SAT takes it."""

    def __init__(
        self,
        problem: Problem,
        sharing: Sharing,
        is_perfect: bool = False,
        hint: Assembly | None = None,
        among: frozenset[int] | None = None,
    ) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  # an extra: only loaded when it is used

        self._cp: Any = cp_model
        self._problem, self._is_soft = problem, sharing is Sharing.AT_A_COST
        self._model: Any = cp_model.CpModel()
        self._costs: list[Any] = []
        self.is_impossible = False
        self._spread_price = 1
        # The order depends on seed and ids only, so that the order of files does not matter and seeds differ.
        order = [index for index in _by(problem, problem.seed) if among is None or index in among]
        self._picked: list[dict[int, Any]] = [
            {index: self._model.new_bool_var("") for index in order} for _ in range(problem.forms)
        ]
        for number_of_form, form in enumerate(hint.forms if hint else ()):
            for index, variable in self._picked[number_of_form].items():
                self._model.add_hint(variable, index in form)
        if sharing is Sharing.ALL_OR_NONE:
            self._share_all_or_none(order)
        else:
            for one, other in combinations(range(problem.forms), 2):
                self._two_forms(one, other)
        for picked in self._picked:
            self._form(picked)
        self._minimise(is_perfect)

    def solve(self, effort: float, attempt: int = 0) -> Assembly | None:
        """Run the solver and read the forms it found."""
        cp, problem = self._cp, self._problem
        solver = cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = number(f"{problem.seed}/{attempt}", 2**31 - 1)
        solver.parameters.linearization_level = 2 - attempt % 2
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(self._model)
        self.is_impossible = status == cp.INFEASIBLE
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            return None
        forms: tuple[Form, ...] = tuple(
            tuple(sorted(index for index, variable in picked.items() if solver.value(variable)))
            for picked in self._picked
        )
        if self._is_soft:
            missed = shortfalls(problem, forms)
            return Assembly(forms, problem.spread(forms), 0, True, missed, status == cp.OPTIMAL)
        return Assembly(
            forms, problem.spread(forms), max(0, round(solver.best_objective_bound) // self._spread_price), True
        )

    def _form(self, picked: dict[int, Any]) -> None:
        for demand in self._problem.demands:
            total = sum(weight * picked[index] for index, weight in demand.weights.items() if index in picked)
            if demand.low is not None:
                self._at_least(total, demand.low, demand.cost, demand.low)
            if demand.high is not None:
                self._at_least(-total, -demand.high, demand.cost, sum(demand.weights.values()))
        for one, other in self._problem.enemies:
            if one in picked and other in picked:
                self._at_least(-(picked[one] + picked[other]), -1, ENEMY_COST, 1)

    def _share_all_or_none(self, order: list[int]) -> None:
        problem, own = self._problem, self._picked
        common = {index: self._model.new_bool_var("") for index in order if problem.overlap > 0 and problem.forms > 1}
        for index in order:
            self._model.add_at_most_one(
                *(picked[index] for picked in own), *(common[one] for one in (index,) if one in common)
            )
        if common:
            self._model.add_linear_constraint(sum(common.values()), problem.overlap_min, problem.overlap)
            self._picked = [{index: picked[index] + common[index] for index in order} for picked in own]

    def _two_forms(self, one: int, other: int) -> None:
        problem, first, second = self._problem, self._picked[one], self._picked[other]
        shared = []
        for index, variable in first.items():
            both = self._model.new_bool_var("")
            self._model.add(both >= variable + second[index] - 1)
            if problem.overlap_min:
                self._model.add_implication(both, variable)
                self._model.add_implication(both, second[index])
            shared.append(both)
        self._at_least(-sum(shared), -problem.overlap, OVERLAP_COST, len(shared))
        if problem.overlap_min:
            self._at_least(sum(shared), problem.overlap_min, OVERLAP_COST, problem.overlap_min)

    def _at_least(self, total: Any, low: int, cost: int, most: int) -> None:
        if self._is_soft:
            slack = self._model.new_int_var(0, max(0, most), "")
            self._costs.append(cost * slack)
            total += slack
        self._model.add(total >= low)

    def _minimise(self, is_perfect: bool) -> None:
        if self._is_soft:
            self._model.minimize(sum(self._costs))
            return
        problem = self._problem
        top = sum(item.hardness for item in problem.items)
        easiest, hardest = self._model.new_int_var(0, top, ""), self._model.new_int_var(0, top, "")
        for picked in self._picked:
            total = sum(problem.items[index].hardness * variable for index, variable in picked.items())
            self._model.add(total >= easiest)
            self._model.add(total <= hardest)
        off = self._model.new_int_var(0, 0 if is_perfect else top, "")
        if problem.target is not None:
            self._model.add(off >= hardest - problem.target - problem.near)
            self._model.add(off >= problem.target - problem.near - easiest)
        if is_perfect:
            self._model.add(hardest == easiest)
            return
        self._spread_price = top + 1
        self._model.minimize(self._spread_price * (hardest - easiest) + off)
