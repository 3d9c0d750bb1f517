"""Questions in Word files: there and back, numbered by Word itself, and files that want to do harm."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings

from lunxun.quiz.formats import office
from lunxun.quiz.formats.office import OfficeMissingError, office_module, problem_of_archive
from lunxun.quiz.formats.word import read_word, write_word
from lunxun.records.bank import Bank
from tests.quiz.made_archives import archive
from tests.quiz.made_banks import BANKS, of_bank, of_intake

docx = pytest.importorskip("docx")


@settings(max_examples=25, deadline=None)
@given(BANKS)
def test_a_round_trip_loses_nothing(bank: Bank) -> None:
    data, said = write_word(bank)
    intake = read_word("题.docx", data)
    assert (said, intake.findings) == ([], [])
    assert of_intake(intake) == of_bank(bank)


def _saved(*paragraphs: tuple[str, str | None]) -> bytes:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_numbers_that_word_gives_are_read() -> None:
    question = ("【判断】村里的事。", "List Number")
    intake = read_word("题.docx", _saved(question, ("答案：对", None), question, ("答案：错", None)))
    assert [read.data["key"] for read in intake.questions] == ["对", "错"]
    assert [read.place.line for read in intake.questions] == [1, 3]


def test_tables_are_not_left_out_in_silence() -> None:
    document = docx.Document()
    document.add_paragraph("1. 【判断】村里的事。")
    document.add_paragraph("答案：对")
    document.add_table(2, 2)
    target = io.BytesIO()
    document.save(target)
    assert "1 个表格没有读" in [one.message for one in read_word("题.docx", target.getvalue()).findings]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是完整的 Office 文件"),
        (b"PK\x03\x04 not a zip", "不是完整的 Office 文件"),
        (archive(word__document_xml=b"<a/>")[:-30], "不是完整的 Office 文件"),
        (archive(other_xml=b"<a/>"), "不是这种 Office 文件"),
        (archive(word__document_xml=b"<a/>", word__vbaProject_bin=b"1"), "宏"),
        (archive(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DTD"),
        (archive(word__document_xml="<!DOCTYPE a><a/>".encode("utf-16")), "DTD"),
        (archive(word__document_xml=b" " * 30_000_000), "炸弹"),
    ],
)
def test_harmful_archives_are_refused(data: bytes, words: str) -> None:
    assert words in (problem_of_archive(data, "word/document.xml") or "")
    assert [words in one.message for one in read_word("题.docx", data).findings] == [True]


def test_a_broken_document_is_a_finding() -> None:
    intake = read_word("题.docx", archive(word__document_xml=b"<broken"))
    assert ["读不了" in one.message for one in intake.findings] == [True]


def test_without_the_library_it_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(office, "import_module", missing)
    with pytest.raises(OfficeMissingError, match="要先装 python-docx"):
        office_module("docx")


def test_a_question_stands_out_and_is_not_torn() -> None:
    common = {"rationale": "因", "basis": ["term"], "difficulty": 1, "level": "识记"}
    one = {"type": "单选", "stem": "问（）", "options": ["甲", "乙"], "key": "A", **common}
    asked = [{"id": "q-1", **one}, {"id": "q-2", **one}]
    bank = Bank.model_validate({"title": "题", "summary": "说", "topics": ["grid"], "questions": asked})
    document = docx.Document(io.BytesIO(write_word(bank)[0]))
    assert document.sections[0].page_width.cm == pytest.approx(21, abs=0.01)
    lines = document.paragraphs
    heads = [place for place, one in enumerate(lines) if "【单选】" in one.text]
    assert all(lines[place].runs[0].bold for place in heads)
    assert [one.text for one in lines if one.paragraph_format.left_indent] == ["A. 甲", "B. 乙"] * 2
    held = [bool(one.paragraph_format.keep_with_next) for one in lines[heads[0] : heads[1]]]
    assert held.count(False) == 1, "a page may end only behind the last line of a question"
