"""Folding keeps lengths, so that offsets hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.text.folding import fold, fold_width, simplify, squeeze


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("全州共劃分網格4039個,配備網格員4763人", "全州共划分网格4039个,配备网格员4763人"),
        ("堅持把抓好“組織體系建設三年行動”", "坚持把抓好“组织体系建设三年行动”"),
        ("党建引领", "党建引领"),
        ("8000餘萬元", "8000余万元"),
    ],
)
def test_simplify_goes_character_by_character(given_text: str, expected: str) -> None:
    assert simplify(given_text) == expected


def test_simplify_leaves_a_character_that_is_right_in_both_scripts() -> None:
    assert simplify("著名") == "著名"


def test_width_is_folded_for_latin_digits_punctuation_and_spaces_only() -> None:
    assert fold_width("ＡＢＣ岗，６２．５％　（一）＋～") == "ABC岗,62.5% (一)+~"
    assert fold_width("。“”ア②½") == "。“”ア②½"


def test_fold_makes_the_ways_to_write_one_thing_equal() -> None:
    assert fold("ＡＢ崗") == fold("ab岗")
    assert fold("著眼增強統籌") == fold("着眼增强统筹")


@given(st.text())
def test_folds_keep_the_length(text: str) -> None:
    assert len(simplify(text)) == len(fold_width(text)) == len(fold(text)) == len(text)


@given(st.text())
def test_fold_changes_nothing_the_second_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_squeeze_drops_spaces_but_never_joins_two_numbers() -> None:
    assert squeeze("黨建聯盟 ”承諾").text == "党建联盟”承诺"
    assert squeeze("拓展“1 X”").text == "拓展“1x”"
    assert squeeze("“2  10”例會").text == "“2 10”例会"


@given(st.text(alphabet=st.sampled_from("網格1 2\u3000\u00a0a,")))
def test_squeezed_offsets_lead_back(text: str) -> None:
    squeezed = squeeze(text)
    assert len(squeezed.text) == len(squeezed.offsets)
    folded = fold(text)
    for character, offset in zip(squeezed.text, squeezed.offsets, strict=True):
        assert folded[offset] == character or (character == " " and folded[offset].isspace())
    assert squeeze(squeezed.text).text == squeezed.text


@given(st.text(min_size=1, alphabet=st.sampled_from("網格1 2,")), st.data())
def test_a_squeezed_span_covers_what_it_stands_for(text: str, data: st.DataObject) -> None:
    squeezed = squeeze(text)
    if squeezed.text:
        start = data.draw(st.integers(0, len(squeezed.text) - 1))
        end = data.draw(st.integers(start + 1, len(squeezed.text)))
        first, last = squeezed.span(start, end)
        assert squeeze(text[first:last]).text.strip() == squeezed.text[start:end].strip()
