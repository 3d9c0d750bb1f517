"""GIFT: there and back, what it has no room for is named, and broken files are complained of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunxun.quiz.formats.gift_read import read_gift
from lunxun.quiz.formats.gift_write import gift_escaped, gift_problem, write_gift
from lunxun.records.bank import Bank
from lunxun.records.question_types import CaseAnalysis
from tests.quiz.made_banks import BANKS, NASTY, of_bank, of_intake


def _held(bank: Bank) -> list[dict[str, Any]]:
    """Give what GIFT has room for."""
    lost = [one.id for top in bank.questions for one in (top, *getattr(top, "questions", ())) if gift_problem(one)]
    kept = []
    for data, question in zip(of_bank(bank), bank.questions, strict=True):
        if isinstance(question, CaseAnalysis):
            data["questions"] = [_arrows(part) for part in data["questions"] if part["id"] not in lost]
            data["rationale"] = ""
        if data["id"] not in lost:
            kept.append(_arrows(data))
    return kept


def _arrows(data: dict[str, Any]) -> dict[str, Any]:
    """Change the arrows in what stands beside a "="."""

    def changed(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("->", "→")
        if isinstance(value, dict):
            return {name: changed(one) for name, one in value.items()}
        return type(value)(changed(one) for one in value) if isinstance(value, list | tuple) else value

    fields = {"匹配": ("key", "extra"), "单选": ("options", "rationale"), "填空": ("key", "rationale")}
    return {**data, **{name: changed(data[name]) for name in fields.get(data["type"], ())}}


@settings(max_examples=60, deadline=None)
@given(BANKS)
def test_a_round_trip_loses_what_is_said_and_no_more(bank: Bank) -> None:
    data, findings = write_gift(bank)
    intake = read_gift("题.gift", data)
    for read in intake.questions:
        if read.data["type"] == "案例分析":
            read.data.setdefault("rationale", "？")
            read.data.setdefault("questions", [])
    got = of_intake(intake)
    for one in got:
        if one["type"] == "案例分析":
            one["rationale"] = ""
    assert [_listed(one) for one in got] == [_listed(one) for one in _held(bank)]
    for top in bank.questions:
        for one in (top, *getattr(top, "questions", ())):
            assert gift_problem(one) is None or any(found.message.startswith(f"{one.id}：") for found in findings)


def _listed(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _listed(value) for name, value in data.items()}
    return [_listed(one) for one in data] if isinstance(data, list | tuple) else data


def test_questions_of_others_are_understood() -> None:
    text = (
        "// a comment\n::Q1:: Who? {=Grant#yes ~no one ~%50%half}\n\nTwo plus two is {#4:0.5}.\n\n"
        "Sun rises in the east {TRUE}\n\nMatch {=a -> b =c -> d = -> e}\n\nTell {}\n\nOnly a note\n\nBroken {=a\n"
    )
    intake = read_gift("题.gift", text.encode())
    data = [read.data for read in intake.questions]
    assert [one["type"] for one in data] == ["单选", "填空", "判断", "匹配", "简答"]
    assert data[0]["key"] == "A"
    assert data[1]["stem"] == "Two plus two is ____."
    assert data[3]["extra"] == ["e"]
    told = [(one.place.line, one.message) for one in intake.findings]
    assert [line for line, words in told if "部分分" in words] == [1]
    assert [line for line, words in told if "当作说明" in words] == [12]
    assert [line for line, words in told if "不成对" in words] == [14]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from((*NASTY, "{", "}", "{=", "->", "####", "::", "\n\n")), max_size=40).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    intake = read_gift("题.gift", text.encode())
    assert intake.questions or intake.findings


@pytest.mark.parametrize(("text", "written"), [("a:b", r"a\:b"), ("{x}", r"\{x\}"), ("a\nb", r"a\nb"), ("\\", r"\\")])
def test_marks_are_escaped(text: str, written: str) -> None:
    assert gift_escaped(text) == written
