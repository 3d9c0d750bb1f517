"""What rests on a record, a version, a clause or a fact: exactly that, and nothing that merely stands nearby."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lunxun.library.impact import Target, find_target, indicator_of, links_to
from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.records.references import Key

_RULES = Key("policy", "grid-rules")
_HEXI = Key("case", "hexi-grid")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("grid-rules", Target(_RULES)),
        ("policy:grid-rules", Target(_RULES)),
        ("grid-rules@2018", Target(_RULES, "2018")),
        ("grid-rules@2023#14-2", Target(_RULES, "2023", "14-2")),
        ("hexi-grid.grids", Target(_HEXI, fact="grids")),
        ("case:hexi-grid.grids", Target(_HEXI, fact="grids")),
    ],
)
def test_a_target_is_found(good_library: Library, text: str, target: Target) -> None:
    assert find_target(good_library, text) == target


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nowhere",
        "term:grid-rules",
        "grid-rules@2020",
        "grid-rules@2023#6",
        "grid-rules#5",
        "grid-term@2023",
        "hexi-grid.nothing",
        "nowhere.grids",
        "Grid-Rules",
        "../grid-rules",
        "河西",
        "grid-rules@2023#5.extra",
        ".grids",
    ],
)
def test_what_does_not_exist_is_no_target(good_library: Library, text: str) -> None:
    assert find_target(good_library, text) == ()


def test_an_id_of_two_kinds_is_no_single_target(good_content: Path) -> None:
    shutil.copy(good_content / "terms/grid-term.yml", good_content / "terms/hexi-grid.yml")
    library = load(good_content).library
    both = (_HEXI, Key("term", "hexi-grid"))
    assert find_target(library, "hexi-grid") == both
    assert find_target(library, "hexi-grid.grids") == both
    assert find_target(library, "term:hexi-grid") == Target(both[1])


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "grid-rules",
            {"case:hexi-grid", "policy:grid-rules", "policy:hexi-notice", "practice:grid-yard", "term:grid-term"},
        ),
        ("grid-rules@2023", {"case:hexi-grid", "policy:grid-rules", "practice:grid-yard", "term:grid-term"}),
        ("grid-rules@2023#5", {"policy:grid-rules", "practice:grid-yard", "term:grid-term"}),
        ("grid-rules@2023#14-2", {"case:hexi-grid"}),
        ("grid-rules@2018", set()),
        ("hexi-grid.grids", {"case:hexi-grid", "case:hedong-grid"}),
        ("hedong-grid", {"case:hedong-grid"}),
        (
            "src-hexi",
            {
                "case:hexi-grid",
                "case:hedong-grid",
                "policy:hexi-notice",
                "practice:grid-yard",
                "problem:few-hands",
                "term:hexi-bell",
            },
        ),
    ],
)
def test_what_rests_on_a_target(good_library: Library, text: str, sources: set[str]) -> None:
    target = find_target(good_library, text)
    assert isinstance(target, Target)
    assert {str(link.source) for link in links_to(good_library, target)} == sources


def test_a_comparison_rests_on_its_facts(good_library: Library) -> None:
    assert indicator_of(good_library, Target(_HEXI, fact="grids")) == Key("indicator", "grid-count")
    assert indicator_of(good_library, Target(_HEXI, fact="staff")) is None
    assert indicator_of(good_library, Target(_HEXI)) is None
