"""The tokeniser, numerals, articles and bits say what the golden vectors say; the browser's are held to the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench_search_site import THEME_ASSETS
from lunxun.search.articles import cited
from lunxun.search.bits import ALPHABET, column, whole_list
from lunxun.search.scattered import QUESTION
from lunxun.search.tokens import indexed_text, pairs
from lunxun.search.variants import variants
from lunxun.text.folding import fold

GOLDEN: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))


@pytest.mark.parametrize("row", GOLDEN["tokens"], ids=lambda row: row["text"])
def test_tokens(row: dict[str, Any]) -> None:
    assert indexed_text(row["text"]) == row["indexed"]
    assert [list(pair) for pair in pairs(row["text"])] == row["pairs"]


@pytest.mark.parametrize("row", GOLDEN["variants"], ids=lambda row: row["query"])
def test_variants(row: dict[str, Any]) -> None:
    assert list(variants(row["query"])) == row["variants"]


@pytest.mark.parametrize("row", GOLDEN["articles"], ids=lambda row: row["query"])
def test_articles(row: dict[str, Any]) -> None:
    found = [[part.text, part.article] for part in cited(fold(row["query"]).split())]
    assert (found or None) == row["cited"]


@pytest.mark.parametrize("row", GOLDEN["lists"], ids=lambda row: str(len(row["numbers"])))
def test_lists(row: dict[str, Any]) -> None:
    assert whole_list(row["numbers"]) == row["characters"]


@pytest.mark.parametrize("row", GOLDEN["columns"], ids=lambda row: str(len(row["numbers"])))
def test_columns(row: dict[str, Any]) -> None:
    assert column(row["numbers"]) == row["characters"]


@given(st.text())
def test_indexed_text_keeps_offsets(text: str) -> None:
    indexed = indexed_text(text)
    assert len(indexed) == len(text)
    assert all(now in (" ", folded) for now, folded in zip(indexed, fold(text), strict=True))


@given(st.text(alphabet="第两二2个天条0十.,万年〇一", max_size=40))
def test_variants_are_few_and_differ(text: str) -> None:
    found = variants(text)
    assert len(found) < 9
    assert len(set(found)) == len(found)
    assert text not in found


def test_the_alphabet_needs_no_escape() -> None:
    assert len(ALPHABET) ** 2 > 1 << 13
    assert json.loads(f'"{ALPHABET}"') == ALPHABET
    assert "<" not in ALPHABET


def test_what_only_asks_is_the_same_list_in_the_browser() -> None:
    script = (THEME_ASSETS / "search-nearby.js").read_text("utf-8")
    asked = re.search(r"const QUESTION = new RegExp\((.*?)\);", script, re.DOTALL)
    assert asked is not None and "".join(re.findall('"([^"]*)"', asked[1])) == QUESTION.pattern
