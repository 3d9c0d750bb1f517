"""Relations over numbered records, against plain lists."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lunxun.records.references import Key
from lunxun.site.relation import Relation, numbered, relation

KEYS = tuple(Key("case", f"c{number}") for number in range(8))
SOME_KEYS = st.lists(st.sampled_from(KEYS), max_size=4)


def _rows(made: Relation, keys: tuple[Key, ...]) -> dict[Key, list[Key]]:
    return {key: [keys[at] for at in made.of(number)] for number, key in enumerate(keys)}


@given(
    st.dictionaries(st.sampled_from(KEYS), SOME_KEYS),
    st.permutations(KEYS),
    st.sets(st.sampled_from(KEYS)),
    st.dictionaries(st.sampled_from(KEYS), SOME_KEYS),
)
def test_a_relation_is_carried_over_to_other_records(
    before: dict[Key, list[Key]], order: list[Key], now: set[Key], told: dict[Key, list[Key]]
) -> None:
    old, new = tuple(before), tuple(key for key in order if key in now)
    numbers = numbered(new)
    moved = np.array([numbers.get(key, -1) for key in old], np.int64)
    rows = {numbers[key]: [numbers[one] for one in row if one in now] for key, row in told.items() if key in now}
    made = relation(before.values(), old).renewed(moved, len(new), rows)
    expected = {key: told.get(key, [one for one in before.get(key, []) if one in before]) for key in new}
    assert _rows(made, new) == {key: [one for one in row if one in now] for key, row in expected.items()}
    assert made.ends.dtype == made.named.dtype == np.int32
