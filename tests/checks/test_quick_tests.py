"""A quick test rules out only records in which the rule itself would find nothing."""

from __future__ import annotations

import sys
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lunxun.checks.register import RECORD_RULES, check, inspect
from lunxun.checks.rule import RecordRule
from lunxun.checks.texts import RecordText, whole_text
from lunxun.findings import in_order
from lunxun.library.document import Document
from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.records.term import Term
from lunxun.records.walk import leaves
from lunxun.text.folding import fold

_PARTS = (
    "网格", "“", "”", "《", "》", "‘", "’", "（", "）", "(", ")", ",", ".", ";", ":", "!", "?", " ", "\n", "\0",
    "\u3000", "\x1c", "1", "15", "2021年", "１２", "138", "0013", "8000", "-", "@", "a", "<b>", "&amp;", "&", "<",
    "javascript:",
    "JavaScript:", "ſ", "${grids}", "${12", "}", "[[grid|1", "]]", "略", "无", "暂无", "见附件", "详", "…", "...",
    "TODO", "todo", "TBD", "xx", "。", "附后", "待补", "13800138000", "11010519491231002X", "6222 0212 3456 7894",
    "010-62345678", "+86", "a@b.cn",
)  # fmt: skip
_text = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=8).map("".join) | st.text(min_size=1, max_size=6)
_usable = _text.filter(lambda text: text.strip() != "")


def _record(title: str, summary: str, definition: str, alias: str) -> RecordText:
    term = Term(
        title=title, aliases=(alias,), summary=summary, scope="national", definition=definition, certainty="多方印证"
    )
    key = Key("term", "t")
    return RecordText(Entry(key, term, Document("content/terms/t.yml", None, ())), leaves(term))


@pytest.mark.parametrize("rule", RECORD_RULES, ids=lambda rule: rule.info.id)
@given(_usable, _usable, _usable, _usable)
@example("略", "无", "暂无 ", "见附件")
@example("“甲", "乙”", "丙", "丁")
@example("甲${1", "2}乙", "“3", "4”")
@example("《1", "2》", "汉,", "(汉")
@example("1380013", "8000", "0", "@")
@example("正文", "“甲”1", "[[a|1]]2", "无")
@example("汉\n", "汉, \n", "汉)", "丁")
def test_what_is_found_is_never_ruled_out(rule: RecordRule, one: str, two: str, three: str, four: str) -> None:
    record = _record(one, two, three, four)
    if list(rule.look(record)):
        assert rule.may_apply(record)
    assert list(rule.findings(record)) == list(rule.look(record))


@given(_usable, _usable)
def test_a_record_that_is_plain_is_ruled_out(one: str, other: str) -> None:
    plain = "".join(character for character in one + other if "\u4e00" <= character <= "\u9fff")
    record = _record("标题", f"摘要{plain}字", f"释义{plain}字", "别名")
    texts = [rule for rule in RECORD_RULES if rule.info.id in _OF_TEXTS]
    assert len(texts) == len(_OF_TEXTS)
    assert not any(rule.may_apply(record) for rule in texts)


_OF_TEXTS = {"typed-figure", "quotes", "half-width", "empty-section", "raw-html", "personal-data"}


def test_every_character_that_counts_as_a_digit_is_looked_for() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    characters = [character for character in every if _has_digit(normalize("NFKC", character))]
    assert len(characters) > 100
    assert {character for character in characters if _has_digit(fold(character))} == {*"0123456789０１２３４５６７８９"}


def _has_digit(text: str) -> bool:
    return any("0" <= character <= "9" for character in text)


def test_the_whole_text_is_that_of_its_parts(good_library: Library) -> None:
    for entry in good_library.entries.values():
        record = RecordText(entry, leaves(entry.record))
        assert whole_text(entry) == record.whole
        assert all(text.value in record.whole for text in record)


def test_records_inspected_one_by_one_are_a_part_of_the_check(good_library: Library) -> None:
    found = [one for entry in good_library.entries.values() for one in inspect(entry, leaves(entry.record))]
    assert {*in_order(found)} <= {*check(good_library)}
