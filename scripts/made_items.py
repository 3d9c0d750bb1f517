"""Questions and blueprints made by the dozen, as numbers only: for tests and benchmarks of paper assembly."""

from __future__ import annotations

import random
from typing import Any

from lunxun.library.library import EMPTY_TAXONOMY, Library
from lunxun.library.paper_pool import HALVES, Item, Part, shares
from lunxun.quiz.assembly_problem import Problem, problem_over
from lunxun.records.paper import Paper
from lunxun.records.question import LEVELS

EMPTY = Library(EMPTY_TAXONOMY, {})
_GROUPED = "案例分析"
_DIFFICULTIES = (1, 2, 2, 2, 3, 3, 3, 4, 4, 5)


def blueprint(**fields: Any) -> Paper:
    """Make a blueprint from what matters; the rest is filled in."""
    total = sum(section["count"] * section["score"] for section in fields["sections"])
    rest = {"title": "测试", "summary": "测试用的蓝图。", "mode": "考试", "minutes": 60, "total": total}
    return Paper.model_validate({**rest, **fields})


def made_items(paper: Paper, count: int, topics: int, seed: str, enemies: float = 0.05) -> tuple[Item, ...]:
    """Make items for the sections of a blueprint, with topics t0, t1, …; a share of them has an enemy."""
    chance = random.Random(seed)
    weights = [section.count for section in paper.sections]
    items = []
    for number in range(count):
        name = f"q{number:05}"
        (section,) = chance.choices(range(len(weights)), weights)
        kind = paper.sections[section].type
        ids = [f"{name}-{part}" for part in range(chance.randint(2, 4))] if kind == _GROUPED else [name]
        points = shares(round(paper.sections[section].score * HALVES), [1.0] * len(ids))
        topic = f"t{chance.randrange(topics)}"
        parts = tuple(
            Part(one, topic, chance.choice(LEVELS), kind, "made", chance.choice(_DIFFICULTIES), share)
            for one, share in zip(ids, points, strict=True)
        )
        apart = (
            frozenset({f"q{chance.randrange(count):05}"} - {name}) if chance.random() < enemies else frozenset[str]()
        )
        items.append(Item(name, section, parts, apart))
    return tuple(items)


def made_problem(paper: Paper, count: int, topics: int, seed: str, enemies: float = 0.05) -> Problem:
    """Put a blueprint over made items into numbers."""
    return problem_over(EMPTY, paper, made_items(paper, count, topics, seed, enemies))
