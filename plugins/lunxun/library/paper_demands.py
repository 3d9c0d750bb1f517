"""What a blueprint demands of each form, as sums over the items that are picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

from lunxun.library.document import Path
from lunxun.library.library import Library
from lunxun.library.paper_pool import HALVES, Item, Part
from lunxun.records.paper import Limits, Paper, Quota

_TINY = 1e-6
# What it costs to miss a demand by one unit: where not all can be met, the dearer ones are.
_SECTION, _INCLUDED, _COUNT, _SCORE, _DIFFICULTY = 20_000, 5_000, 1_000, 200, 10


@dataclass(frozen=True, slots=True)
class Demand:
    """The sum of `weights` over the picked items lies from `low` to `high`.

    Sums are whole numbers; divided by `scale` they are in the unit that readers know.
    `path` leads to the place in the blueprint.
    """

    what: str
    unit: str
    scale: int
    weights: Mapping[int, int]
    low: int | None
    high: int | None
    cost: int
    path: Path

    def miss(self, total: int) -> int:
        """Say by how much a sum is too small (negative) or too large (positive)."""
        if self.low is not None and total < self.low:
            return total - self.low
        return total - self.high if self.high is not None and total > self.high else 0

    def shown(self, total: int) -> str:
        """Write a sum with its unit."""
        number = f"{total / self.scale:.2f}".rstrip("0").rstrip(".")
        return f"{number} {self.unit}".rstrip()


def demands(library: Library, paper: Paper, items: tuple[Item, ...]) -> tuple[Demand, ...]:
    """List all demands on a form: sections first, then what must be in, difficulty, quotas."""
    return (
        *_sections(paper, items),
        *_included(paper, items),
        *_difficulty(paper, items),
        *_quotas(library, paper, items),
    )


def total_points(paper: Paper) -> int:
    """Add up the half points of a form."""
    return sum(section.count * round(section.score * HALVES) for section in paper.sections)


def reach(paper: Paper, items: tuple[Item, ...], demand: Demand) -> tuple[int, int]:
    """Give the smallest and the largest sum that a form with full sections could have, other demands apart."""
    smallest = largest = 0
    for number, section in enumerate(paper.sections):
        weights = sorted(demand.weights.get(index, 0) for index, item in enumerate(items) if item.section == number)
        smallest += sum(weights[: section.count])
        largest += sum(weights[-section.count :])
    return smallest, largest


def _sections(paper: Paper, items: tuple[Item, ...]) -> Iterator[Demand]:
    for number, section in enumerate(paper.sections):
        weights = {index: 1 for index, item in enumerate(items) if item.section == number}
        path: Path = ("sections", number, "count")
        yield Demand(f"{section.type}题的题数", "题", 1, weights, section.count, section.count, _SECTION, path)


def _included(paper: Paper, items: tuple[Item, ...]) -> Iterator[Demand]:
    numbers = {item.id: index for index, item in enumerate(items)}
    for place, name in enumerate(paper.include):
        weights = {numbers[name]: 1} if name in numbers else {}
        yield Demand(f"必选题 {name}", "题", 1, weights, 1, None, _INCLUDED, ("include", place))


def _difficulty(paper: Paper, items: tuple[Item, ...]) -> Iterator[Demand]:
    if paper.difficulty is not None:
        target, tolerance, total = paper.difficulty.target, paper.difficulty.tolerance, total_points(paper)
        low, high = ceil((target - tolerance) * total - _TINY), floor((target + tolerance) * total + _TINY)
        weights = {index: item.hardness for index, item in enumerate(items)}
        yield Demand("平均难度", "", total, weights, low, high, _DIFFICULTY, ("difficulty",))


def _quotas(library: Library, paper: Paper, items: tuple[Item, ...]) -> Iterator[Demand]:
    for number, quota in enumerate(paper.quotas):
        name = quota_name(library, quota)
        sums: tuple[tuple[str, str, int, int, Limits | None, Callable[[Part], int]], ...] = (
            ("count", "题", 1, _COUNT, quota.count, lambda part: 1),
            ("score", "分", HALVES, _SCORE, quota.score, lambda part: part.points),
        )
        for field, unit, scale, cost, limits, worth in sums:
            if limits is not None:
                low = None if limits.min is None else ceil(limits.min * scale - _TINY)
                high = None if limits.max is None else floor(limits.max * scale + _TINY)
                weights = _weights(items, quota, worth)
                # A little cheaper each, so that a lack is told of one demand rather than a bit of several.
                price = max(1, cost - number)
                what = f"{name}的{'题数' if unit == '题' else '分数'}"
                yield Demand(what, unit, scale, weights, low, high, price, ("quotas", number, field))


def _weights(items: tuple[Item, ...], quota: Quota, worth: Callable[[Part], int]) -> dict[int, int]:
    sums = {
        index: sum(worth(part) for part in item.parts if _fits(part, item, quota)) for index, item in enumerate(items)
    }
    return {index: weight for index, weight in sums.items() if weight}


def _fits(part: Part, item: Item, quota: Quota) -> bool:
    return (
        quota.topic in (None, part.topic)
        and quota.level in (None, part.level)
        and (quota.type in (None, part.type) or (quota.type == "案例分析" and part.id != item.id))
        and (not quota.difficulties or part.difficulty in quota.difficulties)
        and (quota.bank is None or quota.bank.rpartition(":")[2] == part.bank)
    )


def quota_name(library: Library, quota: Quota) -> str:
    """Say in Chinese which questions a quota is about."""
    names = library.taxonomy.names("topics")
    told = (
        f"主题“{names.get(quota.topic, quota.topic)}”" if quota.topic else "",
        f"“{quota.level}”题" if quota.level else "",
        f"{quota.type}题" if quota.type else "",
        f"难度 {'、'.join(map(str, quota.difficulties))} 的题" if quota.difficulties else "",
        f"题库 {quota.bank}" if quota.bank else "",
    )
    return "、".join(filter(None, told))
