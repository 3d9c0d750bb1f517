"""Solve a paper without OR-Tools: fill the sections by chance, then change one question at a time for a better one.

The change is kept when the forms are no worse than they were some hundred changes ago (late acceptance), so that the
search does not stay in the first hollow. What it does not find may exist all the same.
"""

from __future__ import annotations

import random

from lunxun.quiz.assembly_problem import ENEMY_COST, OVERLAP_COST, Assembly, Problem, shortfalls
from lunxun.quiz.chance import shuffled

STEPS = 120_000
STARTS = 3
_MEMORY = 400
# A missed demand weighs more than any spread, and a spread more than how far the forms are from the target.
_FIRST, _THEN = 1_000_000_000, 1_000_000


def search(problem: Problem, steps: int = STEPS) -> Assembly:
    """Find good forms; the same for the same seed."""
    best: tuple[int, tuple[tuple[int, ...], ...]] | None = None
    for start in range(STARTS):
        found = _Search(problem, f"{problem.seed}/{start}").run(steps // STARTS)
        if best is None or found[0] < best[0]:
            best = found
        if best[0] == 0:
            break
    forms = best[1] if best else ()
    return Assembly(forms, problem.spread(forms), 0, False, shortfalls(problem, forms))


class _Search:
    """The forms as they are, with the sums that tell at once what a change would bring."""

    def __init__(self, problem: Problem, seed: str) -> None:
        self._problem = problem
        self._chance = random.Random(seed)
        count = len(problem.items)
        self._weights: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for number, demand in enumerate(problem.demands):
            for index, weight in demand.weights.items():
                self._weights[index].append((number, weight))
        self._hardness = [item.hardness for item in problem.items]
        self._enemies: list[set[int]] = [set() for _ in range(count)]
        for one, other in problem.enemies:
            self._enemies[one].add(other)
            self._enemies[other].add(one)
        self._totals = [[0] * len(problem.demands) for _ in range(problem.forms)]
        self._hard = [0] * problem.forms
        self._shared = [[0] * problem.forms for _ in range(problem.forms)]
        self._in: list[set[int]] = [set() for _ in range(problem.forms)]
        self._of_section: list[list[int]] = [[] for _ in problem.counts]
        for index in shuffled(seed, range(count), lambda index: problem.items[index].id):
            self._of_section[problem.items[index].section].append(index)
        self._slots: list[list[int]] = [[] for _ in range(problem.forms)]
        for form in range(problem.forms):
            self._fill(form)

    def run(self, steps: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
        """Change questions, and give the best forms seen with their cost."""
        cost = self._cost()
        best, seen = cost, self._forms()
        past = [cost] * _MEMORY
        for step in range(steps):
            if best == 0:
                break
            change = self._any_change()
            if change is None:
                continue
            form, slot, new = change
            old = self._slots[form][slot]
            self._swap(form, slot, new)
            changed = self._cost()
            if changed <= cost or changed <= past[step % _MEMORY]:
                cost = changed
                if cost < best:
                    best, seen = cost, self._forms()
            else:
                self._swap(form, slot, old)
            past[step % _MEMORY] = cost
        return best, seen

    def _fill(self, form: int) -> None:
        for section, count in enumerate(self._problem.counts):
            forced = sorted(index for index in self._of_section[section] if index in self._problem.forced)
            used = set().union(*self._in[:form]) if not self._problem.overlap_min else set[int]()
            # What another form has comes last.
            free = [index for index in self._of_section[section] if index not in self._problem.forced]
            start = int(self._chance.random() * len(free))
            free = sorted([*free[start:], *free[:start]], key=lambda index: index in used)
            for index in [*forced, *free][:count]:
                self._slots[form].append(index)
                self._add(form, index, 1)

    def _any_change(self) -> tuple[int, int, int] | None:
        form = int(self._chance.random() * self._problem.forms)
        if not self._slots[form]:
            return None
        slot = int(self._chance.random() * len(self._slots[form]))
        old = self._slots[form][slot]
        among = self._of_section[self._problem.items[old].section]
        new = among[int(self._chance.random() * len(among))]
        return None if new in self._in[form] or old in self._problem.forced else (form, slot, new)

    def _swap(self, form: int, slot: int, new: int) -> None:
        self._add(form, self._slots[form][slot], -1)
        self._slots[form][slot] = new
        self._add(form, new, 1)

    def _add(self, form: int, index: int, sign: int) -> None:
        totals = self._totals[form]
        for number, weight in self._weights[index]:
            totals[number] += sign * weight
        self._hard[form] += sign * self._hardness[index]
        for other in range(self._problem.forms):
            if other != form and index in self._in[other]:
                self._shared[form][other] += sign
                self._shared[other][form] += sign
        if sign > 0:
            self._in[form].add(index)
        else:
            self._in[form].discard(index)

    def _cost(self) -> int:
        problem = self._problem
        cost = 0
        for totals in self._totals:
            for demand, total in zip(problem.demands, totals, strict=True):
                if demand.low is not None and total < demand.low:
                    cost += demand.cost * (demand.low - total)
                elif demand.high is not None and total > demand.high:
                    cost += demand.cost * (total - demand.high)
        for picked in self._in:
            together = sum(len(self._enemies[index] & picked) for index in picked if self._enemies[index])
            cost += ENEMY_COST * together // 2
        for form, row in enumerate(self._shared):
            for shared in row[:form]:
                cost += OVERLAP_COST * (max(0, shared - problem.overlap) + max(0, problem.overlap_min - shared))
        hardest, easiest, target = max(self._hard), min(self._hard), problem.target
        off = 0 if target is None else max(hardest - target - problem.near, target - problem.near - easiest, 0)
        return cost * _FIRST + (hardest - easiest) * _THEN + off

    def _forms(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(sorted(picked)) for picked in self._in)
