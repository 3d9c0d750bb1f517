"""The two marks of prose: a figure and a link."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.text.marks import FactMark, LinkMark, blank_marks, blank_quoted, marks

_AS_WRITTEN = re.compile(
    r"\$\{(?P<fact>[^{}\n]{1,160})\}"
    r"|\[\[(?P<link>[^\[\]|\n]{1,160})(?:\|(?P<label>[^\[\]|\n]{1,80}))?\]\]"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共${grids}个", [FactMark("grids", 1, 9)]),
        ("见[[grid-yard]]", [LinkMark("grid-yard", None, 1, 14)]),
        ("见[[ grid-yard | 小院 ]]", [LinkMark("grid-yard", "小院", 1, 21)]),
        ("[[a| ]]", [LinkMark("a", "", 0, 7)]),
        ("$$${a}", [FactMark("a", 2, 6)]),
        ("[[[a]]]", [LinkMark("a", None, 1, 6)]),
        ("$[[a]]", [LinkMark("a", None, 1, 6)]),
        ("[{a} $[a]] ${} [[]] ${\n} [[a", []),
    ],
)
def test_marks_are_found_with_their_places(text: str, found: list[FactMark | LinkMark]) -> None:
    assert list(marks(text)) == found


@given(st.text("$[]{}|a甲 \n", max_size=40))
def test_marks_are_as_their_two_forms_say(text: str) -> None:
    expected = [match.span() for match in _AS_WRITTEN.finditer(text)]
    assert [(mark.start, mark.end) for mark in marks(text)] == expected
    blank = blank_marks(text)
    assert len(blank) == len(text)
    assert all(blank[start:end].isspace() for start, end in expected)


def test_what_is_quoted_is_blanked_in_place() -> None:
    text = "实行“四议两公开”3年，见《条例》。"
    blanked = blank_quoted(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ["实行", "3年，见", "。"]
    assert blank_quoted("“没有合上") == "“没有合上"
