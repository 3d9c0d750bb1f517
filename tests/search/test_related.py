"""Which documents are called related, and that this is the same every time."""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT
from lunxun.search.related import related
from tests.search.indexes import document

GRID = document("grid", "网格党支部的建立", "把党支部建在网格上，网格长兼任书记。")
ALIKE = document("alike", "网格党支部的书记", "党支部书记由网格长兼任。", kind="practice")
TRAINING = document("training", "学时怎么算", "集中培训每年不少于若干学时。")
HOURS = document("hours", "学时的认定", "集中培训和网上学习折合学时。")
ALL = (GRID, ALIKE, TRAINING, HOURS)


def test_those_that_speak_of_the_same_are_related_both_ways() -> None:
    found = related(ALL, {}, 3)
    assert found[GRID.address] == (ALIKE.address,) and found[ALIKE.address] == (GRID.address,)
    assert found[TRAINING.address] == (HOURS.address,)


def test_those_that_are_linked_either_way_are_left_out() -> None:
    found = related(ALL, {GRID.address: {ALIKE.address}}, 3)
    assert found[GRID.address] == found[ALIKE.address] == ()


def test_links_to_the_same_record_relate() -> None:
    one, other = document("one", "甲乙丙", "丁戊己。"), document("other", "庚辛壬", "子丑寅。")
    assert related((one, other), {}, 3)[one.address] == ()
    links = {one.address: {"terms/x.html"}, other.address: {"terms/x.html"}}
    assert related((one, other, *ALL), links, 3)[one.address] == (other.address,)


def test_not_all_are_of_one_kind() -> None:
    same = [document(f"d{at}", "网格党支部", "网格党支部的事。") for at in range(9)]
    found = related((*same, ALIKE), {}, 8)
    assert len(found[same[0].address]) == 4 and ALIKE.address in found[same[0].address]


def test_nothing_is_related_to_nothing() -> None:
    assert related((), {}, 3) == {}
    empty = document("empty", "，")
    assert related((empty, GRID), {}, 3) == {empty.address: (), GRID.address: ()}


def test_the_order_does_not_hang_on_the_hash_of_texts() -> None:
    code = (
        "from bench_search_site import real_content; from lunxun.search.related import related\n"
        "documents = real_content().documents\n"
        "links = {one.address: {other.address for other in documents[::7]} for one in documents[::5]}\n"
        "print(related(documents, links, 8))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and len(outputs.pop()) > 1_000
