"""Moodle XML: there and back, read by another parser, and files that want to do harm."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from environment import ROOT
from lunxun.library.load import load
from lunxun.quiz.formats.markup import from_html
from lunxun.quiz.formats.moodle_read import read_moodle
from lunxun.quiz.formats.moodle_write import write_moodle
from lunxun.quiz.formats.rules import Intake
from lunxun.records.bank import Bank
from tests.quiz.made_banks import BANKS, of_bank, of_intake


@settings(max_examples=60, deadline=None)
@given(BANKS)
def test_a_round_trip_loses_nothing(bank: Bank) -> None:
    intake = read_moodle("题.xml", write_moodle(bank)[0])
    assert intake.findings == []
    assert of_intake(intake) == of_bank(bank)
    assert (intake.head["title"], intake.head["summary"]) == (bank.title, bank.summary)


@pytest.fixture(scope="module")
def samples() -> Bank:
    banks = load(ROOT / "content").library.of(Bank)
    return next(bank for entry, bank in banks if entry.key.id == "samples")


def test_moodle_finds_what_it_looks_for(samples: Bank) -> None:
    root = ET.fromstring(write_moodle(samples)[0])
    asked = [one for one in root if one.get("type") != "category"]
    assert len(asked) == sum(1 + len(getattr(one, "questions", ())) for one in samples.questions)
    for one in asked:
        assert one.findtext("name/text") and one.findtext("questiontext/text") and one.findtext("generalfeedback/text")
        shares = [float(answer.get("fraction", "x")) for answer in one.findall("answer")]
        if one.get("type") == "multichoice":
            assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.001)
            assert one.findtext("single") == ("true" if shares.count(100) == 1 else "false")
        if one.get("type") == "truefalse":
            assert sorted(shares) == [0, 100]
        if one.get("type") == "matching":
            assert len([sub for sub in one.findall("subquestion") if sub.findtext("text")]) >= 2
        assert all(len(tag.text or "") <= 50 for tag in one.findall("tags/tag/text"))


def test_what_moodle_does_not_mark_is_said(samples: Bank) -> None:
    found = [one.message for one in write_moodle(samples)[1]]
    assert ["sample-township-hours：单位、误差" in one for one in found if "sample-township" in one] == [True]


def _read(*questions: str) -> Intake:
    return read_moodle("题.xml", f"<quiz>\n{''.join(questions)}</quiz>".encode())


def test_questions_of_others_are_understood() -> None:
    markup = "<![CDATA[<p>一 <b>二</b>&nbsp;</p>]]>"
    stem = f'<name><text>n</text></name><questiontext format="html"><text>{markup}</text></questiontext>'
    right = '<answer fraction="100"><text>12</text><tolerance>0.5</tolerance></answer>'
    intake = _read(
        f'<question type="numerical">{stem}{right}</question>',
        f'<question type="shortanswer">{stem}{right}<answer fraction="50"><text>b</text></answer></question>',
        f'<question type="truefalse">{stem}<answer fraction="100"><text>false</text></answer></question>',
        '<question type="cloze"><questiontext><text>甲{1:SA:=a~%100%b~%50%c#no}</text></questiontext></question>',
    )
    data = [read.data for read in intake.questions]
    assert [one["stem"] for one in data] == ["一 **二** ____", "一 **二** ____", "一 **二**", "甲____"]
    assert [one["key"] for one in data] == [[{"accept": ["12"], "tolerance": 0.5}], [["12"]], "错", [["a", "b"]]]
    assert sum("部分分" in one.message or "不是全对" in one.message for one in intake.findings) == 2


def test_what_a_bank_cannot_hold_is_said_with_its_line() -> None:
    image = '<question type="truefalse"><questiontext format="html"><text>&lt;img src="x"&gt;问</text></questiontext>'
    intake = _read(
        '<question type="calculated"></question>\n',
        image + '<answer fraction="100"><text>true</text></answer></question>\n',
        '<question type="multichoice"><questiontext><text>问</text></questiontext></question>',
    )
    found = [(one.place.line, one.message) for one in intake.findings]
    assert [line for line, words in found if "calculated" in words] == [2]
    assert [line for line, words in found if "1 幅图" in words] == [3]
    assert [line for line, words in found if "没有选项" in words] == [4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不完整"),
        ("<quiz><question>", "不完整"),
        ("<other/>", "不是 Moodle"),
        ("<quiz/>", "没有找到题目"),
        ('<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "DTD"),
        ('<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "DTD"),
        ("<quiz>" + "<a>" * 100 + "</a>" * 100 + "</quiz>", "嵌套太深"),
    ],
)
def test_harmful_files_are_refused(text: str, words: str) -> None:
    intake = read_moodle("题.xml", text.encode())
    assert ([words in one.message for one in intake.findings], intake.questions) == ([True], [])


def test_html_becomes_text() -> None:
    assert from_html("<p>a<br>b</p><script>x</script><ul><li>c</li></ul><img>") == ("a\nb\n\n- c", 1)
