"""The same thing said twice is found, however many other records there are."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lunxun.checks.duplicates import texts_differ, titles_differ
from lunxun.library.document import Document
from lunxun.library.library import EMPTY_TAXONOMY, Entry, Library
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.term import Term

_CHARACTERS = [chr(code) for code in range(0x4E00, 0x5200)]
_LONG = st.text(_CHARACTERS, min_size=80, max_size=200)


def _term(title: str, text: str, *aliases: str) -> Term:
    return Term(
        title=title, aliases=aliases, summary=text[:20], scope="national", definition=text, certainty="多方印证"
    )


def _library(records: Sequence[Record]) -> Library:
    return Library(EMPTY_TAXONOMY, dict(map(_entry, range(len(records)), records)))


def _entry(number: int, record: Record) -> tuple[Key, Entry]:
    key = Key(record.kind, f"r{number:04}")
    return key, Entry(key, record, Document(f"content/{record.folder}/{key.id}.yml", None, ()))


def _alike(library: Library) -> set[tuple[str, str]]:
    """List the pairs found, as (file named, record it resembles)."""
    return {(finding.place.file.split("/")[-1][:5], finding.message.split()[1]) for finding in texts_differ(library)}


@given(st.lists(_LONG, min_size=1, max_size=12), st.data())
def test_a_copy_under_another_name_is_always_found(texts: list[str], data: st.DataObject) -> None:
    copied = data.draw(st.integers(0, len(texts) - 1))
    records = [_term(f"第{number}个", text) for number, text in enumerate([*texts, texts[copied]])]
    owners = {other for file, other in _alike(_library(records)) if file == f"r{len(texts):04}"}
    assert f"r{texts.index(texts[copied]):04}" in owners


@given(st.lists(_LONG, min_size=2, max_size=8, unique=True))
def test_unrelated_texts_are_left_alone(texts: list[str]) -> None:
    # What hypothesis makes may be alike by repetition: only texts that share no run of six characters count.
    runs = [{text[start : start + 6] for start in range(len(text) - 5)} for text in texts]
    if any(one & other for number, one in enumerate(runs) for other in runs[:number]):
        return
    assert not _alike(_library([_term(f"第{number}个", text) for number, text in enumerate(texts)]))


@given(st.integers(0, 2**32), st.integers(0, 250))
def test_a_copy_with_one_sentence_changed_is_found(seed: int, start: int) -> None:
    text = "".join(Random(seed).sample(_CHARACTERS, 300))
    changed = text[:start] + "这一句话改过了" + text[start + 7 :]
    assert _alike(_library([_term("甲", text), _term("乙", changed)])) == {("r0001", "r0000")}


def test_each_of_many_copies_is_found_once() -> None:
    text = "网格员每周走访一次住户，登记求助事项，当天办结的当天答复，办不了的报镇里。" * 3
    boilerplate = [_term(f"旁{number}", f"{text}另有一项专门的规定，编在第{'十' * number}号。") for number in range(60)]
    copies = [_term(f"第{number}个", text) for number in range(120)]
    found = _alike(_library([*copies, *boilerplate]))
    assert {(f"r{number:04}", "r0000") for number in range(1, 120)} <= found
    assert sum(file < "r0120" for file, _ in found) == 119


def test_short_copies_are_found_too() -> None:
    assert _alike(_library([_term("甲", "见规定。"), _term("乙", "见规定。"), _term("丙", "见通知。")])) == {
        ("r0001", "r0000")
    }


def test_records_of_two_kinds_may_say_the_same() -> None:
    class Other(Term):
        kind = "practice"
        folder = "practices"

    other = Other(**_term("乙", "见规定。").model_dump())
    assert not _alike(_library([_term("甲", "见规定。"), other]))


def test_a_name_belongs_to_one_record_of_a_kind() -> None:
    records = [_term("网格", "甲", "治理网格"), _term("網格", "乙"), _term("丙", "丙", "丁", "治理网格")]
    messages = [finding.message for finding in titles_differ(_library(records))]
    assert messages == ["“網格”已是 r0000 的标题或别名", "“治理网格”已是 r0000 的标题或别名"]


def test_a_record_may_repeat_its_own_title_as_alias() -> None:
    assert not list(titles_differ(_library([_term("AB岗", "甲", "ab岗")])))
