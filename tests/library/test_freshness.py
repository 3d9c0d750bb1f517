"""What rests on something replaced or corrected is stale until an editor has looked."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.library.freshness import stale_links
from lunxun.library.load import load
from tests.contents import append, edit

_YARD, _HEXI, _HEDONG = "practices/grid-yard", "cases/hexi-grid", "cases/hedong-grid"
_REVIEW = "review:\n  by: 编辑部\n  on: {}\n"


def _stale(content: Path) -> list[tuple[str, str]]:
    loaded = load(content)
    assert not loaded.findings
    return [(stale.link.source.id, stale.reason) for stale in stale_links(loaded.library)]


def test_nothing_in_the_good_fixture_is_stale(good_content: Path) -> None:
    assert _stale(good_content) == []


def test_a_reference_to_a_replaced_version_is_stale(good_content: Path) -> None:
    edit(good_content, _YARD, "policies: [grid-rules@2023]", "policies: [grid-rules@2018]")
    assert _stale(good_content) == [("grid-yard", "《网格工作规定》的 2018 版已被 2023 取代")]


def test_a_reference_to_the_record_as_a_whole_is_not(good_content: Path) -> None:
    edit(good_content, _YARD, "policies: [grid-rules@2023]", "policies: [grid-rules]")
    assert _stale(good_content) == []


def test_a_policy_may_speak_of_its_own_old_versions(good_content: Path) -> None:
    edit(good_content, "policies/grid-rules", "[[grid-rules@2023#5]]", "[[grid-rules@2018#3]]")
    assert _stale(good_content) == []


@pytest.mark.parametrize(
    ("reviewed", "is_stale"),
    [("2023-02", True), ("2023-03", False), ("2023-04-01", False), ("2022", True), ("2024", False)],
)
def test_a_review_counts_from_the_day_the_new_version_is_in_force(
    good_content: Path, reviewed: str, is_stale: bool
) -> None:
    edit(good_content, _YARD, "policies: [grid-rules@2023]", "policies: [grid-rules@2018]")
    append(good_content, _YARD, _REVIEW.format(f'"{reviewed}"'))
    assert bool(_stale(good_content)) is is_stale


@pytest.mark.parametrize(("reviewed", "is_stale"), [("2024-02-28", True), ("2024-02-29", False), ("2024", True)])
def test_the_successor_may_be_another_policy(good_content: Path, reviewed: str, is_stale: bool) -> None:
    edit(good_content, "policies/grid-rules", 'replaced_by: "2023"', "replaced_by: hexi-notice@2024")
    edit(good_content, _YARD, "policies: [grid-rules@2023]", "policies: [grid-rules@2018]")
    append(good_content, _YARD, _REVIEW.format(f'"{reviewed}"'))
    assert bool(_stale(good_content)) is is_stale


def test_a_successor_without_dates_leaves_the_reference_stale(good_content: Path) -> None:
    edit(good_content, "policies/hexi-notice", '    issued: "2024-02-29"\n', "")
    edit(good_content, "policies/grid-rules", 'replaced_by: "2023"', "replaced_by: hexi-notice@2024")
    edit(good_content, _YARD, "policies: [grid-rules@2023]", "policies: [grid-rules@2018]")
    append(good_content, _YARD, _REVIEW.format('"2026-01-01"'))
    assert [source for source, _ in _stale(good_content)] == ["grid-yard"]


def test_a_corrected_fact_makes_others_stale_but_not_its_own_record(good_content: Path) -> None:
    edit(good_content, _HEXI, "value: 320", "value: 321\n    changed_on: 2024-07")
    assert _stale(good_content) == [("hedong-grid", "数据“网格数”已于 2024-07 更正为321个")]


@pytest.mark.parametrize(("reviewed", "is_stale"), [("2024-06-30", True), ("2024-07", False), ("2024-07-01", False)])
def test_a_review_after_the_correction_settles_it(good_content: Path, reviewed: str, is_stale: bool) -> None:
    edit(good_content, _HEXI, "value: 320", "value: 321\n    changed_on: 2024-07")
    append(good_content, _HEDONG, _REVIEW.format(f'"{reviewed}"'))
    assert bool(_stale(good_content)) is is_stale
