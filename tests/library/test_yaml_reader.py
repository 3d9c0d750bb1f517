"""What is read is what the file says, and every part of it knows its place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from lunxun.findings import Place
from lunxun.library.document import Data, Document, Path
from lunxun.library.yaml_reader import MAX_DEPTH, read_yaml

_TEXT = """\
title: 网格员
"quoted key": 'it''s 文字'
summary: |
  第一行，网格。

  第三行，网格。
folded: >-
  折起来的
  第二行
  网格
list:
  - 甲
  - {id: yi, name: "乙\\t\\u4e19丁"}
plain: 一句话
  接着写
empty:
"""


def _read(text: str) -> Document:
    document, findings = read_yaml("f.yml", text)
    assert not findings
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 1, 8),
        (("quoted key",), 2, 15),
        (("summary",), 3, 10),
        (("list",), 12, 3),
        (("list", 0), 12, 5),
        (("list", 1), 13, 5),
        (("list", 1, "id"), 13, 10),
        (("list", 1, "name"), 13, 20),
        (("empty",), 16, 7),
        (("list", 7, "id"), 12, 3),
        (("nowhere", "at", "all"), 1, 1),
    ],
)
def test_a_value_has_a_place_and_an_absent_one_that_of_its_parent(path: Path, line: int, column: int) -> None:
    assert _read(_TEXT).place(path) == Place("f.yml", line, column)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [(("title",), 1, 1), (("quoted key",), 2, 1), (("list", 1, "name"), 13, 14), (("absent",), 1, 1)],
)
def test_a_key_has_a_place(path: Path, line: int, column: int) -> None:
    assert _read(_TEXT).place(path, of_key=True) == Place("f.yml", line, column)


@pytest.mark.parametrize(
    ("path", "text", "nth", "line", "column"),
    [
        (("title",), "员", 0, 1, 10),
        (("quoted key",), "文", 0, 2, 22),
        (("summary",), "网", 0, 4, 7),
        (("summary",), "网", 1, 6, 7),
        (("summary",), "。", 1, 6, 9),
        (("folded",), "网", 0, 10, 3),
        (("folded",), "第", 0, 9, 3),
        (("list", 1, "name"), "丙", 0, 13, 24),
        (("list", 1, "name"), "丁", 0, 13, 30),
        (("plain",), "写", 0, 15, 5),
    ],
)
def test_a_character_inside_a_text_has_a_place(path: Path, text: str, nth: int, line: int, column: int) -> None:
    document = _read(_TEXT)
    value = _at(document.data, path)
    offset = -1
    for _ in range(nth + 1):
        offset = value.index(text, offset + 1)
    assert document.place_of_text(path, value, offset) == Place("f.yml", line, column)
    # A path may also end with the offset, as the path of a prose mark does.
    assert document.place((*path, offset)) == Place("f.yml", line, column)


def test_white_space_inside_a_text_has_the_place_behind_what_precedes_it() -> None:
    document = _read(_TEXT)
    summary = _at(document.data, ("summary",))
    assert document.place_of_text(("summary",), summary, summary.index("\n")) == Place("f.yml", 4, 10)
    assert document.place_of_text(("title",), "网格员", 3) == Place("f.yml", 1, 11)
    assert document.place_of_text(("title",), "", 0) == Place("f.yml", 1, 8)


def test_leading_space_that_the_record_strips_does_not_shift_places() -> None:
    document = _read("a: |2\n\n     网格${x}\n")
    assert document.place_of_text(("a",), "网格${x}", 2) == Place("f.yml", 3, 8)


_SAFE = "网格治理，。：“”《》—…abcXZ019 -:#'\"\\[]{}&*!|>%@`?,.\t\n〇𠀀é＊　"
_texts = st.text(_SAFE, max_size=30) | st.text("网格 \n'\"\\", max_size=200)
_keys = st.text("abcdefghij-网格 '\"#", min_size=1, max_size=12)
_decimals = st.decimals(min_value=-1000, max_value=1000, places=2).map(float).filter(lambda value: value != 0)
_scalars = _texts | st.integers(-(10**15), 10**15) | _decimals | st.booleans() | st.none()
_nested: st.SearchStrategy[Data] = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=20,
)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(_nested, st.sampled_from([True, False, None]), st.sampled_from([20, 80, 10**6]))
@example({"a": "x" * 100 + " 'y' \\ z"}, False, 20)
def test_what_a_dumper_writes_is_read_as_it_was(data: Data, flow: bool | None, width: int) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, default_flow_style=flow, width=width)
    document = _read(text)
    assert document.data == data == yaml.safe_load(text)
    for path, value in _scalars_of(data):
        _assert_place_of_scalar(document, path, value)


def _assert_place_of_scalar(document: Document, path: Path, value: Data) -> None:
    place = document.place(path)
    written = document.lines[place.line - 1][place.column - 1 :]
    if not isinstance(value, str):
        assert written.split(",")[0].strip(" ]}") == yaml.safe_dump(value).split("\n")[0]
    elif written[:1] not in ("'", '"', "|", ">"):
        assert written[: len(value)].split("\n")[0][:1] == value[:1]
    if isinstance(value, str):
        _assert_places_inside(document, path, value)


def _assert_places_inside(document: Document, path: Path, value: str) -> None:
    before = document.place(path)
    escapes = document.lines[before.line - 1][before.column - 1 : before.column] == '"'
    for offset, character in enumerate(value):
        if character.isspace():
            continue
        place = document.place_of_text(path, value, offset)
        written = document.lines[place.line - 1][place.column - 1]
        assert written == character or (escapes and written == "\\")
        assert place > before or offset == 0
        before = place


def _scalars_of(data: Data, path: Path = ()) -> Iterator[tuple[Path, Data]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars_of(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _scalars_of(value, (*path, index))
    else:
        yield path, data


@given(st.text("0123456789_:.+-eExXobBinfNaAyYtTrRuUsSlLoOfF~", min_size=1, max_size=8))
@example("685_230.15")
@example("017.5")
@example("1:30.5")
@example("0o17")
@example("1_0e+5")
@example(".5e+3")
@example("0.12345678901")
@example("~")
def test_a_plain_scalar_is_what_other_software_reads_or_is_refused(text: str) -> None:
    try:
        other = yaml.safe_load(f"a: {text}")
    except (yaml.YAMLError, ValueError):
        return
    document, findings = read_yaml("f.yml", f"a: {text}")
    if findings or not isinstance(other, dict) or not isinstance(other["a"], str | int | float | None):
        return  # refused, or a date, which we leave as it is written
    assert document is not None
    assert isinstance(document.data, dict)
    ours, theirs = document.data["a"], other["a"]
    assert type(ours) is type(theirs)
    assert ours == theirs
    # YAML 1.2 reads more numbers than YAML 1.1 does.
    assert not isinstance(ours, str) or not _is_number(ours)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


@pytest.mark.parametrize("text", ["2023-08-31", "2023-08", "1+X", "12345-", "yes-man", "0-3岁", "on/off", "1.2.3"])
def test_what_merely_looks_odd_is_text(text: str) -> None:
    assert _read(f"a: {text}").data == {"a": text}


@pytest.mark.parametrize("text", ["yes", "010", "1:30", "0x1F", "1_000", "TRUE", "null"])
def test_a_quoted_scalar_is_text(text: str) -> None:
    assert _read(f'a: "{text}"').data == {"a": text}


def test_depth_is_bounded_exactly() -> None:
    def nested(depth: int) -> str:
        return "[" * depth + "]" * depth

    assert _read(nested(MAX_DEPTH)).data is not None
    assert read_yaml("f.yml", nested(MAX_DEPTH + 1))[0] is None


def test_the_first_of_two_equal_keys_is_kept() -> None:
    document, findings = read_yaml("f.yml", "a: 1\na: {b: 2}\n")
    assert document is not None
    assert document.data == {"a": 1}
    assert document.place(("a",)) == Place("f.yml", 1, 4)
    assert [finding.place for finding in findings] == [Place("f.yml", 2, 1)]


def test_several_faults_are_found_in_one_run() -> None:
    _, findings = read_yaml("f.yml", "a: yes\nb: 010\na: no\n")
    assert [finding.place.line for finding in findings] == [1, 2, 3, 3]


@given(st.text(max_size=200) | st.text("a:[]{}-?&*!|>'\"%@`#, \n\t\r\x01\u2028\ufeff网", max_size=60))
@example('a: "\\ud800"')
@example("%YAML 1.1\n---\na: 1")
@example("a: !!binary x")
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        return  # cannot come out of a UTF-8 file
    document, findings = read_yaml("f.yml", text)
    assert document is not None or findings
    lines = text.count("\n") + 1
    assert all(1 <= finding.place.line <= lines + 1 and finding.place.column >= 1 for finding in findings)


def _at(data: Data, path: Path) -> str:
    found: Any = data
    for part in path:
        found = found[part]
    assert isinstance(found, str)
    return found
