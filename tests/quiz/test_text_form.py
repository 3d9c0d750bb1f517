"""Questions as text: nothing is lost on the way there and back, and messy files are understood or complained of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from environment import ROOT
from lunxun.findings import Severity
from lunxun.library.load import load
from lunxun.quiz.formats.rules import FORM, Intake
from lunxun.quiz.formats.text import read_text_file, write_text_file
from lunxun.records.bank import Bank
from tests.quiz.made_banks import BANKS, NASTY, of_bank, of_intake


def _read(text: str) -> Intake:
    return read_text_file("来件.txt", text.encode())


def _errors(intake: Intake) -> list[str]:
    return [f"{one.place.line} {one.message}" for one in intake.findings if one.severity is Severity.ERROR]


@settings(max_examples=80, deadline=None)
@given(BANKS)
def test_a_round_trip_loses_nothing(bank: Bank) -> None:
    intake = read_text_file("来件.txt", write_text_file(bank)[0])
    assert intake.findings == []
    assert of_intake(intake) == of_bank(bank)
    assert (intake.head["title"], intake.head["summary"]) == (bank.title, bank.summary)


def test_the_banks_of_the_project_come_back_whole() -> None:
    banks = load(ROOT / "content").library.of(Bank)
    for _, bank in banks:
        intake = read_text_file("来件.txt", write_text_file(bank)[0])
        assert intake.findings == []
        assert of_intake(intake) == of_bank(bank)


MESSY = """某县2026年培训测试题

一、单项选择题（每题2分，共4分）
1、党支部党员大会一般（ Ｂ ）召开一次。
Ａ．每月　　Ｂ．每季度　　Ｃ．每半年　　Ｄ．每年
2. 支委会一般多久开一次？
  A. 每月一次
  B. 每季度一次
【答案】A  【难度】易
【解析】条例这样规定。
1. 先看条例
2. 再看通知
二、多选题
1．培训类别包括（）。
A、初任   B、任职
C、自费
正确答案: A,B
三、判断题
1. 请假不超过1/3不算违规。（×）
2. 每季度召开一次。
答案：√
四、填空题
1. 每年不少于______天或者______学时。
答案：12；90
五、简答题
1. 为什么要看口径？
答：因为各地不同。
评分要点：
说出口径（3分）
举例（2分）
"""


def test_a_file_as_they_come_is_understood() -> None:
    intake = _read(MESSY)
    assert _errors(intake) == []
    data = [read.data for read in intake.questions]
    assert [one["type"] for one in data] == ["单选", "单选", "多选", "判断", "判断", "填空", "简答"]
    assert [one["key"] for one in data[:6]] == ["B", "A", "AB", "错", "对", [["12"], ["90"]]]
    assert data[0]["stem"] == "党支部党员大会一般（）召开一次。"
    assert data[0]["options"] == ["每月", "每季度", "每半年", "每年"]
    assert data[1]["difficulty"] == 1
    assert data[1]["rationale"] == "条例这样规定。\n1. 先看条例\n2. 再看通知"
    assert data[3]["stem"] == "请假不超过1/3不算违规。"
    assert data[5]["stem"] == "每年不少于____天或者____学时。"
    assert [point["share"] for point in data[6]["key"]["points"]] == [60, 40]
    assert intake.head["title"] == "某县2026年培训测试题"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("1. 问（）\nA. 一\nB. 二\n", 1, "没有答案"),
        ("1. 问（）\nA. 一\nB. 二\n答案：E\n", 1, "没有这个选项"),
        ("1. 问（）\nA. 一\nC. 二\n答案：A\n", 3, "选项不连续"),
        ("\n\n1. 【判断】问\n答案：也许\n", 3, "不是对、错"),
        ("1. 【填空】甲 ____ 乙 ____\n答案：一\n", 1, "题干有 2 个空"),
        ("1. 【匹配】配\n答案：甲\n", 1, "分不出左右"),
        ("1. 【排序】排\n答案：甲\n", 1, "只有一项"),
        ("1. 【单选】问\nA. 一\n答案：A\n", 1, "没有选项"),
        ("没有题\n", 1, "没有找到题目"),
        ("1.\n2. 问\n答案：对\n", 1, "没有题干"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    found = [one for one in _read(text).findings if one.rule == FORM.id]
    assert [one.place.line for one in found if words in one.message] == [line]


def test_old_encodings_are_read_and_others_refused() -> None:
    text = "1. 【判断】村里的事。\n答案：对\n"
    old = read_text_file("a.txt", text.encode("gb18030"))
    assert old.questions[0].data["stem"] == "村里的事。"
    assert "GB 18030" in old.findings[0].message
    assert read_text_file("a.txt", b"\xff\xfe\x00\x01\x02").questions == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from((*NASTY, "\n", "\nA. ", "\n1. ", "\n答案：", "\n（1）")), max_size=40).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    intake = _read(text)
    assert intake.questions or intake.findings
