"""单选 from figures: the figure of a place among those of other places."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.library.library import Entry, Library
from lunxun.quiz.draft import Draft, fact_mark, inner_quotes, letter, place_name, rests_on
from lunxun.quiz.figures import changed, other_places, with_value, wrong_values
from lunxun.records.fact import Fact

RULE = "fact"
_WRONG = 3
_TRIVIAL = 2


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one question for every figure of a visible record that names its place."""
    for entry in library.entries.values():
        if not entry.is_hidden and place_name(library, entry):
            for fact in entry.record.facts:
                made = _draft(library, entry, fact)
                if made is not None:
                    yield made


def what(library: Library, entry: Entry, fact: Fact) -> str:
    """Say in words what a figure counts, and where."""
    place = place_name(library, entry)
    circumstances = "，".join(part for part in (fact.scope, fact.period) if part)
    return f"{place}的“{inner_quotes(fact.label)}”" + (f"（{circumstances}）" if circumstances else "")


def _draft(library: Library, entry: Entry, fact: Fact) -> Draft | None:
    if isinstance(fact.value, tuple) or fact.value <= _TRIVIAL or fact.source is None:
        return None
    name = f"{entry.key.id}-{fact.id}"
    others = other_places(library, fact)
    wrong = wrong_values(name, fact.value, others, changed(fact.value, fact.unit), _WRONG)
    if len(wrong) < _WRONG:
        return None
    # Figures stand in order of size, as in printed papers; where the key comes was settled by the choice of the rest.
    values = sorted([*wrong, fact.value])
    options = [fact_mark(library, entry, fact) if value == fact.value else with_value(fact, value) for value in values]
    elsewhere = "有的是别处的数字" if any(value in others for value in wrong) else "是改动过的数字"
    return Draft(
        RULE,
        name,
        [rests_on(entry, fact=fact.id)],
        entry.record.topics,
        3,
        "识记",
        type="单选",
        stem=f"据来源自述，{what(library, entry, fact)}是（）。",
        options=options,
        key=letter(values.index(fact.value)),
        rationale=f"来源写的是{what(library, entry, fact)}为{fact_mark(library, entry, fact)}；其余各项{elsewhere}。",
    )
