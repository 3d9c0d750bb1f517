"""The problem of picking questions for parallel forms, and what a solution is, whoever solves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lunxun.library.library import Library
from lunxun.library.paper_demands import Demand, demands, total_points
from lunxun.library.paper_pool import Item, enemy_pairs, pool
from lunxun.records.paper import Paper

ENEMY_COST, OVERLAP_COST = 3_000, 1_000
_NEARNESS = 100  # a mean difficulty is near enough when it is off by a hundredth
Form = tuple[int, ...]
"""The picked items of one form, as indices in rising order."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Items in the order of their ids, and what every form, and every two forms, have to meet."""

    items: tuple[Item, ...]
    counts: tuple[int, ...]
    """How many items each section wants."""
    demands: tuple[Demand, ...]
    enemies: tuple[tuple[int, int], ...]
    forced: frozenset[int]
    forms: int
    overlap: int
    overlap_min: int
    points: int
    """The half points of a form."""
    target: int | None
    """The hardness that is aimed at; spread comes first, then nearness to it."""
    near: int
    """How far from the target is near enough."""
    seed: str

    def hardness(self, form: Form) -> int:
        """Add up difficulty times half points of a form; divided by `points` it is the mean difficulty."""
        return sum(self.items[index].hardness for index in form)

    def spread(self, forms: tuple[Form, ...]) -> int:
        """Say how far the hardest form is from the easiest, in units of `hardness`."""
        found = [self.hardness(form) for form in forms]
        return max(found) - min(found) if found else 0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A demand that is not met, in Chinese: what, by how much at worst, and in which forms."""

    what: str
    wanted: str
    got: str
    off: str
    forms: tuple[int, ...]
    """Counted from 0; empty where the demand is on several forms together."""

    def __str__(self) -> str:
        letters = "、".join(form_letter(number) for number in self.forms)
        where = f"（{letters} 卷）" if letters else ""
        return f"{self.what}：要求{self.wanted}，最接近的是 {self.got}，差 {self.off}{where}"


@dataclass(frozen=True, slots=True)
class Assembly:
    """Forms and how good they are; with shortfalls they are only the nearest there is."""

    forms: tuple[Form, ...]
    spread: int
    bound: int
    """No solution has a smaller spread than this."""
    is_exact: bool
    """Whether it was solved exactly; else a shortfall does not prove that there is no solution."""
    shortfalls: tuple[Shortfall, ...] = ()
    is_least: bool = False
    """Whether it is proved that no forms cost less to put up with."""


def problem_of(library: Library, paper: Paper) -> Problem:
    """Put a blueprint and the questions at hand into numbers."""
    return problem_over(library, paper, pool(library, paper))


def problem_over(library: Library, paper: Paper, items: tuple[Item, ...]) -> Problem:
    """Put a blueprint into numbers over these items, which are in the order of their ids."""
    numbers = {item.id: index for index, item in enumerate(items)}
    return Problem(
        items,
        tuple(section.count for section in paper.sections),
        demands(library, paper, items),
        tuple((numbers[one], numbers[other]) for one, other in enemy_pairs(items)),
        frozenset(numbers[name] for name in paper.include if name in numbers),
        paper.forms,
        paper.overlap,
        paper.overlap_min,
        total_points(paper),
        round(paper.difficulty.target * total_points(paper)) if paper.difficulty else None,
        total_points(paper) // _NEARNESS,
        str(paper.seed),
    )


def form_letter(number: int) -> str:
    """Name a form: A for the first."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]


def shortfalls(problem: Problem, forms: tuple[Form, ...]) -> tuple[Shortfall, ...]:
    """List what the forms do not meet, each demand once."""
    return (*_missed(problem, forms), *_together(problem, forms), *_overlapping(problem, forms))


def _missed(problem: Problem, forms: tuple[Form, ...]) -> Iterator[Shortfall]:
    for demand in problem.demands:
        totals = [sum(demand.weights.get(index, 0) for index in form) for form in forms]
        missed = {number: miss for number, total in enumerate(totals) if (miss := demand.miss(total))}
        for sign in (-1, 1):
            those = tuple(number for number, miss in missed.items() if miss * sign > 0)
            if those:
                worst = max(those, key=lambda number: (abs(missed[number]), -number))
                bound = demand.low if sign < 0 else demand.high
                wanted = f"{'至少' if sign < 0 else '至多'} {demand.shown(bound or 0)}"
                yield Shortfall(
                    demand.what, wanted, demand.shown(totals[worst]), demand.shown(abs(missed[worst])), those
                )


def _together(problem: Problem, forms: tuple[Form, ...]) -> Iterator[Shortfall]:
    for one, other in problem.enemies:
        those = tuple(number for number, form in enumerate(forms) if one in form and other in form)
        if those:
            names = f"互斥题 {problem.items[one].id} 与 {problem.items[other].id}"
            yield Shortfall(names, "不同卷", "同卷", "1 处", those)


def _overlapping(problem: Problem, forms: tuple[Form, ...]) -> Iterator[Shortfall]:
    shared = [len(set(one) & set(other)) for one, other in combinations(forms, 2)]
    if shared and max(shared) > problem.overlap:
        off = max(shared) - problem.overlap
        yield Shortfall("两套卷相同的题", f"至多 {problem.overlap} 题", f"{max(shared)} 题", f"{off} 题", ())
    if shared and min(shared) < problem.overlap_min:
        off = problem.overlap_min - min(shared)
        yield Shortfall("两套卷相同的题", f"至少 {problem.overlap_min} 题", f"{min(shared)} 题", f"{off} 题", ())
