"""A bank as an Excel file: one row a question, with notes on the headings, lists to choose from, and a page of help."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.fields import texts_of
from lunxun.quiz.formats.office import office_module
from lunxun.quiz.formats.rules import LOSS
from lunxun.quiz.formats.sheet_columns import COLUMNS, HEAD_SHEET, HELP_SHEET, PART, SHEET, option_name
from lunxun.quiz.formats.sheet_layout import fit, lay_out
from lunxun.quiz.formats.words import HEAD_LABELS
from lunxun.quiz.formats.workbook import put_text
from lunxun.records.bank import Bank
from lunxun.records.question_types import LETTERS, CaseAnalysis, Choice, Question

_FREE_ROWS = 200
_HELP = (
    "在“题目”表里一题写一行。把鼠标放在表头上，看每一列怎样写；题型、难度、层次可以下拉选择。",
    "案例分析先写一行材料，下面每个小题一行，“小题”一列写“是”。",
    "单元格里换行按 Alt+Enter。不要写公式，写了也不会计算。",
    "例题写完可以覆盖或删去；没有改动的例题导入时会跳过。",
    "没有依据、解析、难度、层次的题也能导入，导入以后在题库里补。导入的题都是待核，核对过才给学员看。",
    "导入：lunxun quiz import 本文件 题库编号",
)


def write_sheet(bank: Bank) -> tuple[bytes, list[Finding]]:
    """Write a bank as an .xlsx file."""
    openpyxl = office_module("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    _set_up(sheet, openpyxl)
    writer = _Writer(openpyxl)
    rows = list(_rows(bank))
    for row, texts in enumerate(rows, 2):
        for index, column in enumerate(COLUMNS, 1):
            writer.write(sheet.cell(row, index), texts.get(column.name, ""))
    names = {option_name(letter) for letter in LETTERS}.difference(*rows)
    lay_out(sheet, openpyxl, [index for index, column in enumerate(COLUMNS, 1) if column.name in names])
    head_sheet = book.create_sheet(HEAD_SHEET)
    _write_head(head_sheet, bank, writer)
    fit(head_sheet, openpyxl)
    help_sheet = book.create_sheet(HELP_SHEET)
    help_sheet.column_dimensions["A"].width = 100
    for row, text in enumerate(_HELP, 1):
        writer.write(help_sheet.cell(row, 1), text)
    fit(help_sheet, openpyxl)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue(), writer.findings


class _Writer:
    def __init__(self, openpyxl: Any) -> None:
        self.findings: list[Finding] = []
        self.wrapped = openpyxl.styles.Alignment(wrap_text=True, vertical="top")

    def write(self, cell: Any, text: str) -> None:
        """Write a text that stays text, whatever it begins with."""
        if not text:
            return
        if not put_text(cell, text):
            self.findings.append(LOSS.at(Place(""), f"单元格 {cell.coordinate} 放不下的字符去掉了"))
        cell.alignment = self.wrapped


def _rows(bank: Bank) -> Iterator[dict[str, str]]:
    for question in bank.questions:
        yield _row(question)
        if isinstance(question, CaseAnalysis):
            yield from ({**_row(part), PART: "是"} for part in question.questions)


def _row(question: Question) -> dict[str, str]:
    texts = texts_of(question)
    if isinstance(question, Choice):
        texts |= {option_name(letter): text for letter, text in zip(LETTERS, question.option_texts, strict=False)}
    return texts


def _write_head(sheet: Any, bank: Bank, writer: _Writer) -> None:
    values = {**bank.model_dump(), "topics": "、".join(bank.topics), "audiences": "、".join(bank.audiences)}
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 10, 80
    for row, (name, field) in enumerate(HEAD_LABELS.items(), 1):
        writer.write(sheet.cell(row, 1), name)
        writer.write(sheet.cell(row, 2), str(values[field]))


def _set_up(sheet: Any, openpyxl: Any) -> None:
    letter_of = openpyxl.utils.get_column_letter
    for index, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, index, column.name)
        cell.comment = openpyxl.comments.Comment(column.note, "轮训", width=320, height=120)
        sheet.column_dimensions[letter_of(index)].width = column.width
        if column.choices:
            choices = openpyxl.worksheet.datavalidation.DataValidation(
                type="list",
                formula1=f'"{",".join(column.choices)}"',
                allow_blank=True,
                errorTitle=column.name,
                error=f"只能是：{'、'.join(column.choices)}",
            )
            choices.add(f"{letter_of(index)}2:{letter_of(index)}{_FREE_ROWS + 800}")
            sheet.add_data_validation(choices)
    sheet.freeze_panes = "D2"
