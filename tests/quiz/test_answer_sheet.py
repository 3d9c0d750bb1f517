"""Opened answer sheets: strict, bounded, and compared with the form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lunxun.quiz.answer_sheet import Answer, AnswerSheet, is_possible, problems_of_answers, read_answer_sheet
from lunxun.quiz.paper_files import Asked
from tests.browser.exam_steps import ANSWERS, WHO
from tests.quiz.made_forms import made_form

GOOD: dict[str, Any] = {
    "format": 1,
    "paper": "township-final",
    "form": "A",
    "digest": "0" * 64,
    "sitting": "1" * 32,
    "learner": {"name": "张某", "unit": "", "number": ""},
    "started": "2026-11-22T09:00:00",
    "handed": "2026-11-22T10:20:00",
    "seconds": 4800,
    "answers": {"1": "B", "21": "ACD", "29": "对", "39": ["书记"], "43": "BDA", "44": "文字", "47-1": "C"},
}


def _read(**changes: Any) -> AnswerSheet | str:
    return read_answer_sheet(json.dumps({**GOOD, **changes}).encode())


def test_the_sheet_of_the_contract_is_read() -> None:
    sheet = _read()
    assert isinstance(sheet, AnswerSheet)
    assert sheet.answers["39"] == ("书记",)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"form": "AB"},
        {"digest": "x"},
        {"sitting": "1" * 31},
        {"learner": {"name": 3}},
        {"learner": {"name": "x" * 101}},
        {"learner": {"name": "张某", "phone": "1"}},
        {"handed": "2026-13-01T00:00:00"},
        {"handed": "昨天"},
        {"seconds": -1},
        {"seconds": "4800"},
        {"answers": {"0": "A"}},
        {"answers": {"1-1-1": "A"}},
        {"answers": {"1": 3}},
        {"answers": {"1": None}},
        {"answers": {"1": {"a": "b"}}},
        {"answers": {"1": "x" * 100_001}},
        {"answers": {"1": ["x"] * 21}},
        {"answers": {str(number): "A" for number in range(1, 502)}},
        {"more": 1},
    ],
)
def test_what_is_not_of_the_contract_is_refused(changes: dict[str, Any]) -> None:
    assert isinstance(_read(**changes), str)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * (2 * 1024 * 1024 + 1), b"NaN"])
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    assert isinstance(read_answer_sheet(raw), str)


def _asked(kind: Any, **more: Any) -> Asked:
    return Asked(no=1, id="a", type=kind, score=1, stem="问", **more)


@pytest.mark.parametrize(
    ("asked", "good", "bad"),
    [
        (_asked("单选", options=("一", "二")), ["A", "B"], ["", "C", "AB", "a", ("A",)]),
        (_asked("多选", options=("一", "二", "三")), ["A", "AC", "ABC"], ["", "CA", "AA", "AD", ("A",)]),
        (_asked("判断"), ["对", "错"], ["", "A", "对错"]),
        (_asked("填空", blanks=2), [("", ""), ("甲", "乙")], ["甲", ("甲",), ("甲", "乙", "丙")]),
        (_asked("匹配", lefts=("甲", "乙"), rights=("一", "二", "三")), ["AA", "C-", "--"], ["A", "AD", "AAA"]),
        (_asked("排序", steps=("一", "二", "三")), ["ABC", "CBA"], ["AB", "AAB", "AB-", "ABCD"]),
        (_asked("简答"), ["", "文字"], [("文字",)]),
    ],
)
def test_an_answer_has_the_shape_of_its_question(asked: Asked, good: list[Answer], bad: list[Answer]) -> None:
    assert [one for one in good if not is_possible(asked, one)] == []
    assert [one for one in bad if is_possible(asked, one)] == []


def test_the_answers_of_the_exam_page_are_those_that_are_graded() -> None:
    sheet = _read(answers=ANSWERS, learner=WHO)
    assert isinstance(sheet, AnswerSheet)
    assert list(problems_of_answers(made_form(), sheet.answers)) == []
