"""How text is written: what is wrong is found at its character, what only looks odd is not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contents import append, edit, findings, place_of

_CASE = "cases/hexi-grid"


def _columns(content: Path, rule: str, text: str) -> list[int]:
    """Give the offsets in the text at which a rule finds something."""
    edit(content, _CASE, "先划清边界，再配人员。", text)
    start = place_of(content, _CASE, text).column
    return [finding.place.column - start for finding in findings(content) if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("“甲”《乙》（丙）【丁】「戊」‘己’", []),
        ("“甲‘乙’丙”", []),
        ("“甲（乙”丙）", [0, 4]),
        ("甲”乙", [1]),
        ("《甲《乙》", [0]),
        ("“甲", [0]),
        ("（甲）（", [3]),
    ],
)
def test_half_pairs_are_found(good_content: Path, text: str, offsets: list[int]) -> None:
    assert _columns(good_content, "quotes", text) == offsets


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("甲,乙;丙:丁!戊?己", [1, 3, 5, 7, 9]),
        ("甲.乙", [1]),
        ("甲(乙)丙", [1, 3]),
        ("“甲”,《乙》", [3]),
        ("甲,", [1]),
        ("A,B 1.5 3:2 GB/T 2.3", []),
        ("见[[grid-yard|一格,一院]]。", []),
        ("甲，乙；丙：丁！戊？己。（庚）", []),
    ],
)
def test_half_width_punctuation_is_found(good_content: Path, text: str, offsets: list[int]) -> None:
    assert _columns(good_content, "half-width", text) == offsets


@pytest.mark.parametrize("text", ["略", "详见附件一。", "无。", "暂无", "待补充", "……", "...", "TODO", "xx", "附后"])
def test_a_text_that_says_nothing_is_found(good_content: Path, text: str) -> None:
    assert _columns(good_content, "empty-section", text) == [0]


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("甲<script>乙", [1]),
        ("</div>", [0]),
        ("<!-- 注 -->", [0]),
        ("甲<img src=x onerror=y", [1]),
        ("见 JavaScript:alert", [2]),
        ("甲&nbsp;乙&#60;丙&#x3C;", [1, 8, 14]),
        ("甲<乙 1<2 A&B &", []),
    ],
)
def test_web_code_is_found(good_content: Path, text: str, offsets: list[int]) -> None:
    assert _columns(good_content, "raw-html", text) == offsets


@pytest.mark.parametrize(
    ("text", "offsets"),
    [("综治网格和综治网格", [0, 5]), ("原综治网格", []), ("原综治网格、综治网格", [6])],
)
def test_old_wording_is_found_outside_its_exceptions(good_content: Path, text: str, offsets: list[int]) -> None:
    assert _columns(good_content, "old-wording", text) == offsets


def test_of_two_old_wordings_the_longer_is_named(good_content: Path) -> None:
    edit(good_content, "terms/hexi-bell", "expansion_unknown: true", "expansion_unknown: true\noutdated:\n"
         "  - text: 综治网格员\n    now: 网格员")  # fmt: skip
    edit(good_content, _CASE, "先划清边界，再配人员。", "综治网格员")
    assert [one.message for one in findings(good_content) if one.rule == "old-wording"] == [
        "“综治网格员”已改为“网格员”"
    ]


def test_fields_that_are_not_read_as_text_are_not_judged(good_content: Path) -> None:
    edit(good_content, "sources/src-hexi", "首尾各有一行页面文字。", "“一格<br>一院,缺字")
    append(good_content, "sources/src-hexi", "phrases_left_out:\n  - line: 2\n    text: “半边(\n    reason: 缺字\n")
    assert findings(good_content) == ()
