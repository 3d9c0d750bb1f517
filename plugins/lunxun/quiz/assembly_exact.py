"""Solve a paper exactly with OR-Tools CP-SAT (the extra `papers`).

One worker and a limit in deterministic time, not seconds: the same seed gives the same forms on any machine.
"""

from __future__ import annotations

from importlib.util import find_spec
from itertools import combinations
from typing import Any

from lunxun.quiz.assembly_problem import ENEMY_COST, OVERLAP_COST, Assembly, Form, Problem, shortfalls
from lunxun.quiz.chance import number, shuffled

EFFORT = 60.0
"""How long is looked for a better solution, in the deterministic units of the solver: about seconds."""


def is_there() -> bool:
    """Tell whether the solver is installed."""
    return find_spec("ortools") is not None


def solve(problem: Problem, effort: float = EFFORT) -> Assembly | None:
    """Find forms of the smallest spread, or the forms that miss the demands by least; None when the effort ran out."""
    strict = _Model(problem, is_soft=False)
    found = strict.solve(effort)
    if found is None and strict.is_impossible:
        soft = _Model(problem, is_soft=True)
        found = soft.solve(effort)
    return found


class _Model:
    """The problem as CP-SAT takes it; when soft, every demand may be missed at a cost."""

    def __init__(self, problem: Problem, is_soft: bool) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  # an extra: only loaded when it is used

        self._cp: Any = cp_model
        self._problem, self._is_soft = problem, is_soft
        self._model: Any = cp_model.CpModel()
        self._costs: list[Any] = []
        self.is_impossible = False
        self._spread_price = 1
        # The order depends on seed and ids only, so that the order of files does not matter and seeds differ.
        order = shuffled(problem.seed, range(len(problem.items)), lambda index: problem.items[index].id)
        self._picked: list[dict[int, Any]] = [
            {index: self._model.new_bool_var("") for index in order} for _ in range(problem.forms)
        ]
        for picked in self._picked:
            self._form(picked)
        for one, other in combinations(range(problem.forms), 2):
            self._two_forms(one, other)
        self._minimise()

    def solve(self, effort: float) -> Assembly | None:
        """Run the solver and read the forms it found."""
        cp, problem = self._cp, self._problem
        solver = cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = number(problem.seed, 2**31 - 1)
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(self._model)
        self.is_impossible = status == cp.INFEASIBLE
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            return None
        forms: tuple[Form, ...] = tuple(
            tuple(sorted(index for index, variable in picked.items() if solver.boolean_value(variable)))
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
            total = sum(weight * picked[index] for index, weight in demand.weights.items())
            if demand.low is not None:
                self._at_least(total, demand.low, demand.cost, demand.low)
            if demand.high is not None:
                self._at_least(-total, -demand.high, demand.cost, sum(demand.weights.values()))
        for one, other in self._problem.enemies:
            self._at_least(-(picked[one] + picked[other]), -1, ENEMY_COST, 1)

    def _two_forms(self, one: int, other: int) -> None:
        problem, first, second = self._problem, self._picked[one], self._picked[other]
        if problem.overlap == 0 and not self._is_soft:
            for index, variable in first.items():
                self._model.add_at_most_one(variable, second[index])
            return
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

    def _minimise(self) -> None:
        if self._is_soft:
            self._model.minimize(sum(self._costs))
            return
        items = self._problem.items
        top = sum(item.hardness for item in items)
        easiest, hardest = self._model.new_int_var(0, top, ""), self._model.new_int_var(0, top, "")
        for picked in self._picked:
            total = sum(items[index].hardness * variable for index, variable in picked.items())
            self._model.add(total >= easiest)
            self._model.add(total <= hardest)
        spread, off = hardest - easiest, 0
        if self._problem.target is not None:
            off = self._model.new_int_var(0, top, "")
            self._model.add(off >= hardest - self._problem.target)
            self._model.add(off >= self._problem.target - easiest)
            self._spread_price = top + 1
        self._model.minimize(self._spread_price * spread + off)
