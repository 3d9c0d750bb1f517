"""判断 from figures: a figure as the source has it, or changed."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.library.library import Entry, Library
from lunxun.quiz.chance import number, shuffled
from lunxun.quiz.draft import Draft, fact_mark, place_name, rests_on
from lunxun.quiz.drafts.fact_choices import what
from lunxun.quiz.figures import changed, other_places, with_value
from lunxun.records.fact import Fact

RULE = "fact-true"
_TRIVIAL = 2


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one statement for every figure of a visible record that names its place; about half of them are wrong."""
    for entry in library.entries.values():
        if not entry.is_hidden and place_name(library, entry):
            for fact in entry.record.facts:
                if not isinstance(fact.value, tuple) and fact.value > _TRIVIAL and fact.source is not None:
                    yield _draft(library, entry, fact, fact.value)


def _draft(library: Library, entry: Entry, fact: Fact, right: float) -> Draft:
    name = f"{entry.key.id}-{fact.id}"
    wrong = [*shuffled(name, other_places(library, fact)), *shuffled(name, changed(right, fact.unit))]
    is_true = not wrong or number(f"{name} true", 2) == 0
    said = fact_mark(library, entry, fact) if is_true else with_value(fact, wrong[0])
    about = what(library, entry, fact)
    reason = "题干与来源一致" if is_true else "题干换了数字"
    return Draft(
        RULE,
        name,
        [rests_on(entry, fact=fact.id)],
        entry.record.topics,
        2,
        "识记",
        type="判断",
        stem=f"据来源自述，{about}是{said}。",
        key="对" if is_true else "错",
        rationale=f"来源写的是{about}为{fact_mark(library, entry, fact)}，{reason}。",
    )
