"""An index lists what a reader may see, and filters by what tells the records apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.site.listing import Facet, Listing, classes, list_pages, listing
from lunxun.site.tables import LIST_PAGE, Tables
from tests.contents import edit


def _counts(facets: tuple[Facet, ...]) -> dict[str, dict[str, int]]:
    return {facet.id: {choice.id: choice.count for choice in facet.choices} for facet in facets}


def test_facets_count_the_records_in_the_order_of_the_taxonomy(good_library: Library) -> None:
    found = listing(Tables(good_library), "case")
    assert [item.entry.key.id for item in found.items] == ["hedong-grid", "hexi-grid"]
    assert _counts(found.facets) == {
        "topics": {"grid": 2, "training": 1},
        "levels": {"county": 1, "township": 1},
        "fields": {"rural-village": 2, "community": 1},
        "regions": {"jiangnan": 2, "hexi": 2, "hedong": 1},
    }
    assert list(_counts(found.facets)["regions"]) == ["jiangnan", "hexi", "hedong"]


def test_a_facet_that_tells_nothing_apart_is_left_out(good_library: Library) -> None:
    assert listing(Tables(good_library), "practice").facets == ()


def test_policies_and_terms_are_told_apart_by_marks(good_library: Library) -> None:
    assert _counts(listing(Tables(good_library), "policy").facets)["marks"] == {
        "in-force": 2,
        "replaced": 1,
        "hours": 1,
    }
    assert _counts(listing(Tables(good_library), "term").facets)["marks"] == {"national": 1, "local": 1}


def test_a_policy_that_ends_is_not_called_in_force(good_content: Path) -> None:
    edit(good_content, "policies/hexi-notice", 'issued: "2024-02-29"', 'issued: "2024-02-29"\n    expires: "2025"')
    assert _counts(listing(Tables(load(good_content).library), "policy").facets)["marks"]["in-force"] == 1


def test_a_record_lies_in_all_regions_above_its_own(good_library: Library) -> None:
    (hedong, _) = listing(Tables(good_library), "case").items
    assert classes(hedong.entry, Tables(good_library))["regions"] == ("jiangnan", "hexi", "hedong")


def test_what_waits_to_be_confirmed_is_neither_listed_nor_counted(good_content: Path) -> None:
    edit(good_content, "cases/hedong-grid", "topics: [grid, training]", "topics: [grid, training]\nstate: 待核")
    found = listing(Tables(load(good_content).library), "case")
    assert [item.entry.key.id for item in found.items] == ["hexi-grid"]
    assert _counts(found.facets) == {
        "fields": {"rural-village": 1, "community": 1},
        "regions": {"jiangnan": 1, "hexi": 1},
    }


@pytest.mark.parametrize(
    ("total", "is_cut", "sizes"),
    [
        (0, False, [0]),
        (3, False, [3]),
        (250, False, [250]),
        (301, True, [100, 100, 100, 1]),
        (400, True, [100, 100, 100, 100]),
    ],
)
def test_a_long_list_is_cut_into_pages_without_loss(
    good_library: Library, total: int, is_cut: bool, sizes: list[int]
) -> None:
    item = listing(Tables(good_library), "case").items[0]
    parts = list_pages(Listing("case", (item,) * total, ()), is_cut)
    assert [len(part.items) for part in parts] == sizes
    assert [part.number for part in parts] == list(range(1, len(sizes) + 1))
    assert {(part.count, part.total) for part in parts} == {(len(sizes), total)}
    assert [part.first for part in parts] == [1 + LIST_PAGE * index for index in range(len(sizes))]
    assert parts[-1].last == total


@pytest.mark.parametrize(
    ("number", "near"),
    [
        (1, [1, 2, 3, 4, 5, None, 40]),
        (7, [1, None, 3, 4, 5, 6, 7, 8, 9, 10, 11, None, 40]),
        (6, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None, 40]),
        (40, [1, None, 36, 37, 38, 39, 40]),
    ],
)
def test_each_page_leads_to_the_first_the_last_and_those_around_it(
    good_library: Library, number: int, near: list[int | None]
) -> None:
    item = listing(Tables(good_library), "case").items[0]
    parts = list_pages(Listing("case", (item,) * 40 * LIST_PAGE, ()), True)
    assert list(parts[number - 1].near) == near
