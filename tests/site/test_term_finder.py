"""Names are found as one expression of all of them would find them, the longest first, but without trying each."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from environment import ROOT
from lunxun.library.load import load
from lunxun.records.base import IsProse
from lunxun.records.term import Term
from lunxun.records.walk import leaves
from lunxun.site.small_markdown import to_html
from lunxun.site.term_finder import NameFinder

_TAG = re.compile(r"(<[^>]+>)")
_NOT_TEXT = "&#?[0-9A-Za-z]+;|\ue000[0-9]+\ue001"


def _oracle(names: list[str], text: str, mark: Callable[[str], str]) -> str:
    """Replace names as the site did when it had few of them."""
    pattern = re.compile("|".join([f"(?P<other>{_NOT_TEXT})", *map(re.escape, sorted(names, key=len, reverse=True))]))

    def replaced(match: re.Match[str]) -> str:
        return match[0] if match["other"] else mark(match[0])

    return "".join(part if part.startswith("<") else pattern.sub(replaced, part) for part in _TAG.split(text))


def _found(names: list[str], text: str, sample: str = "") -> str:
    parts, end = [], 0
    for start, name in NameFinder(names, sample).found_in(text):
        parts += [text[end:start], f"[{name}]"]
        end = start + len(name)
    return "".join([*parts, text[end:]])


_names = st.lists(st.text("甲乙丙丁ab0<&;>", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)
_pieces = st.sampled_from(
    "甲 乙 丙 丁 a b 0 甲乙 乙丙 丙丁甲 &lt; &amp; &gt; &#12; <p> </p> <a\xa0href='b0'> \ue0000\ue001 \n ; &".replace(
        "\xa0", " "
    ).split(" ")
)
_texts = st.lists(_pieces, max_size=25).map("".join)


@given(_names, _texts, st.text("甲乙丙丁ab0", max_size=30))
@example(["A&B"], "A&amp;B&amp;", "")
@example(["0", "甲0"], "甲\ue0000\ue001甲0", "")
@example(["甲乙丙", "乙"], "乙甲乙丙乙", "甲甲乙丙")
@example(["丙丁甲甲"], "甲甲丙丁", "")
def test_names_are_found_as_one_expression_finds_them(names: list[str], text: str, sample: str) -> None:
    escaped = [html.escape(name, quote=False) for name in names]
    # A lone "<" never stands in what Markdown gives, and so begins no tag.
    text = re.sub(r"<(?![^<>]+>)", "", text)
    assert _found(escaped, text, sample) == _oracle(escaped, text, "[{}]".format)


def test_the_terms_of_the_content_are_found_in_all_its_prose() -> None:
    library = load(ROOT / "content").library
    names = list(
        dict.fromkeys(
            html.escape(name, quote=False) for _, term in library.of(Term) for name in (term.title, *term.aliases)
        )
    )
    finder = NameFinder(names, "网格")
    texts = [
        to_html(leaf.value)
        for entry in library.entries.values()
        for leaf in leaves(entry.record)
        if isinstance(leaf.mark, IsProse)
    ]
    pattern = re.compile("|".join([r"<[^>]+>", _NOT_TEXT, *map(re.escape, sorted(names, key=len, reverse=True))]))
    known, hits = set(names), 0
    for text in texts:
        expected = [(match.start(), match[0]) for match in pattern.finditer(text) if match[0] in known]
        assert list(finder.found_in(text)) == expected
        hits += len(expected)
    assert hits > 500


@pytest.mark.parametrize("text", ["", "甲", "<p>甲</p>"])
def test_without_names_nothing_is_found(text: str) -> None:
    assert list(NameFinder([], "").found_in(text)) == []
