"""How a sheet of questions looks: rows as high as their texts, headings that stand out, pages that can be printed."""

from __future__ import annotations

import unicodedata
from math import ceil
from typing import Any

_LINE, _HIGHEST = 15.5, 400.0  # points; a row cannot be higher than 409
_UNUSED_WIDTH = 7
_HEAD_COLOUR, _LINE_COLOUR = "F3EFE7", "D0CCC4"
_PAGES_WIDE = 3


def lay_out(sheet: Any, openpyxl: Any, unused: list[int]) -> None:
    """Lay out a sheet whose first row is its headings; `unused` are columns, from 1, that hold nothing yet."""
    letter_of = openpyxl.utils.get_column_letter
    for index in unused:
        sheet.column_dimensions[letter_of(index)].width = _UNUSED_WIDTH
    styles = openpyxl.styles
    side = styles.Side(style="thin", color=_LINE_COLOUR)
    border = styles.Border(left=side, right=side, top=side, bottom=side)
    for cell in sheet[1]:
        cell.font = styles.Font(bold=True)
        cell.fill = styles.PatternFill("solid", fgColor=_HEAD_COLOUR)
        cell.alignment = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.border = border
    fit(sheet, openpyxl, _PAGES_WIDE)
    sheet.print_title_rows = "1:1"


def fit(sheet: Any, openpyxl: Any, pages_wide: int = 1) -> None:
    """Make rows as high as their texts need, since not every program does so by itself, and set pages of A4."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    letter_of = openpyxl.utils.get_column_letter
    for number, row in enumerate(sheet.iter_rows(), 1):
        lines = max(
            _lines(str(cell.value or ""), sheet.column_dimensions[letter_of(cell.column)].width) for cell in row
        )
        sheet.row_dimensions[number].height = min(_HIGHEST, _LINE * lines + 2)


def _lines(text: str, width: float) -> int:
    # A character of full width takes two; a little is lost at the end of each line.
    room = max(2, int(width * 0.9))
    return sum(max(1, ceil(_width(line) / room)) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
