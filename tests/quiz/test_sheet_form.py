"""Questions in Excel files: there and back, findings by cell, and files that want to do harm."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from lunxun.quiz.formats.rules import Intake
from lunxun.quiz.formats.sheet_columns import COLUMNS
from lunxun.quiz.formats.sheet_read import read_sheet
from lunxun.quiz.formats.sheet_write import write_sheet
from lunxun.quiz.formats.template import template
from lunxun.records.bank import Bank
from lunxun.records.question_types import TYPES
from tests.quiz.made_archives import archive
from tests.quiz.made_banks import BANKS, of_bank, of_intake

openpyxl = pytest.importorskip("openpyxl")


@settings(max_examples=25, deadline=None)
@given(BANKS)
def test_a_round_trip_loses_nothing(bank: Bank) -> None:
    data, said = write_sheet(bank)
    intake = read_sheet("题.xlsx", data)
    assert (said, intake.findings) == ([], [])
    assert of_intake(intake) == of_bank(bank)
    assert (intake.head["title"], intake.head["summary"]) == (bank.title, bank.summary)


def _read(*rows: tuple[Any, ...]) -> Intake:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return read_sheet("题.xlsx", target.getvalue())


HEADING = ("题目", "A", "B", "正确答案", "题型")


def test_a_sheet_of_ones_own_is_understood() -> None:
    intake = _read(
        ("某县题库",), HEADING, ("问（）", "甲", 12.0, "b", "单选题"), (), ("说一句", None, None, True, "判断")
    )
    assert intake.findings == []
    assert [read.data["key"] for read in intake.questions] == ["B", "对"]
    assert intake.questions[0].data["options"] == ["甲", "12"]


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (("=1+1", "甲", "乙", "A", "单选"), "A2", "公式"),
        (("问（）", "甲", "=CMD()", "A", "单选"), "C2", "公式"),
        (("问（）", date(2026, 3, 5), "乙", "A", "单选"), "B2", "日期"),
        (("问（）", "甲", "乙", "D", "单选"), "D2", "没有这个选项"),
        (("问（）", None, "乙", "A", "单选"), "B2", "空着"),
        (("问（）", "甲", "乙", "A", "单挑"), "E2", "没有题型"),
        (("问（）", "甲", "乙", None, "单选"), "D2", "没有答案"),
        ((None, "甲", "乙", "A", "单选"), "A2", "没有题干"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(row: tuple[Any, ...], cell: str, words: str) -> None:
    found = [one.message for one in _read(HEADING, row).findings]
    assert [f"单元格 {cell}：" in one for one in found if words in one] == [True]


def test_columns_and_sheets_are_not_left_out_in_silence() -> None:
    found = [one.message for one in _read(("题干", "答案", "命题人"), ("一句话", "对", "某人")).findings]
    assert ["单元格 C1" in one for one in found if "命题人" in one] == [True]
    assert ["没有找到" in one.message for one in _read(("甲", "乙")).findings] == [True]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        archive(xl__workbook_xml=b"<broken"),
        archive(xl__workbook_xml=b"<a/>", xl__vbaProject_bin=b"1"),
        archive(xl__workbook_xml=b" " * 30_000_000),
        archive(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
)
def test_harmful_files_are_refused(data: bytes) -> None:
    intake = read_sheet("题.xlsx", data)
    assert (len(intake.findings), intake.questions) == (1, [])


def test_no_text_becomes_a_formula() -> None:
    question = {
        **template().model_dump(exclude_none=True)["questions"][2],
        "stem": "=HYPERLINK(1)",
        "rationale": "@SUM(1)",
    }
    bank = Bank.model_validate({"title": "+1", "summary": "-1", "questions": [question]})
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(bank)[0]))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value or "")[:1] in ("=", "+", "-", "@")
    ]
    assert len(cells) == 4
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_the_template_helps() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_sheet(template())[0]))["题目"]
    assert {cell.value for cell in sheet["A"][1:]} == set(TYPES)
    assert all(cell.comment for cell in sheet[1])
    assert len(sheet.data_validations.dataValidation) == sum(bool(column.choices) for column in COLUMNS)


def test_rows_show_their_whole_texts_and_pages_are_a4() -> None:
    long = "解析" * 100
    question = {"id": "q", "type": "判断", "stem": "问", "key": "对", "rationale": long, "basis": ["term"]}
    graded = {**question, "difficulty": 1, "level": "识记"}
    bank = Bank.model_validate({"title": "题", "summary": "说", "topics": ["grid"], "questions": [graded]})
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(bank)[0]))
    sheet = book["题目"]
    column = next(cell for cell in sheet[1] if cell.value == "解析").column_letter
    needed = 2 * len(long) / sheet.column_dimensions[column].width
    assert sheet.row_dimensions[2].height >= 15 * needed
    assert sheet.row_dimensions[1].height < 40
    assert sheet.print_title_rows == "$1:$1"
    assert all(int(one.page_setup.paperSize) == 9 for one in book)
    empty = next(cell for cell in sheet[1] if cell.value == "选项J").column_letter
    assert sheet.column_dimensions[empty].width < 10
