"""Phrases and characters are read as pypinyin reads them, though its dictionaries are taken without it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pypinyin
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from lunxun.search import dictionary
from lunxun.search.dictionary import Dictionary
from lunxun.search.sounds import READ_SO, characters_by_syllable, readings, words

_DICTIONARY = dictionary.load()


@pytest.fixture(scope="module", autouse=True)
def told_what_is_read_otherwise() -> Iterator[None]:
    """Let pypinyin read some phrases as the site does."""
    before = {phrase: PHRASES_DICT[phrase] for phrase in READ_SO.keys() & PHRASES_DICT.keys()}
    pypinyin.load_phrases_dict({phrase: [[one] for one in said.split()] for phrase, said in READ_SO.items()})
    yield
    pypinyin.load_phrases_dict(before)


def _lazy(text: str) -> tuple[str, ...]:
    return tuple(pypinyin.lazy_pinyin(text, errors=lambda rest: [""] * len(rest)))  # type: ignore[arg-type, return-value]


def test_every_phrase_is_read_as_pypinyin_reads_it() -> None:
    phrases = PHRASES_DICT.keys() - READ_SO.keys()
    assert len(phrases) > 40_000
    assert [phrase for phrase in phrases if _DICTIONARY.phrase(phrase) != _lazy(phrase)] == []


def test_every_character_is_read_as_pypinyin_reads_it() -> None:
    characters = [*map(chr, PINYIN_DICT), *"aÅ，、　ㄅぁ𪛖𫜴\ue000\ue864"]
    assert len(characters) > 40_000
    assert [one for one in characters if (_DICTIONARY.character(one),) != _lazy(one)] == []


def test_the_national_standard_set_is_complete() -> None:
    found = {one for characters in characters_by_syllable().values() for one in characters}
    common = {chr(code) for code in range(0x4E00, 0xA000) if chr(code).encode("gb2312", "ignore")}
    assert common - found == {"嗯"}
    assert found < common
    assert all(characters == sorted(characters) for characters in characters_by_syllable().values())


@given(st.text(alphabet="银行长一村委会重庆市朝阳区调研ab 〇的地得了不都还好", max_size=12))
def test_names_are_read_as_pypinyin_reads_them(text: str) -> None:
    assert "".join(words(text)) == text
    assert readings(text) == _lazy(text)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ""),
        ("甲", "甲"),
        ("甲乙丙", "甲乙|丙"),
        ("甲乙丙丁戊", "甲乙丙丁|戊"),
        ("乙丙x甲甲乙", "乙|丙|x|甲|甲乙"),
        ("己庚己庚", "己庚|己庚"),
    ],
)
@pytest.mark.parametrize("indent", [None, 0, 1])
def test_the_longest_phrase_is_cut_off_first(text: str, cut: str, indent: int | None) -> None:
    phrases = {"甲乙": [["jiǎ"], ["yǐ"]], "甲乙丙丁": [["jiǎ", "x"], ["yǐ"], ["bǐng"], ["nǚ"]]}
    made = Dictionary(json.dumps(phrases, ensure_ascii=False, indent=indent), json.dumps({ord("甲"): "jiǎ,xiá"}))
    made.add("己庚", ("ji", "geng"))
    assert "|".join(made.cut(text)) == cut
    assert (made.phrase("甲乙丙丁"), made.phrase("己庚")) == (("jia", "yi", "bing", "nv"), ("ji", "geng"))
    assert (made.character("甲"), made.character("乙")) == ("jia", "")
