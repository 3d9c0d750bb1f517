"""Excel files that people read and fill in: headings, widths, lists to choose from; texts that stay texts."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Sequence
from typing import Any

from lunxun.quiz.formats.office import office_module
from lunxun.quiz.formats.workbook import put_text

_LINE_HEIGHT = 15
_MOST_HEIGHT = 400
_MOST_LIST = 255
_HEAD, _GREY = "FFE3ECF7", "FF595959"
Value = str | int | float | None


class Book:
    """A workbook under way."""

    def __init__(self) -> None:
        self.openpyxl = office_module("openpyxl")
        self._book = self.openpyxl.Workbook()
        self._book.remove(self._book.active)

    def sheet(self, title: str, widths: Sequence[float] = ()) -> Page:
        """Add a sheet; widths are in characters."""
        return Page(self.openpyxl, self._book.create_sheet(title), widths)

    def data(self) -> bytes:
        """Give the bytes of the file."""
        target = io.BytesIO()
        self._book.save(target)
        return target.getvalue()


class Page:
    """A sheet under way. Rows and columns count from 1."""

    def __init__(self, openpyxl: Any, sheet: Any, widths: Sequence[float]) -> None:
        self._openpyxl, self._sheet = openpyxl, sheet
        self._wrapped = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
        self._line = openpyxl.styles.Border(bottom=openpyxl.styles.Side(style="thin", color="FFBFBFBF"))
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
        for column, width in enumerate(widths, 1):
            self.width(column, width)

    def width(self, column: int, width: float) -> None:
        """Set the width of a column in characters."""
        self._sheet.column_dimensions[self._letter(column)].width = width

    def put(self, row: int, column: int, value: Value, style: str = "") -> bool:
        """Write a number as it is and a text as text; styles: head, bold, grey, text (kept as text when typed in)."""
        cell = self._sheet.cell(row, column)
        is_whole = True
        if isinstance(value, str):
            is_whole = put_text(cell, value)
        elif value is not None:
            cell.value = value
        cell.alignment = self._wrapped
        if style == "head":
            cell.fill = self._openpyxl.styles.PatternFill("solid", start_color=_HEAD)
            cell.border = self._line
        if style in ("head", "bold"):
            cell.font = self._openpyxl.styles.Font(bold=True)
        elif style == "grey":
            cell.font = self._openpyxl.styles.Font(color=_GREY)
        elif style == "text":
            cell.number_format = "@"
        return is_whole

    def row(self, row: int, values: Sequence[Value], style: str = "") -> None:
        """Write a row from the first column on."""
        for column, value in enumerate(values, 1):
            self.put(row, column, value, style)

    def say(self, row: int, text: str, last: int, style: str = "") -> None:
        """Write a text in the first column that reaches over the columns up to the last."""
        self.put(row, 1, text, style)
        self._sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        letters = [self._letter(column) for column in range(1, last + 1)]
        self.fit(row, [(text, sum(self._sheet.column_dimensions[letter].width for letter in letters))])

    def note(self, row: int, column: int, text: str) -> None:
        """Put a note on a cell, which is shown when the pointer is over it."""
        self._sheet.cell(row, column).comment = self._openpyxl.comments.Comment(text, "轮训", width=320, height=120)

    def fit(self, row: int, texts: Sequence[tuple[str, float]]) -> None:
        """Make a row as high as its texts need in columns of these widths."""
        lines = max((_lines(text, width) for text, width in texts), default=1)
        self._sheet.row_dimensions[row].height = min(max(lines, 1) * _LINE_HEIGHT, _MOST_HEIGHT)

    def freeze(self, row: int, column: int) -> None:
        """Keep what is above and left of a cell in view, and the rows above it on every printed page."""
        self._sheet.freeze_panes = f"{self._letter(column)}{row}"
        if row > 1:
            self._sheet.print_title_rows = f"1:{row - 1}"

    def choose(self, column: int, rows: tuple[int, int], choices: Sequence[str], title: str) -> None:
        """Let cells be chosen from a list; other texts are warned of. Lists too long for the format are left out."""
        joined = ",".join(choices)
        if len(joined) <= _MOST_LIST:
            self._validate(column, rows, title, f"表里有：{joined}", type="list", formula1=f'"{joined}"')

    def points(self, column: int, rows: tuple[int, int], score: float) -> None:
        """Let cells hold half points up to a score only."""
        cell = f"{self._letter(column)}{rows[0]}"
        formula = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={score:g},MOD({cell}*2,1)=0)"
        said = f"写 0 到 {score:g} 的数，可以有半分。"
        self._validate(column, rows, "得分", said, type="custom", formula1=formula, is_strict=True)

    def flag(self, rows: tuple[int, int], columns: tuple[int, int], formula: str) -> None:
        """Colour rows for which a formula, written for the first of them, is true."""
        fill = self._openpyxl.styles.PatternFill("solid", start_color="FFFFD9B3", end_color="FFFFD9B3")
        rule = self._openpyxl.formatting.rule.FormulaRule(formula=[formula], fill=fill)
        first, last = self._letter(columns[0]), self._letter(columns[1])
        self._sheet.conditional_formatting.add(f"{first}{rows[0]}:{last}{rows[1]}", rule)

    def _validate(
        self, column: int, rows: tuple[int, int], title: str, said: str, is_strict: bool = False, **rule: str
    ) -> None:
        letter = self._letter(column)
        validation = self._openpyxl.worksheet.datavalidation.DataValidation(
            allow_blank=True, errorTitle=title, error=said[:_MOST_LIST], showErrorMessage=True, **rule
        )
        validation.errorStyle = "stop" if is_strict else "warning"
        validation.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
        self._sheet.add_data_validation(validation)

    def _letter(self, column: int) -> str:
        return str(self._openpyxl.utils.get_column_letter(column))


def _lines(text: str, width: float) -> int:
    return sum(math.ceil(max(_wide(line), 1) / max(width - 1, 1)) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
