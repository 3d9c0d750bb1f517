"""All drafting rules over a Library: what they draft, narrowed to what is asked for, as the text of a bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from lunxun.library.impact import Target
from lunxun.library.library import Library, Link
from lunxun.library.questions import questions
from lunxun.quiz.draft import Draft, DraftRule
from lunxun.quiz.drafts import (
    clause_blanks,
    clause_statements,
    definitions,
    fact_choices,
    fact_statements,
    problem_pairs,
    step_orders,
)
from lunxun.records.question_types import TYPES

RULES: dict[str, tuple[str, DraftRule]] = {
    fact_choices.RULE: ("数据作单选题，干扰项取自别处的同一指标", fact_choices.drafts),
    fact_statements.RULE: ("数据作判断题，半数改动数字", fact_statements.drafts),
    clause_blanks.RULE: ("条款里的数字作填空题", clause_blanks.drafts),
    clause_statements.RULE: ("条款作判断题，半数改动数字", clause_statements.drafts),
    definitions.RULE: ("由释义认术语，单选题", definitions.drafts),
    step_orders.RULE: ("做法的步骤作排序题", step_orders.drafts),
    problem_pairs.RULE: ("问题与做法作匹配题", problem_pairs.drafts),
}
"""The rules by the names under which questions remember them, each with what it makes (Chinese)."""

_HEAD = """# yaml-language-server: $schema=../../schemas/bank.schema.json
# 程序照规则起草，没有人看过。逐题核对：改好的把 state 改成“草稿”（审定了的改成“已审”并写 review），
# 移到别的题库，题号不变；不要的整题删去。
title: 程序起草的题
summary: |
  照记录里的数据、条款、术语和做法起草，等编辑核定，不给学员看。
state: 待核
"""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, as records are written."""
        return super().increase_indent(flow, False)


def make_drafts(
    library: Library, rules: Iterable[str] = (), target: Target | None = None, kind: str | None = None
) -> tuple[Draft, ...]:
    """Draft questions by the named rules, or by all, in order of type and id.

    `target` keeps those that rest on it or on a part of it, `kind` those that rest on records of a kind.
    What a bank of the library already has, by its id, is not drafted again.
    """
    known = {placed.question.id for placed in questions(library)}
    made = [draft for name in (tuple(rules) or RULES) for draft in RULES[name][1](library)]
    wanted = (
        draft
        for draft in made
        if draft.id not in known
        and (target is None or any(_is_part(link, target) for link in draft.basis))
        and (kind is None or any(link.target.kind == kind for link in draft.basis))
    )
    return tuple(sorted(wanted, key=lambda draft: (TYPES.index(draft.own["type"]), draft.id)))


def as_bank(library: Library, drafts: Sequence[Draft]) -> str:
    """Write drafts as a bank: those that rest on the same thing may not come into one paper."""
    enemies = _enemies(drafts)
    topics = list(dict.fromkeys(topic for draft in drafts for topic in draft.topics))
    parts = [_HEAD, _yaml({"topics": topics}), "questions:\n"]
    parts += [_indented(_yaml([draft.data(library, enemies[draft.id])])) + "\n" for draft in drafts]
    return "".join(parts).rstrip("\n") + "\n"


def _is_part(link: Link, target: Target) -> bool:
    pairs = ((target.version, link.version), (target.article, link.article), (target.fact, link.fact))
    return link.target == target.key and all(wanted in (None, actual) for wanted, actual in pairs)


def _enemies(drafts: Sequence[Draft]) -> dict[str, list[str]]:
    holders: defaultdict[Link, list[str]] = defaultdict(list)
    for draft in drafts:
        for link in draft.basis:
            holders[link].append(draft.id)
    return {
        draft.id: sorted({other for link in draft.basis for other in holders[link] if other != draft.id})
        for draft in drafts
    }


def _yaml(data: Any) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
