"""Questions in an Excel file, taken as hostile: values only, no formulas, no macros, findings by sheet and cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.fields import list_of, read_texts
from lunxun.quiz.formats.keys import short
from lunxun.quiz.formats.office import office_module
from lunxun.quiz.formats.plain_read import MAX_QUESTIONS
from lunxun.quiz.formats.rules import FORM, LEFT_OUT, Data, Intake, Read, Said, is_sound
from lunxun.quiz.formats.sheet_columns import HEAD_SHEET, PART, SHEET, column_of, option_name
from lunxun.quiz.formats.words import HEAD_LABELS, is_yes, plain
from lunxun.quiz.formats.workbook import MAX_ROWS, REMEDY, problem_of_cell, read_workbook, text_of_cell
from lunxun.records.question_types import LETTERS

_HEADING_ROWS = 10
_GAP = "\0"


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    texts: dict[str, str]
    columns: dict[str, int]
    problems: list[Finding]


def read_sheet(file: str, data: bytes) -> Intake:
    """Read a bank from the bytes of an .xlsx file."""
    sheets = read_workbook(data)
    if isinstance(sheets, str):
        return Intake(findings=[FORM.at(Place(file), sheets, REMEDY)])
    return _Reader(file, office_module("openpyxl").utils.get_column_letter).read(sheets)


class _Reader:
    def __init__(self, file: str, letter_of: Any) -> None:
        self.file, self.letter_of = file, letter_of
        self.intake = Intake()
        self.sheet = SHEET

    def read(self, sheets: dict[str, list[list[Any]]]) -> Intake:
        """Read the sheet of questions, and the head of the bank beside it."""
        if HEAD_SHEET in sheets:
            self._read_head(sheets[HEAD_SHEET])
        order = sorted((name for name in sheets if name != HEAD_SHEET), key=lambda name: name != SHEET)
        found = next(((name, at) for name in order if (at := _heading(sheets[name])) is not None), None)
        if found is None:
            remedy = "第一行写列名：题型、题干、选项A、答案等；模板由 lunxun quiz export --template 文件.xlsx 生成。"
            self.intake.findings.append(FORM.at(Place(self.file), "没有找到有“题干”“答案”两列的工作表", remedy))
            return self.intake
        self.sheet, heading = found
        for name in order:
            if name != self.sheet and _heading(sheets[name]) is not None:
                self.intake.findings.append(LEFT_OUT.at(Place(self.file), f"工作表“{name}”没有读，只读“{self.sheet}”"))
        rows = sheets[self.sheet]
        columns = self._columns(rows[heading], heading + 1)
        if len(rows) > MAX_ROWS:
            self.intake.findings.append(self._at(MAX_ROWS + 1, 1, Said(LEFT_OUT, "这一行以后没有读，行数太多")))
        for number, row in enumerate(rows[heading + 1 : MAX_ROWS], heading + 2):
            self._question(self._row(number, row, columns))
        if not self.intake.questions and not self.intake.findings:
            self.intake.findings.append(self._at(heading + 2, 1, Said(FORM, "没有找到题目")))
        return self.intake

    def _read_head(self, rows: list[list[Any]]) -> None:
        for row in rows[: _HEADING_ROWS * 2]:
            name, text = (_text(*cell) for cell in [*row, (None, "n"), (None, "n")][:2])
            field = HEAD_LABELS.get(plain(name))
            if field and text:
                self.intake.head[field] = list_of(text) if field in ("topics", "audiences") else text.strip()

    def _columns(self, row: list[Any], number: int) -> dict[str, int]:
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            heading = _text(*cell).strip()
            name = column_of(heading)
            if name is None or name in columns:
                if heading:
                    why = "不认识" if name is None else "有两列"
                    said = Said(LEFT_OUT, f"{why}“{short(heading)}”，这一列没有读")
                    self.intake.findings.append(self._at(number, index + 1, said))
                continue
            columns[name] = index
        return columns

    def _row(self, number: int, row: list[Any], columns: dict[str, int]) -> _Row:
        texts: dict[str, str] = {}
        problems: list[Finding] = []
        for name, index in columns.items():
            value, kind = row[index] if index < len(row) else (None, "n")
            problem = _problem(value, kind)
            if problem is not None:
                problems.append(self._at(number, index + 1, problem))
            elif (text := _text(value, kind, is_key=name == "答案")).strip():
                texts[name] = text.strip()
        return _Row(number, texts, columns, problems)

    def _question(self, row: _Row) -> None:
        self.intake.findings += row.problems
        if row.problems or not row.texts:
            return
        if len(self.intake.questions) == MAX_QUESTIONS:
            if not any("最多" in one.message for one in self.intake.findings):
                said = Said(FORM, f"一个题库最多 {MAX_QUESTIONS} 题，从这里起没有读", "分成几个文件。")
                self.intake.findings.append(self._at(row.number, 1, said))
            return
        is_part = bool(is_yes(row.texts.get(PART, "")))
        options = self._options(row)
        data, says = read_texts(row.texts, options)
        self.intake.findings += [
            self._at(row.number, row.columns.get(one.field, row.columns["题干"]) + 1, one) for one in says
        ]
        if data is None:
            return
        place = Place(self.file, row.number, row.columns["题干"] + 1)
        sound = is_sound(says) and all(option != _GAP for option in options)
        if is_part:
            self._add_part(row, data, place, sound)
        else:
            self.intake.questions.append(Read(data, place, (), f"工作表“{self.sheet}”第 {row.number} 行", sound))

    def _add_part(self, row: _Row, data: Data, place: Place, sound: bool) -> None:
        case = self.intake.questions[-1] if self.intake.questions else None
        if case is None or case.data["type"] != "案例分析":
            said = Said(FORM, "小题的上面没有案例分析", "先写一行案例分析的材料，小题紧跟在下面。")
            self.intake.findings.append(self._at(row.number, row.columns[PART] + 1, said))
            return
        parts = [*case.data.get("questions", ()), data]
        places, sound = (*case.parts, place), sound and case.is_sound
        self.intake.questions[-1] = Read({**case.data, "questions": parts}, case.place, places, case.name, sound)

    def _options(self, row: _Row) -> list[str]:
        options = [row.texts.get(option_name(letter), "") for letter in LETTERS]
        while options and not options[-1]:
            options.pop()
        for letter, option in zip(LETTERS, options, strict=False):
            if not option:
                at = row.columns.get(option_name(letter), row.columns["题干"])
                said = Said(FORM, f"选项 {letter} 空着，后面还有选项", "把选项往前挪，答案跟着改。")
                self.intake.findings.append(self._at(row.number, at + 1, said))
        return [option or _GAP for option in options]

    def _at(self, row: int, column: int, said: Said) -> Finding:
        return said.at(Place(self.file, row, column), f"工作表“{self.sheet}”单元格 {self.letter_of(column)}{row}")


def _heading(rows: list[list[Any]]) -> int | None:
    for index, row in enumerate(rows[:_HEADING_ROWS]):
        if {"题干", "答案"} <= {column_of(_text(*cell)) for cell in row}:
            return index
    return None


def _problem(value: object, kind: str) -> Said | None:
    problem = problem_of_cell(value, kind)
    return None if problem is None else Said(FORM, *problem)


def _text(value: object, _kind: str, is_key: bool = False) -> str:
    return text_of_cell(value, *(("对", "错") if is_key else ("是", "否")))
