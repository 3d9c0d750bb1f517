"""Sittings: who answered what on which form, from sealed files or from a sheet of entries; which of them count.

A sitting handed in twice counts once, as it was handed in last. Two sittings of one learner, and one sitting under two
names, are both refused, unless the trainer says which to keep: a program cannot know which of them was the exam.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lunxun.quiz.answer_sheet import Answer, Learner
from lunxun.text.folding import fold

Keep = Literal["先交", "后交"]
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_SIGNS_IN_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Sitting:
    """One learner's answers to one form. `given` are points for free answers that came with a sheet of entries."""

    id: str
    form: str
    learner: Learner
    is_screen: bool
    origin: str
    answers: Mapping[str, Answer]
    given: Mapping[str, float] = field(default_factory=dict)
    handed: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """A file, or a row of a sheet, that is not graded, and why (Chinese)."""

    name: str
    reason: str


def settle(sittings: Sequence[Sitting], keep: Keep | None = None) -> tuple[list[Sitting], list[Refused]]:
    """Decide which sittings count, and name the others."""
    kept, refused = _once(sittings)
    wanted: list[Sitting] = []
    for group in _by_learner(kept):
        if len(group) == 1:
            wanted += group
            continue
        ordered = sorted(group, key=lambda one: (one.handed, one.origin))
        # A sheet of entries has no time: there is no telling which came first.
        chosen = (ordered[0] if keep == "先交" else ordered[-1]) if keep and all(one.handed for one in group) else None
        wanted += [chosen] if chosen else []
        refused += [_doubled(one, group, chosen, keep) for one in group if one is not chosen]
    place = {id(one): number for number, one in enumerate(sittings)}
    return sorted(wanted, key=lambda one: place[id(one)]), refused


def numbers(sittings: Iterable[Sitting], secret: bytes) -> dict[str, str]:
    """Give each sitting a number that tells nobody without the secret whose it is; the same in every run."""
    found: dict[str, str] = {}
    for sitting in sorted(sittings, key=lambda one: one.id):
        attempt = 0
        while (number := _number(secret, f"{attempt}/{sitting.id}")) in found.values():
            attempt += 1
        found[sitting.id] = number
    return found


def _number(secret: bytes, text: str) -> str:
    value = int.from_bytes(hmac.digest(secret, text.encode(), "sha256")[:8], "big")
    return "".join(_SIGNS[value >> (5 * place) & 31] for place in range(_SIGNS_IN_NUMBER))


def _once(sittings: Iterable[Sitting]) -> tuple[list[Sitting], list[Refused]]:
    groups: dict[tuple[str, str, str], list[Sitting]] = defaultdict(list)
    for one in sittings:
        groups[one.id, _plain(one.learner.number), _named(one.learner)].append(one)
    kept: list[Sitting] = []
    refused: list[Refused] = []
    for group in groups.values():
        last = max(group, key=lambda one: (one.handed, one.origin))
        kept.append(last)
        for one in group:
            if one is last:
                continue
            if one.answers == last.answers and one.given == last.given:
                refused.append(Refused(one.origin, f"重复：内容与“{last.origin}”相同"))
            elif one.handed and last.handed:
                refused.append(Refused(one.origin, f"重复：同一次作答较早的一份，以“{last.origin}”为准"))
            else:
                kept.append(one)  # rows of entries that disagree have no time to go by
    return kept, refused


def _by_learner(sittings: Sequence[Sitting]) -> list[list[Sitting]]:
    """Group what belongs to one learner: the same number, or the same name and unit without another number."""
    without = {_named(one.learner) for one in sittings if one.learner.name and not one.learner.number}
    groups: dict[str, list[Sitting]] = {}
    for one in sittings:
        signs = [f"id {one.id}"]
        if one.learner.number:
            signs.append(f"number {_plain(one.learner.number)}")
        if _named(one.learner) in without:
            signs.append(f"name {_named(one.learner)}")
        # Lists are told apart by what they are; those that a sign brings together become one.
        met = {id(groups[sign]): groups[sign] for sign in signs if sign in groups}
        merged = [*(other for group in met.values() for other in group), one]
        for sign in [*signs, *(sign for sign, group in groups.items() if id(group) in met)]:
            groups[sign] = merged
    return list({id(group): group for group in groups.values()}.values())


def _named(learner: Learner) -> str:
    return f"{_plain(learner.name)}/{_plain(learner.unit)}"


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _doubled(one: Sitting, group: Sequence[Sitting], chosen: Sitting | None, keep: Keep | None) -> Refused:
    who = "、".join(text for text in (one.learner.name, one.learner.unit, one.learner.number) if text)
    others = "”“".join(other.origin for other in group if other is not one)
    if chosen is not None:
        return Refused(one.origin, f"同一学员（{who}）交了不止一份，按 --keep {keep} 以“{chosen.origin}”为准")
    remedy = "核实以后移走不算的一份"
    remedy += "（纸质答卷没有交卷时间，--keep 定不了）" if keep else "，或用 --keep 先交、后交"
    return Refused(one.origin, f"同一学员（{who}）交了不止一份，另见“{others}”，都没有计分；{remedy}")
