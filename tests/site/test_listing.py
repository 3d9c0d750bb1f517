"""An index lists what a reader may see, and filters by what tells the records apart."""

from __future__ import annotations

from pathlib import Path

from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.site.listing import Facet, classes, kinds_with_records, listing
from tests.contents import edit


def _counts(facets: tuple[Facet, ...]) -> dict[str, dict[str, int]]:
    return {facet.id: {choice.id: choice.count for choice in facet.choices} for facet in facets}


def test_facets_count_the_records_in_the_order_of_the_taxonomy(good_library: Library) -> None:
    found = listing(good_library, "case")
    assert [item.entry.key.id for item in found.items] == ["hedong-grid", "hexi-grid"]
    assert _counts(found.facets) == {
        "topics": {"grid": 2, "training": 1},
        "levels": {"county": 1, "township": 1},
        "fields": {"rural-village": 2, "community": 1},
        "regions": {"jiangnan": 2, "hexi": 2, "hedong": 1},
    }
    assert list(_counts(found.facets)["regions"]) == ["jiangnan", "hexi", "hedong"]


def test_a_facet_that_tells_nothing_apart_is_left_out(good_library: Library) -> None:
    assert listing(good_library, "practice").facets == ()


def test_policies_and_terms_are_told_apart_by_marks(good_library: Library) -> None:
    assert _counts(listing(good_library, "policy").facets)["marks"] == {"in-force": 2, "replaced": 1, "hours": 1}
    assert _counts(listing(good_library, "term").facets)["marks"] == {"national": 1, "local": 1}


def test_a_policy_that_ends_is_not_called_in_force(good_content: Path) -> None:
    edit(good_content, "policies/hexi-notice", 'issued: "2024-02-29"', 'issued: "2024-02-29"\n    expires: "2025"')
    assert _counts(listing(load(good_content).library, "policy").facets)["marks"]["in-force"] == 1


def test_a_record_lies_in_all_regions_above_its_own(good_library: Library) -> None:
    (hedong, _) = listing(good_library, "case").items
    assert classes(hedong.entry.record, good_library.taxonomy)["regions"] == ("jiangnan", "hexi", "hedong")


def test_what_waits_to_be_confirmed_is_neither_listed_nor_counted(good_content: Path) -> None:
    edit(good_content, "cases/hedong-grid", "topics: [grid, training]", "topics: [grid, training]\nstate: 待核")
    found = listing(load(good_content).library, "case")
    assert [item.entry.key.id for item in found.items] == ["hexi-grid"]
    assert _counts(found.facets) == {
        "fields": {"rural-village": 1, "community": 1},
        "regions": {"jiangnan": 1, "hexi": 1},
    }


def test_kinds_without_visible_records_are_known(good_content: Path) -> None:
    edit(good_content, "collections/grid-cases", "topics: [grid]\naud", "topics: [grid]\nstate: 待核\naud")
    kinds = kinds_with_records(load(good_content).library)
    assert kinds == ("policy", "case", "practice", "problem", "indicator", "term", "source")
