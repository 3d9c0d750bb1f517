"""The quick reader reads what the strict reader reads, as it reads it, or leaves it to the strict reader."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from lunxun.library.document import Data
from lunxun.library.quick_yaml import MAX_LENGTH, read_quickly
from lunxun.library.yaml_reader import MAX_DEPTH, MAX_NODES, read_yaml
from lunxun.records.kinds import KINDS
from lunxun.records.skeleton import skeleton
from tests.contents import BAD, GOOD

ROOT = Path(__file__).parents[2]
_REAL = sorted([*GOOD.rglob("*.yml"), *(ROOT / "content").rglob("*.yml")])

# What a line may hold, with K for a key that no other line of the text has.
_LINES = (
    "K:", "K: v", "K: |", "K: |-", "- v", "- K: v", "- K:", "- |", "- K: |", "# c", "", "text", "K: [a, b]",
    "- {K: v}", "- 'q'", " x", "  ", "K: # c", "- - v", "-", "K: >", "K: |2", "---", "...", "K: 'a", "b'",
)  # fmt: skip
_SCALARS = "01e x_a.-+:#'\"\\,[]{}~&*!|>%@`?网tnN=<\t\r\u0085\u2028\ufeff\u3000é"


def _assert_agrees(text: str) -> bool:
    """Compare the two readers; tell whether the quick one read the text."""
    data = read_quickly(text)
    if data is None:
        return False
    document, findings = read_yaml("f.yml", text)
    assert not findings, (text, data)
    assert document is not None
    assert _same(data, document.data), (text, data, document.data)
    return True


def _same(one: Data, other: Data) -> bool:
    """Compare with types, order of keys and signs of zeros."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return type(one) is type(other) and one == other


def test_records_are_read_quickly() -> None:
    texts = [path.read_text("utf-8") for path in _REAL]
    read = [_assert_agrees(text) for text in texts]
    # A source may name its file by digits and letters that would take a closer look.
    assert sum(read) > 0.95 * len(read)


def test_a_filled_skeleton_is_read_quickly() -> None:
    for model in KINDS.values():
        text = "".join(line for line in skeleton(model).splitlines(keepends=True) if not line.lstrip().startswith("#"))
        _assert_agrees(text)
        assert read_quickly("# 说明: 一\n" + "title: 网格\nsummary: |\n  一段。\n") is not None


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yml")), ids=lambda path: path.stem)
def test_a_bad_file_is_not_read_in_another_way(path: Path) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return
    _assert_agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n", "a:\n  b: 1\n  b: 1\n", "a: {b: 1, b: 2}\n", "'a': 1\na: 2\n", "a: 1\n# b: 2\na: 3\n",
        "a: |\n  b: 1\na: 2\n",
    ],
)  # fmt: skip
def test_equal_keys_are_left_to_the_strict_reader(text: str) -> None:
    assert read_quickly(text) is None
    assert read_yaml("f.yml", text)[1]


@pytest.mark.parametrize(
    "value",
    [
        "1_000", "0x10", "0o17", "0b1", "010", "00", "1e3", "1E3", "1.5e3", ".5", "1.", "+1", "-", "1:30", ".inf",
        "-.INF", ".nan", "yes", "No", "ON", "off", "y", "N", "True", "FALSE", "Null", "NULL", "~", "<<", "=", "-0",
        "0.0", "-0.0", "12345678901234567", "0.12345678901", "&a b", "*a", "!!str 1", "!x y", "- a", "? a", "a: b",
        "2001-12-14t21:59:43.10-05:00", "a #b", "a\tb", "\ta", "'a", '"a', '"\\x41"', "'a\n  b'", "[a", "{a", "[a]]",
        "%a", "@a", "`a", "|2\n    a", ">\n  a", "|+\n  a\n\n", "| # c\n  a", "a\n  b", "\u2028", "a\u0085", "\ufeff",
        "\x7f", "ab:", "{true: 1}", "{a: 1, null: 2}", "{a: [b], b: {c: 1}}", "[a, ]", "[ ]", "{}", "[[a]]",
        "{a: 'b', c: -1}", "[-1, 2.5, 15个, '3', true, null, yes]", "[a#b, c:d]",
        "{a: 1, a: 2}", "'a': 1", "|\n x", "|\n\n\n    a\n   b",
    ],
)  # fmt: skip
def test_what_is_odd_is_read_alike_or_left(value: str) -> None:
    for text in (f"k: {value}\n", f"- {value}\n", f"k:\n- {value}\n", f"k: [{value}]\n", f"k: {{b: {value}}}\n"):
        _assert_agrees(text)
    _assert_agrees(f"{value}: 1\n")
    _assert_agrees(f"k: 1\n{value}\nl: 2\n")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 网格：3+3 #1\n", None),
        ("a: 15个\nb: 2023-08-31\nc: 2023\nd: -1.50\n", {"a": "15个", "b": "2023-08-31", "c": 2023, "d": -1.5}),
        ("a: true\nb: null\nc:\nd: ''\n", {"a": True, "b": None, "c": None, "d": ""}),
        ("a: 'it''s'\nb: \"网:格\"\nc: x:y#z\n", {"a": "it's", "b": "网:格", "c": "x:y#z"}),
        ("a: [ 1, 'x', 网格 ]\nb: []\n", {"a": [1, "x", "网格"], "b": []}),
        ("c: {d: 1, e: [2, 3]}\n", {"c": {"d": 1, "e": [2, 3]}}),
        ("a: |\n  一\n\n    二\n  三\nb: |-\n  四\n", {"a": "一\n\n  二\n三\n", "b": "四"}),
        ("a:\n- b: |\n    一\n  c: 2\n- d\n", {"a": [{"b": "一\n", "c": 2}, "d"]}),
    ],
)  # fmt: skip
def test_the_data_are_what_the_text_says(text: str, data: Any) -> None:
    assert read_quickly(text) == data
    _assert_agrees(text)


def test_every_small_arrangement_of_lines_is_read_alike() -> None:
    lines = [" " * indent + line for line in _LINES[:13] for indent in (range(4) if line else (0,))]
    texts = itertools.chain(itertools.product(("a:", "a: v", "a: |", "- v"), lines, lines), itertools.product(lines))
    read = sum(_assert_agrees(_text(combination)) for combination in texts)
    assert read > 100


@given(
    st.lists(st.tuples(st.sampled_from(_LINES), st.integers(-3, 2)), min_size=1, max_size=10),
    st.sampled_from(["K:", "K: v", "K: |", "- K:", "K: [a]", "# c"]),
)
def test_many_arrangements_of_lines_are_read_alike(lines: list[tuple[str, int]], first: str) -> None:
    written, indent = [first], 0
    for line, step in lines:
        indent = max(0, indent + step)
        written.append(" " * indent + line if line else "")
    _assert_agrees(_text(written))


def _text(lines: Any) -> str:
    return "".join(line.replace("K", "bcdefghijklm"[number]) + "\n" for number, line in enumerate(lines))


@given(st.text(_SCALARS, max_size=12) | st.text("0123456789eE.-+:_x", max_size=20))
@example("5e5")
@example("12e3")
@example("1-2")
@example("9999999999999999")
def test_every_scalar_is_read_alike(text: str) -> None:
    for before, after in _AROUND:
        _assert_agrees(before + text + after)


_AROUND = (
    ("a: ", "\n"), ("a:\n- ", "\n"), ("a: [b, ", "]\n"), ("a: {b: ", ", c: 1}\n"), ("a: '", "'\n"), ('a: "', '"\n'),
    ("a: |\n  ", "\n"), ("", ": 1\n"), ("a: |", "\n  x\n"), ("a: 1\n", "\nb: 2\n"), ("a: 1 ", "\n"),
)  # fmt: skip

_plain = st.text("网格治理，。：“”《》abcXZ019 -:#'\"\\[]{}&*!|>%@`?,.\t\n〇𠀀é　", max_size=30)
_scalar = _plain | st.integers(-(10**17), 10**17) | st.floats() | st.booleans() | st.none() | st.dates()
_names = st.text("abc_-1网 :'#", min_size=1, max_size=6)
_data: st.SearchStrategy[Any] = st.recursive(
    _scalar,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names, inner, max_size=4),
    max_leaves=20,
)


@given(
    st.dictionaries(st.text("abc_", min_size=1, max_size=6), _data, min_size=1, max_size=5),
    st.sampled_from([True, False, None]),
)
def test_what_a_dumper_writes_is_read_alike(data: Any, flow: bool | None) -> None:
    _assert_agrees(yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=10**6, sort_keys=False))


_INSERTED = (
    "\t", " ", "\n", "\n\n", ": ", " #", "- ", "'", '"', "[", "]", "{", "}", "|", ">", "&a", "*a", "!x", "%", "~", "#",
    "\r\n", "---\n", "\u2028", "\u0085", "0x1", "yes", "<<: ", "? ", "a: 1\n", "\\", "，", "\x00", ",",
)  # fmt: skip


@given(st.data())
def test_a_spoilt_record_is_read_alike(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(_REAL)).read_text("utf-8")[:1500]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        if data.draw(st.booleans()):
            text = text[:at] + data.draw(st.sampled_from(_INSERTED)) + text[at:]
        else:
            text = text[:at] + text[at + data.draw(st.integers(1, 5)) :]
    _assert_agrees(text + "\n")


@given(st.data())
def test_a_record_with_moved_lines_is_read_alike(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(_REAL)).read_text("utf-8").split("\n")[:40]
    for _ in range(data.draw(st.integers(1, 3))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines.insert(to, " " * data.draw(st.integers(0, 4)) + lines[at].lstrip())
    _assert_agrees("\n".join(lines) + "\n")


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_quick_reader(text: str) -> None:
    if not any("\ud800" <= character <= "\udfff" for character in text):
        _assert_agrees(text)


def test_no_text_that_is_let_through_has_too_many_levels_or_nodes() -> None:
    # The deepest that the indentation allows: lists that are not indented under keys that are.
    lines = [line for level in range(9) for line in (" " * level + "k:", " " * level + "- k:")]
    for number in range(1, len(lines) + 1):
        _assert_agrees("\n".join([*lines[:number], " " * 12 + "k: {k: [1]}"]) + "\n")
    nested = "".join(" " * level + ("k:\n" if level % 2 == 0 else "- k:\n") for level in range(30))
    assert read_quickly(nested) is None
    assert read_quickly("k: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n") is None
    most = "a: [" + ", ".join("1" * ((MAX_LENGTH - 10) // 3)) + "]\n"
    assert most.count("1") < MAX_NODES
    _assert_agrees(most)
    assert read_quickly("a: " + "网" * MAX_LENGTH + "\n") is None
