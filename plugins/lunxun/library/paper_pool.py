"""Which questions a blueprint may draw from, and what each would add to a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lunxun.library.library import Library
from lunxun.library.questions import PlacedQuestion, questions
from lunxun.records.paper import Paper
from lunxun.records.question_types import CaseAnalysis

HALVES = 2
"""Scores are counted in half points, so that they are whole numbers."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked: a question, or a part of a case; `points` are half points."""

    id: str
    topic: str
    level: str
    type: str
    bank: str
    difficulty: int
    points: int


@dataclass(frozen=True, slots=True)
class Item:
    """What is picked as a whole: a question, or a case with all its parts. `section` counts from 0."""

    id: str
    section: int
    parts: tuple[Part, ...]
    enemies: frozenset[str]

    @property
    def points(self) -> int:
        """Add up its half points."""
        return sum(part.points for part in self.parts)

    @property
    def hardness(self) -> int:
        """Add up difficulty times half points."""
        return sum(part.difficulty * part.points for part in self.parts)


def pool(library: Library, paper: Paper) -> tuple[Item, ...]:
    """List the items a blueprint may draw from, in the order of their ids."""
    sections = {section.type: number for number, section in enumerate(paper.sections)}
    found = {
        group[0].question.id: _item(group, sections[group[0].question.type], paper)
        for group in _groups(library)
        if group[0].question.type in sections and why_not(group, paper) is None
    }
    return tuple(found[name] for name in sorted(found))


def placed_groups(library: Library) -> dict[str, tuple[PlacedQuestion, ...]]:
    """Map every id, also of a part, to the question it is picked with, followed by the parts of it."""
    return {placed.question.id: group for group in _groups(library) for placed in group}


def why_not(group: tuple[PlacedQuestion, ...], paper: Paper) -> str | None:
    """Say in Chinese why a blueprint may not draw a question; None when it may."""
    head = group[0]
    bank = head.entry.key.id
    reasons = (
        (paper.banks and bank not in {name.rpartition(":")[2] for name in paper.banks}, "不在蓝图写的题库里"),
        (paper.mode == "练习" and head.bank.use == "考试", "在考试题库里，练习卷不能用"),
        (head.bank.state == "待核", "所在的题库待核"),
        (any(not placed.is_open for placed in group), "已停用或待核"),
        (head.question.id in paper.exclude, "写在 exclude 里"),
        (not paper.avoided.isdisjoint(placed.question.id for placed in group), "近期考过，写在 exposure 里"),
        (isinstance(head.question, CaseAnalysis) and len(group) == 1, "没有小题"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def enemy_pairs(items: Iterable[Item]) -> tuple[tuple[str, str], ...]:
    """List the pairs of items that must not stand in one form; what a part is apart from, its case is."""
    listed = tuple(items)
    owner = {part.id: item.id for item in listed for part in item.parts} | {item.id: item.id for item in listed}
    pairs = {
        (min(item.id, owner[enemy]), max(item.id, owner[enemy]))
        for item in listed
        for enemy in item.enemies
        if enemy in owner and owner[enemy] != item.id
    }
    return tuple(sorted(pairs))


def _groups(library: Library) -> Iterator[tuple[PlacedQuestion, ...]]:
    group: list[PlacedQuestion] = []
    for placed in questions(library):
        if placed.group is None and group:
            yield tuple(group)
            group = []
        group.append(placed)
    if group:
        yield tuple(group)


def _item(group: tuple[PlacedQuestion, ...], section: int, paper: Paper) -> Item:
    head = group[0]
    asked = group[1:] if isinstance(head.question, CaseAnalysis) else group
    points = shares(round(paper.sections[section].score * HALVES), [one.question.score for one in asked])
    parts = tuple(
        Part(
            one.question.id,
            one.topics[0] if one.topics else "",
            one.question.level,
            one.question.type,
            head.entry.key.id,
            one.question.difficulty,
            share,
        )
        for one, share in zip(asked, points, strict=True)
    )
    return Item(head.question.id, section, parts, frozenset(name for one in group for name in one.question.enemies))


def shares(total: int, weights: Iterable[float]) -> tuple[int, ...]:
    """Share out whole points by weights: none is off by one or more, and they add up."""
    sums = list(accumulate(weights))
    ends = [0, *(int(total * part / sums[-1] + 0.5) for part in sums)]
    return tuple(end - start for start, end in pairwise(ends))
