"""Which records are called related, and what an edit changes in that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from environment import ROOT
from lunxun.search import related as related_module
from lunxun.search import signatures
from lunxun.search.affected import affected, signatures_of
from lunxun.search.document import Part, SearchDocument
from lunxun.search.features import Features, read_features
from lunxun.search.related import LEAST, MOST_OF_A_KIND, related
from lunxun.search.said import said_in_document
from lunxun.search.signatures import SignatureIndex
from tests.search.indexes import document

GRID = document("grid", "网格党支部的建立", "把党支部建在网格上，网格长兼任书记。")
ALIKE = document("alike", "网格党支部的书记", "党支部书记由网格长兼任。", kind="practice")
TRAINING = document("training", "学时怎么算", "集中培训每年不少于若干学时。")
HOURS = document("hours", "学时的认定", "集中培训和网上学习折合学时。")
ALL = (GRID, ALIKE, TRAINING, HOURS)
COUNT = 4

Links = Mapping[str, Collection[str]]


def index_of(documents: Sequence[SearchDocument], links: Links) -> SignatureIndex:
    return SignatureIndex(read_features(said_in_document(one, links.get(one.address, ())) for one in documents))


def lists(documents: Sequence[SearchDocument], links: Links, count: int) -> dict[str, tuple[str, ...]]:
    return related(index_of(documents, links), count)


def test_those_that_speak_of_the_same_are_related_both_ways() -> None:
    found = lists(ALL, {}, 3)
    assert found[GRID.address] == (ALIKE.address,) and found[ALIKE.address] == (GRID.address,)
    assert found[TRAINING.address] == (HOURS.address,)


def test_traditional_characters_meet_simplified_ones() -> None:
    other = document("other", "網格黨支部", "網格長兼任書記。", kind="term")
    assert ALIKE.address in lists((*ALL, other), {}, 3)[other.address]


def test_those_that_are_linked_either_way_are_left_out() -> None:
    found = lists(ALL, {GRID.address: {ALIKE.address}}, 3)
    assert found[GRID.address] == found[ALIKE.address] == ()


def test_links_to_the_same_record_relate() -> None:
    one, other = document("one", "甲乙丙", "丁戊己。"), document("other", "庚辛壬", "子丑寅。")
    assert lists((one, other), {}, 3)[one.address] == ()
    links = {one.address: {"terms/x.html"}, other.address: {"terms/x.html"}}
    assert lists((one, other, *ALL), links, 3)[one.address] == (other.address,)


def test_not_all_are_of_one_kind() -> None:
    same = [document(f"d{at}", "网格党支部", "网格党支部的事。") for at in range(9)]
    found = lists((*same, ALIKE), {}, 8)
    assert len(found[same[0].address]) == 4 and ALIKE.address in found[same[0].address]


def test_only_those_allowed_are_listed_and_have_lists() -> None:
    found = related(index_of(ALL, {}), 3, {GRID.address, TRAINING.address, HOURS.address})
    assert found == {GRID.address: (), TRAINING.address: (HOURS.address,), HOURS.address: (TRAINING.address,)}


def test_nothing_is_related_to_nothing() -> None:
    assert lists((), {}, 3) == {}
    empty = document("empty", "，")
    assert lists((empty, GRID), {}, 3) == {empty.address: (), GRID.address: ()}


# ---- what an edit changes ----

WORDS = ["网格", "党支部", "书记", "培训", "学时", "群众", "积分", "调解", "物业", "老人", "台账", "督查", "，", "a"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map("".join)
NUMBERS = st.integers(0, 11)


@st.composite
def made(draw: st.DrawFn, number: int) -> tuple[SearchDocument, frozenset[str]]:
    """Make up a document and what it links to."""
    own = document(f"d{number:02}", draw(TEXTS), draw(TEXTS), kind=draw(st.sampled_from(("case", "term"))))
    shown = replace(own, address=f"d{number:02}", headings=(draw(TEXTS),))
    return shown, frozenset(f"d{target:02}" for target in draw(st.sets(NUMBERS, max_size=2)))


@st.composite
def edits(draw: st.DrawFn) -> tuple[SignatureIndex, SignatureIndex]:
    """Make up a collection, and the same with one document changed, new or gone."""
    documents = {number: draw(made(number)) for number in sorted(draw(st.sets(NUMBERS, max_size=12)))}
    edited = draw(NUMBERS)
    after = {**documents, edited: draw(made(edited))}
    if draw(st.booleans()):
        del after[edited]
    before_index, after_index = (
        index_of([one for one, _ in state.values()], {one.address: links for one, links in state.values()})
        for state in (documents, after)
    )
    return before_index, after_index


# Small bounds, so that a few records reach them.
@mock.patch.multiple(signatures, _MOST_HOLDERS=5, _FEW_HOLDERS=1, _KEPT=6)
@settings(max_examples=300, deadline=None)
@given(edits())
def test_after_an_edit_only_the_affected_change(states: tuple[SignatureIndex, SignatureIndex]) -> None:
    before, after = states
    touched = affected(signatures_of(before), after)
    kept = {id_: others for id_, others in related(before, COUNT).items() if id_ in after.numbers}
    assert {**kept, **related(after, COUNT, wanted=touched)} == related(after, COUNT)


def plainly_related(index: SignatureIndex, count: int) -> dict[str, tuple[str, ...]]:
    """List related records as `related` says it, one pair after the other."""
    total = len(index.ids)
    signs = [
        dict(zip(*(row[index.owners == number].tolist() for row in (index.kept, index.weights)), strict=True))
        for number in range(total)
    ]
    found = {}
    for one, id_ in enumerate(index.ids):
        cosines = {
            other: sum(weight * signs[other].get(key, 0) for key, weight in signs[one].items())
            / ((index.lengths[one] * index.lengths[other]) or 1)
            for other in range(total)
        }
        kinds: Counter[int] = Counter()
        chosen: list[str] = []
        for other in sorted(range(total), key=lambda other: (-cosines[other], other)):
            is_wanted = cosines[other] >= LEAST and other not in index.linked_with(one) | {one}
            if is_wanted and kinds[index.kinds[other]] < MOST_OF_A_KIND and len(chosen) < count:
                kinds[index.kinds[other]] += 1
                chosen.append(index.ids[other])
        found[id_] = tuple(chosen)
    return found


@mock.patch.multiple(signatures, _MOST_HOLDERS=5, _FEW_HOLDERS=1, _KEPT=6)
@settings(max_examples=200, deadline=None)
@given(edits(), st.integers(1, 5))
def test_blocks_give_what_one_pair_after_the_other_does(
    states: tuple[SignatureIndex, SignatureIndex], block: int
) -> None:
    with mock.patch.object(related_module, "_BLOCK", block):
        assert related(states[1], COUNT) == plainly_related(states[1], COUNT)


def test_an_edit_leaves_alone_what_shares_nothing_with_it() -> None:
    edited = replace(GRID, title="网格党支部的撤销")
    before, after = index_of(ALL, {}), index_of((edited, ALIKE, TRAINING, HOURS), {})
    assert affected(signatures_of(before), after) == {GRID.address, ALIKE.address}
    assert affected(signatures_of(before), before) == set()


def test_features_hang_on_the_record_alone() -> None:
    together = read_features(map(said_in_document, ALL))
    for one in ALL:
        alone = read_features([said_in_document(one)])
        assert described(together.renewed([one.address], read_features([]))) == described(alone)


@given(edits())
def test_features_are_carried_over_but_for_what_has_changed(states: tuple[SignatureIndex, SignatureIndex]) -> None:
    before, after = (state.features for state in states)
    nothing = read_features([])
    same = {id_ for id_ in set(before.ids) & set(after.ids) if _alone(before, id_) == _alone(after, id_)}
    changed = after.renewed([id_ for id_ in after.ids if id_ not in same], nothing)
    assert described(before.renewed(after.ids[::-1], changed)) == described(after)


def _alone(features: Features, id_: str) -> tuple[object, ...]:
    return described(features.renewed([id_], read_features([])))


def described(given: Features) -> tuple[object, ...]:
    """Give all that is remembered of records, to be compared."""
    rows = ((one.starts, one.values) for one in (given.links, given.pairs, given.sketches))
    arrays = [array.tolist() for array in (*chain.from_iterable(rows), given.weights, given.bodies)]
    return (given.ids, given.kinds, *arrays)


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_can_be_read(texts: list[str]) -> None:
    documents = [
        SearchDocument(f"d{at}", "term", text, parts=(Part("", "", text),))
        for at, text in enumerate([*texts, "\ud800"])
    ]
    assert set(lists(documents, {}, 3)) == {one.address for one in documents}


def test_the_order_does_not_hang_on_the_hash_of_texts() -> None:
    code = (
        "from bench_search_site import real_content; from lunxun.search.features import read_features\n"
        "from lunxun.search.related import related; from lunxun.search.said import said_in_document\n"
        "from lunxun.search.signatures import SignatureIndex\n"
        "documents = real_content().documents\n"
        "links = {one.address: {other.address for other in documents[::7]} for one in documents[::5]}\n"
        "said = (said_in_document(one, links.get(one.address, ())) for one in documents)\n"
        "print(related(SignatureIndex(read_features(said)), 8))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "plugins", ROOT / "scripts"))),
                "PYTHONUTF8": "1",
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and len(outputs.pop()) > 1_000
