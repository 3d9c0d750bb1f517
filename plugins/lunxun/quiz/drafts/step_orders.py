"""排序 from practices: their steps in order."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.library.library import Library
from lunxun.quiz.draft import Draft, inner_quotes, rests_on
from lunxun.records.practice import Practice

RULE = "steps"
_FEWEST, _MOST = 3, 6


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one question for every visible practice with three to six steps of different names."""
    for entry, practice in library.of(Practice):
        titles = [step.title for step in practice.steps]
        if entry.is_hidden or not _FEWEST <= len(set(titles)) == len(titles) <= _MOST:
            continue
        yield Draft(
            RULE,
            entry.key.id,
            [rests_on(entry)],
            practice.topics,
            3,
            "理解",
            type="排序",
            stem=f"把“{inner_quotes(practice.title)}”的步骤按先后排列。",
            key=titles,
            rationale=f"“{inner_quotes(practice.title)}”这样一步步做：{'、'.join(titles)}。",
        )
